"""Who said what: PolNeAR's development split, and the seed article, against what was read by people."""

import csv
import json
import random
import resource
import sys
import time
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from onrecord import workspace
from onrecord.extract.rules.attributions import attributions
from onrecord.extract.rules.extractor import RuleExtractor
from onrecord.extract.rules.loading import model
from onrecord.model import Document
from onrecord.model.iris import local
from onrecord.querying.ask import Graph

SHARED = Path(__file__).parents[2] / "shared"
SAMPLES = 200
"""Times that the articles are drawn anew for an interval."""


def main() -> None:
    """Prints the scores with their 95 % intervals, the seed article's rows, and the speed."""
    data = SHARED / "benchmarks" / "attribution"
    if not data.is_dir():
        print(f"skipped: {data} is not here")
        return
    scorer = _module(data / "score.py")
    gold = [
        json.loads(line)
        for line in (data / "polnear-dev.jsonl").open(encoding="utf-8")
    ]
    started = time.perf_counter()
    found = {each["id"]: _predictions(each["text"]) for each in gold}
    ours = time.perf_counter() - started
    _print_scores(scorer, gold, found)
    _print_speed([each["text"] for each in gold], ours)
    _print_seed()


def _module(path: Path) -> ModuleType:
    spec = spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        sys.exit(f"{path} is no module")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _predictions(text: str) -> list[dict[str, object]]:
    found = attributions(Document("", text=text), model())
    return [
        {
            "content": each.content,
            "source": each.source,
            "cue": each.cue,
            "resolved": None,
        }
        for each in found
    ]


def _print_scores(
    scorer: ModuleType,
    gold: list[dict[str, object]],
    found: dict[str, list[dict[str, object]]],
) -> None:
    scorer.show(scorer.score(gold, found))
    draw = random.Random(1)  # noqa: S311  drawing articles is no secret
    drawn = [
        scorer.score(draw.choices(gold, k=len(gold)), found)
        for _ in range(SAMPLES)
    ]
    for key in ("IoU50", "E2E"):
        values = sorted(each[key][2] * 100 for each in drawn)
        low, high = values[SAMPLES // 40], values[-1 - SAMPLES // 40]
        print(
            f"  {key} F1, 95 % of {SAMPLES} draws of articles: {low:.1f} to {high:.1f}"
        )


def _print_speed(texts: list[str], ours: float) -> None:
    nlp = model()
    started = time.perf_counter()
    for text in texts:
        nlp(text)
    bare = time.perf_counter() - started
    words = sum(len(text.split()) for text in texts)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"  {words / ours:,.0f} words a second, {bare / ours:.2f} of the bare pipeline; peak {peak:,.0f} MB"
    )


def _print_seed() -> None:
    """Rows of the seed article found with actor, relation family and object or topic; and the rest, to be read."""
    graph = Graph(workspace.shipped())
    labels = {key: each.label for key, each in graph.vocabulary.topics.items()}
    text = (SHARED / "articles" / "netflix-generative-ai.txt").read_text(
        encoding="utf-8"
    )
    made = list(
        RuleExtractor(graph.registry)(Document("Longbridge", text=text))
    )
    families = {
        key: each.family for key, each in graph.vocabulary.relations.items()
    }
    hits, used = 0, set()
    with (SHARED / "articles" / "seed-facts.tsv").open(
        encoding="utf-8"
    ) as file:
        rows = [
            row
            for row in csv.reader(file, delimiter="\t")
            if not row[0].startswith("#")
        ]
    for key, actor, relation, target, _ in rows:
        wanted = graph.registry.find(actor).iri
        aim = (
            target
            if target in labels
            else local(graph.registry.find(target).iri)
        )
        fitting = [
            number
            for number, each in enumerate(made)
            if wanted in each.actors
            and families[each.relation]
            == families[relation.removeprefix("not ")]
            and each.negated == relation.startswith("not ")
            and aim in {local(each.object), *each.topics}
        ]
        hits += bool(fitting)
        used.update(fitting)
        if not fitting:
            print(f"    missed {key}: {actor} {relation} {target}")
    print(
        f"  seed article: {hits} of {len(rows)} rows; {len(made)} statements, {len(made) - len(used)} fit no row"
    )
