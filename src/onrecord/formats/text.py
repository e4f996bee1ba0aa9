"""Tables for people: fitted to a width, or as Markdown."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from onrecord.formats.layout import (
    ADDRESS,
    cell,
    hang,
    least,
    pad,
    width_of,
    wrap,
)
from onrecord.querying.table import Iri, Table

COLUMNS = 100
"""How wide a table in text is that is sent, not printed."""
GAP = "  "
INDENT = 4
SAMPLE = 40
"""Rows that are laid out on trial."""
PRICE = 0.1
"""How much of the lines a column below must save."""
MARKUP = re.compile(r"([\\`*_\[\]<>|&#!~$])")
LINK = re.compile(r"https?://[^\s<>|\\]+")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of cells: `natural` is the width of its widest line, `least` what its words must have.

    `mass` says how badly it stands beside others: an address worst, then by how much text it has and how late it comes.
    Numbers stand to the right.
    """

    name: str
    cells: Sequence[str]
    natural: int
    least: int
    mass: tuple[bool, int]
    is_number: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns that stand side by side, each with its width, and those whose cells stand below their row."""

    beside: Sequence[Column]
    widths: Sequence[int]
    below: Sequence[Column]


def table(answer: Table, width: int) -> str:
    """The table in `width` columns of text: cells wrap and nothing is cut.

    Where the columns are too many or too long to stand side by side, those with the most text stand below their row,
    a line each, with their name, unless they are empty. The address of a page is never broken, so that it can be
    clicked; only that may run on over the width.
    """
    if not answer.columns:
        return "\n"
    columns = [_column(answer, at) for at in range(len(answer.columns))]
    layout = _layout(columns, width)
    lines = _beside([column.name for column in layout.beside], layout)
    lines += _beside(["─" * width for width in layout.widths], layout)
    before: list[str] = []
    for at in range(len(answer)):
        row = _row(layout, at, width)
        lines += [*_space(before, row), *row]
        before = row
    return "\n".join(lines) + "\n"


def markdown(rows: Table) -> str:
    """The table in GitHub's Markdown, with what could be markup escaped, and addresses as links."""
    lines = [
        _markdown_row(map(_escape, rows.columns)),
        _markdown_row(["---"] * len(rows.columns)),
    ]
    for row in rows:
        cells = [_escape(cell(row[name])) for name in rows.columns]
        lines.append(_markdown_row(cells))
    return "".join(lines)


def _markdown_row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def _column(rows: Table, at: int) -> Column:
    name = rows.columns[at]
    values = rows.column(name)
    cells = list(map(cell, values))
    # What a row is about comes first, unless it is an id.
    place = len(rows.columns) if values and isinstance(values[0], Iri) else at
    lines = "\n".join((name, *cells)).split("\n")
    has_address = any(map(ADDRESS.match, cells))
    size = sum(map(width_of, cells))
    return Column(
        name,
        cells,
        natural=max(map(width_of, lines)),
        least=least((name, *cells)),
        mass=(has_address, place**2 * size),
        is_number=set(map(type, values)) <= {int, float, type(None)},
    )


def _layout(columns: Sequence[Column], width: int) -> Layout:
    """The layout with the fewest lines, by the first rows, unless few are won by a column more below."""
    heavy = sorted(columns, key=lambda column: column.mass, reverse=True)
    layouts = []
    for moved in range(len(columns)):
        layout = _split(columns, heavy[:moved], width)
        if layout is not None:
            layouts.append(layout)
    return min(layouts, key=lambda layout: _height(layout, width))


def _split(
    columns: Sequence[Column], below: Sequence[Column], width: int
) -> Layout | None:
    """Widths that sum up to the width, taken from the widest; None where words would have to be broken for it."""
    beside: list[Column] = []
    under: list[Column] = []
    for column in columns:
        side = under if column in below else beside
        side.append(column)
    room = width - len(GAP) * (len(beside) - 1)
    widths = [min(column.natural, room) for column in beside]
    lower = [column.least for column in beside] if len(beside) > 1 else [0]
    if sum(lower) > room:
        return None
    while sum(widths) > room:
        _narrow(widths, lower)
    return Layout(beside, widths, under)


def _narrow(widths: list[int], lower: Sequence[int]) -> None:
    """Takes one from the widest column, of those first that are wider than they must be."""
    sizes = []
    for width, low in zip(widths, lower, strict=True):
        is_wide = width > low
        sizes.append((is_wide, width))
    widths[sizes.index(max(sizes))] -= 1


def _height(layout: Layout, width: int) -> float:
    """The lines that a layout takes, with a part of a line more for each column below."""
    lines = 0
    before: list[str] = []
    for at in range(min(SAMPLE, len(layout.beside[0].cells))):
        row = _row(layout, at, width)
        lines += len(row) + len(_space(before, row))
        before = row
    return lines * (1 + PRICE * len(layout.below))


def _space(one: Sequence[str], two: Sequence[str]) -> list[str]:
    """The empty line between two rows, where one of them has several lines."""
    return [""] if one and max(len(one), len(two)) > 1 else []


def _row(layout: Layout, at: int, width: int) -> list[str]:
    """The lines of a row: its cells side by side, then the ones below."""
    lines = _beside([column.cells[at] for column in layout.beside], layout)
    names = max((width_of(column.name) for column in layout.below), default=0)
    indent = INDENT + names + len(GAP)
    for column in layout.below:
        text = column.cells[at]
        if not text:
            continue
        first, *rest = hang(text, width, indent)
        name = " " * INDENT + pad(column.name, names)
        lines += [name + first[len(name) :], *rest]
    return lines


def _beside(texts: Sequence[str], layout: Layout) -> list[str]:
    """The lines of cells that stand side by side."""
    wrapped = map(wrap, texts, layout.widths)
    lines = zip_longest(*wrapped, fillvalue="")
    return [_line(parts, layout) for parts in lines]


def _line(texts: Sequence[str], layout: Layout) -> str:
    cells = zip(texts, layout.widths, layout.beside, strict=True)
    padded = []
    for text, width, column in cells:
        part = pad(text, width, right=column.is_number)
        padded.append(part)
    return GAP.join(padded).rstrip()


def _escape(text: str) -> str:
    if LINK.fullmatch(text):
        return f"<{text}>"
    return MARKUP.sub(r"\\\1", text).replace("\n", " ")
