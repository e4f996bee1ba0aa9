"""A language model's endpoint on this machine that gives recorded answers, found by the passage that is asked about.

    python tests/plugins/recorded_model.py tests/data/llm/developing

prints the lines to set, and answers until it is ended. Tokens are told as the recorded
requests and answers have them on average, with the tokenizer o200k.
"""

import hashlib
import json
import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

PASSAGE = re.compile(r"<(passage-[0-9a-f]{8})>\n(.*)\n</\1>", re.DOTALL)
READ, WRITTEN = 3.86, 3.48
"""Characters a token."""


class RecordedModel(ThreadingHTTPServer):
    """Answers chat completions from a folder; `asked` holds the bodies of all requests."""

    daemon_threads = True

    def __init__(self, folder: Path, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.folder = folder
        self.asked: list[dict] = []

    @property
    def address(self) -> str:
        """What OPENAI_BASE_URL is to say."""
        return f"http://127.0.0.1:{self.server_port}/v1"

    def answer(self, body: dict) -> str | None:
        """The recorded answer about the passage in a request."""
        self.asked.append(body)
        path = self.folder / f"{passage_key(body)}.json"
        return path.read_text(encoding="utf-8") if path.is_file() else None


def passage_key(body: dict) -> str:
    """A hash of the words of the passage in a request, whatever stands between them."""
    passage = PASSAGE.search(body["messages"][1]["content"])
    words = re.findall(r"\w+", passage[2] if passage else "")
    return hashlib.sha256(" ".join(words).encode()).hexdigest()[:12]


class Handler(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"
    server: RecordedModel

    def do_POST(self) -> None:
        """A chat completion, or 404 for a passage that nobody recorded."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        text = self.server.answer(body)
        if text is None:
            self._send(
                404, {"error": {"message": "nothing is recorded about this"}}
            )
        else:
            self._send(200, completion(body, text))

    def log_message(self, *_: object) -> None:
        """Says nothing."""

    def _send(self, status: int, value: dict) -> None:
        data = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


def completion(body: dict, text: str) -> dict:
    """A chat completion that says a text."""
    read = sum(len(message["content"]) for message in body["messages"])
    usage = {
        "prompt_tokens": round(read / READ),
        "completion_tokens": round(len(text) / WRITTEN),
    }
    message = {"role": "assistant", "content": text}
    choice = {"index": 0, "message": message, "finish_reason": "stop"}
    return {
        "id": "1",
        "object": "chat.completion",
        "choices": [choice],
        "usage": usage,
    }


@contextmanager
def recorded_model(folder: Path, port: int = 0) -> Iterator[RecordedModel]:
    """The endpoint, while the block lasts."""
    with RecordedModel(folder, port) as server:
        threading.Thread(
            target=server.serve_forever, args=(0.01,), daemon=True
        ).start()
        yield server
        server.shutdown()


if __name__ == "__main__":
    with RecordedModel(Path(sys.argv[1])) as endpoint:
        address = f"OPENAI_BASE_URL={endpoint.address}"
        sys.stdout.write(f"export {address} ONRECORD_MODEL=recorded\n")
        sys.stdout.flush()
        endpoint.serve_forever()
