"""`onrecord network`: who stands with whom."""

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.state import parameters, state, write_out

if TYPE_CHECKING:
    from onrecord.discourse.choice import Found
    from onrecord.discourse.measures import Measures


def network(
    context: typer.Context,
    method: Annotated[
        str,
        typer.Argument(
            metavar="METHOD",
            help="affiliation, congruence, conflict, subtract or ignore.",
        ),
    ],
    actors: Annotated[
        str,
        typer.Option(
            help="all, person, organization, or folded: persons as their organization."
        ),
    ] = "all",
    concepts: Annotated[str, typer.Option(help="topic, family or object.")] = "topic",
    of: Annotated[str, typer.Option(help="Whose ties: actors or concepts.")] = "actors",
    qualifier: Annotated[str, typer.Option(help="stance or negation.")] = "stance",
    topic: Annotated[
        str | None, typer.Option(help="Only statements on this topic or family.")
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Only statements dated then or later."),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Only statements dated then or earlier."),
    ] = None,
    exact_dates: Annotated[
        bool,
        typer.Option(
            "--exact-dates",
            help="Leave out dates of events, which only say: not before.",
        ),
    ] = False,
    without: Annotated[
        list[str],
        typer.Option(
            "--without", metavar="NAME", help="Leave out an actor or a concept."
        ),
    ] = [],  # noqa: B006  typer copies it
    normalize: Annotated[
        str,
        typer.Option(
            help="none, average, jaccard, cosine, profile; of affiliation none, activity, prominence."
        ),
    ] = "none",
    duplicates: Annotated[
        str,
        typer.Option(
            help="Count once in each: document, week, month, year, acrossrange; or include all."
        ),
    ] = "document",
    aggregate: Annotated[
        str, typer.Option(help="Of affiliation: ignore, subtract or combine.")
    ] = "subtract",
    kind: Annotated[
        str | None,
        typer.Option(
            help="Take the qualifier as boolean, integer, categorical, ordinal or none."
        ),
    ] = None,
    window: Annotated[
        str | None,
        typer.Option(metavar="SPAN", help="Slices of time: 90d, 13w, 3m, 1y."),
    ] = None,
    step: Annotated[
        str | None,
        typer.Option(
            metavar="SPAN", help="From slice to slice; one unit if not given."
        ),
    ] = None,
    kernel: Annotated[
        str | None,
        typer.Option(
            help="Smooth slices: uniform, epanechnikov, triangular, gaussian."
        ),
    ] = None,
    question: Annotated[
        str,
        typer.Option(
            help="Another question that gives statement, actor, concept and qualifier."
        ),
    ] = "coded-stances",
    param: Annotated[
        list[str],
        typer.Option(
            "--param", "-p", metavar="NAME=VALUE", help="A parameter of the question."
        ),
    ] = [],  # noqa: B006  typer copies it
    variables: Annotated[
        str | None,
        typer.Option(
            metavar="NAMES",
            help="Of a coding database: organization,concept,agreement.",
        ),
    ] = None,
    dna_compat: Annotated[
        bool,
        typer.Option(
            "--dna-compat", help="Reproduce where DNA deviates from its definitions."
        ),
    ] = False,
    backbone: Annotated[
        bool,
        typer.Option(
            "--backbone", help="Only the ties that stand out (disparity filter)."
        ),
    ] = False,
    isolates: Annotated[
        bool,
        typer.Option("--isolates/--no-isolates", help="Keep actors without any tie."),
    ] = True,
    clusters: Annotated[
        str | None,
        typer.Option(metavar="METHOD", help="louvain, leiden, hierarchical or concor."),
    ] = None,
    polarization: Annotated[
        bool,
        typer.Option("--polarization", help="The two camps, of free and equal sizes."),
    ] = False,
    centralities: Annotated[
        bool, typer.Option("--centralities", help="How central each actor is.")
    ] = False,
    top: Annotated[
        int, typer.Option(min=1, metavar="N", help="Ties in the table.")
    ] = 15,
    evidence: Annotated[
        int, typer.Option(min=0, metavar="N", help="Ties whose statements are shown.")
    ] = 3,
    form: Annotated[
        str | None,
        typer.Option("--format", "-f", metavar="FORMAT", help="table, csv, json …"),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write there instead."),
    ] = None,
    force: Annotated[
        bool,
        typer.Option("--force", help="Overwrite a file that onrecord did not write."),
    ] = False,
) -> None:
    """Show who stands with whom: actors tied by the stances they share, or are parted by.

    affiliation is actors by concepts; congruence ties actors that take the same side, conflict those that take opposite
    ones, subtract is the one less the other, ignore counts shared concepts whatever the side.
    """
    from onrecord.discourse.choice import Choice  # noqa: PLC0415
    from onrecord.discourse.choice import network as choose  # noqa: PLC0415
    from onrecord.discourse.measures import measure  # noqa: PLC0415
    from onrecord.formats.discourse import FORMS, network_bytes  # noqa: PLC0415  numpy, for this command alone
    from onrecord.formats.registry import named  # noqa: PLC0415
    from onrecord.querying.ask import Graph  # noqa: PLC0415

    chosen = named(form, output, "table", (*FORMS, "html", "svg"))
    choice = Choice(
        method=method,
        of=of,
        actors=actors,
        concepts=concepts,
        qualifier=qualifier,
        topic=topic,
        since=since,
        until=until,
        exact_dates=exact_dates,
        without=tuple(without),
        normalize=normalize,
        duplicates=duplicates,
        aggregate=aggregate,
        kind=kind,
        window=window,
        step=step,
        kernel=kernel,
        question=question,
        parameters=parameters(param),
        variables=variables,
        dna_compat=dna_compat,
        backbone=backbone,
        isolates=isolates,
    )
    graph = Graph(state(context).workspace())
    found = choose(graph, choice)
    measures = measure(found, by=clusters, camps=polarization, central=centralities)
    if chosen == "html":
        from onrecord.page.coalitions import coalitions  # noqa: PLC0415  the page's parts, for pages alone

        write_out([coalitions(graph, found).encode()], output, force=force)
    elif chosen == "svg":
        from onrecord.formats.plots import plot  # noqa: PLC0415  matplotlib, for plots alone

        write_out([plot(found)], output, force=force)
    elif chosen == "table":
        write_out([_told(found, measures, top, evidence).encode()], output, force=force)
    else:
        write_out(
            [network_bytes(graph, found, chosen, measures.by_actor())],
            output,
            force=force,
        )
    for note in found.notes:
        print(f"onrecord: {note}", file=sys.stderr)


def _told(found: "Found", measures: "Measures", top: int, evidence: int) -> str:
    """The table of the network, what was measured, and the statements behind the strongest ties."""
    from onrecord.discourse import tables  # noqa: PLC0415
    from onrecord.discourse.measures import tables_of  # noqa: PLC0415
    from onrecord.formats.discourse import evidence_text  # noqa: PLC0415
    from onrecord.formats.text import table  # noqa: PLC0415

    width = shutil.get_terminal_size().columns
    if found.slots:
        first, rest = tables.slices(found), 0
    elif found.ties is None:
        first, rest = tables.cells(found, top), found.tensor.cells.nnz - top
    else:
        first, rest = tables.tied(found.ties, top), len(found.ties) - top
    parts = [
        table(each, width) for each in (first, *tables_of(found, measures, top)) if each
    ]
    if rest > 0:
        print(
            f"onrecord: the first {top} rows of {rest + top:,}; --top shows more",
            file=sys.stderr,
        )
    if found.ties is not None and not found.slots and evidence and len(found.ties):
        parts.append(evidence_text(found, evidence, width).removeprefix("\n"))
    return "\n".join(parts) or "nothing found\n"
