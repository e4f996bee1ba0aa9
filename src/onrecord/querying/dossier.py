"""Several questions put together: a dossier, the numbers of a graph."""

import shlex
from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.model.dates import DATING
from onrecord.model.errors import UnknownName
from onrecord.model.iris import GRAPHS
from onrecord.querying.ask import Graph
from onrecord.querying.bind import is_topic
from onrecord.querying.facets import Facets, listed
from onrecord.querying.table import Table, Value
from onrecord.workspace import Workspace, find

if TYPE_CHECKING:
    from onrecord.model.registry import Known

WHO = """
SELECT ?description ?role ?country ?listedWith ?exactMatch WHERE {
  VALUES ?entity { UNDEF }
  ?entity rdfs:label ?label
  OPTIONAL { ?entity dcterms:description ?description }
  OPTIONAL { ?entity :role ?role }
  OPTIONAL { ?entity :country ?country }
  OPTIONAL { ?entity :affiliation/rdfs:label ?listedWith }
  OPTIONAL { ?entity skos:exactMatch ?exactMatch }
}
"""
SHARED = """
SELECT ?statement ?act { VALUES ?statement { UNDEF } ?statement :utterance ?act } ORDER BY ?statement
"""
NUMBERS = f"""
SELECT ?what ?number WHERE {{
  {{ SELECT ("documents" AS ?what) (1 AS ?order) (COUNT(?x) AS ?number) {{ ?x a :Document }} }}
  UNION {{ SELECT ("statements" AS ?what) (2 AS ?order) (COUNT(?x) AS ?number) {{ ?x a :Statement }} }}
  UNION {{ SELECT ("  acts that they report" AS ?what) (3 AS ?order) (COUNT(DISTINCT ?act) AS ?number) {{
    ?x a :Statement . OPTIONAL {{ ?x :utterance ?shared }} BIND (COALESCE(?shared, ?x) AS ?act) }} }}
  UNION {{ SELECT (CONCAT("  ", ?how) AS ?what) (?at AS ?order) (COUNT(?statement) AS ?number) {{
    ?statement a :Statement ; :document ?document .
    {DATING}
    VALUES (?dated ?how ?at) {{ ("said" "dated by speech or action" 4) ("published" "dated by their document" 5)
      ("event" "dated by an event that it tells of" 6) ("undated" "undated" 7) }} }} GROUP BY ?how ?at }}
  UNION {{ SELECT ("  with words of the passage" AS ?what) (8 AS ?order) (COUNT(?x) AS ?number) {{
    ?x a :Statement ; :evidence/oa:hasSelector/oa:exact ?words }} }}
  UNION {{ SELECT (CONCAT("  ", ?status) AS ?what) (9 AS ?order) (COUNT(?x) AS ?number) {{
    ?x a :Statement ; :reviewStatus/rdfs:label ?status }} GROUP BY ?status }}
  UNION {{ SELECT ("entities" AS ?what) (10 AS ?order) (COUNT(?x) AS ?number) {{
    GRAPH <{GRAPHS["entities"]}> {{ ?x a ?class }} }} }}
  UNION {{ SELECT (CONCAT("  ", ?kind) AS ?what) (11 AS ?order) (COUNT(?x) AS ?number) {{
    GRAPH <{GRAPHS["entities"]}> {{ ?x a ?class }} ?class rdfs:label ?kind }} GROUP BY ?kind }}
  UNION {{ SELECT ("edges" AS ?what) (12 AS ?order) (COUNT(*) AS ?number) {{
    GRAPH <{GRAPHS["edges"]}> {{ ?x ?relation ?y . FILTER (?relation NOT IN (:bears, :proposes)) }} }} }}
  UNION {{ SELECT ("tombstones" AS ?what) (13 AS ?order) (COUNT(?x) AS ?number) {{ ?x a :Removed }} }}
}} ORDER BY ?order DESC(?number) ?what
"""


@dataclass(frozen=True, slots=True)
class Dossier:
    """An entity with every statement by it and about it; the tables are those of the questions of that name.

    `acts_by` and `acts_about` count what they report: several statements may report one utterance or deed.
    """

    iri: str
    name: str
    kind: str
    aliases: tuple[str, ...]
    facts: dict[str, str]
    by: Table
    about: Table
    acts_by: int
    acts_about: int

    def _repr_html_(self) -> str:
        """The dossier for notebooks: who it is, and both tables; every value is escaped."""
        from html import escape  # noqa: PLC0415  for notebooks alone

        known = ", ".join(filter(None, (self.kind, *self.aliases)))
        return (
            f"<h3>{escape(self.name)}</h3><p>{escape(known)}</p>"
            f"<h4>What they say and do</h4>{self.by._repr_html_()}"
            f"<h4>What others say and do</h4>{self.about._repr_html_()}"
        )


def show(
    name: str, *, workspace: Workspace | None = None, **facets: str | None
) -> Dossier:
    """Who or what an entity is, by name, alias, id or IRI, with every statement, or those that have all facets.

    Facets are topic, relation, stance, since, until, and actor and about, as of `statements`.
    Raises UnknownName, AmbiguousName, and BadInput for what is no date.
    """
    graph = Graph(workspace or find())
    choice = Facets(**facets)
    known = _known(graph, name)
    who = graph.ask(WHO.replace("UNDEF", f"<{known.iri}>"))[0]
    by = graph.ask("statements-by", {"actor": known.iri})
    about = graph.ask("statements-about", {"entity": known.iri})
    if choice.given:
        chosen = frozenset(listed(graph, choice).statements)
        by, about = _chosen(by, chosen), _chosen(about, chosen)
    return Dossier(
        known.iri,
        known.label,
        graph.vocabulary.classes[known.cls].label,
        known.aliases,
        facts_of(who),
        by,
        about,
        _acts(graph, by),
        _acts(graph, about),
    )


def facts_of(row: Mapping[str, Value]) -> dict[str, str]:
    """What a row tells, by the names of its columns."""
    return {
        name: str(value) for name, value in row.items() if value is not None
    }


def _acts(graph: Graph, table: Table) -> int:
    """How many utterances and deeds the statements of a table report."""
    statements = [str(row["statement"]) for row in table]
    values = " ".join(f"<{iri}>" for iri in statements)
    rows = graph.ask(SHARED.replace("UNDEF", values))
    shared = {str(row["statement"]): str(row["act"]) for row in rows}
    return len({shared.get(iri, iri) for iri in statements})


def _chosen(table: Table, statements: Container[object]) -> Table:
    """The rows of some statements."""
    rows = [row for row in table if row["statement"] in statements]
    return Table(table.columns, rows)


def _known(graph: Graph, name: str) -> "Known":
    """The entity; of a topic, which is none and speaks of nobody, the question that tells of it is named."""
    try:
        return graph.registry.find(name)
    except UnknownName:
        topic = name.removeprefix("topic:")
        if not is_topic(topic, graph.vocabulary):
            raise
        query = f"onrecord query on-topic --param topic={shlex.quote(topic)}"
        message = f"{topic!r} is a topic; what is said of it: {query}"
        raise UnknownName(message) from None


def stats(*, workspace: Workspace | None = None) -> Table:
    """How much the graph holds, and of what."""
    return Graph(workspace or find()).ask(NUMBERS)
