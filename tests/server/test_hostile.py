"""A hostile hour in miniature: whatever comes, others are answered, and nothing that was acknowledged is lost."""

import os
import re
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

import httpx
import pytest

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
BOMB = "SELECT (COUNT(DISTINCT CONCAT(STR(?a), STR(?d), STR(?f))) AS ?n) { ?a ?b ?c . ?d ?e ?f }"
HOST = b"Host: 127.0.0.1\r\n"
QUESTION = {
    "query": "SELECT ?whom { :SAG-AFTRA :urges ?whom }",
    "format": "csv",
}


@contextmanager
def others_answered(site, pause: float = 0.2) -> Iterator[list[float]]:
    """A client that asks all the while, and must be answered rightly each time; gives the seconds that it waited."""
    waited, faults, done = [], [], threading.Event()

    def ask() -> None:
        with httpx.Client(
            base_url=site.url, timeout=60, trust_env=False
        ) as client:
            for number in count():
                since = time.monotonic()
                answer = client.get(
                    "/sparql",
                    params={
                        **QUESTION,
                        "query": f"{QUESTION['query']} #{number}",
                    },
                )
                waited.append(time.monotonic() - since)
                if answer.status_code != 200 or answer.text.count("\n") != 4:
                    faults.append(answer.text)
                if done.wait(pause):
                    return

    thread = threading.Thread(target=ask)
    thread.start()
    try:
        yield waited
    finally:
        done.set()
        thread.join(60)
    assert faults == []
    assert waited


def test_runaway_queries_and_memory_bombs_are_stopped_one_by_one(
    strict,
) -> None:
    asked = [RUNAWAY, BOMB] * 2
    statuses = []
    with others_answered(strict):
        threads = [
            threading.Thread(
                target=lambda query: statuses.append(
                    httpx.get(
                        f"{strict.url}/sparql",
                        params={"query": query},
                        timeout=60,
                        trust_env=False,
                    ).status_code
                ),
                args=(query,),
            )
            for query in asked
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
    assert statuses == [503] * len(asked)


def test_slow_clients_are_cut_off_and_hold_up_nobody(starting) -> None:
    seconds = {"timeouts.SECONDS_FOR_HEAD": 5, "body.SECONDS_A_PIECE": 5}
    site = starting("--workers", "2", seconds=seconds)
    said: dict[str, bytes] = {}

    def dribble(name: str, first: bytes, then: bytes) -> None:
        with (
            socket.create_connection(
                (site.host, site.port), timeout=60
            ) as connection,
            suppress(OSError),
        ):
            connection.sendall(first)
            for _ in range(200):
                connection.sendall(then)
                connection.settimeout(0.3)
                with suppress(TimeoutError):
                    said[name] = connection.recv(1 << 16)
                    return
        said.setdefault(name, b"")

    post = (
        b"POST /sparql HTTP/1.1\r\n"
        + HOST
        + b"Content-Type: application/sparql-query\r\nContent-Length: 1000\r\n\r\n"
    )
    kinds = {
        "head": (b"GET /sparql HTTP/1.1\r\n", b"X: y\r\n"),
        "silent": (b"", b""),
        "body": (post, b""),
    }
    threads = [
        threading.Thread(target=dribble, args=(name, *bytes_))
        for name, bytes_ in kinds.items()
    ]
    with others_answered(site) as waited:
        while not waited:  # the workers take their time to begin
            time.sleep(0.01)
        for thread in threads:
            thread.start()
        before = len(waited)
        while not said:
            time.sleep(0.01)
        meanwhile = len(waited) - before
        for thread in threads:
            thread.join(60)
    assert meanwhile > 1
    assert said["head"] == said["silent"] == b""
    assert said["body"].startswith(b"HTTP/1.1 408")
    site.stop()


def test_a_query_of_ten_megabytes_is_refused_before_it_is_read(strict) -> None:
    with others_answered(strict, 0.05):
        for content in (b"#" * 10_000_000, iter([b"#" * 1_000_000] * 10)):
            with suppress(
                httpx.WriteError, httpx.ReadError
            ):  # the server closes while we still send
                answer = httpx.post(
                    f"{strict.url}/sparql",
                    content=content,
                    headers={"content-type": "application/sparql-query"},
                    timeout=60,
                    trust_env=False,
                )
                assert answer.status_code == 413


@pytest.mark.parametrize(
    "piece", ['"""\\"""a"', "'", "\\u0041", "?a ", "((", "{", "<a>", "SELECT{"]
)
def test_a_long_query_of_nonsense_is_refused_and_holds_up_nobody(
    piece: str, strict
) -> None:
    query = "SELECT * {" + piece * (400_000 // len(piece))
    with others_answered(strict, 0.05):
        answer = strict.client.post("/sparql", data={"query": query})
    assert answer.status_code in {400, 413, 503}


@pytest.mark.parametrize(
    ("sent", "statuses"),
    [
        (b"GET //etc/passwd HTTP/1.1\r\n" + HOST, {404}),
        (b"GET /../../etc/passwd HTTP/1.1\r\n" + HOST, {404}),
        (b"GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\n" + HOST, {404}),
        (b"GET /-/static/..%2f..%2froutes.py HTTP/1.1\r\n" + HOST, {404}),
        (b"GET /-/static/%2e%2e%5croutes.py HTTP/1.1\r\n" + HOST, {404}),
        (
            b"GET /-/questions/..%2f..%2fpyproject.toml HTTP/1.1\r\n" + HOST,
            {404},
        ),
        (b"GET /a%00b HTTP/1.1\r\n" + HOST, {400}),
        (b"GET /a%0d%0aX:%20y HTTP/1.1\r\n" + HOST, {400}),
        (b"GET /%ff%fe HTTP/1.1\r\n" + HOST, {400}),
        (b"GET /" + b"a" * 5000 + b" HTTP/1.1\r\n" + HOST, {414}),
        (b"GET /sparql?query=%ff%fe HTTP/1.1\r\n" + HOST, {400}),
        (b"GET /sparql?query=ASK%20%7B%7D%ud800 HTTP/1.1\r\n" + HOST, {400}),
        (b"GET /\xff HTTP/1.1\r\n" + HOST, {400}),
        (
            b"GET / HTTP/1.1\r\n" + HOST + b"X: " + b"a" * 100_000 + b"\r\n",
            {431},
        ),
        (b"GET / HTTP/1.1\r\n" + HOST + b"X : y\r\n", {400}),
        (b"GET / HTTP/1.1\r\n" + HOST + b"X: a\x00b\r\n", {400}),
        (b"GET / HTTP/1.1\r\n", {400}),
        (b"GET / HTTP/1.1\r\n" + HOST + HOST, {400}),
        (b"GET / HTTP/1.1\r\nHost: evil.example\r\n", {421}),
        (
            b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n",
            {404, 421},
        ),
        (b"GET http://evil.example/ HTTP/1.1\r\n" + HOST, {404}),
        (b"CONNECT evil.example:443 HTTP/1.1\r\n" + HOST, {404, 405}),
        (
            b"POST /sparql HTTP/1.1\r\n"
            + HOST
            + b"Content-Length: 5\r\nContent-Length: 6\r\n",
            {400},
        ),
        (
            b"POST /sparql HTTP/1.1\r\n" + HOST + b"Content-Length: -1\r\n",
            {400},
        ),
        (
            b"POST /sparql HTTP/1.1\r\n"
            + HOST
            + b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n",
            {400},
        ),
        (
            b"POST /sparql HTTP/1.1\r\n"
            + HOST
            + b"Transfer-Encoding: chunked, identity\r\n",
            {501},
        ),
        (
            b"POST /sparql HTTP/1.1\r\n"
            + HOST
            + b"Transfer-Encoding: xchunked\r\n",
            {501},
        ),
        (
            b"GET /llms.txt HTTP/1.1\r\n"
            + HOST
            + b"Upgrade: websocket\r\nConnection: Upgrade\r\n",
            {200},
        ),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", {400}),
        (b"nonsense\r\n", {400}),
    ],
)
def test_a_tricky_head_gets_a_plain_refusal(
    sent: bytes, statuses: set[int], strict, raw
) -> None:
    said = raw(strict, sent + b"Connection: close\r\n\r\n")
    assert int(said.split()[1]) in statuses, said
    assert b"root:" not in said
    assert b"uvicorn" not in said.lower()
    assert b"Traceback" not in said


def test_a_smuggled_request_is_not_answered(strict, raw) -> None:
    inner = b"GET /health HTTP/1.1\r\n" + HOST + b"\r\n"
    outer = (
        b"POST /sparql HTTP/1.1\r\n"
        + HOST
        + b"Content-Length: %d\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    )
    said = raw(strict, outer % (len(inner) + 5) + inner)
    assert said.count(b"HTTP/1.1 ") == 1


@pytest.mark.skipif(sys.platform != "linux", reason="/proc names the workers")
def test_a_worker_that_is_killed_is_replaced(starting) -> None:
    site = starting("--workers", "2")
    before = children(site)
    assert len(before) >= 2
    for child in before:
        os.kill(child, signal.SIGKILL)
    with others_answered(site) as waited:
        while len(waited) < 3:
            time.sleep(0.01)
    assert site.health().json()["status"] == "ok"
    site.stop()


def children(site) -> set[int]:
    """The processes that a server started."""
    pid = site.process.pid
    path = Path(f"/proc/{pid}/task/{pid}/children")
    return {*map(int, path.read_text(encoding="ascii").split())}


def test_what_was_acknowledged_is_there_after_the_server_was_killed(
    starting, tmp_path: Path
) -> None:
    data = tmp_path / "store"
    acknowledged: list[int] = []
    for run in range(2):
        site = starting(data=data)

        def write(number: int, site=site) -> None:
            with (
                httpx.Client(
                    headers=site.client.headers, timeout=60, trust_env=False
                ) as client,
                suppress(httpx.HTTPError),
            ):
                while True:
                    update = f"INSERT DATA {{ GRAPH <http://example.org/kept> {{ <http://example.org/{number}> a 1 }} }}"  # noqa: E501
                    if (
                        client.post(
                            f"{site.url}/sparql", data={"update": update}
                        ).status_code
                        == 204
                    ):
                        acknowledged.append(number)
                    number += 1

        threads = [
            threading.Thread(target=write, args=(1000 * (4 * run + each),))
            for each in range(4)
        ]
        for thread in threads:
            thread.start()
        wanted, end = len(acknowledged) + 8, time.monotonic() + 60
        while len(acknowledged) < wanted and time.monotonic() < end:
            time.sleep(0.01)
        site.process.kill()
        for thread in threads:
            thread.join(60)
        site.stop()
    site = starting(data=data)
    found = site.ask("SELECT ?s { GRAPH <http://example.org/kept> { ?s a 1 } }")
    held = {int(re.search(r"\d+$", each)[0]) for each in found}
    assert acknowledged
    assert set(acknowledged) <= held
    assert (
        len(held - set(acknowledged)) <= 8
    )  # what was under way, one for each writer and run
    site.stop()


@pytest.mark.skipif(
    sys.platform != "linux", reason="/proc tells a server's folder"
)
@pytest.mark.parametrize(
    "name", ["notes", "notes.rq", "./notes", "notes.csv", "-"]
)
def test_no_question_is_a_file_of_the_server_s_folder(
    reader, name: str
) -> None:
    folder = Path(f"/proc/{reader.process.pid}/cwd").resolve()
    for file in ("notes", "notes.rq"):
        text = "SELECT ?secret { BIND('a secret' AS ?secret) }"
        (folder / file).write_text(text, encoding="utf-8")
    for accept in ("text/html", "text/csv", "*/*"):
        answer = reader.client.get(
            f"/-/questions/{name}", headers={"accept": accept}
        )
        assert answer.status_code == 404
        assert "secret" not in answer.text
