"""Hard-wrapped lines: which line breaks lie inside a paragraph, and do not end one.

A break is taken for one inside a paragraph where the next word would not have fitted
into the line any more, or where a sentence goes on in small letters.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord.ingest.words import english_words

WIDEST = 120
"""A longer line is a paragraph."""
NARROWEST = 30
"""Lines that are all shorter were not wrapped, but are meant so."""
SLACK = 6
"""How much shorter than the widest a full line may be where a person broke it."""
LEAST_RUNNING_ON = 0.3
"""In wrapped prose most lines go on in small letters; in lists and headlines few."""
ITEM = re.compile(
    r"\s*(?:[-*•·▪‣]\s|\(?\d{1,2}[.)]\s|By [A-Z]|[A-Z][A-Z .'’-]{2,40}:\s)"
)
"""How a line of its own begins: an item of a list, a byline, a speaker of a transcript."""
RUNS_ON = re.compile(r"\s*[a-z(]")
OPEN_END = re.compile(
    r"(?:,[\"”’]?|\b(?:an?|the|of|in|on|at|to|for|with|by|from|and|or|but|that|which|who|is|"
    r"was|were|are|be|has|have|had|will|would|its|their|his|her|as|than|into|about))\s*$"
)
"""How no sentence ends, and no headline."""
ENDS = re.compile(r"[.!?…:;][\"'”’)\]]*\s*$")
BROKEN_WORD = re.compile(
    r"(?P<first>[^\W\d_]+)(?P<mark>[-\u00ad\u2010\u2011])$"
)
PART = re.compile(r"\s*([^\W\d_]+)")
LINE = re.compile(r"[^\n]+")
CITED = re.compile(r"(?:[ \t]{0,3}>)+ ?|\|[ \t]")
"""What mails and notebooks put before each line of what they cite."""
FEWEST_LINES = 4
"""A text of fewer lines tells nothing of its spacing."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line behind the mark of what is cited, if there is one; `place` is where the mark stands."""

    start: int
    text: str
    place: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def continuations(text: str) -> dict[int, tuple[int, str]]:
    """What is no end of a paragraph: where each such piece begins, where it ends, what stands for it.

    For a break inside a paragraph a space stands, or nothing after the hyphen of a word
    such as AI-generated; for the mark of a cited line nothing.
    """
    lines = list(_lines(text))
    pieces = {
        line.place: (line.start, "")
        for line in lines
        if line.place < line.start
    }
    blocks = list(_blocks(lines))
    if _is_double_spaced(blocks):
        blocks = [[line for block in blocks for line in block]]
    wrapped = [
        block for block in blocks if len(block) > 1 and _is_wrapped(block)
    ]
    width = _width(wrapped)
    if width and all(_width([block]) <= width + SLACK for block in blocks):
        wrapped = blocks
    for block in wrapped:
        hangs = _hangs(block)
        for line, following in pairwise(block):
            if _goes_on(line, following, width, hangs=hangs):
                pieces.pop(following.place, None)
                start, piece = _joint(line, following)
                pieces[start] = piece
    return pieces


def _joint(line: _Line, following: _Line) -> tuple[int, tuple[int, str]]:
    """Where a break begins and ends, and what stands for it."""
    text = line.text.rstrip()
    start = line.start + len(text)
    indent = len(following.text) - len(following.text.lstrip())
    end = following.start + indent
    broken, second = BROKEN_WORD.search(text), PART.match(following.text)
    if broken is None or second is None:
        return start, (end, " ")
    if _is_one_word(broken, second[1]):
        start -= 1
    return start, (end, "")


def _is_one_word(broken: re.Match[str], second: str) -> bool:
    """Whether a hyphen only breaks a word: the whole is a known word, and its parts are not both words."""
    if broken["mark"] == "\u00ad":
        return True
    first, second = broken["first"].casefold(), second.casefold()
    words = english_words()
    return first + second in words and not (first in words and second in words)


def unwrapped(text: str) -> str:
    """The text with its paragraphs in one line each."""
    pieces, place = [], 0
    for start, (end, joint) in sorted(continuations(text).items()):
        pieces += [text[place:start], joint]
        place = end
    return "".join([*pieces, text[place:]])


def _lines(text: str) -> Iterator[_Line]:
    """The lines of a text; where several are cited, each without the mark."""
    lines = [(match.start(), match.group()) for match in LINE.finditer(text)]
    marks = [CITED.match(line) for _, line in lines]
    for at, (start, line) in enumerate(lines):
        mark = marks[at]
        beside = [*marks[max(0, at - 1) : at], *marks[at + 1 : at + 2]]
        size = mark.end() if mark and any(beside) else 0
        yield _Line(start + size, line[size:], start)


def _blocks(lines: Iterable[_Line]) -> Iterator[list[_Line]]:
    """Lines with no blank line between them."""
    block: list[_Line] = []
    for line in lines:
        is_next = bool(block) and line.place == block[-1].end + 1
        if block and not (is_next and line.text.strip()):
            yield block
            block = []
        if line.text.strip():
            block.append(line)
    if block:
        yield block


def _is_double_spaced(blocks: Sequence[Sequence[_Line]]) -> bool:
    """Whether a blank line follows each line, and lines run on over it."""
    if len(blocks) < FEWEST_LINES or any(len(block) > 1 for block in blocks):
        return False
    return _is_wrapped([line for block in blocks for line in block])


def _hangs(block: Sequence[_Line]) -> bool:
    """Whether all lines but the first are indented."""
    first, *others = (line.text[:1].isspace() for line in block)
    return not first and all(others)


def _width(blocks: Sequence[Sequence[_Line]]) -> int:
    """The length of the longest line; a line of one word, such as an address, is none."""
    lines = (line.text.rstrip() for block in blocks for line in block)
    return max((len(line) for line in lines if " " in line), default=0)


def _is_wrapped(block: Sequence[_Line]) -> bool:
    widest = _width([block])
    if not NARROWEST <= widest <= WIDEST:
        return False
    pairs = list(pairwise(block))
    running_on = sum(_runs_on(line, following) for line, following in pairs)
    return running_on >= LEAST_RUNNING_ON * len(pairs) or _is_filled(
        pairs, widest
    )


def _is_filled(pairs: Sequence[tuple[_Line, _Line]], widest: int) -> bool:
    """Whether every line is as full as it can be, and some end inside a sentence."""
    if not any(not ENDS.search(line.text) for line, _ in pairs):
        return False
    return len(pairs) > 1 and all(
        _is_full(line, following, widest) for line, following in pairs
    )


def _runs_on(line: _Line, following: _Line) -> bool:
    if ENDS.search(line.text):
        return False
    is_open = OPEN_END.search(line.text) or RUNS_ON.match(following.text)
    return is_open is not None


def _is_full(line: _Line, following: _Line, width: int) -> bool:
    first = following.text.split(maxsplit=1)[0]
    return len(line.text.rstrip()) + 1 + len(first) > width


def _goes_on(line: _Line, following: _Line, width: int, *, hangs: bool) -> bool:
    is_indented = not hangs and _is_indented(line, following)
    if ITEM.match(following.text) or is_indented:
        return False
    if _runs_on(line, following):
        return True
    if ENDS.search(line.text):
        return _is_full(line, following, width)
    return _is_full(line, following, width - SLACK)


def _is_indented(line: _Line, following: _Line) -> bool:
    """Whether a new paragraph begins by an indented line."""
    return following.text[:1].isspace() and not line.text[:1].isspace()
