"""Coders in the graph: who coded which statements of which documents, and where they differ.

A person who codes at the desk is a run of its own; what programs made is one coder more,
and stands as it was made, while each who accepted a statement has it as he left it.
Compared are the documents in which a person coded or reviewed.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from onrecord.discourse.agreement import (
    VARIABLES,
    Agreement,
    Documents,
    compared,
    units,
)
from onrecord.editing.coding import CODING
from onrecord.editing.fields import as_it_stood, as_made
from onrecord.editing.folder import Folder
from onrecord.model import Statement
from onrecord.model.errors import BadInput
from onrecord.model.iris import local
from onrecord.querying.ask import Graph
from onrecord.workspace import Workspace, find, has_document

PROGRAM = "program"
DECIDED = frozenset({"accepted", "rejected"})
QUESTION = """
SELECT DISTINCT ?document ?run ?label ?kind ?by {
  ?statement a :Statement ; :document ?document ; prov:wasGeneratedBy ?run .
  ?run rdfs:label ?label ; :runKind/skos:notation ?kind .
  OPTIONAL { ?statement :pastReview?/:reviewedBy ?by }
}
"""


@dataclass(frozen=True, slots=True)
class Coders:
    """Each coder's statements, by the number of their document; `documents` are the ids by number."""

    coded: Mapping[str, Documents]
    documents: tuple[str, ...]

    def at(self, number: int) -> list[str]:
        """The coders of one document."""
        return [name for name, coded in self.coded.items() if number in coded]


@dataclass(frozen=True, slots=True)
class Difference:
    """One passage that not all have alike: each coder's statement of it.

    `fields` are the variables in which the statements differ, `missing` the coders
    of the document who have none.
    """

    document: str
    sides: Mapping[str, Statement]
    fields: tuple[str, ...]
    missing: tuple[str, ...]


def coders(workspace: Workspace | None = None) -> Coders:
    """The coders of a workspace; raises BadInput where fewer than two coded one document."""
    where = workspace or find()
    graph = Graph(where)
    names, documents = _runs(graph, where)
    folder = Folder(where.home, graph.vocabulary)
    coded: defaultdict[str, dict[int, list[Statement]]] = defaultdict(dict)
    for number, key in enumerate(documents):
        source, makers = folder.source(key)
        for value in source.statements:
            maker = names.get(makers.get(value.id or "", ""))
            for name, version in _versions(maker, value):
                coded[name].setdefault(number, []).append(version)
            for name in _readers(maker, value):
                coded[name].setdefault(number, [])
    if len(coded) < 2:  # noqa: PLR2004  one coder agrees with himself
        message = (
            "agreement needs two coders of one article: "
            "persons at the desk, or a program and a person"
        )
        raise BadInput(message)
    return Coders(dict(sorted(coded.items())), tuple(documents))


def _versions(
    maker: str | None, value: Statement
) -> Iterator[tuple[str, Statement]]:
    """A statement as its coder has it, and as each who accepted it left it."""
    if maker is None:
        return
    verdicts = dict(_verdicts(value))
    if maker == PROGRAM:
        yield PROGRAM, as_made(value)
    elif maker not in verdicts:
        yield maker, value
    for by, left in verdicts.items():
        if left is not None:
            yield by, left


def _verdicts(value: Statement) -> Iterator[tuple[str, Statement | None]]:
    """Each coder who judged a statement, and how he left it: None where he rejected it."""
    for past in value.past_reviews:
        if past.status in DECIDED:
            is_kept = past.status == "accepted"
            yield past.by, as_it_stood(value, past.after) if is_kept else None
    review = value.review
    if review and review.by and review.status in DECIDED:
        yield review.by, value if review.status == "accepted" else None


def _readers(maker: str | None, value: Statement) -> Iterator[str]:
    """Who has read the document of a statement: who coded or judged it."""
    if maker is None:
        return
    if maker != PROGRAM:
        yield maker
    yield from (past.by for past in value.past_reviews)
    if value.review and value.review.by:
        yield value.review.by


def _runs(graph: Graph, where: Workspace) -> tuple[dict[str, str], list[str]]:
    """The coder of each run, and the documents in which a person coded or reviewed."""
    names: dict[str, str] = {}
    documents: set[str] = set()
    for row in graph.ask(QUESTION):
        label, run = str(row["label"]), str(row["run"])
        key = local(str(row["document"]))
        if label.startswith(CODING):
            names[run] = label.removeprefix(CODING)
            documents.add(key)
        elif row["kind"] == "extraction":
            names[run] = PROGRAM
            if row["by"] is not None:
                documents.add(key)
    here = [key for key in sorted(documents) if has_document(where.home, key)]
    return names, here


def in_graph(workspace: Workspace | None = None) -> Agreement:
    """How far the coders of a workspace agree: `onrecord agreement` without files."""
    return compared(coders(workspace).coded)


def differences(decisions: Coders) -> Iterator[Difference]:
    """The passages that not all coders of a document have alike."""
    names = list(decisions.coded)
    place = _places(decisions)
    for unit in units(list(decisions.coded.values())):
        sides = {names[at]: unit[at] for at in sorted(unit)}
        number = place[next(iter(unit.values())).id or ""]
        missing = [name for name in decisions.at(number) if name not in sides]
        fields = _differing(sides.values())
        if fields or missing:
            document = decisions.documents[number]
            yield Difference(document, sides, fields, tuple(missing))


def _places(decisions: Coders) -> dict[str, int]:
    """The number of each statement's document."""
    place: dict[str, int] = {}
    for coded in decisions.coded.values():
        for number, values in coded.items():
            place |= {value.id or "": number for value in values}
    return place


def _differing(values: Collection[Statement]) -> tuple[str, ...]:
    differ: list[str] = []
    for name, variable in VARIABLES.items():
        codes = set(map(variable.value, values))
        if len(codes) > 1:
            differ.append(name)
    return tuple(differ)
