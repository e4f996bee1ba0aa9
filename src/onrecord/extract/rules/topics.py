"""What a passage is about: topics by the words of a hand-written table, `topics.tsv` beside this file."""

import re
from collections import Counter
from functools import cache, lru_cache
from importlib.resources import files

AI = re.compile(
    r"\bA\.I\.|\b(?:AI|artificial intelligence|generative|machine learning|chatbots?|deepfakes?|synthetic|algorithms?"
    r"|digital replicas?|AI-generated|language models?|video model|image model)\b",
    re.IGNORECASE,
)
"""Words that make a passage one about AI."""


@cache
def _table() -> tuple[tuple[re.Pattern[str], str, int], ...]:
    text = (
        files("onrecord.extract.rules")
        .joinpath("topics.tsv")
        .read_text(encoding="utf-8")
    )
    rows = [
        line.split("\t")
        for line in text.splitlines()
        if line and not line.startswith("#")
    ]
    return tuple((_pattern(words), topic, int(weight)) for words, topic, weight in rows)


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(
        r"\b" + re.escape(words).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") + r"\b",
        re.IGNORECASE,
    )


@lru_cache(maxsize=256)  # a sentence is asked about by each of its attributions
def topics_of(passage: str, most: int = 3) -> tuple[str, ...]:
    """The topics of a passage, the weightiest first; () where no word of the table stands in it."""
    weights: Counter[str] = Counter()
    first: dict[str, int] = {}
    for pattern, topic, weight in _table():
        for match in pattern.finditer(passage):
            weights[topic] += weight
            first[topic] = min(first.get(topic, match.start()), match.start())
    ranked = sorted(weights, key=lambda topic: (-weights[topic], first[topic]))
    return tuple(ranked[:most])


def weight_of(passage: str) -> int:
    """How much a passage says about its first topic; 0 where it has none."""
    weights: Counter[str] = Counter()
    for pattern, topic, weight in _table():
        weights[topic] += weight * len(pattern.findall(passage))
    return max(weights.values(), default=0)


def is_about_ai(passage: str) -> bool:
    """Whether a passage speaks of AI in so many words."""
    return AI.search(passage) is not None
