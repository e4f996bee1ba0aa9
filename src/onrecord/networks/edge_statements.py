"""The statements of a graph as a person reads them."""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping

from onrecord.model.iris import OURS, local
from onrecord.model.standing import STANDING
from onrecord.networks.model import EdgeStatement, node_id
from onrecord.querying.ask import Graph
from onrecord.querying.table import Value

STATEMENTS = """
SELECT ?statement ?sentence ?relation ?object ?negated ?stance ?gist ?quote ?wording ?said ?published ?notBefore ?via
  ?publisher ?title ?url ?document ?status ?kind ?modality ?basis ?accuser ?ended ?confidence ?bears ?proposes ?about
  ?stage ?tool ?utterance WHERE {
  ?statement a :Statement ; rdfs:label ?sentence ; :relation ?relation ; :object ?object ; :negated ?negated ;
    :gist ?gist ; :document ?document ; :reviewStatus ?status ; :modality ?modality ; :reportBasis ?basis ;
    :confidence ?confidence .
  STANDING
  ?document dcterms:publisher ?publisher ; rdfs:label ?title .
  OPTIONAL { ?document schema:url ?url }
  OPTIONAL { ?document dcterms:issued ?published }
  OPTIONAL { ?document :notBefore ?notBefore }
  OPTIONAL { ?statement :saidOn ?said }
  OPTIONAL { ?statement :stanceOnAI ?stance }
  OPTIONAL { ?statement :wording ?wording }
  OPTIONAL { ?statement :saidVia/rdfs:label ?via }
  OPTIONAL { ?statement :evidence/oa:hasSelector/oa:exact ?quote }
  OPTIONAL { ?statement :accordingTo/rdfs:label ?accuser }
  OPTIONAL { ?statement :ended|:validUntil ?ended }
  OPTIONAL { ?statement prov:wasGeneratedBy/:runKind ?kind }
  OPTIONAL { ?statement :bears ?bears }
  OPTIONAL { ?statement :proposes ?proposes }
  OPTIONAL { ?relation :aboutObject ?about }
  OPTIONAL { ?statement :stage/rdfs:label ?stage }
  OPTIONAL { ?statement :utterance ?utterance }
  OPTIONAL { ?statement :instrument/rdfs:label ?tool }
}
""".replace("STANDING", STANDING)
"""In no order: a store sorts in half of the time that all else takes, Python in a hundredth."""
PATH = re.compile(r"OPTIONAL \{ (?=\?statement [\w:]+/)")
ACTORS = "SELECT ?statement ?of { ?statement :actor ?of }"
TOPICS = "SELECT ?statement ?of { ?statement :topic ?of }"
SURE = 0.7


def edge_statements(
    graph: Graph, among: Collection[str] | None = None
) -> dict[str, EdgeStatement]:
    """Every statement that is neither rejected nor superseded, by its id.

    Or those of the IRIs in `among`, whatever came of them.
    """
    queries = [STATEMENTS, ACTORS, TOPICS]
    if among is not None:
        queries[0] = STATEMENTS.replace(STANDING, "")
        queries = [_only(among, query) for query in queries]
    actors, topics = _grouped(graph, queries[1]), _grouped(graph, queries[2])
    statements = {}
    for row in sorted(graph.ask(queries[0]), key=_iri):
        statement = _edge_statement(row, actors, topics)
        statements[statement.id] = statement
    return statements


def _only(among: Collection[str], query: str) -> str:
    """The query of these statements alone.

    They stand in each optional path too: the engine joins those to what it found, and would look through the graph.
    """
    iris = " ".join(f"<{iri}>" for iri in among)
    values = f"VALUES ?statement {{ {iris} }}"
    head, brace, rest = query.partition("{")
    rest = PATH.sub(lambda path: f"{path[0]}{values} ", rest)
    return f"{head}{brace} {values} {rest}"


def _grouped(graph: Graph, query: str) -> Mapping[str, list[str]]:
    iris: defaultdict[str, set[str]] = defaultdict(set)
    for row in graph.ask(query):
        iris[_iri(row)].add(str(row["of"]))
    return {key: list(map(local, sorted(of))) for key, of in iris.items()}


def _iri(row: Mapping[str, Value]) -> str:
    return str(row["statement"])


def _edge_statement(
    row: Mapping[str, Value],
    actors: Mapping[str, list[str]],
    topics: Mapping[str, list[str]],
) -> EdgeStatement:
    iri, target = str(row["statement"]), str(row["object"])
    return EdgeStatement(
        id=local(iri),
        sentence=str(row["sentence"]),
        actors=tuple(actors.get(iri, ())),
        relation=local(str(row["relation"])),
        object=node_id(target),
        negated=bool(row["negated"]),
        topics=tuple(topics.get(iri, ())),
        stance=_key(row["stance"]),
        gist=str(row["gist"]),
        quote=_text(row["quote"]),
        wording=_key(row["wording"]) or "indirect",
        said=_text(row["said"]),
        published=_text(row["published"]),
        via=_text(row["via"]),
        publisher=str(row["publisher"]),
        title=str(row["title"]),
        url=_text(row["url"]),
        document=local(str(row["document"])),
        status=_key(row["status"]) or "",
        machine_made=_key(row["kind"]) == "extraction",
        caution=_caution(row),
        stage=_text(row["stage"]),
        tool=_text(row["tool"]),
        not_before=_text(row["notBefore"]),
        utterance=_key(row["utterance"]),
    )


def _caution(row: Mapping[str, Value]) -> str:
    """Why a statement bears no edge, in words; nothing for one that does."""
    if row["bears"] is not None:
        return ""
    reasons = (
        (row["proposes"] is not None, "found by a program, not reviewed"),
        (_key(row["basis"]) == "allegation", f"alleged by {row['accuser']}"),
        (_key(row["modality"]) == "future", "planned"),
        (_key(row["modality"]) == "hypothetical", "hypothetical"),
        (row["ended"] is not None, "ended"),
        (not _is_sure(row), "not sure"),
        (str(row["object"]).startswith(OURS["topic"]), "on a topic"),
        (row["about"] is not None, "said about it"),
        (bool(row["negated"]), "negated"),
    )
    for holds, words in reasons:
        if holds:
            return words
    return "disputed"


def _is_sure(row: Mapping[str, Value]) -> bool:
    """Whether its coder was sure, or a person has accepted what a program found."""
    if _key(row["kind"]) == "extraction" and _key(row["status"]) == "accepted":
        return True
    confidence = row["confidence"]
    return isinstance(confidence, int | float) and confidence >= SURE


def _key(value: Value) -> str | None:
    return local(str(value)) if value is not None else None


def _text(value: Value) -> str | None:
    return str(value) if value is not None else None
