"""Discourse networks as tables: the strongest ties, the cells of a two-mode network, slices of time."""

from collections import Counter
from collections.abc import Iterable, Sequence

from onrecord.discourse.arrays import np
from onrecord.discourse.choice import DiscourseNetwork
from onrecord.discourse.read import STANCES
from onrecord.discourse.ties import Ties
from onrecord.querying.table import Table, Value

DIGITS = 4
"""Of a weight in a table; a matrix has them all."""


def tied(ties: Ties, most: int | None = None) -> Table:
    """The strongest ties: both ends, weight, the concepts they meet on, and how many statements bear it."""
    rows: list[dict[str, Value]] = []
    for one, two, weight in ties.pairs()[:most]:
        first, second = ties.statements(one, two)
        row: dict[str, Value] = {
            "one": ties.labels[one],
            "two": ties.labels[two],
            "weight": round(weight, DIGITS),
            "on": several(ties.concepts(one, two)),
            "statements": len({*first, *second}),
        }
        rows.append(row)
    return Table(("one", "two", "weight", "on", "statements"), rows)


def several(names: Sequence[str], most: int = 4) -> str:
    """Names in a row, of many the first few and how many more there are."""
    shown = ", ".join(names[:most])
    return (
        shown if len(names) <= most else f"{shown} and {len(names) - most} more"
    )


def matrix_table(network: DiscourseNetwork) -> Table:
    """The whole matrix: a row an actor, a column an actor or a concept."""
    if network.matrix is not None:
        rows, columns = network.tensor.actors, network.tensor.concepts
        cells = network.matrix
    else:
        assert network.ties is not None  # noqa: S101  a network is two-mode or one-mode
        rows = columns = network.ties.labels
        cells = network.ties.matrix()
    dense = cells.toarray()
    names = ("", *columns)
    lines: list[dict[str, Value]] = []
    for at, label in enumerate(rows):
        values = (label, *map(plain, dense[at]))
        lines.append(dict(zip(names, values, strict=True)))
    return Table(names, lines)


def plain(value: float) -> int | float:
    """A weight as a whole number where it is one."""
    return int(value) if float(value).is_integer() else float(value)


def cells(network: DiscourseNetwork, most: int | None = None) -> Table:
    """The cells of a two-mode network: actor, concept, how often at each level, weight; the most used first."""
    assert network.matrix is not None  # noqa: S101
    tensor = network.tensor
    deep = len(tensor.levels)
    counts: dict[tuple[int, int], Counter[int]] = {}
    used = tensor.cells.tocoo()
    for actor, column, number in zip(
        used.row, used.col, used.data, strict=True
    ):
        concept, level = divmod(int(column), deep)
        levels = counts.setdefault((int(actor), concept), Counter())
        levels[level] += int(number)
    order = sorted(counts, key=lambda pair: (-counts[pair].total(), pair))
    names = [stance_name(network, at) for at in range(deep)]
    columns = ("actor", "concept", *names, "weight")
    rows: list[dict[str, Value]] = []
    for pair in order[:most]:
        uses = [counts[pair][at] or None for at in range(deep)]
        weight = round(float(network.matrix[pair]), DIGITS)
        ends = tensor.actors[pair[0]], tensor.concepts[pair[1]]
        rows.append(dict(zip(columns, (*ends, *uses, weight), strict=True)))
    return Table(columns, rows)


def stance_name(network: DiscourseNetwork, level: int) -> str:
    """What a level is called: of a stance in words."""
    value = network.tensor.levels[level]
    by_stance = (
        not network.choice.variables
        and network.choice.question == STANCES
        and network.choice.qualifier == "stance"
    )
    if by_stance:
        words = {-1: "critical", 0: "conditional", 1: "supportive"}
        return words[int(value or 0)]
    return "uses" if value is None else str(value)


def slices(network: DiscourseNetwork) -> Table:
    """A row a slice of time: its middle, its statements, how many pairs are tied, the sum of ties, the strongest."""
    rows: list[dict[str, Value]] = []
    for slot in network.slots:
        pairs = slot.ties.pairs()
        strongest = None
        if pairs:
            one, two, _ = pairs[0]
            names = slot.ties.labels
            strongest = f"{names[one]} and {names[two]}"
        row: dict[str, Value] = {
            "on": slot.slice.moment.isoformat(),
            "statements": slot.slice.statements,
            "ties": len(pairs),
            "sum": round(float(slot.ties.matrix().sum()), DIGITS),
            "strongest": strongest,
        }
        rows.append(row)
    return Table(("on", "statements", "ties", "sum", "strongest"), rows)


def isolates(ties: Ties) -> tuple[str, ...]:
    """The actors without any tie."""
    degree = np.diff(ties.matrix().indptr)
    return tuple(ties.labels[at] for at in np.flatnonzero(degree == 0))


def levels_of(
    network: DiscourseNetwork, statements: Iterable[str]
) -> dict[str, str]:
    """The level of each statement, in words."""
    wanted = set(statements)
    levels = {}
    for row, _, _, level in network.tensor.rows:
        key = str(network.tensor.ids[row])
        if key in wanted:
            levels[key] = stance_name(network, int(level))
    return levels
