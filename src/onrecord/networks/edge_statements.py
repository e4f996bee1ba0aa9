"""The statements of a graph as a person reads them."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from onrecord.model.iris import OURS, local
from onrecord.networks.model import EdgeStatement, node_id
from onrecord.networks.statement_rows import only, statement_rows
from onrecord.querying.ask import Graph
from onrecord.querying.table import Value

ACTORS = "SELECT ?statement ?of { ?statement :actor ?of }"
TOPICS = "SELECT ?statement ?of { ?statement :topic ?of }"
SURE = 0.7


def edge_statements(
    graph: Graph, among: Collection[str] | None = None
) -> dict[str, EdgeStatement]:
    """Every statement that is neither rejected nor superseded, by its id.

    Or those of the IRIs in `among`, whatever came of them.
    """
    actors = _grouped(graph, ACTORS, among)
    topics = _grouped(graph, TOPICS, among)
    statements = {}
    for row in statement_rows(graph, among):
        statement = _edge_statement(row, actors, topics)
        statements[statement.id] = statement
    return statements


def _grouped(
    graph: Graph, query: str, among: Collection[str] | None
) -> Mapping[str, list[str]]:
    """The last parts of what a query gives for each statement, in their order."""
    if among is not None:
        query = query.replace("{", f"{{ {only(among)}")
    grouped: defaultdict[str, set[str]] = defaultdict(set)
    for statement, of in zip(*graph.columns(query), strict=True):
        grouped[str(statement)].add(str(of))
    return {key: list(map(local, sorted(of))) for key, of in grouped.items()}


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
