"""What the words of a content say, where the cue itself says nothing ("said")."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from onrecord.extract.rules.foils import (
    is_of_nobody,
    said_for_itself,
    tells_of_others,
)
from onrecord.extract.rules.lexicon import Lexicon
from onrecord.extract.rules.meanings import STANCES

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


@dataclass(frozen=True, slots=True)
class Reading:
    """A relation that words speak for or deny, the side they take, and with which weight."""

    relation: str
    stance: str | None
    weight: float
    negated: bool = False


def read_content(
    lexicon: Lexicon,
    text: str,
    others: Iterable[str] = (),
    *,
    is_charged: bool = False,
) -> Reading | None:
    """The relation that most of the words speak for; None for a mere remark.

    `others` are relations that the words tell of somebody else. What follows a "but"
    counts before what it turns, and takes back what is granted before it. What they
    set aside ("rather than replace them") does not count.
    """
    text = said_for_itself(lexicon, text)
    if tells_of_others(text):
        return None
    head, but, last = text.rpartition(" but ")
    if but and head:
        turned = read_content(lexicon, last, others, is_charged=is_charged)
        if turned is not None:
            return turned
    weights, denied, stances = _weigh(lexicon, text)
    scores = {r: weight for r, weight in weights.items() if r not in others}
    if is_charged and "denies" in scores:
        scores["denies"] += CHARGED
    best = _heaviest(scores)
    if best == "supports" and (but or is_of_nobody(text)):
        return None
    if best is not None:
        return Reading(best, stances.get(best), scores[best])
    scores = {r: weight for r, weight in denied.items() if r not in others}
    best = _heaviest({r: w for r, w in scores.items() if r in AVERSIONS})
    return Reading(best, None, scores[best], negated=True) if best else None


def _heaviest(scores: Mapping[str, float]) -> str | None:
    """The relation that weighs most, if it weighs enough."""
    if not scores:
        return None
    best = min(
        scores, key=lambda relation: (-scores[relation], ORDER.index(relation))
    )
    return best if scores[best] >= ENOUGH else None


NEGATED = re.compile(
    r"(?:\bnot|n[’']t|\bcannot|\bnever|\bno longer|\bhardly|\bnothing|\bnobody|\bno one|\bno"
    r"|\banything but|\bfar from|\bby no means|\bwithout)\s+"
    r"(?:(?:a|all|an|are|at|be|been|being|feel|going|have|is|must|need|needs|ought|particularly|really|reason"
    r"|should|that|the|to|too|very)\s+){0,4}"
    r"(?:(?!only|just|merely|simply)\w+\s+)?$",
    re.IGNORECASE,
)
"""What denies a feeling that follows: "nobody should be", "no reason to be"."""
AHEAD = 80
"""Characters before a feeling in which a word may deny it."""
AVERSIONS = frozenset({"opposes", "concernedAbout"})
"""What somebody may say that he does not feel; who denies praise has said nothing yet."""
FEELINGS = AVERSIONS | {"supports", "criticizes"}


def _is_turned(text: str, start: int, relation: str) -> bool:
    """Whether a feeling is denied: "I don't hate the trout"."""
    if relation not in FEELINGS:
        return False
    ahead = text[max(0, start - AHEAD) : start]
    return NEGATED.search(ahead) is not None


OTHERS = re.compile(
    r"\b(?:people|they|everyone|everybody|folks|some|many|others|you)(?:[’']re| are| were| get| seem)(?: \w+)? $",
    re.IGNORECASE,
)
"""Words before a feeling that others have: "because people are afraid"."""


def _is_of_others(text: str, start: int, relation: str) -> bool:
    """Whether a feeling is one that others are said to have."""
    ahead = text[max(0, start - AHEAD) : start]
    return relation in AVERSIONS and OTHERS.search(ahead) is not None


@lru_cache(maxsize=256)
def _weigh(
    lexicon: Lexicon, text: str
) -> tuple[dict[str, float], dict[str, float], dict[str, str | None]]:
    """The weights of what is said and of what is denied, and the sides of the former."""
    weights: defaultdict[str, float] = defaultdict(float)
    denied: defaultdict[str, float] = defaultdict(float)
    stances: dict[str, str | None] = {}
    for number, start in lexicon.said_in(text):
        _, relation, stance, weight = lexicon.contents[number]
        if _is_of_others(text, start, relation):
            continue
        if _is_turned(text, start, relation):
            denied[relation] += weight
            continue
        weights[relation] += weight
        stances.setdefault(relation, STANCES.get(stance))
    return weights, denied, stances
