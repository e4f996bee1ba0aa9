"""A text as words are looked for in it: space, quotation marks and dashes count alike, and places are kept."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from onrecord.extract.rules.quotations import quotations
from onrecord.model import Evidence

CONTEXT = 32
"""Characters of prefix and suffix that tell a passage from its like."""
ALIKE = str.maketrans({
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033", '"'),
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032`", "'"),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
    **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", None),
    "…": "...",
})  # fmt: skip
GUILLEMETS = re.compile(r"«\s*|\s*»")
CORNERS = re.compile(r"「[^」]*」|『[^』]*』")
SENTENCE_END = re.compile(r"[.!?\u3002\uff01\uff1f][\"'”’»」]*\s")

Span = tuple[int, int]
"""Character offsets, end exclusive."""


def plain(text: str) -> str:
    """A text with one kind of quotation mark and dash, and single spaces."""
    return " ".join(text.translate(ALIKE).split())


@dataclass(frozen=True)
class SourceText:
    """A document's text, and what may be asked of it."""

    text: str

    def find(self, words: str, near: int = 0) -> Span | None:
        """The place of words in the text, the first from `near` on, else the first at all.

        Marks around the words that the text does not have there do not count, nor how accents are written, nor the
        spaces within French marks.
        """
        whole = plain(words)
        bare = whole.strip("\"' ")
        apart = unicodedata.normalize("NFD", bare)
        tight = plain(GUILLEMETS.sub('"', words))
        for wanted in dict.fromkeys((whole, bare, apart, tight)):
            place = self._find(wanted, near)
            if place is not None:
                return place
        return None

    def has_name(self, name: str, *, any_case: bool = False) -> bool:
        """Whether a name stands in the text as words of its own."""
        return name_in(name, self._plain, any_case=any_case)

    def paragraph(self, place: Span) -> Span:
        """The paragraph, a line of the text, that holds a place."""
        start = self.text.rfind("\n", 0, place[0]) + 1
        end = self.text.find("\n", place[0])
        return start, end if end >= 0 else len(self.text)

    def around(self, place: Span, before: int, after: int) -> str:
        """The paragraph of a place with some before and after it."""
        lines = self._lines
        at = next(
            number for number, (_, end) in enumerate(lines) if place[0] <= end
        )
        kept = lines[max(0, at - before) : at + after + 1]
        return self.text[kept[0][0] : kept[-1][1]]

    def sentence(self, place: Span) -> str:
        """The sentence that holds a place, by its punctuation alone."""
        start, end = self.paragraph(place)
        ends = [
            mark.end() for mark in SENTENCE_END.finditer(self.text, start, end)
        ]
        begin = max((at for at in ends if at <= place[0]), default=start)
        stop = min((at for at in ends if at >= place[1]), default=end)
        return self.text[begin:stop]

    def quotation(self, place: Span) -> Span | None:
        """The quotation of the paragraph that a place lies in, marks included."""
        start, end = self.paragraph(place)
        line = self.text[start:end]
        spans = [
            *quotations(line),
            *(mark.span() for mark in CORNERS.finditer(line)),
        ]
        for first, last in spans:
            if start + first <= place[0] and place[1] <= start + last:
                return start + first, start + last
        return None

    def evidence(self, place: Span) -> Evidence:
        """The words at a place with what stands left and right of them."""
        start, end = place
        before = self.text[max(0, start - CONTEXT) : start]
        after = self.text[end : end + CONTEXT]
        words = self.text[start:end]
        return Evidence(words, before or None, after or None, start, end)

    def copied(self, sentence: str, words: int) -> bool:
        """Whether so many words in a row of a sentence stand in the text."""
        row = _words(sentence)
        runs = (row[at : at + words] for at in range(len(row) - words + 1))
        return any(f" {' '.join(run)} " in self._row for run in runs)

    @cached_property
    def _lines(self) -> list[Span]:
        lines = re.finditer(r"[^\n]*\S[^\n]*", self.text)
        return [line.span() for line in lines] or [(0, len(self.text))]

    @cached_property
    def _mapped(self) -> list[tuple[str, int]]:
        return list(_mapped(self.text))

    @cached_property
    def _places(self) -> list[int]:
        return [index for _, index in self._mapped]

    @cached_property
    def _plain(self) -> str:
        return "".join(sign for sign, _ in self._mapped)

    @cached_property
    def _row(self) -> str:
        return f" {' '.join(_words(self.text))} "

    def _find(self, wanted: str, near: int) -> Span | None:
        if not wanted:
            return None
        places = self._places
        begin = bisect_left(places, near)
        at = self._plain.find(wanted, begin)
        at = at if at >= 0 else self._plain.find(wanted)
        if at < 0:
            return None
        return places[at], places[at + len(wanted) - 1] + 1


def name_in(name: str, text: str, *, any_case: bool = False) -> bool:
    """Whether a name stands in a text as words of its own; in scripts without spaces, anywhere."""
    flags = re.IGNORECASE if any_case else 0
    wanted = re.escape(plain(name))
    left = r"(?<!\w)" if name[:1].isascii() else ""
    right = r"(?!\w)" if name[-1:].isascii() else ""
    return (
        bool(name)
        and re.search(left + wanted + right, plain(text), flags) is not None
    )


def _mapped(text: str) -> Iterator[tuple[str, int]]:
    """Each sign of the text as `plain` has it, with the place that it comes from."""
    in_space = True
    for index, sign in enumerate(text):
        if sign.isspace():
            if not in_space:
                yield " ", index
            in_space = True
            continue
        for alike in sign.translate(ALIKE):
            yield alike, index
            in_space = False


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
