"""Attitudes to AI as such, and to nothing narrower: "I hate AI"."""

import re

from onrecord.extract.rules.drafts import AttributionDraft
from onrecord.extract.rules.meanings import Meaning
from onrecord.extract.rules.sentences import sentence_of


def is_of_ai_alone(draft: AttributionDraft, meant: Meaning) -> bool:
    """Whether an attitude is to AI and nothing narrower: "I hate AI"."""
    candidate = draft.candidate
    words = meant.told or (
        sentence_of(candidate.cue).text if candidate is not None else ""
    )
    return meant.relation in ATTITUDES and OF_AI.search(words) is not None


ATTITUDES = frozenset({"supports", "opposes", "concernedAbout"})


OF_AI = re.compile(
    r"\b(?:lov|hat|loath|embrac|fear|against|about|of|over|oppos|prais|support|with)\w*[”\"]?"
    r"(?: of| about)? (?:AI|artificial intelligence)\b"
    r"(?=[.,!?;”\"]| (?:at|on|in|and|or|but|when|while|during|as|because|since|after"
    r"|before|itself|too|so|last|this|for)\b)"
)
"""Words by which an attitude is to AI as such, and not to a thing that AI makes."""
