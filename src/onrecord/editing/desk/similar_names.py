"""Entities that may be one: names that are spelt nearly alike, or one of which begins or ends the other."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from onrecord.model import Entity
from onrecord.model.names import fold

NEAR = 88
"""How much of two names is alike, in hundredths, to be taken for a slip of the pen."""
SHORTEST = 4
"""Letters of a single word that may stand for a longer name."""
END = 3
"""Letters at the beginning or end of a name that others share with it."""
LIKE_EACH = 5
"""Near names of one name."""
SHORTER, OTHER_TYPE = 80, 60
"""What a name counts that begins or ends another, of one type or of two."""


@dataclass(frozen=True, slots=True)
class SimilarNames:
    """Two entities, by their IRIs, and how alike their names are, up to 100."""

    one: str
    two: str
    score: int


def similar_names(entities: Mapping[str, Entity]) -> list[SimilarNames]:
    """Pairs that may be one entity, those most alike first."""
    names = list(_names(entities))
    scores: defaultdict[tuple[str, str], int] = defaultdict(int)
    for one, two in _shortened(names):
        same = entities[one].type == entities[two].type
        scores[_pair(one, two)] = SHORTER if same else OTHER_TYPE
    for one, two, score in _near(names):
        pair = _pair(one, two)
        scores[pair] = max(score, scores[pair])
    pairs = [SimilarNames(*pair, score) for pair, score in scores.items()]
    pairs.sort(key=lambda pair: (-pair.score, pair.one, pair.two))
    return [pair for pair in pairs if pair.one != pair.two]


def _pair(one: str, two: str) -> tuple[str, str]:
    return min(one, two), max(one, two)


Name = tuple[str, str]
"""The IRI of an entity, and a name of it."""


def _names(entities: Mapping[str, Entity]) -> Iterator[Name]:
    for iri, entity in entities.items():
        for name in (entity.name, *entity.aliases):
            yield iri, _plain(name)


def _plain(name: str) -> str:
    """A name without its signs and its case."""
    signs = "".join(sign if sign.isalnum() else " " for sign in fold(name))
    return " ".join(signs.split())


def _near(names: list[Name]) -> Iterator[tuple[str, str, int]]:
    """Names that differ in a few letters."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415  the desk alone needs it

    for block in _blocks(names):
        plain = [name for _, name in block]
        for at, (iri, name) in enumerate(block, 1):
            hits = process.extract(
                name,
                plain[at:],
                scorer=fuzz.ratio,
                score_cutoff=NEAR,
                limit=LIKE_EACH,
            )
            for _, score, place in hits:
                yield iri, block[at + place][0], round(score)


def _blocks(names: list[Name]) -> Iterable[list[Name]]:
    """Names that are worth comparing: they share a word, their beginning or their end.

    They share every number too: in a number, nothing is a slip of the pen.
    """
    blocks: defaultdict[tuple[str, ...], list[Name]] = defaultdict(list)
    for iri, name in names:
        ends, numbers = (f"{name[:END]} …", f"… {name[-END:]}"), _numbers(name)
        for sign in {*name.split(), *ends}:
            blocks[sign, *numbers].append((iri, name))
    return blocks.values()


def _numbers(name: str) -> list[str]:
    words = name.split()
    return [word for word in words if any(map(str.isdigit, word))]


def _shortened(names: list[Name]) -> Iterator[tuple[str, str]]:
    """Names that begin or end a longer one, word by word."""
    holding: defaultdict[str, set[str]] = defaultdict(set)
    for iri, name in names:
        for part in _parts(name.split()):
            holding[part].add(iri)
    for iri, name in names:
        if len(name) >= SHORTEST:
            yield from ((iri, other) for other in holding.get(name, ()))


def _parts(words: list[str]) -> Iterable[str]:
    for size in range(1, len(words)):
        yield " ".join(words[:size])
        yield " ".join(words[size:])
