"""Discourse networks in a notebook: the strongest ties as a picture, and as rows."""

from collections.abc import Mapping
from html import escape
from itertools import chain

from onrecord.discourse.choice import DiscourseNetwork
from onrecord.discourse.tables import cells, tied
from onrecord.networks.layout import layout
from onrecord.networks.packing import Point
from onrecord.querying.table import Table

MOST_DRAWN = 40
"""Ties: with more, names cover each other."""
LETTER, LINE, MARGIN = 7.0, 18.0, 12.0
"""Sizes of a name in the picture, and the space around all."""
FAINTEST = 0.01
"""The weight of a cell in which support and criticism come to nothing."""
WIDEST = 6.0
"""The line of the strongest tie."""


def rows(network: DiscourseNetwork, most: int | None = None) -> Table:
    """The ties, or of a two-mode network the cells, the strongest first."""
    return (
        cells(network, most)
        if network.ties is None
        else tied(network.ties, most)
    )


def html(network: DiscourseNetwork) -> str:
    """The strongest ties, drawn and told; every name is escaped."""
    shown = rows(network, MOST_DRAWN)
    one, two = shown.columns[:2]
    pairs = {}
    for row in shown:
        weight = abs(float(str(row["weight"])))
        pairs[str(row[one]), str(row[two])] = weight or FAINTEST
    notes = "".join(f"<p>{escape(note)}</p>" for note in network.notes)
    return f"{_picture(pairs)}{notes}{shown._repr_html_()}"


def _picture(pairs: Mapping[tuple[str, str], float]) -> str:
    """The ties as SVG: a line each, as wide as it is strong, and a name at each end."""
    names = sorted(set(chain.from_iterable(pairs)))
    if not names:
        return ""
    boxes = {name: (LETTER * len(name), LINE) for name in names}
    places = layout(boxes, pairs)
    strongest = max(pairs.values()) or 1.0
    drawing = f"<title>{len(pairs)} ties</title>"
    for (one, two), weight in pairs.items():
        drawing += _line(places[one], places[two], WIDEST * weight / strongest)
    for name in names:
        drawing += _text(places[name], name)
    look = 'role="img" width="100%" font-family="sans-serif" font-size="12"'
    return f'<svg viewBox="{_frame(places, boxes)}" {look}>{drawing}</svg>'


def _frame(places: Mapping[str, Point], boxes: Mapping[str, Point]) -> str:
    across: list[float] = []
    down: list[float] = []
    for name, (x, y) in places.items():
        half = boxes[name][0] / 2
        across += [x - half, x + half]
        down += [y - LINE, y + LINE]
    left, right = min(across) - MARGIN, max(across) + MARGIN
    top, bottom = min(down) - MARGIN, max(down) + MARGIN
    return f"{left:.1f} {top:.1f} {right - left:.1f} {bottom - top:.1f}"


def _line(start: Point, end: Point, width: float) -> str:
    ends = f'x1="{start[0]}" y1="{start[1]}" x2="{end[0]}" y2="{end[1]}"'
    return f'<line {ends} stroke="#0072B2" stroke-opacity="0.5" stroke-width="{width:.2f}"/>'


def _text(place: Point, name: str) -> str:
    at = f'x="{place[0]}" y="{place[1]}"'
    look = 'text-anchor="middle" dominant-baseline="middle" fill="currentColor"'
    return f"<text {at} {look}>{escape(name)}</text>"
