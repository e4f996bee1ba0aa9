"""A question's answer → coded statements: which column of which question is whose business is told here alone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import compress

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
Row = Mapping[str, Value]
EMPTY: dict[str, Value] = dict.fromkeys(
    ("source", "date", "dated", "qualifier", "text")
)
TAKES_NO_SIDE = (
    "takes no side (neutral or no stance) and is",
    "take no side (neutral or no stance) and are",
)


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
    names = [name.strip() for name in variables.split(",")]
    if not 2 <= len(names) <= 3 or not all(names):  # noqa: PLR2004  actor and concept, and the qualifier
        message = (
            f"{variables!r}: name the variables of actor, concept and qualifier, "
            "as organization,concept,agreement"
        )
        raise BadInput(message)
    actor, concept, *rest = names
    qualifier = rest[0] if rest else ""
    return CODED.format(
        actor=ox.Literal(actor),
        concept=ox.Literal(concept),
        qualifier=ox.Literal(qualifier),
    )


def coding_variables(graph: Graph) -> list[str]:
    """The names of the variables of the coding databases in a graph, sorted."""
    table = graph.ask(
        "SELECT DISTINCT ?name { ?variable a :CodingVariable ; rdfs:label ?name }"
    )
    return sorted(map(str, table.column("name")))


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
        choices = ", ".join(ACTORS)
        message = (
            f"no choice of actors is called {actors!r}; there are {choices}"
        )
        raise BadInput(message)
    rows, has_qualifiers = _rows(graph, question, parameters or {})
    if exact_dates:
        rows = list(map(_exactly_dated, rows))
    notes: list[str] = []
    if has_qualifiers and any(row["qualifier"] is not None for row in rows):
        rows, notes = _qualified(rows)
    names = _Names(graph)
    coded = [_coded(row, names) for row in rows]
    foldings: tuple[Folding, ...] = ()
    if actors == "folded":
        coded, foldings = _all_folded(graph, coded, rows, names)
    elif actors != "all":
        are_wanted = [_is(graph, row["actor"], actors) for row in rows]
        coded = list(compress(coded, are_wanted))
    dates = {statement.id: statement.date for statement in coded}
    return Discourse(
        tuple(coded),
        names.nodes,
        _texts(graph, rows),
        dates,
        foldings,
        tuple(notes),
        _dating(rows),
    )


def _rows(
    graph: Graph, question: str, parameters: Mapping[str, object]
) -> tuple[list[Row], bool]:
    """The rows of an answer, each with every column that is used, and whether it has qualifiers."""
    table = graph.ask(question, parameters)
    missing = [name for name in NEEDED if name not in table.columns]
    if missing:
        columns = " and no column ".join(missing)
        message = f"the question {question} has no column {columns}, which a network needs"
        raise BadInput(message)
    return [EMPTY | row for row in table], "qualifier" in table.columns


def _qualified(rows: Iterable[Row]) -> tuple[list[Row], list[str]]:
    """The rows with a qualifier, and a note on the statements that have none."""
    kept: list[Row] = []
    unqualified = set()
    for row in rows:
        if row["qualifier"] is None:
            unqualified.add(row["statement"])
        else:
            kept.append(row)
    if not unqualified:
        return kept, []
    return kept, [_count(len(unqualified), *TAKES_NO_SIDE)]


def _all_folded(
    graph: Graph, coded: Iterable[Coded], rows: Sequence[Row], names: "_Names"
) -> tuple[list[Coded], tuple[Folding, ...]]:
    """Statements by the organizations that persons spoke for, and what was folded."""
    actors = {(str(row["actor"]), _text(row["date"])) for row in rows}
    foldings, moved = fold(graph, actors)
    folded: list[Coded] = []
    for statement, row in zip(coded, rows, strict=True):
        home = moved.get((str(row["actor"]), statement.date))
        actor = names.of(Iri(home)) if home else statement.actor
        folded.append(replace(statement, actor=actor))
    return folded, foldings


def _texts(graph: Graph, rows: Iterable[Row]) -> dict[str, str]:
    """The words of each statement by its id, where the answer or the workspace holds them."""
    texts = {}
    for row in rows:
        if row["text"] is not None:
            texts[local(str(row["statement"]))] = str(row["text"])
    return texts | _passages(graph, rows)


def _exactly_dated(row: Row) -> Row:
    """A row without its date, where that is the date of an event."""
    return (
        {**row, "date": None, "dated": UNDATED}
        if row["dated"] == EVENT
        else row
    )


def _dating(rows: Iterable[Row]) -> str:
    """How many statements are dated in which way; nothing where a question does not tell."""
    known = {}
    for row in rows:
        if row["dated"]:
            date = Dated(_text(row["date"]), str(row["dated"]))
            known[str(row["statement"])] = date
    return kinds(known.values())


def _passages(graph: Graph, rows: Iterable[Row]) -> dict[str, str]:
    """The marked words of coded statements, where the workspace keeps the text; offsets count UTF-16 units."""
    root = graph.workspace.root
    if root is None:
        return {}
    kept: dict[Value, bytes] = {}
    passages = {}
    for row in rows:
        digest = row.get("hash")
        if digest and digest not in kept:
            kept[digest] = kept_words(root, digest).encode("utf-16-le")
        if digest and kept[digest]:
            start, stop = _whole(row["start"]), _whole(row["stop"])
            passage = kept[digest][2 * start : 2 * stop].decode(
                "utf-16-le", "replace"
            )
            passages[local(str(row["statement"]))] = " ".join(passage.split())
    return passages


def _count(number: int, one: str, many: str) -> str:
    if number == 1:
        return f"1 statement {one} left out"
    return f"{number:,} statements {many} left out"


def _coded(row: Row, names: "_Names") -> Coded:
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


def _is(graph: Graph, actor: Value, kind: str) -> bool:
    """Whether an actor is a person, or an organization."""
    entity = graph.registry.entities.get(str(actor))
    if entity is None:
        return False
    ancestors = graph.vocabulary.classes[entity.cls].ancestors
    if kind == "person":
        return "Person" in ancestors
    return not ancestors.isdisjoint({"Organization", "Group"})


def _text(value: Value) -> str | None:
    return str(value) if value is not None else None


def _whole(value: Value) -> int:
    """A number of zero or more; 0 for what is none."""
    text = str(value)
    return int(text) if text.isdigit() else 0


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
        key = local(iri)
        topics = self.graph.vocabulary.topics
        if iri.startswith(OURS["topic"]) and key in topics:
            return topics[key].label
        entity = self.graph.registry.entities.get(iri)
        return entity.label if entity else key


def undated(coded: Iterable[Coded]) -> int:
    """How many statements have no date."""
    return len({statement.id for statement in coded if statement.date is None})
