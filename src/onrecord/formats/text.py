"""Tables for people: fitted to a width, or as Markdown."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

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


def table(found: Table, width: int) -> str:
    """The table in `width` columns of text: cells wrap and nothing is cut.

    Where the columns are too many or too long to stand side by side, those with the most text stand below their row,
    a line each, with their name, unless they are empty. The address of a page is never broken, so that it can be
    clicked; only that may run on over the width.
    """
    if not found.columns:
        return "\n"
    layout = _layout([_column(found, at) for at in range(len(found.columns))], width)
    head = _beside([each.name for each in layout.beside], layout)
    rule = _beside(["─" * each for each in layout.widths], layout)
    rows = [_row(layout, at, width) for at in range(len(found))]
    body = [
        line
        for one, two in zip([[], *rows], rows, strict=False)
        for line in [*_space(one, two), *two]
    ]
    return "\n".join([*head, *rule, *body]) + "\n"


def markdown(found: Table) -> str:
    """The table in GitHub's Markdown, with what could be markup escaped, and addresses as links."""
    lines = [[_escape(name) for name in found.columns], ["---"] * len(found.columns)]
    lines += [[_escape(cell(row[name])) for name in found.columns] for row in found]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _column(found: Table, at: int) -> Column:
    name = found.columns[at]
    values = found.column(name)
    cells = [cell(each) for each in values]
    # What a row is about comes first, unless it is an id.
    place = len(found.columns) if values and isinstance(values[0], Iri) else at
    return Column(
        name,
        cells,
        natural=max(
            width_of(line) for text in (name, *cells) for line in text.split("\n")
        ),
        least=least((name, *cells)),
        mass=(any(map(ADDRESS.match, cells)), place**2 * sum(map(width_of, cells))),
        is_number=all(
            type(each) in {int, float} for each in values if each is not None
        ),
    )


def _layout(columns: Sequence[Column], width: int) -> Layout:
    """The layout with the fewest lines, by the first rows, unless few are won by a column more below."""
    heavy = sorted(columns, key=lambda column: column.mass, reverse=True)
    layouts = (_split(columns, heavy[:moved], width) for moved in range(len(columns)))
    return min(
        (each for each in layouts if each), key=lambda each: _height(each, width)
    )


def _split(
    columns: Sequence[Column], below: Sequence[Column], width: int
) -> Layout | None:
    """Widths that sum up to the width, taken from the widest; None where words would have to be broken for it."""
    beside = [each for each in columns if each not in below]
    room = width - len(GAP) * (len(beside) - 1)
    widths = [min(each.natural, room) for each in beside]
    lower = [each.least for each in beside] if len(beside) > 1 else [0]
    if sum(lower) > room:
        return None
    while sum(widths) > room:
        widest = max(
            range(len(widths)), key=lambda at: (widths[at] > lower[at], widths[at])
        )
        widths[widest] -= 1
    return Layout(beside, widths, [each for each in columns if each in below])


def _height(layout: Layout, width: int) -> float:
    """The lines that a layout takes, with a part of a line more for each column below."""
    rows = [
        _row(layout, at, width)
        for at in range(min(SAMPLE, len(layout.beside[0].cells)))
    ]
    lines = sum(
        len(two) + len(_space(one, two))
        for one, two in zip([[], *rows], rows, strict=False)
    )
    return lines * (1 + PRICE * len(layout.below))


def _space(one: Sequence[str], two: Sequence[str]) -> list[str]:
    """The empty line between two rows, where one of them has several lines."""
    return [""] if one and max(len(one), len(two)) > 1 else []


def _row(layout: Layout, at: int, width: int) -> list[str]:
    """The lines of a row: its cells side by side, then the ones below."""
    names = max((width_of(each.name) for each in layout.below), default=0)
    lines = _beside([each.cells[at] for each in layout.beside], layout)
    for each in layout.below:
        if each.cells[at]:
            first, *rest = hang(each.cells[at], width, INDENT + names + len(GAP))
            lines += [
                " " * INDENT + pad(each.name, names) + first[INDENT + names :],
                *rest,
            ]
    return lines


def _beside(texts: Sequence[str], layout: Layout) -> list[str]:
    cells = [
        wrap(text, width) for text, width in zip(texts, layout.widths, strict=True)
    ]
    height = max(len(lines) for lines in cells)
    return [
        _line([lines[at] if at < len(lines) else "" for lines in cells], layout)
        for at in range(height)
    ]


def _line(texts: Sequence[str], layout: Layout) -> str:
    padded = (
        pad(text, width, right=column.is_number)
        for text, width, column in zip(texts, layout.widths, layout.beside, strict=True)
    )
    return GAP.join(padded).rstrip()


def _escape(text: str) -> str:
    return (
        f"<{text}>"
        if LINK.fullmatch(text)
        else MARKUP.sub(r"\\\1", text).replace("\n", " ")
    )
