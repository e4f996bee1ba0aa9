"""A hundred statements of the model, drawn at random and judged against their texts: how many a reader signs."""

import csv
import hashlib
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from math import sqrt
from pathlib import Path

from onrecord.discourse.evaluation import Gold, read_gold
from onrecord.extract.extractor import ExtractionContext, create
from onrecord.model import Document, Statement
from onrecord.model.iris import local
from onrecord.workspace import shipped

DATA = Path(__file__).parents[1] / "tests" / "data"
GOLD = DATA / "news" / "developing.jsonl"
ANSWERS = DATA / "llm" / "developing"
VERDICTS = DATA / "llm" / "signed.tsv"
MARK = ("text", "start", "end", "actors", "relation", "object")
"""What tells one statement from the others."""
Z = 1.96
"""Of an interval of 95 %."""


def main() -> None:
    """Prints the share of signed statements, why others are not, and what the checks dropped."""
    with VERDICTS.open(encoding="utf-8") as file:
        judged = list(csv.DictReader(file, delimiter="\t"))
    made, dropped = _made()
    standing = [
        row for row in judged if tuple(row[key] for key in MARK) in made
    ]
    signed = sum(row["signed"] == "yes" for row in standing)
    low, high = _interval(signed, len(standing))
    print(
        f"  signed {signed} of {len(standing)} ({low:.2f} to {high:.2f});"
        f" {len(judged) - len(standing)} of those judged are no longer made"
    )
    for row in standing:
        if row["signed"] == "no":
            print(f"    {row['relation']} {row['object']}: {row['reason']}")
    told = ", ".join(
        f"{count} {reason}" for reason, count in dropped.most_common()
    )
    print(f"  {len(made)} statements are kept; not kept: {told or 'none'}")


def _made() -> tuple[set[tuple[str, ...]], Counter[str]]:
    """The marks of the statements that the recorded answers give, and what was not kept by the reason."""
    sys.path.insert(0, str(DATA.parent / "plugins"))
    from recorded_model import recorded_model  # noqa: PLC0415  with the tests

    gold, marks, dropped = read_gold(GOLD, shipped()), set(), Counter[str]()
    with (
        recorded_model(ANSWERS) as server,
        tempfile.TemporaryDirectory() as cache,
    ):
        os.environ |= {
            "OPENAI_BASE_URL": server.address,
            "ONRECORD_MODEL": "recorded",
            "XDG_CACHE_HOME": cache,
        }
        extract = create("llm", _context(gold))
        for document in gold.documents:
            result = extract(document)
            dropped.update(result.dropped)
            marks |= set(_marks(document, result.statements))
    return marks, dropped


def _context(gold: Gold) -> ExtractionContext:
    vocabulary = gold.registry.vocabulary
    return ExtractionContext(gold.gazetteer, vocabulary, shipped(), None, {})


def _marks(
    document: Document, statements: tuple[Statement, ...]
) -> Iterator[tuple[str, ...]]:
    text = hashlib.sha256((document.text or "").encode()).hexdigest()[:12]
    for statement in statements:
        words = statement.evidence
        place = (str(words.start), str(words.end)) if words else ("", "")
        actors = "; ".join(map(local, statement.actors))
        yield text, *place, actors, statement.relation, local(statement.object)


def _interval(signed: int, count: int) -> tuple[float, float]:
    """95 % of the share, by Wilson's score."""
    share, square = signed / count, Z * Z / count
    middle = share + square / 2
    width = Z * sqrt(share * (1 - share) / count + square / (4 * count))
    return (middle - width) / (1 + square), (middle + width) / (1 + square)


if __name__ == "__main__":
    main()
