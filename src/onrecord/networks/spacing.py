"""Boxes that overlap are moved apart, round by round, over a grid so that only near ones are compared."""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from onrecord.networks.packing import Cell, Point

ROUNDS = 120
LITTLE = 0.05
"""An overlap that is rounded away."""
BESIDE = ((1, -1), (1, 0), (1, 1), (0, 1))
"""The neighbours of a cell, each pair of cells once."""


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
    spacing = _Spacing()
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
    """Places, half widths and half heights by number, and which may move."""

    xs: list[float] = field(default_factory=list)
    ys: list[float] = field(default_factory=list)
    widths: list[float] = field(default_factory=list)
    heights: list[float] = field(default_factory=list)
    free: list[bool] = field(default_factory=list)
    moved: set[int] = field(default_factory=set)

    def add(self, place: Point, box: Point, *, may_move: bool) -> None:
        """Adds a node with the width and height of its box."""
        self.xs.append(place[0])
        self.ys.append(place[1])
        self.widths.append(box[0] / 2)
        self.heights.append(box[1] / 2)
        self.free.append(may_move)

    def round(self, restless: set[int]) -> set[int]:
        """Moves apart what overlaps near to a restless node, and returns what was moved."""
        self.moved = set()
        for one, others in self._neighbours(restless):
            self._shift(one, others)
        return self.moved

    def _neighbours(self, restless: set[int]) -> Iterator[tuple[int, Sequence[int]]]:
        """Each node with those after it in its cell, and with those in the cells beside it."""
        cell = 2 * max(*self.widths, *self.heights, 1.0)
        cells = [
            (math.floor(x / cell), math.floor(y / cell))
            for x, y in zip(self.xs, self.ys, strict=True)
        ]
        grid: defaultdict[Cell, list[int]] = defaultdict(list)
        for node, place in enumerate(cells):
            grid[place].append(node)
        moving = {cells[node] for node in restless}
        for place, members in grid.items():
            if place in moving:
                for at, one in enumerate(members):
                    yield one, members[at + 1 :]
            for step in BESIDE:
                beside = (place[0] + step[0], place[1] + step[1])
                others = grid.get(beside)
                if others and (place in moving or beside in moving):
                    for one in members:
                        yield one, others

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
