"""Loads an HTTP server of this machine: so many clients, so long, each asking one request after the other.

    python -m benches.load http://127.0.0.1:8000 --clients 16 --seconds 10 < requests.jsonl

A line of `requests.jsonl` holds one request: name, method, target, headers, body, and as `right` the digest of its
answer (none for any). What is printed is one object: how many were answered and how many a second, the middle and the
99th percentile in milliseconds, and what failed or was wrong, by name. Clients begin at different requests.
"""

import argparse
import asyncio
import hashlib
import json
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import h11

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
MOST_CLIENTS = 256
MOST_SECONDS = 300
PIECE = 1 << 16
OK = 200


@dataclass(slots=True)
class Load:
    """What came of it."""

    milliseconds: list[float] = field(default_factory=list)
    failed: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)

    def told(self, seconds: float) -> Mapping[str, object]:
        """The figures."""
        times = sorted(self.milliseconds) or [0.0]
        return {
            "answered": len(self.milliseconds),
            "a_second": round(len(self.milliseconds) / seconds, 1),
            "p50": round(times[len(times) // 2], 1),
            "p99": round(times[int(len(times) * 0.99)], 1),
            "failed": dict(self.failed),
            "wrong": dict(self.wrong),
        }


class Connection:
    """One client's connection, opened anew where the server closed it."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port
        self._parser: h11.Connection | None = None

    async def send(self, request: Mapping[str, Any]) -> tuple[int, bytes]:
        """Status and body of the answer; raises OSError and h11.RemoteProtocolError where there is no whole one."""
        if self._parser is None:
            self._reader, self._writer = await asyncio.open_connection(
                self.host, self.port
            )
            self._parser = h11.Connection(h11.CLIENT)
        body = request.get("body", "").encode()
        headers = {
            "host": f"{self.host}:{self.port}",
            "content-length": str(len(body)),
            **request.get("headers", {}),
        }
        head = h11.Request(
            method=request["method"],
            target=request["target"],
            headers=[*headers.items()],
        )
        for event in (head, h11.Data(data=body), h11.EndOfMessage()):
            self._writer.write(self._parser.send(event) or b"")
        return await self._answer(self._parser)

    async def _answer(self, parser: h11.Connection) -> tuple[int, bytes]:
        status, parts = 0, []
        while True:
            event = parser.next_event()
            if event is h11.NEED_DATA:
                parser.receive_data(await self._reader.read(PIECE))
            elif isinstance(event, h11.Response):
                status = event.status_code
            elif isinstance(event, h11.Data):
                parts.append(bytes(event.data))
            elif isinstance(event, h11.EndOfMessage):
                break
            else:
                message = "the connection was closed before the answer"
                raise ConnectionError(message)
        if parser.their_state is h11.MUST_CLOSE:
            self.close()
        else:
            parser.start_next_cycle()
        return status, b"".join(parts)

    def close(self) -> None:
        """Closes it; the next request opens another one."""
        if self._parser is not None:
            self._writer.close()
            self._parser = None


async def load(
    url: str,
    requests: Sequence[Mapping[str, Any]],
    clients: int,
    seconds: float,
) -> Mapping[str, object]:
    """Asks the requests in turn; every answer is looked at whole."""
    parts = urlsplit(url)
    if (
        parts.hostname not in LOOPBACK
        or not 0 < clients <= MOST_CLIENTS
        or not 0 < seconds <= MOST_SECONDS
    ):
        message = f"only this machine's own servers, at most {MOST_CLIENTS} clients and {MOST_SECONDS} s"
        raise SystemExit(message)
    found, end = Load(), time.monotonic() + seconds

    async def client(number: int) -> None:
        connection = Connection(parts.hostname or "", parts.port or 80)
        at = number * 7
        while time.monotonic() < end:
            request = requests[at % len(requests)]
            at += 1
            since = time.perf_counter()
            try:
                status, body = await connection.send(request)
            except (OSError, h11.RemoteProtocolError) as error:
                found.failed[f"{request['name']}: {error}"] += 1
                connection.close()
                continue
            found.milliseconds.append((time.perf_counter() - since) * 1000)
            if status != OK:
                found.failed[f"{request['name']}: status {status}"] += 1
            elif not _is_right(body, request):
                found.wrong[request["name"]] += 1
        connection.close()

    begun = time.monotonic()
    await asyncio.gather(*map(client, range(clients)))
    return found.told(time.monotonic() - begun)


def _is_right(body: bytes, request: Mapping[str, Any]) -> bool:
    """Whether the bytes of an answer are those of a right one, in whatever order; known ones are not sorted again."""
    right, seen = request.get("right"), request.setdefault("seen", set())
    if not right or body in seen:
        return True
    if digest(body) != right:
        return False
    seen.add(body)
    return True


def digest(body: bytes) -> str:
    """A digest of how often an answer holds each byte: rows without ORDER BY, and GROUP_CONCAT, come in any order."""
    return hashlib.sha256(
        repr([body.count(each) for each in range(256)]).encode()
    ).hexdigest()


def main() -> None:
    """Reads the requests from standard input and prints the figures."""
    parser = argparse.ArgumentParser(
        description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("url")
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=10)
    chosen = parser.parse_args()
    requests = [json.loads(line) for line in sys.stdin if line.strip()]
    print(
        json.dumps(
            asyncio.run(
                load(chosen.url, requests, chosen.clients, chosen.seconds)
            )
        )
    )


if __name__ == "__main__":
    main()
