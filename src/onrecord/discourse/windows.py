"""Networks over time: windows that slide, sharp or smoothed by a kernel."""

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from onrecord.discourse.arrays import Array, np
from onrecord.discourse.tensor import Index, Tensor
from onrecord.model.errors import BadInput

SPAN = re.compile(r"([1-9][0-9]{0,4})([dwmy])")
LONGEST = 100_000
"""Slices at most: nobody looks at more, and a mistyped step would make millions."""


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time, such as 90d, 13w, 3m or 1y."""

    count: int
    unit: str

    @classmethod
    def of(cls, text: str) -> "Span":
        """The span that a text means; raises BadInput."""
        match = SPAN.fullmatch(text)
        if not match:
            message = (
                f"{text!r} is no span of time; write days, "
                "weeks, months or years as 90d, 13w, 3m or 1y"
            )
            raise BadInput(message)
        return cls(int(match[1]), match[2])


@dataclass(frozen=True, slots=True, eq=False)
class Slice:
    """A moment and what counts around it: from `first` to `last`, so many statements, and the tensor of them.

    A kernel has no bounds of its own: `first` and `last` are then those of the whole.
    """

    moment: date
    first: date
    last: date
    statements: int
    tensor: Tensor


def moved(day: date, steps: int, unit: str) -> date:
    """A day so many days, weeks, months or years on; in a shorter month its last day."""
    if unit in {"d", "w"}:
        return date.fromordinal(
            day.toordinal() + steps * (7 if unit == "w" else 1)
        )
    months = day.year * 12 + day.month - 1 + steps * (12 if unit == "y" else 1)
    year, month = divmod(months, 12)
    following = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return date(
        year, month + 1, min(day.day, (following - date.resolution).day)
    )


def windows(  # noqa: PLR0913  the choices of the method
    index: Index,
    width: Span,
    step: Span | None = None,
    *,
    kernel: str | None = None,
    start: date | None = None,
    stop: date | None = None,
    dna_compat: bool = False,
) -> Iterator[Slice]:
    """Slices of the dated statements between `start` and `stop` (by default their first and last day).

    Without a kernel, moments t = start, start + step, …; a = round((w − 1) / 2), halves up; a statement counts where it
    lies in [t − a, t + a], closed, and t only where that lies wholly inside [start, stop]. With a kernel, w is
    made even (w + 1 where it is odd), u = 2 (T − t) / w, and a statement of day t counts √z(u), so that a pair of
    statements counts √(z z'), while D still counts statements:

        uniform       z = 0.5               |u| ≤ 1
        epanechnikov  z = 0.75 (1 − u²)     |u| ≤ 1
        triangular    z = 1 − |u|           |u| ≤ 1
        gaussian      z = exp(−u²/2) / √(2π)

    `dna_compat` takes DNA's triangular, |1 − u|, which weighs what is to come above what was. The step is one unit
    of the width where it is not given. No slice where the span of time is shorter than the window. Raises BadInput.
    Source: Leifeld, DNA manual, "time window" and "kernel smoothing".
    """
    day = index.statements.day
    if not (day > 0).any():
        return
    first = start or date.fromordinal(int(day[day > 0].min()))
    last = stop or date.fromordinal(int(day.max()))
    step = step or Span(1, width.unit)
    moments = _moments(first, last, step)
    if kernel is not None:
        weigh = weigher(kernel, dna_compat=dna_compat)
        for moment in moments:
            yield _smooth(index, moment, width, weigh, first, last)
        return
    for moment in moments:
        window = _sharp(index, moment, width, first, last)
        if window is not None:
            yield window


def _moments(first: date, last: date, step: Span) -> Iterator[date]:
    for number in range(LONGEST):
        moment = moved(first, number * step.count, step.unit)
        if moment > last:
            return
        yield moment


def half(width: Span) -> int:
    """How far a sharp window reaches to each side, in its unit: a = round((w − 1) / 2), halves up."""
    return width.count // 2


def _sharp(
    index: Index, moment: date, width: Span, first: date, last: date
) -> Slice | None:
    begin = moved(moment, -half(width), width.unit)
    end = moved(moment, half(width), width.unit)
    if begin < first or end > last:
        return None
    day = index.statements.day
    chosen = (day >= begin.toordinal()) & (day <= end.toordinal())
    return Slice(moment, begin, end, int(chosen.sum()), index.tensor(chosen))


def _smooth(  # noqa: PLR0913, PLR0917  a slice is all of these
    index: Index,
    moment: date,
    width: Span,
    weigh: Callable[[Array], Array],
    first: date,
    last: date,
) -> Slice:
    day = index.statements.day
    inside = (day >= first.toordinal()) & (day <= last.toordinal())
    even = width.count + width.count % 2
    distances = []
    for number in map(int, day):
        far = _distance(moment, number, width.unit) if number else math.inf
        distances.append(far)
    weights = np.where(inside, weigh(2 * np.array(distances) / even), 0.0)
    count = int((weights > 0).sum())
    tensor = index.tensor(inside, np.sqrt(weights))
    return Slice(moment, first, last, count, tensor)


def _distance(moment: date, day: int, unit: str) -> float:
    """The time T − t in units; of months and years the parts of one count by their days."""
    if unit in {"d", "w"}:
        return (moment.toordinal() - day) / (7 if unit == "w" else 1)
    other = date.fromordinal(day)
    whole = (moment.year - other.year) * 12 + moment.month - other.month
    months = whole + (moment.day - other.day) / 31
    return months / (12 if unit == "y" else 1)


KERNELS = ("uniform", "epanechnikov", "triangular", "gaussian")


def weigher(
    kernel: str, *, dna_compat: bool = False
) -> Callable[[Array], Array]:
    """z(u) of a kernel; raises BadInput."""
    within: dict[str, Callable[[Array], Array]] = {
        "uniform": lambda u: np.full(len(u), 0.5),
        "epanechnikov": lambda u: 0.75 * (1 - u**2),
        "triangular": (lambda u: np.abs(1 - u))
        if dna_compat
        else (lambda u: 1 - np.abs(u)),
    }
    if kernel == "gaussian":
        return lambda u: np.exp(-(u**2) / 2) / math.sqrt(2 * math.pi)
    if kernel not in within:
        message = (
            f"no kernel is called {kernel!r}; there are {', '.join(KERNELS)}"
        )
        raise BadInput(message)

    def weigh(u: Array) -> Array:
        near = np.abs(u) <= 1
        weights: Array = np.where(
            near, within[kernel](np.where(near, u, 0.0)), 0.0
        )
        return weights

    return weigh
