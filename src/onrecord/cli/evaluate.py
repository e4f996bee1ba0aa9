"""`onrecord evaluate`: extraction against gold, one extractor or several side by side."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.add import tell_destination
from onrecord.cli.options import AllowEndpoint
from onrecord.cli.state import state

if TYPE_CHECKING:
    from collections.abc import Mapping

    from onrecord.editing.evaluation import Report, Score

MANY = 1000
"""Articles whose cost is told."""


Gold = Annotated[
    Path,
    typer.Argument(
        help="Records with doc.text or doc.path, one document a line (.jsonl)."
    ),
]
Extractors = Annotated[
    list[str] | None,
    typer.Option(
        "--extractor",
        help="rules, llm, rules,llm, or one that a package brings; several times to compare.",
    ),
]
Model = Annotated[
    str | None,
    typer.Option(help="The model of the extractor, instead of the usual one."),
]
Jobs = Annotated[
    int,
    typer.Option(min=1, help="How many texts a language model gets at a time."),
]
Fresh = Annotated[
    bool, typer.Option("--fresh", help="Ask a language model anew.")
]
Quiet = Annotated[
    bool, typer.Option("--quiet", help="Leave out the misses and extras.")
]


def evaluate(
    context: typer.Context,
    gold: Gold,
    extractors: Extractors = None,
    model: Model = None,
    jobs: Jobs = 1,
    fresh: Fresh = False,
    allow_endpoint: AllowEndpoint = False,
    quiet: Quiet = False,
) -> None:
    """Compare what is extracted from texts with what people read in them."""
    from onrecord.editing.evaluation import (  # noqa: PLC0415  spaCy, for this command alone
        extractors as create_all,
    )
    from onrecord.editing.evaluation import (  # noqa: PLC0415
        measured,
        read_gold,
    )

    where = state(context).workspace()
    read = read_gold(gold, where)
    flags = {"fresh": fresh, "allow-endpoint": allow_endpoint}
    options = {name: "true" for name, is_set in flags.items() if is_set}
    made = create_all(read, where, extractors or ["rules"], model, options)
    for extract in made.values():
        tell_destination(extract, read.documents)
    reports = {
        name: measured(read, extract, jobs) for name, extract in made.items()
    }
    for line in _table(reports):
        print(line)
    for name, report in reports.items():
        prices = getattr(made[name], "prices", None)
        for line in (*_cost(name, report, prices), *_dropped(name, report)):
            print(line)
    for name, report in {} if quiet else reports.items():
        mark = f"{name}: " if len(reports) > 1 else ""
        for line in (*report.misses, *report.extras):
            print(mark + line)


def _table(reports: "Mapping[str, Report]") -> list[str]:
    """Precision, recall and F1 by relation and in all; of several extractors beside each other."""
    keys = sorted(
        {key for report in reports.values() for key in report.relations}
    )
    lines = [_names(reports)] if len(reports) > 1 else []
    head = f" {'precision':>9} {'recall':>7} {'F1':>6} {'found':>6}"
    lines.append(f"{'':22} {'gold':>5}" + head * len(reports))
    for key in keys:
        scores = [report.relations.get(key) for report in reports.values()]
        lines.append(_row(key, scores))
    lines.append(
        _row("all statements", [r.statements for r in reports.values()])
    )
    lines.append(_row("actor and words", [r.words for r in reports.values()]))
    return lines


def _names(reports: "Mapping[str, Report]") -> str:
    return " " * 28 + "".join(f" {name:>31}" for name in reports)


def _row(name: str, scores: "list[Score | None]") -> str:
    gold = max(score.gold for score in scores if score)
    return f"{name:22} {gold:5}" + "".join(map(_numbers, scores))


def _numbers(score: "Score | None") -> str:
    if score is None:
        return f" {'–':>9} {'–':>7} {'–':>6} {0:6}"
    return f" {score.precision:9.2f} {score.recall:7.2f} {score.f1:6.2f} {score.returned:6}"


def _cost(
    name: str, report: "Report", prices: tuple[float, float] | None
) -> list[str]:
    """What a language model took for an article, and for a thousand at its price."""
    usage, count = report.usage, len(report.documents)
    if not usage.read or not count:
        return []
    average = (usage.read + usage.written) / count
    line = f"{name}: {usage}; {average:,.0f} an article"
    if prices is None:
        return [
            f"{line}; price_in and price_out in onrecord.toml tell the cost"
        ]
    return [
        f"{line}; {MANY:,} articles cost {usage.cost(prices) / count * MANY:,.2f}"
    ]


def _dropped(name: str, report: "Report") -> list[str]:
    """What was found and not kept, by the reason, the commonest first."""
    counts = sorted(report.dropped.items(), key=lambda row: (-row[1], row[0]))
    reasons = ", ".join(f"{count} {reason}" for reason, count in counts)
    return [f"{name}: not kept: {reasons}"] if reasons else []
