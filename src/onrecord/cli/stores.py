"""What the commands that move graphs to and from a store over HTTP have in common."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli import streams
from onrecord.model.errors import BadInput
from onrecord.model.iris import PREFIXES
from onrecord.workspace import Endpoint

Graphs = Annotated[
    list[str],
    typer.Option(
        "--graph",
        metavar="IRI",
        help="This graph only: an IRI, or like doc:ID; may be repeated.",
    ),
]
Seconds = Annotated[
    float,
    typer.Option(
        "--time-limit", metavar="SECONDS", help="How long one request may take."
    ),
]


def endpoint(
    url: str, profile: str, credentials: Path | None, seconds: float
) -> Endpoint:
    """The store; raises BadInput for a time that is none."""
    if not seconds > 0:
        message = f"--time-limit {seconds:g}: write a number above 0"
        raise BadInput(message)
    return Endpoint(url, profile, credentials, seconds)


def iris(names: list[str]) -> list[str]:
    """The IRIs of graphs, which may be written with a known prefix; raises BadInput for anything else."""
    return list(map(_iri, names))


def _iri(name: str) -> str:
    prefix, colon, rest = name.partition(":")
    if rest.startswith("//") or prefix == "urn":
        return name
    if not colon or prefix not in PREFIXES:
        message = f"--graph {name}: write an IRI, or a name like doc:ID or graph:entities"
        raise BadInput(message)
    return PREFIXES[prefix] + rest


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """Gives what says how far a command is: a line on standard error, if that is a terminal, written anew each time."""
    is_open = False

    def say(what: str, done: int, total: int) -> None:
        nonlocal is_open
        if sys.stderr.isatty():
            is_open = done < total
            line = f"onrecord: {what} {done:,} of {total:,} graphs"
            streams.rewrite(line, "" if is_open else "\n")

    try:
        yield say
    finally:
        if is_open:
            print(file=sys.stderr)
