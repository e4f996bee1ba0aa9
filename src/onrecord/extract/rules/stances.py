"""The side on AI that words take."""

import re

from onrecord.extract.rules.lexicon import Lexicon
from onrecord.extract.rules.meanings import Meaning
from onrecord.extract.rules.mentions import Mention

SIDED = frozenset({"supportive", "critical", "conditional"})
SYSTEMS = frozenset({"AISystem", "SyntheticPerformer"})
BOUND = frozenset(
    [
        "Legislation",
        "Lawsuit",
        "Agreement",
        "Policy",
        "Guild",
        "TradeBody",
        "Event",
    ]
)
"""Classes of objects that tell nothing of the side on AI."""

REFUSED = re.compile(
    r"\b(?:not|without|never|instead of|rather than|stop\w*"
    r"|shelv\w+|drop\w*|pull\w*|withdr\w+|cancel\w*|remov\w+|refus\w+|reject\w+|avoid\w*|scrap\w*|ban(?:s|ned|ning)?"
    r"|outlaw\w*|boycott\w*|critics? of|criticism of|opponents? of|opposing|opposition to|attacks? on|hatred of"
    r"|fears? (?:of|about))"
    r"\s+(?:(?:to|us(?:e|ed|ing)|of|the|any|all|an?|its|their|his|her)\s+){0,3}(?:AI|A\.I\.|generative|artificial)\b"
    r"|\banti-AI\b|\bno AI\b|\bAI-free\b|\bcritics\b",
    re.IGNORECASE,
)
"""Words for what is done against AI: who finds fault with that need not be against it."""


def is_of_refusal(text: str) -> bool:
    """Whether an attitude may be to what others do against AI: "for not using AI", "attacks on AI"."""
    return REFUSED.search(text) is not None


def stance_of(
    lexicon: Lexicon,
    meant: Meaning,
    target: Mention | None,
    topics: tuple[str, ...],
    text: str,
) -> str | None:
    """The side on AI that the words take; unset where the verb alone would tell it."""
    if meant.stance not in SIDED:
        return None
    if target is not None and target.cls not in SYSTEMS:
        is_by_verb = meant.rule != "content"
        if is_by_verb or target.cls in BOUND:
            return None
    if topics[:1] == ("regulation",):
        return None
    if meant.rule == "cue" and is_of_refusal(text):
        return None
    if "ai-as-such" in topics or lexicon.is_about_ai(text):
        return meant.stance
    return None
