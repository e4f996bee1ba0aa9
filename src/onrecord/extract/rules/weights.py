"""Trained weights: a table of features and what each speaks for, read from plain files.

A row is a feature, a tab, and pairs "label:weight" parted by spaces; the feature "*" is
what speaks for a label before anything is seen. They are made by
`python -m benches.train` from texts written and coded for it (tests/data/news).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import exp
from pathlib import Path

from onrecord.model.errors import BadInput

BIAS = "*"
Row = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Weights:
    """What features speak for: rows of labels with weights, and the bias of each label."""

    rows: Mapping[str, Row]
    bias: Mapping[str, float]

    def shares(self, features: Iterable[str]) -> dict[str, float]:
        """How likely each label is, given what was seen; the shares add up to one."""
        scores = dict(self.bias)
        for feature in features:
            for label, weight in self.rows.get(feature, ()):
                scores[label] += weight
        top = max(scores.values())
        parts = {label: exp(score - top) for label, score in scores.items()}
        whole = sum(parts.values())
        return {label: part / whole for label, part in parts.items()}


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
            for label, _, weight in (pair.rpartition(":") for pair in pairs.split(" "))
        )
    except ValueError:
        message = f"{path}:{number}: no pairs of label and weight"
        raise BadInput(message) from None
