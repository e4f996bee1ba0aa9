"""What the tests have workers do: a worker finds its works by the name of their module."""

import os
import resource
import signal
import sys
import time
from pathlib import Path

import pyoxigraph as ox

from onrecord.model.errors import BadQuery
from onrecord.model.iris import PREFIXES
from onrecord.store.cache import open_store
from onrecord.store.limits import MEGABYTE, Send
from onrecord.workspace import Workspace

Prepared = tuple[str, int]


def prepare(generation: str) -> Prepared:
    return generation, os.getpid()


def end(_: str) -> Prepared:
    os._exit(7)


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


def wait(_: Prepared, send: Send, *, gate: str) -> None:
    while not Path(gate).exists():
        time.sleep(0.01)
    send(b"waited")


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
    send(
        b"%d"
        % sum(
            1
            for _ in store.query(
                query, use_default_graph_as_union=True, prefixes=PREFIXES
            )
        )
    )


def dump(store: ox.Store, send: Send) -> None:
    send(store.dump(format=ox.RdfFormat.N_QUADS))


def store_of(workspace: Workspace, _: str) -> ox.Store:
    return open_store(workspace)


def update(store: ox.Store, *, text: str) -> str:
    store.update(text, prefixes=PREFIXES)
    return text


def process_of(store: ox.Store, *, text: str) -> int:
    """Updates, and gives the number of its process."""
    update(store, text=text)
    return os.getpid()


def update_and_grow(store: ox.Store, *, text: str) -> int:
    """Holds so much memory afterwards that its worker is replaced."""
    KEPT.extend(b"x" * MEGABYTE for _ in range(300))
    return process_of(store, text=text)


def update_behind(store: ox.Store, *, text: str, gate: str) -> None:
    while not Path(gate).exists():
        time.sleep(0.01)
    update(store, text=text)


def update_half(store: ox.Store, *, text: str) -> None:
    store.update(text, prefixes=PREFIXES)
    message = "the second half is missing"
    raise BadQuery(message)


def update_forever(store: ox.Store, *, text: str) -> None:
    store.update(text, prefixes=PREFIXES)
    while True:
        pass


def update_on_a_full_disk(store: ox.Store, *, text: str) -> None:
    """The engine cannot write a file that grows, as on a full disk."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
    try:
        store.update(text, prefixes=PREFIXES)
        store.flush()
    finally:
        resource.setrlimit(
            resource.RLIMIT_FSIZE,
            (resource.RLIM_INFINITY, resource.RLIM_INFINITY),
        )


def update_and_die(store: ox.Store, *, text: str) -> None:
    store.update(text, prefixes=PREFIXES)
    os.kill(os.getpid(), signal.SIGKILL)


def remember(store: ox.Store, *, number: int) -> int:
    """Adds a statement of Ada Example's, numbered, that makes an edge to a company of its own."""
    store.update(STATEMENT.replace("NUMBER", str(number)), prefixes=PREFIXES)
    return number


STATEMENT = """INSERT DATA { GRAPH <https://news.example/NUMBER> {
  st:00000000NUMBER a :Statement ; :actor :Ada-Example ; :relation :urges ; :object :Studio-NUMBER ; :negated false ;
    :modality code:actual ; :reportBasis code:self-report ; :reviewStatus code:unreviewed ; :confidence 0.9 . } }"""
