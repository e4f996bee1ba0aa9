"""An endpoint may answer anything: nothing hangs, nothing fills the memory, no key is told."""

import time

import pytest

from onrecord.extract.llm.settings import Settings
from onrecord.model.errors import ModelFailed

pytest.importorskip("openai")
from onrecord.extract.extractor import Usage
from onrecord.extract.llm.endpoint import MOST_BYTES, ModelEndpoint

BODY = {
    "model": "m",
    "messages": [{"role": "user", "content": "?"}],
    "response_format": {"type": "json_object"},
}
KEY = "sk-secret-123"


@pytest.fixture
def ask(endpoint):
    """Asks an endpoint that answers by a function."""

    def reply(give, body=BODY, seconds=60.0, retries=0):
        settings = Settings(endpoint(give), "m", KEY, seconds, retries)
        return ModelEndpoint(settings).ask(body)

    return reply


def test_the_answer_and_its_tokens_come_back(ask, asked, completion, give):
    heard = []

    def answer(handler):
        heard.append(
            (handler.path, handler.headers["Authorization"], asked(handler))
        )
        give(handler, completion("hello", 12, 3))

    reply = ask(answer, {**BODY, "temperature": 0})
    assert (reply.text, reply.usage) == ("hello", Usage(12, 3))
    ((path, key, body),) = heard
    assert (path, key) == ("/v1/chat/completions", f"Bearer {KEY}")
    assert body == {**BODY, "temperature": 0}


def test_an_endpoint_without_schemas_is_asked_without(
    ask, asked, completion, give
):
    bodies = []

    def answer(handler):
        bodies.append(asked(handler))
        if "response_format" in bodies[-1]:
            give(
                handler,
                {"error": {"message": "response_format is not supported"}},
                400,
            )
        else:
            give(handler, completion("plain"))

    assert ask(answer).text == "plain"
    assert ["response_format" in body for body in bodies] == [True, False]


def test_a_busy_endpoint_is_waited_for_as_it_says(ask, asked, completion, give):
    times = []

    def answer(handler):
        asked(handler)
        times.append(time.monotonic())
        if len(times) == 1:
            give(handler, {"error": "busy"}, 429, Retry_After="0.3")
        elif len(times) == 2:
            give(handler, {"error": "down"}, 503, Retry_After="0.1")
        else:
            give(handler, completion("at last"))

    assert ask(answer, retries=3).text == "at last"
    assert times[1] - times[0] >= 0.3


def _endless(handler):
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    for _ in range(1200):  # a minute
        handler.wfile.write(b"1\r\n \r\n")
        handler.wfile.flush()
        time.sleep(0.05)


def _huge(handler):
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", "100000000")
    handler.end_headers()
    for _ in range(100):
        handler.wfile.write(b" " * 1_000_000)


def _huge_error(handler):
    handler.send_response(400)
    handler.send_header("Content-Length", "100000000")
    handler.end_headers()
    for _ in range(100):
        handler.wfile.write(b"x" * 1_000_000)


def _plain(body, status=200, **headers):
    def answer(handler):
        handler.rfile.read(int(handler.headers["Content-Length"]))
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


HOSTILE = [
    ("a hundred megabytes", _huge, f"more than {MOST_BYTES // 1_000_000} MB"),
    ("a hundred megabytes of fault", _huge_error, f"more than {MOST_BYTES // 1_000_000} MB"),
    ("a stream without end", _endless, "took more than 1 seconds"),
    ("a page", _plain(b"<html>Sign in</html>"), "no chat completion: <html>Sign in"),
    ("another schema", _plain(b'{"result": []}'), "no chat completion"),
    ("no choice", _plain(b'{"choices": []}'), "no chat completion"),
    ("a choice that is none", _plain(b'{"choices": [[1]]}'), "no chat completion"),
    ("deep nesting", _plain(b"[" * 200_000), "no chat completion"),
    ("no text", _plain(b"\xff\xfe"), "no chat completion"),
    ("packed", _plain(b"x", Content_Encoding="gzip"), "answered packed"),
    ("a way elsewhere", _plain(b"", 307, Location="http://127.0.0.1:9/v1"), "answered 307"),
    ("no entry", _plain(b'{"error": {"message": "bad key sk-secret-123"}}', 401), "answered 401 .is the key right"),
    ("a terminal's commands", _plain(b'{"error": "\x1b[2Jboo"}', 404), "answered 404"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("answer", "fault"),
    [case[1:] for case in HOSTILE],
    ids=[case[0] for case in HOSTILE],
)
def test_an_endpoint_that_answers_what_is_none_is_told(ask, answer, fault):
    seconds = 1.0 if answer is _endless else 60.0
    with pytest.raises(ModelFailed, match=fault) as told:
        ask(answer, seconds=seconds)
    assert KEY not in str(told.value)
    assert str(told.value).isprintable()


def test_an_endpoint_that_is_not_there_is_told():
    with pytest.raises(ModelFailed, match="cannot be reached"):
        ModelEndpoint(Settings("http://127.0.0.1:9/v1", "m", KEY, 2.0, 0)).ask(
            BODY
        )
