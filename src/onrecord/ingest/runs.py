"""The run of a go of extraction, and what came of it, in words."""

from collections import Counter
from collections.abc import Iterable

from onrecord._version import __version__
from onrecord.extract.extractor import Extractor, Usage
from onrecord.ingest.articles import ReadArticle
from onrecord.model import Run


def run(extractor: Extractor, day: str, outcome: str = "") -> Run:
    """The run of a go of extraction: the program, what decides its results, the day, and what came of it."""
    settings = (
        f"{extractor.settings}{OUTCOME}{outcome}"
        if outcome
        else extractor.settings
    )
    return Run(
        label=f"Extraction of {day}",
        kind="extraction",
        program="onrecord",
        version=__version__,
        settings=settings,
        ended=day,
    )


OUTCOME = "; "
"""Stands in a run's settings between what decides the results and what came of it."""


def rules(run: Run) -> str:
    """What decides the results of a run, of all that its settings tell."""
    return (run.settings or "").partition(OUTCOME)[0]


def outcome(
    reads: Iterable[ReadArticle], prices: tuple[float, float] | None = None
) -> str:
    """What a go took of a language model, and what was found and not kept, by the reason."""
    results = [read.result for read in reads if read.result]
    spent = sum((result.spent for result in results), Usage())
    counts = Counter[str]()
    for result in results:
        counts.update(result.dropped)
    parts = [_spent(spent, prices)] if spent.read else []
    parts += [f"not kept: {_counted(counts)}"] if counts else []
    return "; ".join(parts)


def _spent(spent: Usage, prices: tuple[float, float] | None) -> str:
    if prices is None:
        return str(spent)
    cost = spent.cost(prices)
    return (
        f"{spent}, cost {cost:,.2f}"
        if cost >= 1
        else f"{spent}, cost {cost:.4f}"
    )


def _counted(counts: Counter[str]) -> str:
    return ", ".join(
        f"{count} {reason}" for reason, count in counts.most_common()
    )
