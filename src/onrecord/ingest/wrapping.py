"""Lines that a program or a typist broke inside a paragraph: which breaks are no ends.

A break is taken for one inside a paragraph where the next word would not have fitted
into the line any more, or where a sentence goes on in small letters.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

WIDEST = 120
"""A longer line is a paragraph."""
NARROWEST = 30
SLACK = 6
"""How much shorter than the widest a full line may be where a person broke it."""
LEAST_RUNNING_ON = 0.3
"""In wrapped prose most lines go on in small letters; in lists and headlines few."""
ITEM = re.compile(
    r"\s*(?:[-*•·▪‣]\s|\(?\d{1,2}[.)]\s|By [A-Z]|[A-Z][A-Z .'’-]{2,40}:\s)"
)
"""How a line of its own begins: an item of a list, a byline, a speaker of a transcript."""
RUNS_ON = re.compile(r"\s*[a-z(]")
ENDS = re.compile(r"[.!?…:;][\"'”’)\]]*\s*$")
BROKEN_WORD = re.compile(r"[^\W\d_][-\u2010\u2011]$")
LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def continuations(text: str) -> dict[int, tuple[int, str]]:
    """The breaks inside paragraphs: where each begins, where it ends, what stands for it.

    A space stands for it, or nothing after the hyphen of a word such as AI-generated.
    """
    blocks = list(_blocks(text))
    wrapped = [block for block in blocks if len(block) > 1 and _is_wrapped(block)]
    width = _width(wrapped)
    if width and all(_width([block]) <= width + SLACK for block in blocks):
        wrapped = blocks
    breaks: dict[int, tuple[int, str]] = {}
    for block in wrapped:
        for line, following in pairwise(block):
            if _goes_on(line, following, width):
                start = line.start + len(line.text.rstrip())
                is_word = BROKEN_WORD.search(line.text.rstrip())
                indent = len(following.text) - len(following.text.lstrip())
                breaks[start] = (
                    following.start + indent,
                    "" if is_word else " ",
                )
    return breaks


def unwrapped(text: str) -> str:
    """The text with its paragraphs in one line each."""
    pieces, place = [], 0
    for start, (end, joint) in sorted(continuations(text).items()):
        pieces += [text[place:start], joint]
        place = end
    return "".join([*pieces, text[place:]])


def _blocks(text: str) -> Iterator[list[_Line]]:
    """Lines with no blank line between them."""
    block: list[_Line] = []
    for match in LINE.finditer(text):
        line = _Line(match.start(), match.group())
        is_next = bool(block) and line.start == block[-1].end + 1
        if block and not (is_next and line.text.strip()):
            yield block
            block = []
        if line.text.strip():
            block.append(line)
    if block:
        yield block


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
    return running_on >= LEAST_RUNNING_ON * len(pairs) or _is_filled(pairs, widest)


def _is_filled(pairs: Sequence[tuple[_Line, _Line]], widest: int) -> bool:
    """Whether every line is as full as it can be, and some end inside a sentence."""
    if not any(not ENDS.search(line.text) for line, _ in pairs):
        return False
    return len(pairs) > 1 and all(
        _is_full(line, following, widest) for line, following in pairs
    )


def _runs_on(line: _Line, following: _Line) -> bool:
    ends = ENDS.search(line.text)
    return not ends and RUNS_ON.match(following.text) is not None


def _is_full(line: _Line, following: _Line, width: int) -> bool:
    first = following.text.split(maxsplit=1)[0]
    return len(line.text.rstrip()) + 1 + len(first) > width


def _goes_on(line: _Line, following: _Line, width: int) -> bool:
    if ITEM.match(following.text) or _is_indented(line, following):
        return False
    if _runs_on(line, following):
        return True
    if ENDS.search(line.text):
        return _is_full(line, following, width)
    return _is_full(line, following, width - SLACK)


def _is_indented(line: _Line, following: _Line) -> bool:
    """Whether a new paragraph begins by an indented line."""
    return following.text[:1].isspace() and not line.text[:1].isspace()
