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

        places, table = self._table
        known: list[int] = []
        starts: list[int] = []
        for row in rows:
            starts.append(len(known))
            known.append(BIAS_ROW)
            # In the table's order, so that sums are the same to the last bit.
            known += sorted(places[name] for name in row if name in places)
        scores = np.add.reduceat(table[known], starts, axis=0)
        parts = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares: list[list[float]] = (
            parts / parts.sum(axis=1, keepdims=True)
        ).tolist()
        return shares

    @cached_property
    def _table(self) -> "tuple[dict[str, int], NDArray[np.float64]]":
        """The place of each feature in a table of weights, whose first row is the bias."""
        import numpy as np  # noqa: PLC0415  a tenth of a second, for extraction alone

        columns = {label: number for number, label in enumerate(self.bias)}
        places = {
            name: number for number, name in enumerate(self.rows, start=1)
        }
        table = np.zeros((len(places) + 1, len(columns)))
        for name, row in ((BIAS, self.bias.items()), *self.rows.items()):
            for label, weight in row:
                table[places.get(name, BIAS_ROW), columns[label]] = weight
        return places, table


@lru_cache(maxsize=8)
def read_weights(path: Path) -> Weights:
    """The weights of a file; raises BadInput where a line is none."""
    rows: dict[str, Row] = {}
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, start=1):
        if line and not line.startswith("# "):
            feature, _, pairs = line.partition("\t")
            rows[feature] = _row(path, number, pairs)
    return Weights(rows, dict(rows.pop(BIAS, ())))


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
