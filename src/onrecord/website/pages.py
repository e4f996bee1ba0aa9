"""The one table of pages: what is shown of each kind of thing, and which kinds have a feed."""

from collections.abc import Callable, Mapping

from onrecord.querying.ask import Graph
from onrecord.store.limits import Send
from onrecord.website.browse import (
    class_page,
    document_page,
    graph_page,
    relation_page,
    statement_page,
    thing_page,
    topic_page,
)
from onrecord.website.entity import entity_page

Page = Callable[[str, int, Graph, Send], None]
"""Sends the page of an IRI, by the number of its part."""
PAGES: Mapping[str, Page] = {
    "entity": entity_page,
    "statement": statement_page,
    "document": document_page,
    "topic": topic_page,
    "relation": relation_page,
    "class": class_page,
    "graph": graph_page,
    "thing": thing_page,
}
FEEDS = frozenset({"entity", "topic"})
