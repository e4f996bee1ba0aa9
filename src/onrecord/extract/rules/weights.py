"""Trained weights: a table of features and what each speaks for, read from plain files.

A row is a feature, a tab, and pairs "label:weight" parted by spaces; the feature "*" is
what speaks for a label before anything is seen. They are made by
`python -m benches.train` from texts written and coded for it (tests/data/news).
"""

import re
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

LINE = re.compile(r"^(?!# )([^\t\n]+)\t(.*)$", re.MULTILINE)
"""A feature and its pairs; a line that begins with "# " explains."""
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
        return self.shares_at(map(self.places_of, rows))

    def places_of(self, features: Iterable[str]) -> frozenset[int]:
        """The rows of the table that features have, those that have one."""
        # No feature has the first row, which is that of the bias.
        return frozenset(filter(None, map(self._places.get, features)))

    def shares_at(
        self, rows: Iterable[frozenset[int]]
    ) -> Iterator[dict[str, float]]:
        """The shares of several that are told by their features' rows of the table."""
        remaining = iter(rows)
        while batch := list(islice(remaining, BATCH)):
            for shares in self._together(batch):
                yield dict(zip(self.bias, shares, strict=True))

    def scores_of(self, rows: Iterable[Iterable[str]]) -> list[float]:
        """What the features of each row speak for the first label, where rows are weighed against each other."""
        scores = self._scores(list(map(self.places_of, rows)))
        first: list[float] = scores[:, 0].tolist()
        return first

    def _together(self, rows: Sequence[frozenset[int]]) -> list[list[float]]:
        """The share of each label, row by row."""
        import numpy as np  # noqa: PLC0415  a tenth of a second, for extraction alone

        scores = self._scores(rows)
        parts = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares: list[list[float]] = (
            parts / parts.sum(axis=1, keepdims=True)
        ).tolist()
        return shares

    def _scores(self, rows: Sequence[frozenset[int]]) -> "NDArray[np.float64]":
        """The weights of the features of rows, added up, by row and label."""
        import numpy as np  # noqa: PLC0415  a tenth of a second, for extraction alone

        table = self._table
        known: list[int] = []
        starts: list[int] = []
        for row in rows:
            starts.append(len(known))
            known.append(BIAS_ROW)
            # In the table's order, so that sums are the same to the last bit.
            known += sorted(row)
        self._fill({*known})
        scores: NDArray[np.float64] = np.add.reduceat(
            table[known], starts, axis=0
        )
        return scores

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
    lines: Mapping[str, str]

    def __getitem__(self, feature: str) -> Row:
        """The weights of a feature; raises KeyError, and BadInput for a line that is none."""
        return _row(self.path, feature, self.lines[feature])

    def __iter__(self) -> Iterator[str]:
        """The features, in the order of the file."""
        return iter(self.lines)

    def __len__(self) -> int:
        """How many there are."""
        return len(self.lines)


@lru_cache(maxsize=8)
def read_weights(path: Path) -> Weights:
    """The weights of a file; BadInput for a line that is none comes when it is first asked for."""
    text = path.read_text(encoding="utf-8")
    lines: dict[str, str] = dict(LINE.findall(text))
    bias = lines.pop(BIAS)
    return Weights(Lines(path, lines), dict(_row(path, BIAS, bias)))


def _row(path: Path, feature: str, pairs: str) -> Row:
    parts = (pair.rpartition(":") for pair in pairs.split(" "))
    try:
        return tuple((label, float(weight)) for label, _, weight in parts)
    except ValueError:
        number = _number(path, feature)
        message = f"{path}:{number}: no pairs of label and weight"
        raise BadInput(message) from None


def _number(path: Path, feature: str) -> int:
    """The number of the line of a feature, which is asked for only where it is at fault."""
    lines = path.read_text(encoding="utf-8").splitlines()
    features = [line.partition("\t")[0] for line in lines]
    return features.index(feature) + 1
