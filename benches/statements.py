"""Statements of the project's own texts: how many are right, with intervals; and how fast two jobs are."""

import random
import resource
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from itertools import product
from pathlib import Path

from onrecord.editing.evaluation import Report, Score, evaluate
from onrecord.extract.rules.encoder_files import encoder_of
from onrecord.extract.rules.extractor import RuleExtractor
from onrecord.extract.rules.lexicon import Lexicon
from onrecord.extract.rules.loading import model
from onrecord.ingest.articles import KnownNames, ReadingOptions
from onrecord.ingest.gathering import gather
from onrecord.ingest.many_articles import read_all
from onrecord.model import Document
from onrecord.querying.ask import Graph
from onrecord.workspace import shipped

DATA = Path(__file__).parents[1] / "tests" / "data"
HALVES = ("news/developing", "news/measuring", "developing", "measuring")
"""The gold: news texts as news is written, then texts written for the rules."""
EXTRACTORS = ("rules", "rules-without-encoder")
AI = Lexicon.shipped().ai
SAMPLES = 1000
COPIES = 200


def main() -> None:
    """Prints the scores of both halves and the seconds of one and two jobs on a folder of 200 texts."""
    _time_words()  # first, since a peak of memory stays
    for half, extractor in product(HALVES, EXTRACTORS):
        found = evaluate(DATA / f"{half}.jsonl", shipped(), extractor=extractor)
        low, high = _interval(found)
        print(
            f"  {half}, {extractor}: statements F1 {found.statements.f1:.2f} ({low:.2f} to {high:.2f}),"
            f" precision {found.statements.precision:.2f}, recall {found.statements.recall:.2f};"
            f" actor and words F1 {found.words.f1:.2f}, precision {found.words.precision:.2f}"
        )
        _print_reliability(found)
    with tempfile.TemporaryDirectory() as name:
        _time_jobs(Path(name))


def _print_reliability(found: Report) -> None:
    """How often statements of a stated confidence are right, by tenths."""
    bins: defaultdict[int, list[tuple[float, Score]]] = defaultdict(list)
    for level, score in found.rules.items():
        bins[int(level * 10)].append((level, score))
    for tenth in sorted(bins):
        right = sum(score.right for _, score in bins[tenth])
        made = sum(score.returned for _, score in bins[tenth])
        stated = (
            sum(level * score.returned for level, score in bins[tenth]) / made
        )
        share = right / made
        print(f"    stated {stated:.2f}: right {right} of {made} ({share:.2f})")


def _interval(found: Report) -> tuple[float, float]:
    """95 % of the F1 of documents drawn anew."""
    draw = random.Random(1)  # noqa: S311  drawing documents is no secret
    drawn = (
        draw.choices(found.documents, k=len(found.documents))
        for _ in range(SAMPLES)
    )
    values = sorted(_sum(each).f1 for each in drawn)
    return values[SAMPLES // 40], values[-1 - SAMPLES // 40]


def _sum(scores: list[Score]) -> Score:
    return Score(
        sum(s.right for s in scores),
        sum(s.returned for s in scores),
        sum(s.gold for s in scores),
    )


def _time_words() -> None:
    """Processor time and memory of the whole extraction against those of the bare language model."""
    texts = [
        path.read_text(encoding="utf-8")
        for path in sorted((DATA / "texts").glob("*.txt"))
    ] * 3
    graph, nlp = Graph(shipped()), model()
    bare = _seconds(nlp, texts)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    extractor = RuleExtractor(KnownNames.of(graph.registry), nlp)
    ours = _seconds(lambda text: extractor(Document("", text=text)), texts)
    extractor.encoder = encoder_of(extractor.lexicon)
    seen = _seconds(lambda text: extractor(Document("", text=text)), texts)
    extractor.encoder = None
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / before
    words = sum(len(text.split()) for text in texts)
    others = [
        AI.sub("the", text) for text in texts
    ]  # nothing in them is about AI
    sieved = _seconds(lambda text: extractor(Document("", text=text)), others)
    print(
        f"  texts on other matters: {bare / max(sieved, 0.001):,.0f} of the bare model"
    )
    print(
        f"  {words / ours:,.0f} words a second, {bare / ours:.2f} of the bare model"
        f" ({bare / seen:.2f} with the encoder); memory {grown:.2f} times"
    )


def _seconds(do: Callable[[str], object], texts: list[str]) -> float:
    started = time.process_time()
    for text in texts:
        do(text)
    return time.process_time() - started


def _time_jobs(folder: Path) -> None:
    """Copies with a line of their own, since the same text is taken once."""
    originals = sorted((DATA / "texts").glob("*.txt"))
    for number in range(COPIES):
        text = originals[number % len(originals)].read_text(encoding="utf-8")
        (folder / f"{number}.txt").write_text(
            f"{text}\nNumber {number}.\n", encoding="utf-8"
        )
    graph = Graph(shipped())
    extractor = RuleExtractor(KnownNames.of(graph.registry))
    seconds = {}
    for jobs in (1, 2):
        started = time.perf_counter()
        read_all(gather([str(folder)]), extractor, ReadingOptions(jobs=jobs))
        seconds[jobs] = time.perf_counter() - started
    print(
        f"  {COPIES} texts: {seconds[1]:.1f} s, with --jobs 2 {seconds[2]:.1f} s, {seconds[1] / seconds[2]:.2f} times"
    )
