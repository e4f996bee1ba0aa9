"""Full-text search: statements, entities, topics and documents, ranked, with the words marked."""

import sqlite3
from collections.abc import Collection, Iterable

import pyoxigraph as ox

from onrecord.model.errors import BadInput
from onrecord.querying import MOST_MATCHES
from onrecord.querying.ask import Graph
from onrecord.querying.facets import Facets, listed
from onrecord.querying.table import Iri, Table, Value
from onrecord.store.build import graph_names
from onrecord.store.cache import may_keep
from onrecord.store.files import Snapshot
from onrecord.store.kept_names import index_place
from onrecord.store.text_index import TextIndex
from onrecord.store.text_match import Match, unmarked
from onrecord.workspace import Workspace, find

KINDS = ("statement", "entity", "topic", "document", "term")
COLUMNS = ("kind", "label", "text", "date", "id")


def search(
    text: str,
    *,
    kinds: Collection[str] = (),
    limit: int | None = MOST_MATCHES,
    workspace: Workspace | None = None,
    **facets: str | None,
) -> list[Match]:
    """What a text is found in, the best first: names, sentences, gists, words of the passage, topics, titles.

    `onrecord search "sarandos jobs" --kind statement` is `onrecord.search("sarandos jobs", kinds=["statement"])`.
    Every word must be there, in any of its forms; the last may be the beginning of one; words in quotation marks stand
    together; a word that is nowhere is taken for one spelt alike. `kinds` are of KINDS; `facets` (actor, about, topic,
    relation, stance, since, until) choose statements, and then only those are searched. A store over HTTP is asked the
    question `search`, which finds the text as it stands.
    Raises BadInput for no text and an unknown kind.
    """
    _check(text, kinds)
    graph = Graph(workspace or find())
    choice = Facets(**facets)
    if not choice.given:
        return find_matches(graph, text, kinds, limit)
    chosen = frozenset(listed(graph, choice).statements)
    matches = find_matches(graph, text, ["statement"], None)
    return [match for match in matches if match.iri in chosen][:limit]


def find_matches(
    graph: Graph,
    text: str,
    kinds: Collection[str] = (),
    limit: int | None = MOST_MATCHES,
) -> list[Match]:
    """The matches in an opened graph; none for a text without words."""
    if not isinstance(graph.store, ox.Store):
        return _asked(graph, text, kinds)[:limit]
    try:
        return open_index(graph).search(text, kinds, limit)
    except (
        sqlite3.DatabaseError
    ):  # the file was cut or changed by another program
        index_place(graph.workspace).unlink(missing_ok=True)
        return open_index(graph).search(text, kinds, limit)


def open_index(graph: Graph) -> TextIndex:
    """The graph's index, up to date: the kept one, or one in memory for a store without files or a place for it.

    One in memory stays with the graph, which is opened again when its files have changed.
    """
    store = graph.store
    if not isinstance(store, ox.Store):
        message = "a store over HTTP has an index of its own"
        raise BadInput(message)
    place = index_place(graph.workspace)
    if graph.files is None or not may_keep(place.parent):
        if graph.text_index is None:
            graph.text_index = TextIndex()
            graph.text_index.fill(store, graph.vocabulary)
        return graph.text_index
    index = TextIndex(place)
    if not index.is_current(graph.files):
        _update(index, store, graph, graph.files)
    return index


def as_table(matches: Iterable[Match]) -> Table:
    """Matches as rows, the marks taken out."""
    return Table(COLUMNS, map(_row, matches))


def _row(match: Match) -> dict[str, Value]:
    return {
        "kind": match.kind,
        "label": match.label,
        "text": _plain(match),
        "date": match.date,
        "id": Iri(match.iri),
    }


def _plain(match: Match) -> str | None:
    """The snippet without its marks; nothing where it says what the label says."""
    text = unmarked(match.snippet)
    return None if text == match.label else text


def _check(text: str, kinds: Collection[str]) -> None:
    if not text.strip():
        message = "nothing to search for: give a text, such as: onrecord search deepfakes"
        raise BadInput(message)
    for kind in kinds:
        if kind not in KINDS:
            message = (
                f"{kind!r} is no kind that is searched: {', '.join(KINDS)}"
            )
            raise BadInput(message)


def _update(
    index: TextIndex, store: ox.Store, graph: Graph, files: Snapshot
) -> None:
    workspace = graph.workspace
    graphs = {str(path): name for path, name in graph_names(workspace)}
    index.update(store, graph.vocabulary, files, graphs)


def _asked(graph: Graph, text: str, kinds: Collection[str]) -> list[Match]:
    """The matches in a store over HTTP, by the question `search`, each resource once."""
    matches: dict[str, Match] = {}
    for row in graph.ask("search", {"text": text}):
        kind = "statement" if row["kind"] == "words" else _kind(row["kind"])
        iri = str(row["id"])
        match = Match(
            kind, iri, str(row["found"]), str(row["text_in"]), 0.0, None
        )
        if not kinds or kind in kinds:
            matches.setdefault(iri, match)
    return [*matches.values()]


def _kind(kind: object) -> str:
    return str(kind) if kind in {"statement", "topic"} else "entity"
