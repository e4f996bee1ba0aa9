"""All statements as one file, from which the pages' scripts filter, search, compare and link."""

from collections.abc import Iterator

from onrecord.model.iris import BASE, OURS
from onrecord.model.vocabulary import Vocabulary
from onrecord.querying.ask import Graph
from onrecord.store.limits import Send
from onrecord.website.address import node_iri
from onrecord.website.cards import Card, Group, listing, name, ordered_cards
from onrecord.website.data import COLUMNS, comma_separated, rows_data
from onrecord.website.frame import render
from onrecord.website.memo import memo
from onrecord.website.publication import publication, texts
from onrecord.website.rows import Row, is_cut, rows
from onrecord.website.static_data import packed_json

FIELDS = (
    *("id", "sentence", "gist", "quote", "date", "dated", "stance", "relation"),
    *(
        "topics",
        "actors",
        "object",
        "publisher",
        "title",
        "address",
        "review",
        "bears",
    ),
    *("made", "verbatim", "via", "tool"),
)


def all_rows(graph: Graph) -> list[Row]:
    """Every statement, ordered once of a graph."""
    return memo(graph, "all statements", lambda graph: rows(graph, "all", BASE))


def statements_page(page: int, graph: Graph, send: Send) -> None:
    """Sends all statements, newest first."""
    every = all_rows(graph)
    ids = tuple(row.statement for row in every)
    groups = [Group("all", "newest first", ids)] if ids else []
    shown = listing(graph, groups, page)
    render("statements.html", send, listing=shown, cut=is_cut(every))


def statements_csv(graph: Graph, send: Send) -> None:
    """Sends all statements as CSV; a static site makes it of its cards."""
    if not publication().is_static:
        rows_data("all", BASE, graph, send)
        return
    lines = (_cells(graph, card) for card in _all_cards(graph))
    send(comma_separated([COLUMNS, *lines]))


def _all_cards(graph: Graph) -> list[Card]:
    """The cards of all statements, newest first."""
    statements = [row.statement for row in all_rows(graph)]
    return ordered_cards(graph, statements)


def _cells(graph: Graph, card: Card) -> list[str]:
    """The cells of a statement, in the order of COLUMNS."""
    proof, labels = card.proof, graph.vocabulary.labels
    stance = OURS["code"] + (proof.stance or "")
    return [
        OURS["st"] + proof.id,
        proof.sentence,
        " ".join(map(node_iri, proof.actors)),
        BASE + proof.relation,
        node_iri(proof.object),
        str(proof.negated).lower(),
        labels.get(stance, proof.stance or ""),
        proof.gist,
        proof.quote or "",
        card.date or "",
        card.dated,
        proof.publisher,
        proof.title,
        proof.url or "",
        labels.get(OURS["code"] + proof.status, proof.status),
    ]


def statements_json(graph: Graph, send: Send) -> None:
    """Sends all statements, newest first, and the names of what they name.

    `{"fields": […], "rows": [[…]], "names": {"SAG-AFTRA": "SAG-AFTRA"}, "families": {"topic": "family"},
    "inverses": {"urges": "is urged by"}, "stances": {"critical": "critical of AI"}}`.
    """
    shown = _all_cards(graph)
    names: dict[str, str] = {}
    for card in shown:
        for key in _nodes(card):
            names[key] = name(graph, BASE + key) or key
    inverses: dict[str, str] = {}
    for key, relation in graph.vocabulary.relations.items():
        names[key] = relation.label
        inverses[key] = relation.inverse_label
    families = _families(graph.vocabulary)
    for family in families.values():
        names[family] = name(graph, BASE + family) or family
    value = {
        "fields": FIELDS,
        "rows": list(map(_row, shown)),
        "names": names,
        "families": families,
        "stances": texts().stances,
        "inverses": inverses,
    }
    send(packed_json(value))


def _families(words: Vocabulary) -> dict[str, str]:
    """The family of each topic that has one, both as `topic/KEY`."""
    families = {}
    for topic in words.topics.values():
        if topic.family:
            families[f"topic/{topic.key}"] = f"topic/{topic.family}"
    return families


def _nodes(card: Card) -> Iterator[str]:
    yield from card.proof.actors
    yield card.proof.object
    yield from (f"topic/{topic}" for topic in card.proof.topics)


def _row(card: Card) -> list[object]:
    proof = card.proof
    topics = [f"topic/{topic}" for topic in proof.topics]
    return [
        *(
            proof.id,
            proof.sentence,
            proof.gist,
            proof.quote or "",
            card.date or "",
        ),
        *(card.dated, proof.stance or "", proof.relation, topics),
        *(list(proof.actors), proof.object, proof.publisher, proof.title),
        *(card.address or "", card.review, not proof.caution),
        *(
            proof.machine_made,
            proof.is_verbatim,
            proof.via or "",
            proof.tool or "",
        ),
    ]


def pair_page(graph: Graph, send: Send) -> None:
    """Sends the page on which two names stand side by side, and on which it is told how they are linked."""
    del graph
    render("pair.html", send)
