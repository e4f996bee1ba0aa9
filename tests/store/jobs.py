"""What the tests have workers do: a worker finds its works by the name of their module."""

import os
import signal
import sys
import time

import pyoxigraph as ox

from onrecord.errors import BadQuery
from onrecord.store.limits import MEGABYTE, Send
from onrecord.vocabulary import PREFIXES

Prepared = tuple[str, int]


def prepare(generation: str) -> Prepared:
    return generation, os.getpid()


def say(prepared: Prepared, send: Send, *, text: str = "") -> None:
    send(f"{prepared[0]} {text}".encode())


def process(prepared: Prepared, send: Send) -> None:
    send(str(prepared[1]).encode())


def fill(_: Prepared, send: Send, *, size: int) -> None:
    send(bytes(range(256)) * (size // 256))


def spin(_: Prepared, send: Send, *, size: int = 0) -> None:
    send(b"x" * size)
    while True:
        pass


def sleep(_: Prepared, send: Send, *, seconds: float) -> None:
    time.sleep(seconds)
    send(b"slept")


def eat(_: Prepared, send: Send, *, megabytes: int) -> None:
    held = [bytes(MEGABYTE) for _ in range(megabytes)]
    send(str(len(held)).encode())


KEPT: list[bytes] = []


def keep(prepared: Prepared, send: Send, *, megabytes: int) -> None:
    KEPT.extend(b"x" * MEGABYTE for _ in range(megabytes))
    process(prepared, send)


def refuse(_: Prepared, send: Send) -> None:
    send(b"some")
    message = "no such thing"
    raise BadQuery(message)


def stumble(_: Prepared, __: Send) -> None:
    message = "a bug"
    raise ZeroDivisionError(message)


def die(_: Prepared, send: Send) -> None:
    send(b"x" * (1 << 17))
    os.kill(os.getpid(), signal.SIGKILL)


def chat(_: Prepared, send: Send) -> None:
    sys.stdout.write("hello")
    sys.stdout.flush()
    os.write(1, b"hello")
    send(f"answer {sys.stdin.read()!r}".encode())


def store_at(place: str) -> ox.Store:
    return ox.Store.read_only(place)


def ask(store: ox.Store, send: Send, *, query: str) -> None:
    send(b"%d" % sum(1 for _ in store.query(query, use_default_graph_as_union=True, prefixes=PREFIXES)))


def update(store: ox.Store, *, text: str) -> str:
    store.update(text, prefixes=PREFIXES)
    return text


def update_half(store: ox.Store, *, text: str) -> None:
    store.update(text, prefixes=PREFIXES)
    message = "the second half is missing"
    raise BadQuery(message)


def update_forever(store: ox.Store, *, text: str) -> None:
    store.update(text, prefixes=PREFIXES)
    while True:
        pass


def update_and_die(store: ox.Store, *, text: str) -> None:
    store.update(text, prefixes=PREFIXES)
    os.kill(os.getpid(), signal.SIGKILL)
