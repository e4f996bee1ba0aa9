"""`onrecord network`: who stands with whom."""

import shutil
import sys
from collections.abc import Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, Annotated, Any

import typer

from onrecord.cli.options import ExactDates, Force, Output, Param, Since
from onrecord.cli.state import parameters, state, write_out
from onrecord.workspace import Workspace

if TYPE_CHECKING:
    from onrecord.discourse.choice import Choice, DiscourseNetwork
    from onrecord.discourse.measures import Measures
    from onrecord.querying.ask import Graph
    from onrecord.querying.table import Table


Method = Annotated[
    str,
    typer.Argument(
        metavar="METHOD",
        help="affiliation, congruence, conflict, subtract or ignore.",
    ),
]
Actors = Annotated[
    str,
    typer.Option(
        help="all, person, organization, or folded: persons as their organization."
    ),
]
Concepts = Annotated[str, typer.Option(help="topic, family or object.")]
OfOption = Annotated[str, typer.Option(help="Whose ties: actors or concepts.")]
Qualifier = Annotated[str, typer.Option(help="stance or negation.")]
Topic = Annotated[
    str | None, typer.Option(help="Only statements on this topic or family.")
]
Until = Annotated[
    str | None,
    typer.Option(metavar="DATE", help="Only statements dated then or earlier."),
]
Without = Annotated[
    list[str],
    typer.Option(
        "--without", metavar="NAME", help="Leave out an actor or a concept."
    ),
]
Normalize = Annotated[
    str,
    typer.Option(
        help="none, average, jaccard, cosine, profile; of affiliation none, activity, prominence."
    ),
]
Duplicates = Annotated[
    str,
    typer.Option(
        help="Count once in each: document, week, month, year, acrossrange; or include all."
    ),
]
Aggregate = Annotated[
    str, typer.Option(help="Of affiliation: ignore, subtract or combine.")
]
Kind = Annotated[
    str | None,
    typer.Option(
        help="Take the qualifier as boolean, integer, categorical, ordinal or none."
    ),
]
Window = Annotated[
    str | None,
    typer.Option(metavar="SPAN", help="Slices of time: 90d, 13w, 3m, 1y."),
]
Step = Annotated[
    str | None,
    typer.Option(
        metavar="SPAN", help="From slice to slice; one unit if not given."
    ),
]
Kernel = Annotated[
    str | None,
    typer.Option(
        help="Smooth slices: uniform, epanechnikov, triangular, gaussian."
    ),
]
Question = Annotated[
    str,
    typer.Option(
        help="Another question that gives statement, actor, concept and qualifier."
    ),
]
Variables = Annotated[
    str | None,
    typer.Option(
        metavar="NAMES",
        help="Of a coding database: organization,concept,agreement.",
    ),
]
DnaCompat = Annotated[
    bool,
    typer.Option(
        "--dna-compat",
        help="Reproduce where DNA deviates from its definitions.",
    ),
]
Backbone = Annotated[
    bool,
    typer.Option(
        "--backbone", help="Only the ties that stand out (disparity filter)."
    ),
]
Isolates = Annotated[
    bool,
    typer.Option(
        "--isolates/--no-isolates", help="Keep actors without any tie."
    ),
]
Clusters = Annotated[
    str | None,
    typer.Option(
        metavar="METHOD", help="louvain, leiden, hierarchical or concor."
    ),
]
Polarization = Annotated[
    bool,
    typer.Option(
        "--polarization", help="The two camps, of free and equal sizes."
    ),
]
Centralities = Annotated[
    bool, typer.Option("--centralities", help="How central each actor is.")
]
Top = Annotated[
    int, typer.Option(min=1, metavar="N", help="Ties in the table.")
]
Evidence = Annotated[
    int,
    typer.Option(min=0, metavar="N", help="Ties whose statements are shown."),
]
Form = Annotated[
    str | None,
    typer.Option("--format", "-f", metavar="FORMAT", help="table, csv, json …"),
]


def network(
    context: typer.Context,
    method: Method,
    actors: Actors = "all",
    concepts: Concepts = "topic",
    of: OfOption = "actors",
    qualifier: Qualifier = "stance",
    topic: Topic = None,
    since: Since = None,
    until: Until = None,
    exact_dates: ExactDates = False,
    without: Without = [],  # noqa: B006  typer copies it
    normalize: Normalize = "none",
    duplicates: Duplicates = "document",
    aggregate: Aggregate = "subtract",
    kind: Kind = None,
    window: Window = None,
    step: Step = None,
    kernel: Kernel = None,
    question: Question = "coded-stances",
    param: Param = [],  # noqa: B006  typer copies it
    variables: Variables = None,
    dna_compat: DnaCompat = False,
    backbone: Backbone = False,
    isolates: Isolates = True,
    clusters: Clusters = None,
    polarization: Polarization = False,
    centralities: Centralities = False,
    top: Top = 15,
    evidence: Evidence = 3,
    form: Form = None,
    output: Output = None,
    force: Force = False,
) -> None:
    """Show who stands with whom: actors tied by the stances they share, or are parted by.

    affiliation is actors by concepts; congruence ties actors that take the same side, conflict those that take opposite
    ones, subtract is the one less the other, ignore counts shared concepts whatever the side.
    """
    options = locals()
    from onrecord.formats.discourse import FORMS  # noqa: PLC0415  numpy, for this command alone
    from onrecord.formats.registry import named  # noqa: PLC0415

    chosen = named(form, output, "table", (*FORMS, "html", "svg"))
    network, content = _made(state(context).workspace(), options, chosen)
    write_out([content], output, force=force)
    for note in network.notes:
        print(f"onrecord: {note}", file=sys.stderr)


def _made(
    workspace: Workspace, options: Mapping[str, Any], form: str
) -> "tuple[DiscourseNetwork, bytes]":
    """The network that the options choose, and what is written of it in the form."""
    from onrecord.discourse.choice import network as choose  # noqa: PLC0415
    from onrecord.discourse.measures import measure  # noqa: PLC0415
    from onrecord.querying.ask import Graph  # noqa: PLC0415

    graph = Graph(workspace)
    network = choose(graph, _choice(options))
    measures = measure(
        network,
        by=options["clusters"],
        camps=options["polarization"],
        central=options["centralities"],
    )
    if form == "table":
        text = _text(network, measures, options["top"], options["evidence"])
        return network, text.encode()
    return network, _content(graph, network, measures, form)


def _choice(options: Mapping[str, Any]) -> "Choice":
    """What the options choose: they bear the names of a choice's fields."""
    from onrecord.discourse.choice import Choice  # noqa: PLC0415

    values = {
        field.name: options[field.name]
        for field in fields(Choice)
        if field.name in options
    }
    values["without"] = tuple(options["without"])
    values["parameters"] = parameters(options["param"])
    return Choice(**values)


def _content(
    graph: "Graph", network: "DiscourseNetwork", measures: "Measures", form: str
) -> bytes:
    """The network as a file of the form."""
    if form == "html":
        from onrecord.discourse.measured import measured  # noqa: PLC0415
        from onrecord.page.coalitions import coalitions  # noqa: PLC0415  the page's parts, for pages alone

        nodes = measured(graph, network).network
        texts = graph.workspace.texts()
        return coalitions(network, nodes, texts).encode()
    if form == "svg":
        from onrecord.formats.plots import plot  # noqa: PLC0415  matplotlib, for plots alone

        return plot(network)
    from onrecord.formats.discourse import network_bytes  # noqa: PLC0415

    return network_bytes(graph, network, form, measures.by_actor())


def _text(
    network: "DiscourseNetwork", measures: "Measures", top: int, evidence: int
) -> str:
    """The table of the network, what was measured, and the statements behind the strongest ties."""
    from onrecord.discourse.measures import tables_of  # noqa: PLC0415
    from onrecord.formats.discourse import evidence_text  # noqa: PLC0415
    from onrecord.formats.text import table  # noqa: PLC0415

    width = shutil.get_terminal_size().columns
    first, rest = _first_rows(network, top)
    tables = [first, *tables_of(network, measures, top)]
    parts = [table(rows, width) for rows in tables if rows]
    if rest > 0:
        print(
            f"onrecord: the first {top} rows of {rest + top:,}; --top shows more",
            file=sys.stderr,
        )
    if network.ties and not network.slots and evidence:
        parts.append(evidence_text(network, evidence, width).removeprefix("\n"))
    return "\n".join(parts) or "nothing found\n"


def _first_rows(network: "DiscourseNetwork", top: int) -> "tuple[Table, int]":
    """The first rows of the network's table, and how many there are beyond."""
    from onrecord.discourse import tables  # noqa: PLC0415

    if network.slots:
        return tables.slices(network), 0
    if network.ties is None:
        return tables.cells(network, top), network.tensor.cells.nnz - top
    return tables.tied(network.ties, top), len(network.ties) - top
