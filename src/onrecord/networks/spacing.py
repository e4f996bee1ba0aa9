"""Boxes that overlap are moved apart, round by round, over a grid so that only near ones are compared."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from onrecord.networks.packing import Cell, Point

ROUNDS = 240
LITTLE = 0.5
"""An overlap that is left: of the gap between two boxes, which nobody sees."""
AROUND = tuple(product((-1, 0, 1), repeat=2))
"""The steps from a cell to itself and to those beside it."""


def push_apart(
    places: Mapping[str, Point],
    boxes: Mapping[str, Point],
    *,
    gap: float,
    fixed: frozenset[str] = frozenset(),
) -> dict[str, Point]:
    """The places with each pair of overlapping boxes moved apart along the shorter way; `fixed` ones stay.

    After the first round only those are looked at that are near to one that has just moved.
    """
    spacing = _Spacing(
        wide=max((boxes[node][0] for node in places), default=0.0) + gap,
        high=max((boxes[node][1] for node in places), default=0.0) + gap,
    )
    for node, place in places.items():
        width, height = boxes[node]
        box = (width + gap, height + gap)
        spacing.add(place, box, may_move=node not in fixed)
    restless = set(range(len(places)))
    for _ in range(ROUNDS):
        restless = spacing.round(restless)
        if not restless:
            break
    moved = zip(spacing.xs, spacing.ys, strict=True)
    return dict(zip(places, moved, strict=True))


@dataclass
class _Spacing:
    """Places, half widths and half heights by number, which may move, and the cells of a grid that they stand in.

    A cell is `wide` and `high`, as large as the largest box.
    """

    wide: float
    high: float
    xs: list[float] = field(default_factory=list)
    ys: list[float] = field(default_factory=list)
    widths: list[float] = field(default_factory=list)
    heights: list[float] = field(default_factory=list)
    free: list[bool] = field(default_factory=list)
    moved: set[int] = field(default_factory=set)
    cells: list[Cell] = field(default_factory=list)
    grid: defaultdict[Cell, list[int]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def add(self, place: Point, box: Point, *, may_move: bool) -> None:
        """Adds a node with the width and height of its box."""
        self.xs.append(place[0])
        self.ys.append(place[1])
        self.widths.append(box[0] / 2)
        self.heights.append(box[1] / 2)
        self.free.append(may_move)
        node = len(self.cells)
        self.cells.append(self._cell(node))
        self.grid[self.cells[node]].append(node)

    def round(self, restless: set[int]) -> set[int]:
        """Moves apart what overlaps a restless node, and returns what was moved."""
        self.moved = set()
        for one in sorted(restless):
            self._shift(one, self._near(one, restless))
        for node in sorted(self.moved):
            self._settle(node)
        return self.moved

    def _near(self, one: int, restless: set[int]) -> list[int]:
        """The nodes in the cells around one; of two restless ones the later is near to the earlier."""
        column, row = self.cells[one]
        near: list[int] = []
        for right, down in AROUND:
            near += self.grid.get((column + right, row + down), ())
        return [two for two in near if two > one or two not in restless]

    def _settle(self, node: int) -> None:
        """Takes note of the cell in which a node stands now."""
        before, now = self.cells[node], self._cell(node)
        if now != before:
            self.grid[before].remove(node)
            self.grid[now].append(node)
            self.cells[node] = now

    def _cell(self, node: int) -> Cell:
        across, down = self.xs[node] / self.wide, self.ys[node] / self.high
        return math.floor(across), math.floor(down)

    def _shift(self, one: int, others: Sequence[int]) -> None:
        """Moves one node and each of the others that overlaps it apart.

        Some million pairs are compared for a huge network, so nothing is called for two that do not overlap.
        """
        xs, ys, widths, heights = self.xs, self.ys, self.widths, self.heights
        x, y, width, height = xs[one], ys[one], widths[one], heights[one]
        for two in others:
            over_x = width + widths[two] - abs(x - xs[two])
            if over_x <= LITTLE:
                continue
            over_y = height + heights[two] - abs(y - ys[two])
            if over_y <= LITTLE or not (self.free[one] or self.free[two]):
                continue
            if over_x < over_y:
                self._part(xs, one, two, over_x)
            else:
                self._part(ys, one, two, over_y)
            x, y = xs[one], ys[one]

    def _part(self, axis: list[float], one: int, two: int, over: float) -> None:
        """Moves two half their overlap apart each along an axis, or the one that may move the whole."""
        away = 1 if axis[one] <= axis[two] else -1
        step = over / (self.free[one] + self.free[two]) * away
        axis[one] -= step * self.free[one]
        axis[two] += step * self.free[two]
        self.moved |= {one, two}
