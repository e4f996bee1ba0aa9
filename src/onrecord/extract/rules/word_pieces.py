"""Windows of a text as the encoder takes them: word pieces, and where clauses lie among them."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.extract.rules.clauses import Clause
from onrecord.extract.rules.quotations import Span
from onrecord.model.errors import MissingExtra

if TYPE_CHECKING:
    from tokenizers import BertWordPieceTokenizer

MOST = 126
"""Pieces of a window, beside the two that begin and end it."""
STEP = 32
"""Windows of a long paragraph begin at multiples of it, so that clauses share them."""
NOWHERE = (0, 1)
"""The place of what a clause has not: that of the piece which begins the window."""
Places = tuple[Span, Span, Span]
"""Where a clause, its cue and its actor lie, in pieces from the beginning of the window."""


@dataclass(frozen=True, slots=True)
class Window:
    """Up to 128 word pieces of a paragraph, and the clauses in it by their numbers."""

    pieces: tuple[int, ...]
    clauses: Mapping[int, Places] = field(default_factory=dict)


@cache
def tokenizer(vocabulary: Path) -> "BertWordPieceTokenizer":
    """What parts words into the pieces of a vocabulary; raises MissingExtra where the library is not installed."""
    try:
        from tokenizers import BertWordPieceTokenizer  # noqa: PLC0415
    except ImportError as error:
        what = "the encoder"
        raise MissingExtra(what, "encoder") from error
    return BertWordPieceTokenizer(str(vocabulary), lowercase=True)


def windows(
    clauses: Mapping[int, Clause], vocabulary: Path
) -> Iterator[Window]:
    """The windows that clauses lie in, paragraph by paragraph."""
    parts = tokenizer(vocabulary)
    by_paragraph: defaultdict[int, dict[int, Clause]] = defaultdict(dict)
    for number, clause in clauses.items():
        by_paragraph[clause.context.paragraph.start][number] = clause
    for inside in by_paragraph.values():
        yield from _in_paragraph(inside, parts)


def _in_paragraph(
    clauses: Mapping[int, Clause], parts: "BertWordPieceTokenizer"
) -> Iterator[Window]:
    paragraph = next(iter(clauses.values())).context.paragraph
    made = parts.encode(paragraph.text, add_special_tokens=False)
    pieces, offsets = made.ids, made.offsets
    by_start: defaultdict[int, dict[int, Places]] = defaultdict(dict)
    for number, clause in clauses.items():
        places = [_in_pieces(place, offsets) for place in _places(clause)]
        start = _start(places, len(pieces))
        by_start[start][number] = _moved(places, start, len(pieces))
    begin, end = parts.token_to_id("[CLS]"), parts.token_to_id("[SEP]")
    for start, inside in by_start.items():
        yield Window((begin, *pieces[start : start + MOST], end), inside)


def _places(clause: Clause) -> tuple[Span | None, Span | None, Span | None]:
    """Where a clause, its cue and its first actor lie in its paragraph."""
    begin = clause.context.paragraph.start
    cue = source = None
    doc = clause.context.paragraph.doc
    if clause.cue is not None and clause.cue.doc is doc:
        cue = clause.cue.idx, clause.cue.idx + len(clause.cue)
    if clause.actors:
        actor = clause.actors[0]
        source = actor.start - begin, actor.end - begin
    elif clause.source is not None and clause.source.doc is doc:
        source = clause.source.idx, clause.source.idx + len(clause.source)
    return (clause.place[0] - begin, clause.place[1] - begin), cue, source


def _in_pieces(place: Span | None, offsets: Sequence[Span]) -> Span | None:
    """The pieces that have a part of a place, None where none has."""
    if place is None:
        return None
    first = bisect_right(offsets, place[0], key=lambda span: span[1])
    last = bisect_left(offsets, place[1], key=lambda span: span[0])
    return (first, last) if first < last else None


def _start(places: Sequence[Span | None], count: int) -> int:
    """Where the window of a clause begins: in its middle, where the paragraph is too long for one."""
    known = [place for place in places if place is not None]
    if count <= MOST or not known:
        return 0
    middle = (min(a for a, _ in known) + max(b for _, b in known)) // 2
    start = max(0, min(count - MOST, middle - MOST // 2))
    return start // STEP * STEP


def _moved(places: Sequence[Span | None], start: int, count: int) -> Places:
    """Places in pieces from the beginning of a window, which one piece begins."""
    end = min(count, start + MOST)
    moved = [_within(place, start, end) for place in places]
    return moved[0], moved[1], moved[2]


def _within(place: Span | None, start: int, end: int) -> Span:
    if place is None:
        return NOWHERE
    first, last = max(place[0], start), min(place[1], end)
    return (first - start + 1, last - start + 1) if first < last else NOWHERE
