"""All statements as one file, from which the pages' scripts filter, search, compare and link."""

from collections.abc import Iterator

from onrecord.model.iris import BASE
from onrecord.querying.ask import Graph
from onrecord.store.limits import Send
from onrecord.website.cards import Card, Group, cards, listing, name
from onrecord.website.data import rows_data
from onrecord.website.frame import render
from onrecord.website.memo import memo
from onrecord.website.publication import texts
from onrecord.website.rows import Row, rows
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
    ids = tuple(row.statement for row in all_rows(graph))
    groups = [Group("all", "newest first", ids)] if ids else []
    render("statements.html", send, listing=listing(graph, groups, page))


def statements_csv(graph: Graph, send: Send) -> None:
    """Sends all statements as CSV."""
    rows_data("all", BASE, graph, send)


def statements_json(graph: Graph, send: Send) -> None:
    """Sends all statements, newest first, and the names of what they name.

    `{"fields": […], "rows": [[…]], "names": {"SAG-AFTRA": "SAG-AFTRA"}, "families": {"topic": "family"},
    "inverses": {"urges": "is urged by"}, "stances": {"critical": "critical of AI"}}`.
    """
    listed = all_rows(graph)
    by_iri = cards(graph, {row.statement for row in listed})
    shown = [by_iri[row.statement] for row in listed if row.statement in by_iri]
    keys = {key for card in shown for key in _nodes(card)}
    words = graph.vocabulary
    names = {key: name(graph, BASE + key) or key for key in keys}
    names |= {key: relation.label for key, relation in words.relations.items()}
    families = {
        f"topic/{topic.key}": f"topic/{topic.family}"
        for topic in words.topics.values()
        if topic.family
    }
    rows_ = list(map(_row, shown))
    value = {
        "fields": FIELDS,
        "rows": rows_,
        "names": names,
        "families": families,
        "stances": texts().stances,
        "inverses": {
            key: relation.inverse_label
            for key, relation in words.relations.items()
        },
    }
    send(packed_json(value))


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
