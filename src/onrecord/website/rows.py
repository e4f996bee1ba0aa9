"""Which statements a page is about, as far as it orders and counts them.

A server asks for those of one subject. A static site, which has thousands of subjects, reads every statement once and
chooses from them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from onrecord.model.dates import DATING
from onrecord.model.iris import BASE, PREFIXES, local
from onrecord.model.standing import HIDDEN, STANDING
from onrecord.querying.ask import Graph
from onrecord.querying.protocol import engine_of
from onrecord.website.memo import memo
from onrecord.website.publication import publication
from onrecord.website.quads import lines_of, plain, terms_of

MOST = 100_000
"""Statements that a served page counts and orders at most: of three million triples all of them."""
MOST_AS_FILES = 50
"""Statements of a topic, a code or a run that a static site lists: many have hundreds; all stand in one list."""
WHICH = {
    "entity": """
      { ?statement :actor %(it)s . BIND ("actor" AS ?how) }
      UNION { ?statement :object %(it)s . BIND ("object" AS ?how) }
      UNION { ?statement :recipient %(it)s . BIND ("recipient" AS ?how) }
      UNION { ?statement :instrument %(it)s . BIND ("instrument" AS ?how) }
      UNION { ?statement :accordingTo %(it)s . BIND ("accordingTo" AS ?how) }""",
    "topic": "?statement (:topic|:object)/skos:broader? %(it)s . ?statement a :Statement .",
    "document": "?statement :document %(it)s .",
    "relation": "?statement :relation %(it)s .",
    "all": "?statement a :Statement .",
    "thing": "?statement ?how %(it)s . ?statement a :Statement .",
}
"""The statements of each kind of subject, and how they name it where that matters."""
WAYS: Mapping[str, tuple[str, ...]] = {
    "entity": ("actor", "object", "recipient", "instrument", "accordingTo"),
    "topic": ("topic", "object"),
    "document": ("document",),
    "relation": ("relation",),
}
"""The properties by which a statement names each kind of subject, the first first; any other by whatever property."""
LIGHT = """
SELECT DISTINCT ?statement ?how ?relation ?stance ?date ?act ?status WHERE {
  %(which)s
  ?statement :relation ?relation ; :reviewStatus ?status ; :document ?document .
  %(standing)s
  OPTIONAL { ?statement :stanceOnAI ?stance }
  OPTIONAL { ?statement :utterance ?act }
  %(dating)s
} %(limit)s
"""
BROADER = ox.NamedNode(PREFIXES["skos"] + "broader")


@dataclass(frozen=True, slots=True)
class Row:
    """A statement as far as it is ordered and counted.

    `how` is how it names the subject, `act` the utterance or deed that it reports: its own unless others report it too.
    """

    statement: str
    how: str
    relation: str
    stance: str
    date: str
    act: str
    status: str

    def named(self, how: str) -> "Row":
        """The row as of a subject that is named so; `replace` takes ten times as long, and a site makes thousands."""
        return Row(
            self.statement,
            how,
            self.relation,
            self.stance,
            self.date,
            self.act,
            self.status,
        )


def rows(
    graph: Graph, kind: str, iri: str, *, whole: bool = False
) -> list[Row]:
    """The statements of a subject, newest first and undated last; each once, by the first way that it names it.

    A server lists at most MOST, unless the `whole` list is wanted. Rejected and superseded ones are left out, but for
    runs, codes and the like, which are about the record.
    """
    if publication().is_static:
        return newest_first(every_row(graph).of(graph, kind, iri))
    which = WHICH[kind] % {"it": ox.NamedNode(iri)}
    limit = "" if whole else f"LIMIT {MOST}"
    return newest_first(_asked(graph, which, kind, limit))


def is_cut(listed: Sequence[Row]) -> bool:
    """Whether a server left some of the statements out, so that these are any and not the newest."""
    return not publication().is_static and len(listed) >= MOST


def most_listed() -> int | None:
    """How many statements the page of a topic, a code or a run lists; None for all of them."""
    return MOST_AS_FILES if publication().is_static else None


def newest_first(listed: Iterable[Row]) -> list[Row]:
    """The newest first, undated ones last, and always in the same order."""
    ordered = sorted(listed, key=lambda row: row.statement)
    return sorted(ordered, key=lambda row: row.date, reverse=True)


def _asked(graph: Graph, which: str, kind: str, limit: str) -> Iterable[Row]:
    """The rows of the statements that a pattern finds."""
    standing = STANDING if kind != "thing" else ""
    parts = {
        "which": which,
        "standing": standing,
        "dating": DATING,
        "limit": limit,
    }
    by_iri: dict[str, Row] = {}
    for row in graph.ask(LIGHT % parts):
        statement, how = str(row["statement"]), local(str(row["how"] or ""))
        if statement not in by_iri or how == "actor":
            by_iri[statement] = Row(
                statement,
                how,
                local(str(row["relation"])),
                local(str(row["stance"] or "")),
                str(row["date"] or ""),
                str(row["act"] or statement),
                local(str(row["status"])),
            )
    return by_iri.values()


@dataclass(frozen=True, slots=True)
class EveryRow:
    """Every statement, and what names what: for each IRI the properties and the statements that they are of."""

    by_iri: Mapping[str, Row]
    naming: Mapping[str, Mapping[str, list[str]]]

    def of(self, graph: Graph, kind: str, iri: str) -> list[Row]:
        """The rows of a subject's statements, each once."""
        chosen = list(self.by_iri.values())
        if kind != "all":
            named = self._naming(graph, kind, iri)
            chosen = [self.by_iri[key].named(how) for key, how in named.items()]
        return [
            row for row in chosen if kind == "thing" or row.status not in HIDDEN
        ]

    def acting(self, iri: str) -> int:
        """In how many statements that stand an entity acts or is the object."""
        by_way = self.naming.get(iri, {})
        named = {*by_way.get("actor", ()), *by_way.get("object", ())}
        return sum(self.by_iri[key].status not in HIDDEN for key in named)

    def _naming(self, graph: Graph, kind: str, iri: str) -> Mapping[str, str]:
        """The statements that name a subject, each with the first way in which it does."""
        named: dict[str, str] = {}
        for target in _family(graph, iri) if kind == "topic" else [iri]:
            by_way = self.naming.get(target, {})
            for way in WAYS.get(kind, by_way):
                for statement in by_way.get(way, ()):
                    named.setdefault(statement, way)
        return named


def _family(graph: Graph, topic: str) -> list[str]:
    """A topic and those that it is the family of."""
    quads = engine_of(graph).quads_for_pattern(
        None, BROADER, ox.NamedNode(topic), None
    )
    return [topic, *(str(quad.subject).strip("<>") for quad in quads)]


def every_row(graph: Graph) -> EveryRow:
    """The rows of a whole graph, read once."""
    return memo(graph, "every row", _read)


def _read(graph: Graph) -> EveryRow:
    listed = _asked(graph, WHICH["all"], "thing", "")
    by_iri = {row.statement: row for row in listed}
    naming: defaultdict[str, defaultdict[str, list[str]]]
    naming = defaultdict(lambda: defaultdict(list))
    for line in lines_of(graph):
        subject = plain(line.partition(" ")[0])
        if subject in by_iri:
            terms = terms_of(line)
            if terms.object.startswith("<"):
                way = plain(terms.predicate).removeprefix(BASE)
                naming[plain(terms.object)][way].append(subject)
    return EveryRow(by_iri, naming)
