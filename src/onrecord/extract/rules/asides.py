"""Whether a report names AI or a matter at all: "We are thrilled to be here" may be about anything."""

import re

from onrecord.extract.rules.drafts import AttributionDraft
from onrecord.extract.rules.lexicon import Lexicon
from onrecord.extract.rules.meanings import Meaning

STRONG = 3
"""The weight of one plain word of a topic, or of several vague ones."""
PLANNED = frozenset({"promises", "predicts", "callsFor", "rejects"})
"""Relations that plain words bear only where they name a matter."""
PLAIN = frozenset({"content", "inner cue"})
"""Ways of reading what somebody means from what he says."""
OWN_WILL = re.compile(
    r"\b(?:I|[Ww]e)(?: will|[’']ll| won[’']t| would) "
    r"(?:not |never )?[a-z]"
)
POINTING = re.compile(r"\b(?:it|this|that|these|they|them|tools?|technology)\b")
"""Words by which praise may be of what was spoken of before."""
SPOKEN_OF = frozenset({"of", "about", "on", "asked"})


def is_aside(
    lexicon: Lexicon, draft: AttributionDraft, text: str, meant: Meaning
) -> bool:
    """Whether plain words name no matter and may be about anything."""
    if meant.rule not in PLAIN:
        return False
    if lexicon.weight_of(text) >= STRONG - 1:
        return False
    if lexicon.is_about_ai(text) or is_said_of_ai(lexicon, draft):
        return False
    is_pointing = POINTING.search(text) is not None
    if meant.relation == "supports":
        return not is_pointing
    if meant.relation not in PLANNED:
        return False
    is_own = OWN_WILL.search(text) is not None
    return not (is_own and is_pointing)


def is_said_of_ai(lexicon: Lexicon, draft: AttributionDraft) -> bool:
    """Whether the cue names AI as what is spoken of: "she said of AI", "asked about AI"."""
    if draft.candidate is None:
        return False
    for prep in draft.candidate.cue.children:
        if prep.dep_ not in {"prep", "advcl"}:
            continue
        if prep.lower_ not in SPOKEN_OF:
            continue
        words = " ".join(word.text for word in prep.subtree)
        if _is_of_ai(lexicon, words):
            return True
    return False


def _is_of_ai(lexicon: Lexicon, words: str) -> bool:
    """Whether words name AI alone, or with a matter."""
    if not lexicon.is_about_ai(words):
        return False
    is_alone = words.endswith(("AI", "artificial intelligence"))
    return is_alone or bool(lexicon.topics_of(words))
