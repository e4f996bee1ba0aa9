"""What a person chooses, and the discourse network that comes of it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from onrecord.discourse.affiliation import affiliation
from onrecord.discourse.arrays import Sparse
from onrecord.discourse.backbone import backbone
from onrecord.discourse.read import (
    STANCES,
    Discourse,
    coded_question,
    coding_variables,
    discourse_of,
    undated,
)
from onrecord.discourse.statements import Statements, prepare
from onrecord.discourse.tensor import Index, Tensor, index
from onrecord.discourse.ties import AGGREGATIONS, DNA_AVERAGE, Ties, ties
from onrecord.discourse.windows import Slice, Span, windows
from onrecord.model.dates import is_date
from onrecord.model.errors import BadInput
from onrecord.querying.ask import Graph

if TYPE_CHECKING:
    import pandas as pd

METHODS = ("affiliation", *AGGREGATIONS)
CONCEPTS = ("topic", "family", "object")
QUALIFIERS = ("stance", "negation")


@dataclass(frozen=True, slots=True)
class Choice:
    """A network and how it is made; the words are those of the command line.

    `method` is one of METHODS; `of` says whose ties: `actors` or `concepts`; `actors`, `concepts`, `qualifier` and
    `topic` are asked of the question `coded-stances`, another `question` takes its own `parameters` in their place.
    Without `isolates` the network over the whole time has only actors with a tie; slices keep all, to compare.
    With `exact_dates` the date of an event that a document tells of counts as none.
    `variables` reads a coding database instead: the names of actor, concept and, if wanted, qualifier.
    """

    method: str = "congruence"
    of: str = "actors"
    actors: str = "all"
    concepts: str = "topic"
    qualifier: str = "stance"
    topic: str | None = None
    since: str | None = None
    until: str | None = None
    exact_dates: bool = False
    without: tuple[str, ...] = ()
    normalize: str = "none"
    duplicates: str = "document"
    aggregate: str = "subtract"
    kind: str | None = None
    window: str | None = None
    step: str | None = None
    kernel: str | None = None
    question: str = STANCES
    parameters: Mapping[str, str] = field(default_factory=dict)
    variables: str | None = None
    dna_compat: bool = False
    backbone: bool = False
    isolates: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """One slice of time with its ties."""

    slice: Slice
    ties: Ties


@dataclass(frozen=True, slots=True, eq=False)
class DiscourseNetwork:
    """A discourse network with all that it stands on; `matrix` is the two-mode matrix, `ties` the one-mode network."""

    choice: Choice
    discourse: Discourse
    index: Index
    tensor: Tensor
    matrix: Sparse | None
    ties: Ties | None
    slots: tuple[Slot, ...]
    notes: tuple[str, ...]

    def to_pandas(self) -> "pd.DataFrame":
        """The ties, or the cells of a two-mode network, as a data frame; needs the extra `notebook`."""
        from onrecord.discourse.notebook import rows  # noqa: PLC0415  for notebooks alone

        return rows(self).to_pandas()

    def _repr_html_(self) -> str:
        """The strongest ties for notebooks, drawn and told."""
        from onrecord.discourse.notebook import html  # noqa: PLC0415  for notebooks alone

        return html(self)


def network(graph: Graph, choice: Choice) -> DiscourseNetwork:
    """The network of a choice: asked, prepared, counted, tied, and again for each slice of time.

    Raises BadInput for a choice that means nothing, and what asking raises.
    """
    refuse_odd(choice)
    return network_of(choice, discourse_for(graph, choice))


def refuse_odd(choice: Choice) -> None:
    """Raises BadInput for a choice that means nothing."""
    _agree(choice)
    _agree_dates(choice)
    for width in filter(None, (choice.window, choice.step)):
        Span.of(width)


def discourse_for(graph: Graph, choice: Choice) -> Discourse:
    """The coded statements that a choice is about, whatever network it makes of them; raises what asking raises."""
    _agree_variables(graph, choice)
    return discourse_of(
        graph,
        _question(choice),
        _parameters(choice),
        actors=choice.actors,
        exact_dates=choice.exact_dates,
    )


def network_of(choice: Choice, discourse: Discourse) -> DiscourseNetwork:
    """The network of a choice, made of its coded statements."""
    statements = _statements(choice, discourse)
    numbered = index(statements, choice.kind)
    tensor = numbered.tensor()
    slots = tuple(_slots(choice, numbered)) if choice.window else ()
    two_mode = choice.method == "affiliation"
    whole = None if two_mode else _ties(choice, tensor)
    return DiscourseNetwork(
        choice,
        discourse,
        numbered,
        tensor,
        affiliation(tensor, choice.aggregate, choice.normalize)
        if two_mode
        else None,
        whole if whole is None or choice.isolates else whole.tied(),
        slots,
        (*discourse.notes, *_notes(choice, discourse, statements, slots)),
    )


def _agree(choice: Choice) -> None:
    for name, value, known in (
        ("network", choice.method, METHODS),
        ("concept", choice.concepts, CONCEPTS),
        ("qualifier", choice.qualifier, QUALIFIERS),
        ("side", choice.of, ("actors", "concepts")),
    ):
        if value not in known:
            message = (
                f"no {name} is called {value!r}; there are {', '.join(known)}"
            )
            raise BadInput(message)
    if choice.window and choice.method == "affiliation":
        message = "windows are for ties between actors; take congruence, conflict, subtract or ignore"
        raise BadInput(message)
    if (choice.step or choice.kernel) and not choice.window:
        message = (
            "a step or a kernel needs the width of its window too: --window 90d"
        )
        raise BadInput(message)


def _agree_variables(graph: Graph, choice: Choice) -> None:
    """A coding database is asked for variables that it has; actors are chosen by the first of them."""
    if choice.variables is None:
        return
    if choice.actors != "all":
        message = (
            "--actors chooses among the graph's own people and organizations; "
            "with --variables the first name says who the actors are"
        )
        raise BadInput(message)
    coded_question(choice.variables)
    there = coding_variables(graph)
    for name in choice.variables.split(","):
        if name.strip() not in there:
            known = (
                ", ".join(there) or "none: add a coding database (.dna) first"
            )
            message = (
                f"no variable is called {name.strip()!r}; there are {known}"
            )
            raise BadInput(message)


def _agree_dates(choice: Choice) -> None:
    for option, day in (("since", choice.since), ("until", choice.until)):
        if day is not None and not is_date(day):
            message = f"--{option} {day or repr(day)}: write it as 2025-10-21, 2025-10 or 2025"
            raise BadInput(message)


def _question(choice: Choice) -> str:
    return (
        coded_question(choice.variables)
        if choice.variables
        else choice.question
    )


def _parameters(choice: Choice) -> dict[str, object]:
    if choice.variables or choice.question != STANCES:
        return dict(choice.parameters)
    values: dict[str, object] = {
        "by": choice.concepts,
        "as": choice.qualifier,
        **choice.parameters,
    }
    return values | ({"topic": choice.topic} if choice.topic else {})


def _statements(choice: Choice, discourse: Discourse) -> Statements:
    return prepare(
        discourse.coded,
        since=choice.since,
        until=choice.until,
        without={"actor": choice.without, "concept": choice.without},
        duplicates=choice.duplicates,
        ignore_qualifier=choice.method == "ignore"
        or (choice.method == "affiliation" and choice.aggregate == "ignore"),
        dna_compat=choice.dna_compat,
    )


def _ties(choice: Choice, tensor: Tensor, *, loops: bool = False) -> Ties:
    side = tensor if choice.of == "actors" else tensor.transposed()
    is_lopsided = (
        choice.dna_compat and choice.kernel and choice.normalize == "average"
    )
    tied = ties(
        side,
        choice.method,
        DNA_AVERAGE if is_lopsided else choice.normalize,
        loops=loops,
    )
    return backbone(tied) if choice.backbone else tied


def _slots(choice: Choice, numbered: Index) -> list[Slot]:
    step = Span.of(choice.step) if choice.step else None
    slices = windows(
        numbered,
        Span.of(choice.window or ""),
        step,
        kernel=choice.kernel,
        dna_compat=choice.dna_compat,
    )
    has_loops = choice.kernel is not None
    slots = []
    for window in slices:
        tied = _ties(choice, window.tensor, loops=has_loops)
        slots.append(Slot(window, tied))
    return slots


def _notes(
    choice: Choice,
    discourse: Discourse,
    statements: Statements,
    slots: tuple[Slot, ...],
) -> list[str]:
    notes = []
    count = undated(discourse.coded)
    if count and (choice.since or choice.until):
        are_left_out = f"{_plural(count, 'undated statement')} left out"
        notes.append(
            f"{are_left_out}, since nobody knows whether they fit the dates"
        )
    elif count and choice.window:
        notes.append(
            f"{_plural(count, 'undated statement')} in no window of time"
        )
    elif count:
        notes.append(f"{_plural(count, 'statement')} undated, and counted")
    if discourse.dating and (choice.since or choice.until or choice.window):
        notes.append(f"statements by their dates: {discourse.dating}")
    if choice.actors == "folded":
        notes += _folded(discourse)
    if not len(statements):
        notes.append(
            "no statement is left after the filters: the network is empty"
        )
    elif choice.window and not slots:
        notes.append(
            f"no window of {choice.window} fits into the time of the statements"
        )
    return notes


def _plural(number: int, what: str) -> str:
    return f"1 {what} is" if number == 1 else f"{number:,} {what}s are"


WAYS = {
    "leads": "leads it",
    "worksFor": "works for it",
    "memberOf": "is a member",
    "affiliation": "is listed with it",
}


def _folded(discourse: Discourse) -> list[str]:
    counts: Counter[str] = Counter()
    persons = set()
    for folding in discourse.foldings:
        counts[folding.by] += 1
        if folding.by == "kept":
            persons.add(folding.person.replace("-", " "))
    ways = []
    for way, reason in WAYS.items():
        if counts[way]:
            ways.append(f"{counts[way]} because the person {reason}")
    notes = []
    if ways:
        notes.append(
            f"persons are counted as their organization: {', '.join(ways)}"
        )
    if persons:
        names = _some(sorted(persons))
        notes.append(
            f"no organization is known at that date, so kept as a person: {names}"
        )
    return notes


def _some(names: list[str], most: int = 3) -> str:
    """The first names, and how many others there are."""
    shown = ", ".join(names[:most])
    others = len(names) - most
    return f"{shown} and {others} others" if others > 0 else shown
