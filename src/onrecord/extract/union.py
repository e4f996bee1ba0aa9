"""Several extractors as one: what two of them find is surer, what one finds alone is reviewed first.

Where statements about the same words differ, those of the extractor that is named last are kept.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from threading import Lock
from typing import Any

from onrecord.extract.extractor import (
    ExtractionContext,
    ExtractionResult,
    Extractor,
    Usage,
    create,
)
from onrecord.extract.many import waits
from onrecord.model import Document, Entity, Statement
from onrecord.model.errors import BadInput
from onrecord.model.names import fold

AGREED = 0.95
"""Confidence in what several extractors find."""
DOUBT = 0.2
"""What confidence in a statement loses that one of several finds alone, so that review begins there."""
OTHERWISE = "words read otherwise by another extractor"


class UnionExtractor:
    """Calls extractors by name, and joins what they find; where they differ, the last one's statements are kept."""

    def __init__(self, extractors: Mapping[str, Extractor]) -> None:
        self.extractors = extractors
        self.waits = any(map(waits, extractors.values()))
        self.destination = _first(extractors.values(), "destination") or ""
        self.prices = _first(extractors.values(), "prices")
        self.lock = Lock()

    @property
    def settings(self) -> str:
        """Those of all, one after the other."""
        return " + ".join(part.settings for part in self.extractors.values())

    def __call__(self, document: Document) -> ExtractionResult:
        """What any of them finds; raises BadInput where none can read the text."""
        results: dict[str, ExtractionResult] = {}
        faults: list[BadInput] = []
        for name, extractor in self.extractors.items():
            try:
                results[name] = self._called(extractor, document)
            except BadInput as fault:
                if waits(extractor):
                    raise
                faults.append(fault)
        if not results:
            raise faults[0]
        return joined(results)

    def _called(
        self, extractor: Extractor, document: Document
    ) -> ExtractionResult:
        """Calls an extractor; one that computes, and does not wait for a network, is called by one thread at a time."""
        if waits(extractor):
            return extractor(document)
        with self.lock:
            return extractor(document)


def create_union(names: str, context: ExtractionContext) -> UnionExtractor:
    """Extractors by their names with commas between them; raises BadInput for one that is named twice."""
    parts = [name.strip() for name in names.split(",")]
    if len({*parts}) < len(parts):
        message = f"--extractor {names}: names one twice"
        raise BadInput(message)
    return UnionExtractor({name: create(name, context) for name in parts})


def joined(results: Mapping[str, ExtractionResult]) -> ExtractionResult:
    """Several results about one text as one, in the order of the text."""
    kept: list[Statement] = []
    otherwise = 0
    for result in reversed(list(results.values())):
        kept, lost = _merged(kept, result.statements)
        otherwise += lost
    kept.sort(key=_place)
    named = {name for statement in kept for name in statement.references}
    entities = _entities(results.values())
    left = {OTHERWISE: otherwise} if otherwise else {}
    return ExtractionResult(
        statements=tuple(kept),
        entities=tuple(entities[name] for name in entities if name in named),
        dropped=_dropped(results.values()) | left,
        usage=sum((result.usage for result in results.values()), Usage()),
        spent=sum((result.spent for result in results.values()), Usage()),
        language=_first(results.values(), "language"),
    )


def _merged(
    kept: Sequence[Statement], more: Sequence[Statement]
) -> tuple[list[Statement], int]:
    """The statements kept so far with those of another extractor, and how many of its were left out."""
    made = list(kept)
    lost = 0
    for statement in more:
        same = [at for at, one in enumerate(kept) if is_same(one, statement)]
        if same:
            made[same[0]] = replace(made[same[0]], confidence=AGREED)
        elif any(_overlap(one, statement) for one in kept):
            lost += 1
        else:
            made.append(_doubted(statement))
    return made, lost


def _doubted(statement: Statement) -> Statement:
    confidence = max(0.0, statement.confidence - DOUBT)
    return replace(statement, confidence=round(confidence, 2))


def is_same(one: Statement, other: Statement) -> bool:
    """Whether two statements say the same, on passages that overlap."""
    return _sense(one) == _sense(other) and _overlap(one, other)


def _sense(statement: Statement) -> tuple[frozenset[str], str, bool, str]:
    actors = frozenset(map(fold, statement.actors))
    target = fold(statement.object)
    return actors, statement.relation, statement.negated, target


def _overlap(one: Statement, other: Statement) -> bool:
    first, second = _place(one), _place(other)
    return first[0] < second[1] and second[0] < first[1]


def _place(statement: Statement) -> tuple[int, int]:
    words = statement.evidence
    return (words.start or 0, words.end or 0) if words else (0, 0)


def _entities(results: Iterable[ExtractionResult]) -> dict[str, Entity]:
    """New names, each once, as the last extractor has them."""
    return {entity.name: entity for part in results for entity in part.entities}


def _dropped(results: Iterable[ExtractionResult]) -> dict[str, int]:
    counts = Counter[str]()
    for result in results:
        counts.update(result.dropped)
    return dict(counts)


def _first(parts: Iterable[object], name: str) -> Any:  # noqa: ANN401  of whatever type it is there
    """The first value of an attribute that is there and not empty."""
    values = (getattr(part, name, None) for part in parts)
    return next(filter(None, values), None)
