"""An encoder of sentences that sees what clauses state: all-MiniLM-L6-v2, taught by small added matrices.

The network, which a package ships, is BERT with six layers of 384 units, distilled as
MiniLM (Wang et al. 2020).
The matrices added to its upper layers are of low rank (LoRA, Hu et al. 2021). They lie in
`ontology/lexicon/encoder.npz`, made by `python -m benches.train_encoder` from the
passages that the weights are made from.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from onrecord.extract.rules.clauses import Clause
from onrecord.extract.rules.mixing import View
from onrecord.extract.rules.network import Layer, embedded, softmax, through
from onrecord.extract.rules.word_pieces import Places, Window, windows

Array = NDArray[np.float32]
FAR = np.float32(-1e9)
"""What keeps a piece from looking at what a shorter window is filled up with."""
TOGETHER = 16
"""Windows that are worked out together."""


@dataclass(frozen=True)
class Encoder:
    """A network with the matrices of ours in it, ready to look at clauses.

    `name` tells it from others, for what a result hangs on. `embedding` holds the parts
    that make vectors of pieces; `layers` the six layers; `heads` a hidden layer, and one
    for each table, whose labels `labels` names.
    """

    name: str
    vocabulary: Path
    embedding: Layer
    layers: Sequence[Layer]
    heads: Layer
    labels: Mapping[str, tuple[str, ...]]

    def views(self, clauses: Mapping[int, Clause]) -> dict[int, View]:
        """What clauses state, as the encoder sees it, by their numbers; raises MissingExtra."""
        made = sorted(
            windows(clauses, self.vocabulary),
            key=lambda window: len(window.pieces),
        )
        views: dict[int, View] = {}
        for first in range(0, len(made), TOGETHER):
            views |= self._together(made[first : first + TOGETHER])
        return views

    def states(
        self, pieces: NDArray[np.int64], filled: NDArray[np.bool_]
    ) -> Array:
        """The vectors of pieces, windows by pieces by 384 units; at what is not filled nothing looks."""
        away = ~filled[:, None, None, :] * FAR
        made: Array = embedded(self.embedding, pieces, np)
        for layer in self.layers:
            made = through(layer, made, away, np)
        return made

    def _together(self, made: Sequence[Window]) -> dict[int, View]:
        """The views of the clauses of some windows, all filled up to the longest."""
        shape = len(made), max(len(window.pieces) for window in made)
        pieces, filled = np.zeros(shape, np.int64), np.zeros(shape, np.bool_)
        for row, window in enumerate(made):
            pieces[row, : len(window.pieces)] = window.pieces
            filled[row, : len(window.pieces)] = True
        states = self.states(pieces, filled)
        numbers = [number for window in made for number in window.clauses]
        pooled = [
            pool(states[row, : len(window.pieces)], places)
            for row, window in enumerate(made)
            for places in window.clauses.values()
        ]
        return dict(zip(numbers, self._told(np.stack(pooled)), strict=True))

    def _told(self, pooled: Array) -> Iterator[View]:
        """The shares of all tables, clause by clause."""
        heads = self.heads
        hidden = np.tanh(pooled @ heads["hidden"] + heads["hidden_b"])
        shares = {
            name: softmax(hidden @ heads[name] + heads[f"{name}_b"], np)
            for name in self.labels
        }
        for row in range(len(pooled)):
            yield {
                name: dict(zip(labels, shares[name][row].tolist(), strict=True))
                for name, labels in self.labels.items()
            }


def pool(states: Array, places: Places) -> Array:
    """The means of a clause, its cue, its actor and its window, one after the other: 4 times 384 units."""
    spans = [*places, (0, len(states))]
    return np.concatenate([states[a:b].mean(axis=0) for a, b in spans])
