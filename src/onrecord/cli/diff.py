"""`onrecord diff`: two collections of graphs, compared."""

import csv
import io
import json
import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.options import Credentials, Profile
from onrecord.cli.state import print_table, state, write_out
from onrecord.cli.stores import Graphs, iris
from onrecord.model.counts import counted
from onrecord.querying.table import Iri, Table, Value

if TYPE_CHECKING:
    from onrecord.store.sync.diff import Compared

COUNTS = ("graph", "how", "only_here", "only_there")
TRIPLES = ("graph", "only", "triple")


Row = dict[str, Value]


class Form(StrEnum):
    """How the differences are written."""

    table = "table"
    csv = "csv"
    json = "json"


def diff(
    context: typer.Context,
    local: Annotated[
        str,
        typer.Argument(
            metavar="LOCAL",
            help="A workspace's folder, a graph's file, or an address.",
        ),
    ],
    remote: Annotated[str, typer.Argument(metavar="REMOTE", help="The same.")],
    profile: Profile = "generic",
    graph: Graphs = [],  # noqa: B006  typer copies it
    triples: Annotated[
        bool,
        typer.Option(
            "--triples", help="Show each triple: - only here, + only there."
        ),
    ] = False,
    form: Annotated[
        Form, typer.Option("--format", "-f", help="How to write it.")
    ] = Form.table,
    credentials: Credentials = None,
) -> None:
    """Compare two workspaces, files or stores, graph by graph, and say what only one of them has.

    "Here" is the first, "there" the second; under - are the triples that are only here, under + those only there.
    Values are compared, not how they are written: 0.90 is 0.9. Ends with 0 where both are the same, with 1 where not.
    """
    from onrecord.store.sync.diff import diff as compare  # noqa: PLC0415  an extra, for this command alone

    signed = credentials or state(context).credentials
    tally = _Tally(
        compare(
            local,
            remote,
            graphs=iris(graph),
            profile=profile,
            credentials=signed,
        )
    )
    if form is Form.table:
        _print(tally, triples=triples)
    else:
        rows = _triples(tally) if triples else map(_counts, tally)
        write_out(
            _csv(rows, triples=triples) if form is Form.csv else _json(rows),
            None,
        )
    sys.exit(0 if not tally.different else 1)


class _Tally:
    """The graphs that differ, as they come, and the number of all."""

    def __init__(self, compared: "Iterable[Compared]") -> None:
        self.comparisons = compared
        self.graphs = self.triples = self.different = 0

    def __iter__(self) -> "Iterator[Compared]":
        for comparison in self.comparisons:
            self.graphs += 1
            self.triples += comparison.here
            if not comparison.is_same:
                self.different += 1
                yield comparison


def _print(tally: _Tally, *, triples: bool) -> None:
    from onrecord.formats.layout import cell  # noqa: PLC0415  not needed where the answer is a file

    rows = []
    for comparison in tally:
        if triples:
            print(cell(_counts(comparison)["graph"]))
            for sign, lines in (
                ("-", comparison.only_here),
                ("+", comparison.only_there),
            ):
                for line in sorted(lines):
                    print(f"{sign} {cell(line)} .")
        rows.append(_counts(comparison))
    if rows and not triples:
        print_table(Table(("graph", "how", "-", "+"), map(_signed, rows)))
    graphs = counted(tally.graphs, "graph")
    triples_in_all = counted(tally.triples, "triple")
    print(
        f"{tally.different:,} of {graphs} differ"
        if rows
        else f"no difference in {graphs} with {triples_in_all}"
    )


def _counts(comparison: "Compared") -> Row:
    graph = Iri(comparison.graph) if comparison.graph else "all as one"
    return dict(
        zip(
            COUNTS,
            (
                graph,
                comparison.how,
                len(comparison.only_here),
                len(comparison.only_there),
            ),
            strict=True,
        )
    )


def _signed(row: Row) -> Row:
    """A table's row, narrow: what is only here under -, what is only there under +."""
    return {
        "graph": row["graph"],
        "how": row["how"],
        "-": row["only_here"],
        "+": row["only_there"],
    }


def _triples(tally: _Tally) -> Iterator[Row]:
    for comparison in tally:
        for side, lines in (
            ("here", comparison.only_here),
            ("there", comparison.only_there),
        ):
            for line in sorted(lines):
                yield dict(
                    zip(TRIPLES, (comparison.graph, side, line), strict=True)
                )


def _csv(rows: Iterable[Row], *, triples: bool) -> Iterator[bytes]:
    for row in (
        [*(TRIPLES if triples else COUNTS)],
        *(list(row.values()) for row in rows),
    ):
        text = io.StringIO()
        csv.writer(text).writerow(row)
        yield text.getvalue().encode()


def _json(rows: Iterable[Row]) -> Iterator[bytes]:
    """A list with an object a row."""
    start = b"["
    for row in rows:
        yield start + b"\n" + json.dumps(row, ensure_ascii=False).encode()
        start = b","
    yield b"[]\n" if start == b"[" else b"\n]\n"
