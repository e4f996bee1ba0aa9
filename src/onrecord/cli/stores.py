"""What the commands that move graphs to and from a store over HTTP have in common."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from onrecord.errors import BadInput
from onrecord.vocabulary import PREFIXES
from onrecord.workspace import PROFILES, Endpoint

Profile = Annotated[str, typer.Option("--profile", metavar="NAME", help=f"The store's dialect: {', '.join(PROFILES)}.")]
Credentials = Annotated[
    Path | None, typer.Option("--credentials", metavar="FILE", help="Who signs in there, in the form of netrc.")
]
Graphs = Annotated[
    list[str], typer.Option("--graph", metavar="IRI", help="This graph only: an IRI, or like doc:ID; may be repeated.")
]
Seconds = Annotated[float, typer.Option("--time-limit", metavar="SECONDS", help="How long one request may take.")]


def endpoint(url: str, profile: str, credentials: Path | None, seconds: float) -> Endpoint:
    """The store; raises BadInput for a time that is none."""
    if not seconds > 0:
        message = f"--time-limit {seconds:g}: write a number above 0"
        raise BadInput(message)
    return Endpoint(url, profile, credentials, seconds)


def iris(names: list[str]) -> list[str]:
    """The IRIs of graphs, which may be written with a known prefix; raises BadInput for anything else."""
    return [_iri(name) for name in names]


def _iri(name: str) -> str:
    prefix, colon, rest = name.partition(":")
    if rest.startswith("//") or prefix == "urn":
        return name
    if not colon or prefix not in PREFIXES:
        message = f"--graph {name}: write an IRI, or a name like doc:ID or graph:entities"
        raise BadInput(message)
    return PREFIXES[prefix] + rest


class Progress:
    """A line on standard error, if that is a terminal, that tells how far a command is."""

    def __init__(self, what: str) -> None:
        self.what = what

    def hear(self, done: int, total: int) -> None:
        """Writes the line anew, and ends it at the last graph."""
        if sys.stderr.isatty():
            end = "\n" if done == total else ""
            print(f"\ronrecord: {self.what} {done:,} of {total:,} graphs", end=end, file=sys.stderr, flush=True)
