"""Parts of a map set side by side: polyomino packing, after Freivalds, Dogrusoz and Kikusts (2002).

Each part takes the cells of a grid that its boxes touch. A row of taken cells is one integer, a bit for each cell, so
that whether a part fits takes one operation a row. Only cells that are free are tried, and none twice for one shape: a
board only fills, so that what did not fit there never will.
"""

import itertools
import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

Point = tuple[float, float]
Cell = tuple[int, int]
Run = tuple[int, int, int]
"""A row of a part: which, and its first and last column."""

CELL = 24.0
TIDIED_EVERY = 20
"""After so many parts, cells that were taken since are no longer tried."""


def packed(
    parts: Sequence[Mapping[str, Point]],
    boxes: Mapping[str, Point],
    wide: float,
    gap: float,
) -> dict[str, Point]:
    """Places each part beside those before it, as near to the middle as it fits.

    `boxes` holds width and height of each node, `wide` the ratio of width to height of the whole, `gap` the margin of
    a box.
    """
    shapes = [_shape(part, boxes, gap) for part in parts]
    board = _Board(wide, reach=sum(map(_width, shapes)))
    placed: dict[str, Point] = {}
    for part, shape in zip(parts, shapes, strict=True):
        right, down = board.place(shape)
        for node, (x, y) in part.items():
            placed[node] = (x + right * CELL, y + down * CELL)
    return placed


def _shape(
    part: Mapping[str, Point], boxes: Mapping[str, Point], gap: float
) -> tuple[Run, ...]:
    """The cells that a part takes: in each row all from its first box to its last."""
    rows: defaultdict[int, list[int]] = defaultdict(list)
    for node, (x, y) in part.items():
        width, height = boxes[node][0] / 2 + gap, boxes[node][1] / 2 + gap
        ends = [math.floor((x - width) / CELL), math.floor((x + width) / CELL)]
        top, bottom = (
            math.floor((y - height) / CELL),
            math.floor((y + height) / CELL),
        )
        for row in range(top, bottom + 1):
            rows[row] += ends
    return tuple(
        (row, min(ends), max(ends)) for row, ends in sorted(rows.items())
    )


def _width(shape: Sequence[Run]) -> int:
    columns: list[int] = []
    for _, first, last in shape:
        columns += [first, last]
    return max(columns) - min(columns) + 1


def _anchor(shape: Sequence[Run]) -> Cell:
    """A cell of the shape: the middle of the part where it is one, else the middle of its middle row."""
    for row, first, last in shape:
        if row == 0 and first <= 0 <= last:
            return 0, 0
    row, first, last = shape[len(shape) // 2]
    return (first + last) // 2, row


def _moved(shape: Sequence[Run], right: int, down: int) -> tuple[Run, ...]:
    moved: list[Run] = []
    for row, first, last in shape:
        moved.append((row + down, first + right, last + right))
    return tuple(moved)


@dataclass
class _Board:
    """The grid, filled from the middle outwards in rings that are `wide` times as wide as high.

    `reach` is the width of all parts side by side. Cells are known by their number in the rings; `tried` holds for each
    shape around its anchor the last cell that was tried.
    """

    wide: float
    reach: int
    taken: dict[int, int] = field(default_factory=dict)
    cells: list[Cell] = field(default_factory=list)
    free: list[int] = field(default_factory=list)
    tried: dict[tuple[Run, ...], int] = field(default_factory=dict)
    placed: int = 0

    def __post_init__(self) -> None:
        self.rings = _outwards(self.wide)

    def place(self, shape: Sequence[Run]) -> Cell:
        """Takes the first free place where the shape fits, and returns how far it was moved."""
        column, row = _anchor(shape)
        anchored = _moved(shape, -column, -row)
        for number in self._spots(self.tried.get(anchored, -1)):
            x, y = self.cells[number]
            if self._fits(anchored, x, y):
                break
        self.tried[anchored] = number
        self._take(anchored, x, y)
        return x - column, y - row

    def _spots(self, after: int) -> Iterator[int]:
        """The numbers of the free cells after one, and of ever more rings."""
        yield from self.free[bisect_right(self.free, after) :]
        for ring in self.rings:
            first = len(self.cells)
            self.cells += ring
            added = range(first, len(self.cells))
            self.free += added
            yield from added

    def _fits(self, shape: Sequence[Run], right: int, down: int) -> bool:
        for row, first, last in shape:
            here = self.taken.get(row + down, 0)
            if here and here & self._bits(first + right, last + right):
                return False
        return True

    def _take(self, shape: Sequence[Run], right: int, down: int) -> None:
        for row, first, last in shape:
            here = self.taken.get(row + down, 0)
            self.taken[row + down] = here | self._bits(
                first + right, last + right
            )
        self.placed += 1
        if self.placed % TIDIED_EVERY == 0:
            self.free = [*filter(self._is_free, self.free)]

    def _is_free(self, number: int) -> bool:
        column, row = self.cells[number]
        return not self.taken.get(row, 0) & self._bits(column, column)

    def _bits(self, first: int, last: int) -> int:
        """The cells of a row from the first to the last; none lies further left than twice the reach."""
        return ((1 << (last - first + 1)) - 1) << (first + 2 * self.reach)


def _outwards(wide: float) -> Iterator[list[Cell]]:
    """The cells of the grid in rings around the middle, in each ring the nearest first."""
    yield [(0, 0)]
    inner = (0, 0)
    for height in itertools.count(1):
        width = math.ceil(height * wide)
        ring = [
            *_sides(width, inner),
            *_top_and_bottom(width, height, inner[1]),
        ]
        yield sorted(
            ring, key=lambda cell: ((cell[0] / wide) ** 2 + cell[1] ** 2, cell)
        )
        inner = (width, height)


def _sides(width: int, inner: Cell) -> Iterator[Cell]:
    columns = [*range(-width, -inner[0]), *range(inner[0] + 1, width + 1)]
    yield from itertools.product(columns, range(-inner[1], inner[1] + 1))


def _top_and_bottom(width: int, height: int, inner: int) -> Iterator[Cell]:
    rows = [*range(-height, -inner), *range(inner + 1, height + 1)]
    yield from itertools.product(range(-width, width + 1), rows)
