"""X[i, j, k]: how often actor i uses concept j at qualifier level k."""

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.discourse.arrays import Array, Sparse, np, sparse
from onrecord.discourse.statements import KINDS, Qualifier, Statements
from onrecord.model.errors import BadInput


@dataclass(frozen=True, slots=True, eq=False)
class Tensor:
    """Counts by actor, concept and level: `cells` is I by (J·K), the column of concept j and level k is j·K + k.

    `plain` is the same, except under a kernel: `cells` then sums weights, `plain` still counts statements.
    `distance` is w, K by K: |k − m| / (max K − min K) of numbers, 0 or 1 of categories. `rows` holds, for each
    statement counted, (statement, actor, concept, level) by position, for looking up what a tie stands on.
    `kind` is what the qualifier is, one of KINDS.
    """

    actors: tuple[str, ...]
    concepts: tuple[str, ...]
    levels: tuple[Qualifier, ...]
    distance: Array
    cells: Sparse
    plain: Sparse
    ids: Array
    rows: Array
    kind: str = "boolean"

    @property
    def counts(self) -> Array:
        """n_i = Σ_jk X[i, j, k] over all kept statements, length I."""
        return np.asarray(self.plain.sum(axis=1)).ravel()

    def transposed(self) -> "Tensor":
        """The same with concepts as actors: X[j, i, k]."""
        cells = self._turned(self.cells)
        plain = cells if self.plain is self.cells else self._turned(self.plain)
        rows = self.rows[:, [0, 2, 1, 3]]
        return Tensor(
            self.concepts,
            self.actors,
            self.levels,
            self.distance,
            cells,
            plain,
            self.ids,
            rows,
            self.kind,
        )

    def _turned(self, cells: Sparse) -> Sparse:
        wide, high, deep = (
            len(self.actors),
            len(self.concepts),
            len(self.levels),
        )
        entries = cells.tocoo()
        concept, level = np.divmod(entries.col, deep)
        return sparse.csr_array(
            (entries.data, (concept, entries.row * deep + level)),
            shape=(high, wide * deep),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """Statements by number: `actor`, `concept` and `level` are positions in the sorted labels.

    A tensor of any part of the statements (`tensor`) has the same rows and columns, so that slices of time compare.
    """

    statements: Statements
    actors: tuple[str, ...]
    concepts: tuple[str, ...]
    levels: tuple[Qualifier, ...]
    kind: str
    actor: Array
    concept: Array
    level: Array

    def tensor(
        self, chosen: Array | None = None, weights: Array | None = None
    ) -> Tensor:
        """X over all statements or those of a mask; with weights, one a statement, those of weight 0 do not count."""
        at = (
            np.arange(len(self.actor))
            if chosen is None
            else np.flatnonzero(chosen)
        )
        plain = self._cells(at, np.ones(len(at)))
        cells = plain
        if weights is not None:
            at = at[weights[at] > 0]
            cells = self._cells(at, weights[at])
        rows = np.stack(
            [at, self.actor[at], self.concept[at], self.level[at]], axis=1
        )
        far = distances(self.levels, self.kind)
        return Tensor(
            self.actors,
            self.concepts,
            self.levels,
            far,
            cells,
            plain,
            self.statements.id,
            rows,
            self.kind,
        )

    def _cells(self, at: Array, values: Array) -> Sparse:
        deep = max(len(self.levels), 1)
        column = self.concept[at].astype(np.int64) * deep + self.level[at]
        shape = (len(self.actors), len(self.concepts) * deep)
        return sparse.csr_array((values, (self.actor[at], column)), shape=shape)


def index(statements: Statements, kind: str | None = None) -> Index:
    """The statements by number; labels in code-point order.

    `kind` is one of KINDS, by default what the qualifiers are; texts are categorical, or ordinal if asked, their order
    then being a scale, a step a level. Levels: of a boolean 0 and 1, of an integer the distinct values, of a category
    the sorted values; one without a qualifier. Raises BadInput where a qualifier is not of the kind.
    """
    kind = kind or _kind(statements.qualifier)
    if kind not in KINDS:
        message = f"no kind of qualifier is called {kind!r}; there are {', '.join(KINDS)}"
        raise BadInput(message)
    actors, actor = _coded(statements.actor)
    concepts, concept = _coded(statements.concept)
    levels, level = _levels(statements, kind)
    return Index(
        statements, actors, concepts, levels, kind, actor, concept, level
    )


def tensor(statements: Statements, kind: str | None = None) -> Tensor:
    """X[i, j, k] of the statements; see `index`."""
    return index(statements, kind).tensor()


def distances(levels: Sequence[Qualifier], kind: str) -> Array:
    """w, K by K: |k − m| / r with r = max K − min K; of categories 0 for the same, else 1."""
    if kind in {"none", "categorical"}:
        return 1.0 - np.eye(max(len(levels), 1))
    values = np.arange(len(levels))
    if kind != "ordinal":
        values = np.array([float(level or 0) for level in levels])
    span = np.ptp(values) if len(values) else 0.0
    far: Array = np.abs(values[:, None] - values[None, :]) / (span or 1.0)
    return far


def _coded(labels: Array) -> tuple[tuple[str, ...], Array]:
    if not len(labels):
        return (), np.zeros(0, dtype=np.int64)
    values, codes = np.unique(labels, return_inverse=True)
    return tuple(map(str, values)), codes


def _kind(qualifiers: Array) -> str:
    kinds = set(map(type, qualifiers))
    if kinds <= {type(None)}:
        return "none"
    if kinds == {bool}:
        return "boolean"
    return "integer" if kinds <= {int, bool, float} else "categorical"


def _levels(
    statements: Statements, kind: str
) -> tuple[tuple[Qualifier, ...], Array]:
    if kind == "none":
        return (None,), np.zeros(len(statements), dtype=np.int64)
    try:
        values = [_value(value, kind) for value in statements.qualifier]
    except (TypeError, ValueError) as error:
        message = (
            f"a qualifier is not {kind}: {error}; "
            f"choose another kind: {', '.join(KINDS)}"
        )
        raise BadInput(message) from error
    levels: list[Qualifier] = [0, 1]
    if kind != "boolean":
        levels = sorted(set(values))  # type: ignore[type-var]
    place = {level: at for at, level in enumerate(levels)}
    return tuple(levels), np.array(
        [place[value] for value in values], dtype=np.int64
    )


def _value(given: Qualifier, kind: str) -> Qualifier:
    if kind in {"categorical", "ordinal"}:
        return str(given)
    if given is None or isinstance(given, str):
        raise ValueError(given)
    if kind == "boolean" and given not in {0, 1}:
        raise ValueError(given)
    return int(given) if float(given).is_integer() else given
