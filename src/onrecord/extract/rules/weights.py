"""Trained weights: a table of features and what each speaks for, read from plain files.

A row is a feature, a tab, and pairs "label:weight" parted by spaces; the feature "*" is
what speaks for a label before anything is seen. They are made by
`python -m benches.train` from texts written and coded for it (tests/data/news).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.model.errors import BadInput

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BIAS = "*"
BIAS_ROW = 0
"""The row of the table that holds the bias."""
BATCH = 256
"""Rows that are worked out together."""
Row = tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Weights:
    """What features speak for: rows of labels with weights, and the bias of each label."""

    rows: Mapping[str, Row]
    bias: Mapping[str, float]

    def shares(self, features: Iterable[str]) -> dict[str, float]:
        """How likely each label is, given what was seen; the shares add up to one."""
        return next(self.shares_of([features]))

    def shares_of(
        self, rows: Iterable[Iterable[str]]
    ) -> Iterator[dict[str, float]]:
        """The shares of several, worked out together, which takes a fraction of the time."""
        remaining = iter(rows)
        while batch := list(islice(remaining, BATCH)):
            for shares in self._together(batch):
                yield dict(zip(self.bias, shares, strict=True))

    def _together(self, rows: Sequence[Iterable[str]]) -> list[list[float]]:
        """The share of each label, row by row."""
        import numpy as np  # noqa: PLC0415  a tenth of a second, for extraction alone

        places, table = self._places, self._table
        known: list[int] = []
        starts: list[int] = []
        for row in rows:
            starts.append(len(known))
            known.append(BIAS_ROW)
            # In the table's order, so that sums are the same to the last bit.
            known += sorted(places[name] for name in row if name in places)
        self._fill({*known})
        scores = np.add.reduceat(table[known], starts, axis=0)
        parts = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares: list[list[float]] = (
            parts / parts.sum(axis=1, keepdims=True)
        ).tolist()
        return shares

    @cached_property
    def _places(self) -> dict[str, int]:
        """The row of each feature in the table, whose first row is the bias."""
        return {name: number for number, name in enumerate(self.rows, start=1)}

    @cached_property
    def _table(self) -> "NDArray[np.float64]":
        """The weights by feature and label, as far as they are filled in."""
        import numpy as np  # noqa: PLC0415  a tenth of a second, for extraction alone

        return np.zeros((len(self.rows) + 1, len(self.bias)))

    @cached_property
    def _names(self) -> list[str]:
        return [BIAS, *self.rows]

    @cached_property
    def _columns(self) -> dict[str, int]:
        return {label: number for number, label in enumerate(self.bias)}

    @cached_property
    def _filled(self) -> set[int]:
        return set()

    def _fill(self, places: set[int]) -> None:
        """Fills rows of the table in, each once: a text shows few of all features."""
        for place in places - self._filled:
            name = self._names[place]
            row = self.rows[name] if place else self.bias.items()
            for label, weight in row:
                self._table[place, self._columns[label]] = weight
        self._filled.update(places)


@dataclass(frozen=True, slots=True)
class Lines(Mapping[str, Row]):
    """The rows of a file by feature, each read when it is asked for: to read all takes as long as ten texts."""

    path: Path
    lines: Mapping[str, tuple[int, str]]

    def __getitem__(self, feature: str) -> Row:
        """The weights of a feature; raises KeyError, and BadInput for a line that is none."""
        number, pairs = self.lines[feature]
        return _row(self.path, number, pairs)

    def __iter__(self) -> Iterator[str]:
        """The features, in the order of the file."""
        return iter(self.lines)

    def __len__(self) -> int:
        """How many there are."""
        return len(self.lines)


@lru_cache(maxsize=8)
def read_weights(path: Path) -> Weights:
    """The weights of a file; BadInput for a line that is none comes when it is first asked for."""
    lines: dict[str, tuple[int, str]] = {}
    text = path.read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), start=1):
        if line and not line.startswith("# "):
            feature, _, pairs = line.partition("\t")
            lines[feature] = number, pairs
    number, bias = lines.pop(BIAS)
    return Weights(Lines(path, lines), dict(_row(path, number, bias)))


def _row(path: Path, number: int, pairs: str) -> Row:
    try:
        return tuple(
            (label, float(weight))
            for label, _, weight in (
                pair.rpartition(":") for pair in pairs.split(" ")
            )
        )
    except ValueError:
        message = f"{path}:{number}: no pairs of label and weight"
        raise BadInput(message) from None
