"""The side on AI that words take."""

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
    if "ai-as-such" in topics or lexicon.is_about_ai(text):
        return meant.stance
    return None
