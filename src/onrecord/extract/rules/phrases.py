"""Phrases of the lexicon's tables, found in texts by their first words."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

WORD = re.compile(r"\w+")
SECOND = re.compile(r"\*? (\w+)")
"""The second word of a phrase, behind the first."""
REMEMBERED = 50_000
"""Words of texts whose phrases are kept."""
TEXTS = 1024
"""Texts whose words are kept."""


@lru_cache(TEXTS)
def words_in(text: str) -> list[tuple[str, int]]:
    """The words of a text in small letters, and where they begin; kept, as several tables are looked up in one text."""
    return [(word[0].lower(), word.start()) for word in WORD.finditer(text)]


class PhraseIndex:
    """Phrases by their first words; "*" in a phrase is any ending.

    A text is passed once, however many phrases there are, and a phrase is tried where
    its first word stands.
    """

    def __init__(self, phrases: Sequence[str]) -> None:
        """Keeps phrases, which are told from each other by their number."""
        self._whole: defaultdict[str, list[int]] = defaultdict(list)
        self._begun: defaultdict[str, list[int]] = defaultdict(list)
        self._phrases = phrases
        self._seconds: list[str] = []
        self._longer: list[str | None] = []
        for number, phrase in enumerate(phrases):
            self._add(number, phrase)
        self._that_begin = lru_cache(REMEMBERED)(self._beginning)

    def _add(self, number: int, phrase: str) -> None:
        first = WORD.match(phrase.lower())
        stem = first[0] if first is not None else ""
        rest = phrase[len(stem) :]
        is_open = rest.startswith("*") or not stem
        rows = self._begun if is_open else self._whole
        rows[stem].append(number)
        is_word = bool(stem) and rest in {"", "*"}
        self._longer.append(None if is_word else phrase)
        second = SECOND.match(rest.lower())
        self._seconds.append(second[1] if second is not None else "")

    def _beginning(self, word: str) -> tuple[int, ...]:
        """The numbers of the phrases that may begin with a word."""
        rows = list(self._whole.get(word, ()))
        for end in range(len(word) + 1):
            rows += self._begun.get(word[:end], ())
        return tuple(sorted(rows))

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """The number of each phrase in a text, and where it begins, in the order of the text."""
        words = words_in(text)
        for at, (word, start) in enumerate(words, start=1):
            numbers = self._that_begin(word)
            if not numbers:
                continue
            following = words[at][0] if at < len(words) else ""
            for number in numbers:
                if not following.startswith(self._seconds[number]):
                    continue
                phrase = self._longer[number]
                if phrase is None or phrase_pattern(phrase).match(text, start):
                    yield number, start

    def count(self, text: str) -> int:
        """How many of the phrases stand in a text, one behind the other."""
        times = end = 0
        for number, start in self.find(text):
            match = phrase_pattern(self._phrases[number]).match(text, start)
            if match is not None and start >= end:
                times += 1
                end = match.end()
        return times

    def is_in(self, text: str) -> bool:
        """Whether a text holds one of the phrases."""
        return next(self.find(text), None) is not None


@cache
def phrase_pattern(*phrases: str) -> re.Pattern[str]:
    """The regular expression of phrases, where "*" is any ending; made when first asked for, as a text asks for few.

    No letter follows; where a phrase ends with an opening mark ("act of “"), one must.
    """
    either = "|".join(map(_bounded, phrases))
    return re.compile(rf"(?<!\w)(?:{either})", re.IGNORECASE)


def _bounded(phrase: str) -> str:
    is_opening = phrase[-1] in "“‘("
    end = r"(?=\w)" if is_opening else r"(?!\w)"
    return _wildcards(phrase) + end


def _wildcards(phrase: str) -> str:
    escaped = re.escape(phrase).replace(r"\*", r"\w*")
    return escaped.replace(r"\ ", r"\s+")
