"""Reports of one act: what a program finds in an article joins what the graph holds of the same act."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from onrecord.editing.folder import Folder
from onrecord.editing.holdings import Holdings
from onrecord.ingest.records import PlacedSource
from onrecord.model import Document, Source, Statement
from onrecord.model.dates import are_near
from onrecord.model.errors import BadGraph
from onrecord.model.iris import BASE, digest, local, topic_iri
from onrecord.model.likeness import ALIKE, DAYS, contained, words_of
from onrecord.querying.ask import Graph

LASTING = frozenset({"leads", "worksFor", "memberOf", "represents"})
"""Relations that last, so that two reports of one are no act."""
ONCE = frozenset(
    {
        "sues",
        "acquires",
        "settlesWith",
        "licensesTo",
        "partnersWith",
        "investsIn",
        "releases",
        "discontinues",
    }
)
"""Deeds that nobody does to the same one twice in a few days, however they are told."""
QUOTED = re.compile(r"[“\"]([^”\"]+)[”\"]")
Key = tuple[frozenset[str], str, str, bool, str]
ASKED = """
SELECT DISTINCT ?document {{
  VALUES (?actor ?relation ?object) {{ {acts} }}
  ?statement :actor ?actor ; :relation ?relation ; :object ?object ; :document ?document .
}}
"""


@dataclass(frozen=True, slots=True)
class Report:
    """A statement of a document; `place` is where it stands among those that come in, None if the graph holds it."""

    document: Document
    statement: Statement
    place: tuple[int, int] | None = None

    @property
    def key(self) -> Key:
        """What two reports of one act have in common."""
        value = self.statement
        actors = frozenset(value.actors)
        return (
            actors,
            value.relation,
            value.object,
            value.negated,
            value.modality,
        )

    @property
    def date(self) -> str | None:
        """The day of the act, else of the report."""
        return self.statement.date or self.document.published


Known = defaultdict[Key, list[Report]]


@dataclass(slots=True)
class Joining:
    """One go of joining; `links` are the acts of statements that the graph holds, by document."""

    folder: Folder
    holdings: Holdings
    links: dict[str, dict[str, str]] = field(default_factory=dict)
    count: int = 0
    _made: list[list[Statement]] = field(default_factory=list)

    def join(
        self, sources: Sequence[PlacedSource], graph: Graph
    ) -> list[PlacedSource]:
        """The sources; each statement that reports a known act, or one of another source, has its `utterance`."""
        known = self._known(sources, graph)
        self._made = list(map(_statements, sources))
        for number, source in enumerate(sources):
            reports = []
            for index, value in enumerate(_statements(source)):
                report = Report(source.document, value, (number, index))
                self._join(report, known)
                reports.append(report)
            for report in reports:
                known[report.key].append(report)
        return list(map(_with, sources, self._made))

    def _known(self, sources: Sequence[PlacedSource], graph: Graph) -> Known:
        """What other documents of the workspace state, by what reports of one act share."""
        acts: set[str] = set()
        own: set[str | None] = set()
        for source in sources:
            own.add(self.holdings.find(source.document))
            for value in _statements(source):
                if value.relation not in LASTING:
                    acts.update(_acts(value))
        known: Known = defaultdict(list)
        for key in sorted(_documents(graph, acts) - own):
            if not self.holdings.has(key):
                continue
            for report in self._reports(key):
                known[report.key].append(report)
        return known

    def _reports(self, key: str) -> list[Report]:
        """What a document of the workspace states; nothing where its file is faulty, which `check` tells."""
        try:
            source, _ = self.folder.source(key)
        except BadGraph:
            return []
        return [Report(source.document, value) for value in source.statements]

    def _join(self, report: Report, known: Known) -> None:
        value = report.statement
        if value.relation in LASTING or value.utterance or report.place is None:
            return
        for other in known.get(report.key, ()):
            if is_one_act(report, other):
                self._give(report.place, self._utterance(other))
                self.count += 1
                return

    def _give(self, place: tuple[int, int], utterance: str) -> None:
        source, index = place
        value = self._made[source][index]
        self._made[source][index] = replace(value, utterance=utterance)

    def _utterance(self, known: Report) -> str:
        """The act that a statement reports; a new one, and its own from now on, where it names none."""
        if known.place is not None:
            source, index = known.place
            mark = known.document.sha256 or known.document.url or ""
            utterance = self._made[source][index].utterance
            utterance = utterance or _act(mark, str(index))
            self._give(known.place, utterance)
            return utterance
        if known.statement.utterance:
            return known.statement.utterance
        links = self.links.setdefault(known.document.id or "", {})
        mark = known.statement.id or ""
        return links.setdefault(mark, _act(mark))

    def linked(self, key: str) -> tuple[Source, dict[str, str]]:
        """A document of the graph with its statements linked, and their makers."""
        source, makers = self.folder.source(key)
        links = self.links[key]
        statements = []
        for value in source.statements:
            utterance = links.get(value.id or "", value.utterance)
            statements.append(replace(value, utterance=utterance))
        return replace(source, statements=tuple(statements)), makers

    @property
    def note(self) -> str | None:
        """What a person is told."""
        if not self.count:
            return None
        are = "s report acts" if self.count > 1 else " reports an act"
        return (
            f"{self.count} statement{are} that another article reports too, and counts with it "
            "(`onrecord utterances --kept` shows which; `onrecord undo` takes the whole addition back)"
        )


def _act(*marks: str) -> str:
    return f"{BASE}utterance/{digest(*marks)}"


def _statements(source: PlacedSource) -> list[Statement]:
    return [statement for _, statement in source.statements]


def _with(
    source: PlacedSource, statements: Sequence[Statement]
) -> PlacedSource:
    """The source with these statements at the places of its own."""
    places = [where for where, _ in source.statements]
    return replace(
        source, statements=tuple(zip(places, statements, strict=True))
    )


def is_one_act(one: Report, two: Report) -> bool:
    """Whether two statements that share actors, relation and object report one act.

    Their dates must be known and near, and their words alike; a deed that is done once
    needs no words. A statement that a person rejected is joined to nothing.
    """
    review = two.statement.review
    if review is not None and review.status in {"rejected", "superseded"}:
        return False
    if not (one.date and two.date and are_near(one.date, two.date, DAYS)):
        return False
    if one.statement.relation in ONCE and not one.statement.object_is_topic:
        return True
    first, second = _words(one.statement), _words(two.statement)
    return contained(words_of(first), words_of(second)) >= ALIKE


def _words(statement: Statement) -> str:
    """The words in quotation marks, else the whole passage."""
    passage = statement.evidence.exact if statement.evidence else ""
    return " ".join(QUOTED.findall(passage)) or passage


def _object(value: Statement) -> str:
    return topic_iri(value.object) if value.object_is_topic else value.object


def _acts(value: Statement) -> Iterator[str]:
    """Who does what to whom, a row of `VALUES` for each actor."""
    for actor in value.actors:
        yield f"(<{actor}> :{value.relation} <{_object(value)}>)"


def _documents(graph: Graph, acts: Collection[str]) -> set[str]:
    """The documents that state one of these acts."""
    if not acts:
        return set()
    table = graph.ask(ASKED.format(acts=" ".join(sorted(acts))))
    return {local(str(row["document"])) for row in table}
