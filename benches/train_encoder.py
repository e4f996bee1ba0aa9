"""Makes `ontology/lexicon/encoder.npz` and `weights-right-encoder.tsv` from the texts that benches/train.py reads.

What clauses state is taught to the upper layers of a small network by thin matrices added to theirs (LoRA), to the
lower ones nothing: their states are worked out once. How often a reading of encoder and weights together is right is
learned from what those of the other hands make of some hands' texts. Run twice on one machine it writes the same;
another adds numbers in another order, so that last digits differ. It takes about an hour of two cores.
"""

import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from benches.train import (
    Lesson,
    Row,
    Text,
    judged,
    read_texts,
    side_of,
    weights_of,
    write,
)
from onrecord.extract.rules.choosing import Chooser
from onrecord.extract.rules.clauses import Clause
from onrecord.extract.rules.encoder import FAR
from onrecord.extract.rules.encoder_files import (
    HEAD,
    LABELS,
    PARTS,
    TAUGHT,
    VOCABULARY,
    network,
    read_encoder,
)
from onrecord.extract.rules.lexicon import Lexicon
from onrecord.extract.rules.network import Array, embedded, through
from onrecord.extract.rules.word_pieces import NOWHERE, Places, Window, windows

JUDGED = frozenset(
    [
        "sixth",
        "eleventh",
        "sixteenth",
        "nineteenth",
        "twenty-first",
        "twenty-second",
        "twenty-third",
        "twenty-fourth",
        "developing",
    ]
)
"""Hands whose texts are read by an encoder of the others, to learn which readings are right."""
LOWER = 4
"""Layers that are left as they are."""
RANK, HIDDEN = 24, 256
"""Columns of the thin matrices, and units of the layer behind what is pooled."""
LENGTHS = (16, 32, 48, 64, 96, 128)
"""Lengths that windows are filled up to."""
PIECES, CLAUSES, TOGETHER = 512, 64, 2048
"""Pieces and clauses of a batch, more clauses where a batch has more, in steps; pieces that are worked out together."""
ROUNDS, RATE, WARM, LAST = 2, 1.2e-3, 0.06, 0.05
"""How often all is gone through, how far a step goes, over what share of steps that grows, and what is left of it."""
SHRINK, DROP, STEEPEST = 0.01, 0.1, 1.0
LOSSES = {"clauses": 1.0, "relations": 1.0, "topics": 0.7, "stances": 0.4}
"""How much each table counts."""
SEED = 1
Each = TypeVar("Each")
Held = tuple[Any, Any, Any]
"""What is learned, and the running means of its gradients and of their squares."""
Arrays = dict[str, Array]


@jax.tree_util.register_dataclass
@dataclass(frozen=True)
class Added:
    """A matrix of the network and the two thin ones whose product is added to it, ready to be multiplied with."""

    whole: Array
    down: Array
    up: Array

    def __rmatmul__(self, states: Array) -> Array:
        return states @ self.whole + states @ self.down @ self.up


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """A window by its states behind the lower layers, with its clauses."""

    states: NDArray[np.float16]
    places: tuple[Places, ...]
    lessons: tuple[Lesson, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Windows of about one length: states, which are filled, the window of each clause, its places and labels."""

    states: NDArray[np.float32]
    filled: NDArray[np.bool_]
    rows: NDArray[np.int32]
    places: NDArray[np.int32]
    wanted: Mapping[str, NDArray[np.float32]]

    @property
    def arrays(self) -> tuple[Any, ...]:
        """Its parts, as a step takes them."""
        return (
            self.states,
            self.filled,
            self.rows,
            self.places,
            dict(self.wanted),
        )


def main() -> None:
    """Reads all texts; learns what is right from an encoder of some hands, then teaches one by all."""
    texts = list(read_texts())
    school = School.over(texts)
    write("right-encoder", list(_judged(school, texts)))
    folder = Lexicon.shipped().path("topics").parent
    school.save(school.taught(texts), folder / TAUGHT)


def _judged(school: "School", texts: Sequence[Text]) -> Iterator[Row]:
    """What weights and an encoder of the other hands read in a hand's texts, each reading right or wrong."""
    others = [text for text in texts if text.hand not in JUDGED]
    vocabulary = Lexicon.shipped().path("topics").with_name(VOCABULARY)
    with TemporaryDirectory() as folder:
        path = Path(folder) / TAUGHT
        school.save(school.taught(others), path)
        encoder = read_encoder(path, vocabulary)
    own = (text for text in texts if text.hand in JUDGED)
    yield from judged(own, Chooser(weights_of(others), encoder))


@dataclass(frozen=True, eq=False)
class School:
    """The network as it is, the examples of each text, and the labels of each table."""

    layers: Sequence[Arrays]
    examples: Mapping[int, Sequence[Example]]
    labels: Mapping[str, tuple[str, ...]]

    @classmethod
    def over(cls, texts: Sequence[Text]) -> "School":
        """What texts have to teach: their windows behind the lower layers."""
        embedding, layers = network()
        vocabulary = Lexicon.shipped().path("topics").with_name(VOCABULARY)
        lower = jax.jit(partial(_lower, layers[:LOWER]))
        made = [
            (text, window)
            for text in texts
            for window in windows(_clauses(text), vocabulary)
        ]
        examples: defaultdict[int, list[Example]] = defaultdict(list)
        for length, rows in _by_length(
            made, lambda row: len(row[1].pieces), TOGETHER
        ):
            states = lower(*_begun(embedding, length, [w for _, w in rows]))
            for (text, window), own in zip(rows, states, strict=False):
                example = _example(text, window, np.asarray(own))
                examples[id(text)].append(example)
        return cls(layers, examples, _labels(texts))

    def taught(self, texts: Iterable[Text]) -> Arrays:
        """What an encoder learns of texts: thin matrices and heads, by their names in the file."""
        own = [example for text in texts for example in self.examples[id(text)]]
        chance = np.random.default_rng(SEED)
        begun = jax.tree.map(jnp.asarray, self._begun(chance))
        nothing = jax.tree.map(jnp.zeros_like, begun)
        held = begun, nothing, nothing
        frozen = jax.tree.map(jnp.asarray, list(self.layers[LOWER:]))
        key, began = jax.random.key(SEED), time.monotonic()
        steps = ROUNDS * len(list(self._batches(own, chance)))
        number, lost = 0, 0.0
        for turn in range(1, ROUNDS + 1):
            for batch in self._batches(own, chance):
                number += 1
                own_key = jax.random.fold_in(key, number)
                pace = own_key, _rate(number, steps), float(number)
                held, loss = _step(held, frozen, batch.arrays, pace)
                lost += float(loss)
            took = time.monotonic() - began
            print(
                f"{len(own):,} windows, round {turn}: loss {lost:,.0f}, {took:,.0f} s",
                flush=True,
            )
            lost = 0.0
        return jax.tree.map(np.asarray, held[0])

    def save(self, learned: Arrays, path: Path) -> None:
        """Writes what was learned as the encoder reads it, in half precision."""
        arrays = {
            f"{LOWER + number}.{name}.{side}": thin[side]
            for number, layer in enumerate(learned["layers"])
            for name, thin in layer.items()
            for side in ("down", "up")
        }
        arrays |= {f"{HEAD}{name}": a for name, a in learned["heads"].items()}
        halves = {name: a.astype(np.float16) for name, a in arrays.items()}
        np.savez_compressed(path, **halves, **{LABELS: json.dumps(self.labels)})
        print(f"{path.name}: {path.stat().st_size / 1000:,.0f} kB")

    def _begun(self, chance: np.random.Generator) -> Arrays:
        """Parameters before anything is learned: thin matrices whose product is zero."""
        units = self.layers[0]["q"].shape[0]
        layers = [
            {name: _thin(*layer[name].shape, chance) for name in PARTS}
            for layer in self.layers[LOWER:]
        ]
        heads = {
            "hidden": _drawn(4 * units, HIDDEN, chance),
            "hidden_b": np.zeros(HIDDEN, np.float32),
        }
        for name, labels in self.labels.items():
            heads[name] = _drawn(HIDDEN, len(labels), chance) / 3
            heads[f"{name}_b"] = np.zeros(len(labels), np.float32)
        return {"layers": layers, "heads": heads}

    def _batches(
        self, examples: Sequence[Example], chance: np.random.Generator
    ) -> Iterator[Batch]:
        """All examples in another order each time, those of about one length together."""
        mixed = [examples[n] for n in chance.permutation(len(examples))]
        parts = list(_by_length(mixed, lambda each: len(each.states), PIECES))
        for number in chance.permutation(len(parts)):
            yield self._batch(*parts[number])

    def _batch(self, length: int, examples: Sequence[Example]) -> Batch:
        count = PIECES // length
        clauses = sum(len(example.lessons) for example in examples)
        room = CLAUSES * -(-clauses // CLAUSES)
        units = examples[0].states.shape[1]
        states = np.zeros((count, length, units), np.float32)
        filled = np.zeros((count, length), bool)
        filled[:, 0] = True
        rows = np.zeros(room, np.int32)
        places = np.full((room, len(NOWHERE) + 1, 2), NOWHERE, np.int32)
        wanted = {
            name: np.zeros((room, len(labels)), np.float32)
            for name, labels in self.labels.items()
        }
        at = 0
        for row, example in enumerate(examples):
            states[row, : len(example.states)] = example.states
            filled[row, : len(example.states)] = True
            for where, lesson in zip(
                example.places, example.lessons, strict=True
            ):
                rows[at], places[at] = row, where
                self._want(lesson, {n: a[at] for n, a in wanted.items()})
                at += 1
        return Batch(states, filled, rows, places, wanted)

    def _want(self, lesson: Lesson, wanted: Mapping[str, Any]) -> None:
        """Fills in how likely each label is: nothing but "none" for a clause that states nothing."""
        for table, shares in _asked(lesson).items():
            for label, share in shares.items():
                wanted[table][self.labels[table].index(label)] = share


def _asked(lesson: Lesson) -> dict[str, dict[str, float]]:
    """The labels of a clause, table by table."""
    code = lesson.code
    if code is None:
        return {"clauses": {"none": 1.0}}
    share = 1 / max(1, len(code.topics))
    return {
        "clauses": {"some": 1.0},
        "relations": {code.relation: 1.0},
        "topics": dict.fromkeys(code.topics, share),
        "stances": {side_of(code): 1.0},
    }


def _labels(texts: Iterable[Text]) -> dict[str, tuple[str, ...]]:
    """All labels of each table, sorted."""
    labels: defaultdict[str, set[str]] = defaultdict(set)
    for text in texts:
        for lesson in text.lessons:
            for table, shares in _asked(lesson).items():
                labels[table] |= shares.keys()
    return {table: tuple(sorted(labels[table])) for table in LOSSES}


def _clauses(text: Text) -> dict[int, Clause]:
    """The clauses of a text's lessons, by the numbers of these."""
    return {n: lesson.clause for n, lesson in enumerate(text.lessons)}


def _by_length(
    rows: Sequence[Each], length_of: Callable[[Each], int], most: int
) -> Iterator[tuple[int, list[Each]]]:
    """What has about one length together, so many as have that many pieces when filled up to it."""
    by_length: defaultdict[int, list[Each]] = defaultdict(list)
    for each in rows:
        by_length[next(n for n in LENGTHS if length_of(each) <= n)].append(each)
    for length, alike in sorted(by_length.items()):
        for first in range(0, len(alike), most // length):
            yield length, alike[first : first + most // length]


def _begun(
    embedding: Arrays, length: int, made: Sequence[Window]
) -> tuple[Array, Array]:
    """Windows before the first layer, and what no piece of them may look at."""
    pieces = np.zeros((TOGETHER // length, length), np.int64)
    away = np.full(pieces.shape, FAR)
    away[:, 0] = 0
    for row, window in enumerate(made):
        pieces[row, : len(window.pieces)] = window.pieces
        away[row, : len(window.pieces)] = 0
    return embedded(embedding, pieces, np), away[:, None, None, :]


def _example(text: Text, window: Window, states: Array) -> Example:
    return Example(
        states[: len(window.pieces)].astype(np.float16),
        tuple(window.clauses.values()),
        tuple(text.lessons[number] for number in window.clauses),
    )


def _lower(layers: Sequence[Arrays], states: Array, away: Array) -> Array:
    for layer in layers:
        states = through(layer, states, away, jnp)
    return states


def _drawn(rows: int, columns: int, chance: np.random.Generator) -> Array:
    """A matrix whose numbers are drawn so that what comes out is as large as what goes in."""
    return chance.normal(0, rows**-0.5, (rows, columns)).astype(np.float32)


def _thin(rows: int, columns: int, chance: np.random.Generator) -> Arrays:
    up = np.zeros((RANK, columns), np.float32)
    return {"down": _drawn(rows, RANK, chance), "up": up}


def _rate(number: int, steps: int) -> float:
    """How far the step of a number goes: it grows at first, then shrinks."""
    left = max(0.0, 1 - number / steps)
    return RATE * min(1.0, number / (WARM * steps)) * (LAST + (1 - LAST) * left)


def _loss(
    learned: Arrays, frozen: Array, batch: tuple[Any, ...], key: Array
) -> Array:
    """The cross entropy of all tables, each as much as it counts."""
    states, filled, rows, places, wanted = batch
    away = ~filled[:, None, None, :] * FAR
    for layer, thin in zip(frozen, learned["layers"], strict=True):
        whole = layer | {
            name: Added(layer[name], **pair) for name, pair in thin.items()
        }
        states = through(whole, states, away, jnp)
    pooled = _pooled(states, filled, rows, places)
    kept = jax.random.bernoulli(key, 1 - DROP, pooled.shape) / (1 - DROP)
    heads = learned["heads"]
    hidden = jnp.tanh(pooled * kept @ heads["hidden"] + heads["hidden_b"])
    lost = 0.0
    for name, weight in LOSSES.items():
        scores = hidden @ heads[name] + heads[f"{name}_b"]
        lost -= weight * (wanted[name] * jax.nn.log_softmax(scores)).sum()
    return lost


def _pooled(states: Array, filled: Array, rows: Array, places: Array) -> Array:
    """The means of each clause's places and of its window, one after the other."""
    numbers = jnp.arange(states.shape[1])
    inside = (numbers >= places[..., :1]) & (numbers < places[..., 1:])
    inside = jnp.concatenate([inside, filled[rows][:, None]], axis=1)
    shares = inside / inside.sum(axis=-1, keepdims=True)
    return jnp.einsum("cps,csu->cpu", shares, states[rows]).reshape(
        len(rows), -1
    )


@jax.jit
def _step(
    held: Held, frozen: Array, batch: tuple[Any, ...], pace: tuple[Any, ...]
) -> tuple[Held, Array]:
    """One step of AdamW (Loshchilov and Hutter 2019) along gradients that are cut to a length."""
    learned, means, spreads = held
    key, rate, number = pace
    loss, slopes = jax.value_and_grad(_loss)(learned, frozen, batch, key)
    squares = sum((slope**2).sum() for slope in jax.tree.leaves(slopes))
    cut = jnp.minimum(1.0, STEEPEST / jnp.sqrt(squares))
    means = jax.tree.map(lambda m, s: 0.9 * m + 0.1 * cut * s, means, slopes)
    spreads = jax.tree.map(
        lambda v, s: 0.999 * v + 0.001 * (cut * s) ** 2, spreads, slopes
    )

    def moved(value: Array, mean: Array, spread: Array) -> Array:
        along = mean / (1 - 0.9**number)
        wide = jnp.sqrt(spread / (1 - 0.999**number)) + 1e-8
        return value - rate * (along / wide + SHRINK * value)

    learned = jax.tree.map(moved, learned, means, spreads)
    return (learned, means, spreads), loss


if __name__ == "__main__":
    main()
