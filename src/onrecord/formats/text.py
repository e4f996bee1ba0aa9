"""Tables for people: fitted to a width, or as Markdown."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from onrecord.formats.layout import ADDRESS, cell, hang, least, pad, width_of, wrap
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
    layout = _layout([_column(answer, at) for at in range(len(answer.columns))], width)
    head = _beside([column.name for column in layout.beside], layout)
    rule = _beside(["─" * width for width in layout.widths], layout)
    body: list[str] = []
    before: list[str] = []
    for at in range(len(answer)):
        row = _row(layout, at, width)
        body += [*_space(before, row), *row]
        before = row
    return "\n".join([*head, *rule, *body]) + "\n"


def markdown(rows: Table) -> str:
    """The table in GitHub's Markdown, with what could be markup escaped, and addresses as links."""
    lines = [list(map(_escape, rows.columns)), ["---"] * len(rows.columns)]
    lines += [[_escape(cell(row[name])) for name in rows.columns] for row in rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _column(rows: Table, at: int) -> Column:
    name = rows.columns[at]
    values = rows.column(name)
    cells = list(map(cell, values))
    # What a row is about comes first, unless it is an id.
    place = len(rows.columns) if values and isinstance(values[0], Iri) else at
    lines = "\n".join((name, *cells)).split("\n")
    return Column(
        name,
        cells,
        natural=max(map(width_of, lines)),
        least=least((name, *cells)),
        mass=(any(map(ADDRESS.match, cells)), place**2 * sum(map(width_of, cells))),
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
    beside = [column for column in columns if column not in below]
    under = [column for column in columns if column in below]
    room = width - len(GAP) * (len(beside) - 1)
    widths = [min(column.natural, room) for column in beside]
    lower = [column.least for column in beside] if len(beside) > 1 else [0]
    if sum(lower) > room:
        return None
    while sum(widths) > room:
        sizes = [(width > low, width) for width, low in zip(widths, lower, strict=True)]
        widths[sizes.index(max(sizes))] -= 1
    return Layout(beside, widths, under)


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
    names = max((width_of(column.name) for column in layout.below), default=0)
    lines = _beside([column.cells[at] for column in layout.beside], layout)
    for column in layout.below:
        if column.cells[at]:
            first, *rest = hang(column.cells[at], width, INDENT + names + len(GAP))
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
    padded = (pad(text, width, right=c.is_number) for text, width, c in cells)
    return GAP.join(padded).rstrip()


def _escape(text: str) -> str:
    if LINK.fullmatch(text):
        return f"<{text}>"
    return MARKUP.sub(r"\\\1", text).replace("\n", " ")
