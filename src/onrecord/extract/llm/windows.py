"""A text → windows of whole paragraphs, each small enough for one request, each overlapping the one before."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MOST_CHARACTERS = 6000
"""Length of a window: a short news text fits whole, a long feature takes several."""
OVERLAP = 600
"""Characters of the window before that are shown again, so that a pronoun has its antecedent."""
PARAGRAPH = re.compile(r"\S(?:.*\S)?")
BREAK = re.compile(r"(?<=[.!?\u3002\uff01\uff1f”\"])\s+")


@dataclass(frozen=True, slots=True)
class Window:
    """A part of a text; `start` and `end` count the text's characters, end exclusive."""

    start: int
    end: int
    text: str


def windows(
    text: str, most: int = MOST_CHARACTERS, overlap: int = OVERLAP
) -> list[Window]:
    """Windows that together show every paragraph of a text; one that is too long is cut at a sentence's end."""
    pieces = list(_pieces(text, most))
    made: list[Window] = []
    first = 0
    while first < len(pieces):
        last = _last(pieces, first, most)
        start, end = pieces[first][0], pieces[last][1]
        made.append(Window(start, end, text[start:end]))
        if last + 1 == len(pieces):
            break
        first = _next(pieces, first, last, overlap)
    return made


def _pieces(text: str, most: int) -> Iterator[tuple[int, int]]:
    """The paragraphs, one a line."""
    for paragraph in PARAGRAPH.finditer(text):
        yield from _cut(text, paragraph.start(), paragraph.end(), most)


def _cut(
    text: str, start: int, end: int, most: int
) -> Iterator[tuple[int, int]]:
    while end - start > most:
        breaks = list(BREAK.finditer(text, start, start + most))
        stop, after = (
            breaks[-1].span() if breaks else (start + most, start + most)
        )
        yield start, stop
        start = after
    yield start, end


def _last(pieces: Sequence[tuple[int, int]], first: int, most: int) -> int:
    """The last piece that a window from `first` on has room for."""
    last = first
    begin = pieces[first][0]
    while last + 1 < len(pieces) and pieces[last + 1][1] - begin <= most:
        last += 1
    return last


def _next(
    pieces: Sequence[tuple[int, int]], first: int, last: int, overlap: int
) -> int:
    """Where the next window begins: as far back as the overlap allows, but further on than this one."""
    begin = last + 1
    end = pieces[last][1]
    while begin - 1 > first and end - pieces[begin - 1][0] <= overlap:
        begin -= 1
    return begin
