"""A question's answer → coded statements: which column of which question is whose business is told here alone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import pyoxigraph as ox

from onrecord.discourse.fold import Folding, fold
from onrecord.discourse.statements import Coded, Qualifier
from onrecord.model.dates import EVENT, UNDATED, Dated, kinds
from onrecord.model.errors import BadInput
from onrecord.model.iris import OURS, local
from onrecord.querying.ask import Graph
from onrecord.querying.table import Iri, Value
from onrecord.workspace import kept_words

STANCES = "coded-stances"
CODED = """
SELECT ?statement ?source ?date ?actor ?concept ?qualifier ?start ?stop ?hash WHERE {{
  ?statement a :CodedStatement ; ?who ?actorEntity ; ?what ?conceptEntity ; :document ?source ;
    :startsAt ?start ; :stopsAt ?stop .
  ?who a :CodingVariable ; rdfs:label {actor} .
  ?what a :CodingVariable ; rdfs:label {concept} .
  ?actorEntity rdfs:label ?actor .
  ?conceptEntity rdfs:label ?concept .
  ?source dcterms:issued ?date ; :sha256 ?hash .
  OPTIONAL {{ ?statement ?how ?given . ?how a :CodingVariable ; rdfs:label {qualifier}
    OPTIONAL {{ ?given rdfs:label ?named }} }}
  BIND (COALESCE(?named, ?given) AS ?qualifier)
}} ORDER BY ?statement
"""
NEEDED = ("statement", "actor", "concept")
ACTORS = ("all", "person", "organization", "folded")


@dataclass(frozen=True, slots=True)
class Discourse:
    """Coded statements of a graph by labels, with what the labels stand for and what was left out.

    `nodes` leads from the label of an actor or a concept to its IRI, where it has one; `texts` and `dates` from a
    statement's id to its words and its date; `notes` are sentences for the reader, `dating` says how many statements
    are dated in which way, where the question tells.
    """

    coded: tuple[Coded, ...]
    nodes: Mapping[str, str]
    texts: Mapping[str, str]
    dates: Mapping[str, str | None]
    foldings: tuple[Folding, ...] = ()
    notes: tuple[str, ...] = ()
    dating: str = ""


def coded_question(variables: str) -> str:
    """The question that reads a coding database: the variables of actor, concept and, if any, qualifier, by comma.

    Raises BadInput for too few or too many names.
    """
    names = [each.strip() for each in variables.split(",")]
    if not 2 <= len(names) <= 3 or not all(names):  # noqa: PLR2004  actor and concept, and the qualifier
        message = f"{variables!r}: name the variables of actor, concept and qualifier, as organization,concept,agreement"  # noqa: E501
        raise BadInput(message)
    actor, concept, qualifier = (str(ox.Literal(name)) for name in (*names, "")[:3])
    return CODED.format(actor=actor, concept=concept, qualifier=qualifier)


def coding_variables(graph: Graph) -> list[str]:
    """The names of the variables of the coding databases in a graph, sorted."""
    table = graph.ask(
        "SELECT DISTINCT ?name { ?variable a :CodingVariable ; rdfs:label ?name }"
    )
    return sorted(str(name) for name in table.column("name"))


def discourse_of(
    graph: Graph,
    question: str = STANCES,
    parameters: Mapping[str, object] | None = None,
    *,
    actors: str = "all",
    exact_dates: bool = False,
) -> Discourse:
    """The coded statements that a question gives: columns statement, actor, concept; if wanted source, date, qualifier.

    `actors` is `all`, only `person`s, only `organization`s, or persons `folded` into the organization that they spoke
    for (see `fold`). With `exact_dates` the date of an event that a document tells of is none. Where the question has
    qualifiers, statements without one are left out and counted. Raises BadInput where a column is missing or the choice
    of actors is unknown, and what asking raises.
    """
    if actors not in ACTORS:
        message = (
            f"no choice of actors is called {actors!r}; there are {', '.join(ACTORS)}"
        )
        raise BadInput(message)
    table = graph.ask(question, parameters or {})
    missing = [name for name in NEEDED if name not in table.columns]
    if missing:
        message = f"the question {question} has no column {' and no column '.join(missing)}, which a network needs"
        raise BadInput(message)
    wanted = ("source", "date", "dated", "qualifier", "text")
    rows = [dict.fromkeys(wanted) | row for row in table]
    if exact_dates:
        rows = [_exactly_dated(row) for row in rows]
    notes = []
    if "qualifier" in table.columns and any(
        row["qualifier"] is not None for row in rows
    ):
        unqualified = {row["statement"] for row in rows if row["qualifier"] is None}
        rows = [row for row in rows if row["qualifier"] is not None]
        notes += (
            [
                _count(
                    len(unqualified),
                    "takes no side (neutral or no stance) and is",
                    "take no side (neutral or no stance) and are",
                )
            ]
            if unqualified
            else []
        )
    names = _Names(graph)
    coded = [_coded(row, names) for row in rows]
    foldings: tuple[Folding, ...] = ()
    if actors == "folded":
        foldings, moved = fold(
            graph, {(str(row["actor"]), _text(row["date"])) for row in rows}
        )
        coded = [
            _folded(each, row, moved, names)
            for each, row in zip(coded, rows, strict=True)
        ]
    elif actors != "all":
        coded = [
            each
            for each, row in zip(coded, rows, strict=True)
            if _is(graph, row["actor"], actors)
        ]
    texts = {
        local(str(row["statement"])): str(row["text"])
        for row in rows
        if row["text"] is not None
    }
    texts |= _passages(graph, rows)
    dates = {each.id: each.date for each in coded}
    return Discourse(
        tuple(coded), names.nodes, texts, dates, foldings, tuple(notes), _dating(rows)
    )


def _exactly_dated(row: Mapping[str, Value]) -> dict[str, Value]:
    """A row without its date, where that is the date of an event."""
    return {**row, "date": None, "dated": UNDATED} if row["dated"] == EVENT else {**row}


def _dating(rows: Iterable[Mapping[str, Value]]) -> str:
    """How many statements are dated in which way; nothing where a question does not tell."""
    known = {
        str(row["statement"]): Dated(_text(row["date"]), str(row["dated"]))
        for row in rows
        if row["dated"]
    }
    return kinds(known.values())


def _passages(graph: Graph, rows: Iterable[Mapping[str, Value]]) -> dict[str, str]:
    """The marked words of coded statements, where the workspace keeps the text; offsets count UTF-16 units."""
    root = graph.workspace.root
    kept: dict[Value, bytes] = {}
    found = {}
    for row in rows if root else ():
        digest = row.get("hash")
        if digest and digest not in kept:
            kept[digest] = kept_words(root, digest).encode("utf-16-le")
        if digest and kept[digest]:
            words = kept[digest][2 * _whole(row["start"]) : 2 * _whole(row["stop"])]
            found[local(str(row["statement"]))] = " ".join(
                words.decode("utf-16-le", "replace").split()
            )
    return found


def _count(number: int, one: str, many: str) -> str:
    return (
        f"1 statement {one} left out"
        if number == 1
        else f"{number:,} statements {many} left out"
    )


def _coded(row: Mapping[str, Value], names: "_Names") -> Coded:
    qualifier: Qualifier = row["qualifier"]
    return Coded(
        id=local(str(row["statement"])),
        source=str(row["source"] or row["statement"]),
        date=_text(row["date"]),
        actor=names.of(row["actor"]),
        concept=names.of(row["concept"]),
        qualifier=qualifier,
        start=_whole(row.get("start")),
        stop=_whole(row.get("stop")),
    )


def _folded(
    each: Coded,
    row: Mapping[str, Value],
    moved: Mapping[tuple[str, str | None], str],
    names: "_Names",
) -> Coded:
    home = moved.get((str(row["actor"]), each.date))
    return replace(each, actor=names.of(Iri(home))) if home else each


def _is(graph: Graph, actor: Value, kind: str) -> bool:
    known = graph.registry.entities.get(str(actor))
    ancestors = graph.vocabulary.classes[known.cls].ancestors if known else frozenset()
    return (
        ("Person" in ancestors)
        if kind == "person"
        else bool(ancestors & {"Organization", "Group"})
    )


def _text(value: Value) -> str | None:
    return str(value) if value is not None else None


def _whole(value: Value) -> int:
    return (
        int(value)
        if isinstance(value, int | float | str) and str(value).isdigit()
        else 0
    )


class _Names:
    """Labels of IRIs, each label for one IRI: where two share it, the second bears its id."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.nodes: dict[str, str] = {}
        self._labels: dict[str, str] = {}

    def of(self, value: Value) -> str:
        if not isinstance(value, Iri):
            return "" if value is None else str(value)
        if value not in self._labels:
            label = self._label(value)
            free = self.nodes.get(label, value) == value
            self._labels[value] = label if free else f"{label} ({local(value)})"
            self.nodes[self._labels[value]] = value
        return self._labels[value]

    def _label(self, iri: str) -> str:
        topic = (
            self.graph.vocabulary.topics.get(local(iri))
            if iri.startswith(OURS["topic"])
            else None
        )
        known = self.graph.registry.entities.get(iri)
        return topic.label if topic else known.label if known else local(iri)


def undated(coded: Iterable[Coded]) -> int:
    """How many statements have no date."""
    return len({each.id for each in coded if each.date is None})
