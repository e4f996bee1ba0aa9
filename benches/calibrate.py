"""Makes `ontology/lexicon/confidence.tsv`: how often each way of reading is right.

It is how sure the rules are where no weights stand beside them. Counted on the texts to
develop on, since no others have gold that rules may be made by: the shares are upper bounds.
"""

import tempfile
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from itertools import product
from pathlib import Path

from onrecord.editing.evaluation import Report, Score, measured, read_gold
from onrecord.extract.rules.extractor import RuleExtractor
from onrecord.extract.rules.lexicon import FOLDER, Lexicon
from onrecord.model import vocabulary
from onrecord.workspace import Workspace, shipped

DATA = Path(__file__).parents[1] / "tests" / "data"
GOLD = (DATA / "news" / "developing.jsonl", DATA / "developing.jsonl")
STEP = 0.0001
ENOUGH = 8
"""The fewest statements of a way and a relation that have a share of their own."""
Counts = dict[tuple[str, str], Score]


def main() -> None:
    """Counts, and writes the table in the place of the old one."""
    lexicon = Lexicon.shipped()
    path = lexicon.path("confidence")
    lines = path.read_text(encoding="utf-8").splitlines()
    head = [line for line in lines if line.startswith("#")]
    rows = _rows(_counted(lexicon), sorted(lexicon.ways))
    path.write_text("\n".join([*head, *rows]) + "\n", encoding="utf-8")
    print("\n".join(rows))


def _counted(lexicon: Lexicon) -> Counts:
    """Right and made by way and relation: each pair is marked by a confidence of its own."""
    relations = sorted(vocabulary.read(shipped().ontology_files()).stated)
    pairs = list(product(sorted(lexicon.ways), ["*", *relations]))
    marks = {round(n * STEP, 4): pair for n, pair in enumerate(pairs, start=1)}
    counts: defaultdict[tuple[str, str], list[int]] = defaultdict(
        lambda: [0, 0]
    )
    with tempfile.TemporaryDirectory() as name:
        workspace = _marked(Path(name), marks)
        for gold in GOLD:
            report = _by_rules(gold, workspace)
            for mark in report.rules.keys() & marks.keys():
                score = report.rules[mark]
                counts[marks[mark]][0] += score.right
                counts[marks[mark]][1] += score.returned
    return {
        pair: Score(right, made, made) for pair, (right, made) in counts.items()
    }


def _by_rules(gold: Path, workspace: Workspace) -> Report:
    """What the rules alone find in the texts of a gold file."""
    read = read_gold(gold, workspace)
    extract = RuleExtractor(
        read.gazetteer,
        lexicon=Lexicon.of(workspace),
        vocabulary=read.registry.vocabulary,
        weighs=False,
    )
    return measured(read, extract)


def _marked(folder: Path, marks: dict[float, tuple[str, str]]) -> Workspace:
    """The shipped workspace with a table that marks each way and relation."""
    table = folder / FOLDER / "confidence.tsv"
    table.parent.mkdir()
    rows = [
        f"{way}\t{rel}\t{mark:.4f}\t-\t-" for mark, (way, rel) in marks.items()
    ]
    table.write_text("\n".join(rows) + "\n", encoding="utf-8")
    workspace = shipped()
    return replace(workspace, ontology=(folder, *workspace.ontology))


def _rows(counts: Counts, ways: list[str]) -> list[str]:
    """A row a way; and one for each relation of it that was met often enough."""
    rows = []
    for way in ways:
        own = {
            rel: score for (name, rel), score in counts.items() if name == way
        }
        rows.append(_row(way, "*", _sum(own.values())))
        often = {
            rel: score for rel, score in own.items() if score.returned >= ENOUGH
        }
        rows += [
            _row(way, relation, often[relation]) for relation in sorted(often)
        ]
    return rows


def _sum(scores: Iterable[Score]) -> Score:
    right = sum(score.right for score in scores)
    made = sum(score.returned for score in scores)
    return Score(right, made, made)


def _row(way: str, relation: str, score: Score) -> str:
    share = (score.right + 1) / (score.returned + 2)  # the rule of succession
    return f"{way}\t{relation}\t{share:.2f}\t{score.right}\t{score.returned}"


if __name__ == "__main__":
    main()
