"""What the words of a content say, where the cue itself says nothing ("said")."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from onrecord.extract.rules.lexicon import Lexicon

ENOUGH = 1.6
"""The least weight that makes a relation more than a remark."""
CHARGED = 1.3
"""What a denial gains where the speaker, or the speaker's firm, was charged before."""
ORDER = (
    "threatens",
    "promises",
    "denies",
    "acknowledges",
    "accuses",
    "rejects",
    "urges",
    "opposes",
    "criticizes",
    "concernedAbout",
    "callsFor",
    "supports",
    "predicts",
)
"""Of two relations with the same weight, the first."""
SIDES = {"+": "supportive", "-": "critical", "?": "conditional"}


@dataclass(frozen=True, slots=True)
class Reading:
    """A relation that words speak for, the side they take, and with which weight."""

    relation: str
    stance: str | None
    weight: float


def read_content(
    lexicon: Lexicon,
    text: str,
    others: Iterable[str] = (),
    *,
    is_charged: bool = False,
) -> Reading | None:
    """The relation that most of the words speak for; None for a mere remark.

    `others` are relations that the words tell of somebody else. What follows a "but"
    counts before what it turns.
    """
    head, but, last = text.rpartition(" but ")
    if but and head:
        turned = read_content(lexicon, last, others, is_charged=is_charged)
        if turned is not None:
            return turned
    weights, stances = _weigh(lexicon, text)
    scores = dict(weights)
    for relation in others:
        scores.pop(relation, None)
    if is_charged and "denies" in scores:
        scores["denies"] += CHARGED
    if not scores:
        return None
    best = min(scores, key=lambda relation: (-scores[relation], ORDER.index(relation)))
    if scores[best] < ENOUGH:
        return None
    return Reading(best, stances.get(best), scores[best])


NEGATED = re.compile(r"(?:\bnot|n[’']t|\bnever|\bno longer|\bhardly)\s+(?:\w+\s+)?$")
FEELINGS = frozenset({"supports", "opposes", "concernedAbout", "criticizes"})


def _is_turned(text: str, match: re.Match[str], relation: str) -> bool:
    """Whether a feeling is denied: "I don't hate the trout"."""
    return relation in FEELINGS and NEGATED.search(text[: match.start()]) is not None


@lru_cache(maxsize=256)
def _weigh(
    lexicon: Lexicon, text: str
) -> tuple[dict[str, float], dict[str, str | None]]:
    weights: defaultdict[str, float] = defaultdict(float)
    stances: dict[str, str | None] = {}
    for pattern, relation, stance, weight in lexicon.contents:
        match = pattern.search(text)
        if match is not None and not _is_turned(text, match, relation):
            weights[relation] += weight
            stances.setdefault(relation, SIDES.get(stance))
    return weights, stances
