"""Search over names, descriptions, gists and words: what is found is what `onrecord search` finds, in its order.

Where that finds nothing, and in a store over HTTP, each word must stand in a text as it is, whatever its case and
accents, be it within another word.
"""

import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox
from markupsafe import Markup, escape

from onrecord.model.iris import BASE
from onrecord.model.names import fold
from onrecord.model.reading_order import unturned
from onrecord.querying.ask import Graph
from onrecord.querying.search import find_matches
from onrecord.querying.table import Table, Value
from onrecord.store.limits import Send
from onrecord.store.text_match import Match, unmarked
from onrecord.store.text_rows import MARK_END, MARK_START
from onrecord.website.address import href
from onrecord.website.data import comma_separated
from onrecord.website.frame import render
from onrecord.website.resolve import class_label

A_PAGE = 50
MOST = 2000
"""Finds of a search, over all kinds."""
MOST_WORDS = 8
SUGGESTIONS = 12
KINDS = {
    "entity": "People, organizations, works and others",
    "topic": "Topics and terms",
    "statement": "Statements",
    "words": "Statements, by the words of the passage",
    "document": "Documents",
}
ORDER = (*KINDS,)
SEARCH = """
SELECT DISTINCT ?kind ?id ?label ?text WHERE {
  { GRAPH graph:entities { ?id rdfs:label|skos:altLabel|dcterms:description ?text ; rdfs:label ?label }
    FILTER NOT EXISTS { ?id dcterms:isReplacedBy ?other } BIND ("entity" AS ?kind) }
  UNION { GRAPH graph:ontology { ?id rdfs:label|skos:altLabel|skos:definition ?text ; rdfs:label ?label }
    BIND ("topic" AS ?kind) }
  UNION { ?id a :Statement ; rdfs:label ?label ; :gist ?text ; :reviewStatus ?status . BIND ("statement" AS ?kind) }
  UNION { ?id a :Statement ; rdfs:label ?label ; :evidence/oa:hasSelector/oa:exact ?text ; :reviewStatus ?status .
    BIND ("words" AS ?kind) }
  UNION { ?id a :Document ; rdfs:label|dcterms:publisher ?text ; rdfs:label ?label . BIND ("document" AS ?kind) }
  FILTER (!BOUND(?status) || ?status NOT IN (code:rejected, code:superseded))
  %s
} ORDER BY ?kind ?label ?id ?text LIMIT 2001
"""
COLUMNS = ("kind", "id", "label", "text")
LETTERS = (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))
"""Latin letters with accents (Unicode blocks Latin-1, Latin Extended-A, -B and Additional)."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One find: what it is called, where its page stands, and the text that was found, with the matches marked."""

    kind: str
    label: Markup
    address: str
    text: Markup


def search_page(text: str, page: int, graph: Graph, send: Send) -> None:
    """Sends the page of a search; without a text, its form alone."""
    results = sorted(matches_or_finds(graph, text), key=_order)
    total = min(len(results), MOST)
    pages = max(1, -(-total // A_PAGE))
    page = min(max(1, page), pages)
    patterns = "|".join(map(pattern, words(text)))
    mark = re.compile(patterns or "(?!)", re.IGNORECASE)
    groups: defaultdict[str, list[Hit]] = defaultdict(list)
    for row in results[(page - 1) * A_PAGE : page * A_PAGE]:
        groups[str(row["kind"])].append(_hit(row, mark))
    counted = Counter(str(row["kind"]) for row in results[:MOST])
    render(
        "search.html",
        send,
        text=text,
        groups=groups,
        kinds=KINDS,
        counts={kind: counted[kind] for kind in KINDS if counted[kind]},
        total=total,
        more=len(results) > MOST,
        page=page,
        pages=pages,
    )


def search_csv(text: str, graph: Graph, send: Send) -> None:
    """Sends what a search finds as CSV."""
    results = matches_or_finds(graph, text)[:MOST]
    lines = ([unmarked(str(row[name])) for name in COLUMNS] for row in results)
    send(comma_separated([COLUMNS, *lines]))


def search_json(text: str, graph: Graph, send: Send) -> None:
    """Sends what a search finds as JSON: `{"results": [{"kind", "id", "label", "text"}], "more": false}`."""
    results = matches_or_finds(graph, text)
    content = {
        "results": [
            {name: unmarked(str(row[name])) for name in COLUMNS}
            for row in results[:MOST]
        ],
        "more": len(results) > MOST,
    }
    _send_json(content, send)


def lookup_json(text: str, graph: Graph, send: Send) -> None:
    """Sends the entities whose name or alias begins with a text, or else holds it, as JSON for completion."""
    wanted = re.compile(rf"(?<!\w){pattern(text.strip())}", re.IGNORECASE)
    candidates = []
    for entity in graph.registry.entities.values() if text.strip() else ():
        alias = next(
            filter(wanted.search, (entity.label, *entity.aliases)),
            None,
        )
        if alias is not None:
            place = wanted.search(alias)
            rank = (
                alias != entity.label,
                place is not None and place.start() > 0,
                len(alias),
                entity.label,
            )
            candidates.append((rank, entity, alias))
    results = [
        {
            "id": entity.iri.removeprefix(BASE),
            "label": entity.label,
            "type": class_label(graph, entity),
            "alias": alias if alias != entity.label else None,
        }
        for _, entity, alias in sorted(candidates, key=lambda one: one[0])[
            :SUGGESTIONS
        ]
    ]
    _send_json({"results": results}, send)


def _send_json(content: object, send: Send) -> None:
    text = json.dumps(content, ensure_ascii=False)
    send(unturned(text).encode() + b"\n")


def words(text: str) -> list[str]:
    """The words that are looked for; those between quotation marks are one."""
    parts = [
        quoted or plain
        for quoted, plain in re.findall(r'"([^"]+)"|([^\s"]+)', text)
    ]
    return [word.strip() for word in parts if word.strip()][:MOST_WORDS]


def matches_or_finds(graph: Graph, text: str) -> Table:
    """What the full-text index of the graph's files finds, the best first, or else who holds the text as it stands."""
    if _has_index(graph):
        matches = find_matches(graph, text, limit=MOST + 1)
        if matches:
            return Table(COLUMNS, map(_match_row, matches))
    return finds(graph, text)


def index_ahead(graph: Graph, send: Send) -> None:
    """Brings the index up to date, so that nobody who searches waits for it; sends nothing."""
    del send
    if _has_index(graph):
        find_matches(graph, "anything", limit=1)


def _has_index(graph: Graph) -> bool:
    """Whether a graph is one of files, which is known as soon as its store is open."""
    return isinstance(graph.store, ox.Store) and graph.files is not None


def _order(row: Mapping[str, Value]) -> int:
    """The place of a find's kind on the page; within it they stay as they are."""
    return ORDER.index(str(row["kind"]))


def _match_row(match: Match) -> dict[str, Value]:
    """A match of the index as a row, in whose text what matched is marked."""
    return {
        "kind": "topic" if match.kind == "term" else match.kind,
        "id": match.iri,
        "label": match.label,
        "text": match.snippet,
    }


def finds(graph: Graph, text: str) -> Table:
    """What a search finds, one more than MOST at most; entities whose very name it is come first."""
    filters = " ".join(
        f"FILTER REGEX(?text, {ox.Literal(pattern(word))}, 'i')"
        for word in words(text)
    )
    if not filters:
        return Table(COLUMNS, [])
    table = graph.ask(SEARCH % filters)
    once = [
        *_once(
            sorted(
                table,
                key=lambda row: (
                    _order(row),
                    fold(str(row["label"])) != fold(text),
                ),
            )
        )
    ]
    return Table(COLUMNS, once)


def _once(rows: Iterable[dict[str, Value]]) -> Iterator[dict[str, Value]]:
    """Each once, by the first text that was found of it."""
    seen: set[tuple[object, object]] = set()
    for row in rows:
        key = (row["kind"], row["id"])
        if key not in seen:
            seen.add(key)
            yield row


def _hit(row: dict[str, Value], mark: re.Pattern[str]) -> Hit:
    address = href(str(row["id"])) or ""
    label, text = str(row["label"]), str(row["text"])
    shown = _by_marks(text) if MARK_START in text else marked(text, mark)
    is_other = unmarked(text) != label
    return Hit(
        str(row["kind"]),
        marked(label, mark),
        address,
        shown if is_other else Markup(),
    )


def _by_marks(snippet: str) -> Markup:
    """A snippet of the index as HTML."""
    html = escape(snippet).replace(MARK_START, Markup("<mark>"))
    return html.replace(MARK_END, Markup("</mark>"))


def marked(text: str, mark: re.Pattern[str]) -> Markup:
    """A text with what was found in it marked; all of it stays text."""
    parts, at = [], 0
    for match in mark.finditer(text):
        parts.append(
            Markup("{}<mark>{}</mark>").format(
                text[at : match.start()], match[0]
            )
        )
        at = match.end()
    return Markup("").join([*parts, Markup("{}").format(text[at:])])


def pattern(text: str) -> str:
    """A pattern that finds a text with or without accents, for the engine's regular expressions and Python's alike."""
    return "".join(
        _letter(letter)
        for letter in unicodedata.normalize("NFKD", text)
        if not unicodedata.combining(letter)
    )


def _letter(letter: str) -> str:
    variants = _variants().get(letter.lower(), "")
    if variants:
        return f"[{letter.lower()}{variants}]"
    if letter in {"'", "’", "‘"}:
        return "['’‘]"
    if letter.isspace():
        return r"\s+"
    # By its number, since the two kinds of expressions differ in what a backslash before a sign means.
    return (
        letter
        if letter.isalnum() or not letter.isascii()
        else f"\\x{ord(letter):02x}"
    )


@cache
def _variants() -> dict[str, str]:
    """For each plain letter those with an accent."""
    variants: defaultdict[str, str] = defaultdict(str)
    for code in LETTERS:
        plain = unicodedata.normalize("NFKD", chr(code))[0].lower()
        if plain.isascii() and plain.isalpha() and chr(code).islower():
            variants[plain] += chr(code)
    return dict(variants)
