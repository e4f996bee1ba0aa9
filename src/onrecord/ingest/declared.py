"""When a page says that its article was published; a footer's year and a change's day are no such thing.

The order is that of how plainly they say it: structured data of the article
(schema.org, JSON-LD), the page's meta elements, the time element of the article.
"""

import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from html import unescape
from typing import TYPE_CHECKING, Any

from onrecord.ingest.days import day

if TYPE_CHECKING:
    from lxml.html import HtmlElement

META = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "schema:datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "citation_publication_date",
    "citation_date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.date",
    "dc.date",
    "article.published",
    "article:published",
    "citation_online_date",
    "displaydate",
    "bt:pubdate",
    "ptime",
    "published-date",
    "publish-date",
    "publish_date",
    "publication_date",
    "pubdate",
    "publishdate",
    "cxenseparse:recs:publishtime",
    "date",
)
"""Names of meta elements that hold the day of publication, the plainest first."""
ARTICLES = ("article", "posting", "report", "review", "pressrelease")
PAGES = ("webpage",)
FIRST, NO_DAYS = "1600", frozenset({"1900-01-01", "1970-01-01"})
"""The first newspapers; days that programs write where they know none."""
ASIDE = frozenset({"aside", "nav", "footer"})
NOT_PUBLISHED = (
    *("modif", "updat", "chang", "correct", "edited", "revis", "amended"),
    *("related", "sidebar", "event", "comment", "more-", "read-next", "teaser"),
    *("aktualisiert", "geändert", "bearbeitet", "mis à jour", "modificat"),
    *("actualiza", "atualiza", "aggiorna", "bijgewerkt", "gewijzigd"),
    *("uppdater", "oppdater", "opdater", "päivitetty", "zaktualiz", "обновл"),
)
"""What an element is called, or begins with, that tells of another day, or of another article."""
STATED = re.compile(
    r"(?:^|\s)(?:published|dt-published|entry-date|pubdate)(?:$|\s)"
)
"""Classes of what holds the day of publication (microformats.org, and as WordPress has it)."""
COMMA = re.compile(r",(?=\s*[}\]])")
WRAPPED = re.compile(
    r"^\s*(?:<!--|(?://|/\*)?\s*<!\[CDATA\[(?:\s*\*/)?)|(?:(?://|/\*)?\s{0,20}\]\]>(?:\s*\*/)?|(?://)?-->)\s*$"
)
MOST_DEPTH = 20
MOST_WORDS = 12
"""In a longer paragraph a day is one that the article tells of."""


def declared_day(tree: "HtmlElement") -> str | None:
    """The day of publication that a page declares; what can be none, such as Unix time's first, is none."""
    for declared in (_structured(tree), _meta(tree), _time(tree)):
        if declared and _can_be(declared):
            return declared
    return None


def _can_be(text: str) -> bool:
    tomorrow = dt.datetime.now(tz=dt.UTC).date() + dt.timedelta(days=1)
    return FIRST <= text <= tomorrow.isoformat() and text not in NO_DAYS


def _structured(tree: "HtmlElement") -> str | None:
    data = [
        _json(script.text or "")
        for script in tree.iter("script")
        if _is_data(script)
    ]
    for kinds in (ARTICLES, PAGES):
        if published := _of_kind(tree, data, kinds):
            return published
    return None


def _of_kind(
    tree: "HtmlElement", data: Sequence[object], kinds: Sequence[str]
) -> str | None:
    """The day of the one article of these kinds, or of the one whose headline the page bears."""
    dated: list[tuple[str, str]] = []
    for part in data:
        for article in _articles(part, kinds):
            declared = _published(article)
            headline = str(article.get("headline") or article.get("name"))
            if declared:
                dated.append((_folded(headline), declared))
    if len({declared for _, declared in dated}) == 1:
        return dated[0][1]
    nodes = tree.iter("h1", "title")
    headings = {_folded(node.text_content()) for node in nodes}
    for headline, declared in dated:
        if headline in headings:
            return declared
    return None


def _is_data(script: "HtmlElement") -> bool:
    kind = (script.get("type") or "").partition(";")[0]
    return kind.strip().lower() == "application/ld+json"


def _json(text: str) -> object:
    """Structured data, with the slips that search engines read over."""
    plain = COMMA.sub("", WRAPPED.sub("", text.strip()))
    for written in (plain, unescape(plain)):
        with suppress(ValueError, RecursionError):
            return json.loads(written, strict=False)
    return None


def _articles(
    data: object, kinds: Sequence[str], depth: int = 0
) -> Iterator[Mapping[str, Any]]:
    """The articles of structured data: at its top, in a graph, or as the page's main entity."""
    if depth > MOST_DEPTH:
        return
    if isinstance(data, list):
        for part in data:
            yield from _articles(part, kinds, depth + 1)
    elif isinstance(data, dict):
        names = _listed(data.get("@type"))
        if any(str(name).lower().endswith(tuple(kinds)) for name in names):
            yield data
        for key in ("@graph", "mainEntity"):
            yield from _articles(data.get(key), kinds, depth + 1)


def _published(article: Mapping[str, Any]) -> str | None:
    published = article.get("datePublished") or article.get(
        "schema:datePublished"
    )
    first = next(iter(_listed(published)), None)
    if isinstance(first, dict):
        first = first.get("@value")
    return day(str(first)) if isinstance(first, str | int) else None


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _meta(tree: "HtmlElement") -> str | None:
    values: dict[str, str] = {}
    for node in tree.iter("meta"):
        for attribute in ("property", "name", "itemprop"):
            name = (node.get(attribute) or "").strip().lower()
            values.setdefault(name, node.get("content") or "")
    return next(
        filter(None, (day(values.get(name, "")) for name in META)), None
    )


def _time(tree: "HtmlElement") -> str | None:
    """The first time element of the article, or one that says that it is of publication."""
    for node in tree.iter("time", "span", "abbr", "div", "p"):
        if _says_published(node) and (published := _day_of(node)):
            return published
    place = "article" if tree.find(".//article") is not None else "main"
    for node in tree.iterfind(f".//{place}//time"):
        if _is_of_article(node, place) and (published := _day_of(node)):
            return published
    return None


def _says_published(node: "HtmlElement") -> bool:
    named = f"{node.get('itemprop') or ''} {node.get('property') or ''}".lower()
    if "datepublished" in named:
        return True
    is_time = node.tag in {"time", "abbr"}
    has_class = STATED.search((node.get("class") or "").lower()) is not None
    return is_time and (has_class or node.get("pubdate") is not None)


def _day_of(node: "HtmlElement") -> str | None:
    written = map(node.get, ("datetime", "content", "title"))
    return day(next(filter(None, written), None) or node.text_content())


def _is_of_article(node: "HtmlElement", place: str) -> bool:
    """Whether nothing around a time element says that it is of something else."""
    places = 0
    if _is_in_prose(node):
        return False
    is_told = "publish" in _words_before(node).lower()
    for around in [node, *node.iterancestors()]:
        places += around.tag == place
        if around.tag == "body" or around.tag in ASIDE:
            break
        marks = _names(around) if is_told else _marks(around)
        if any(word in marks for word in NOT_PUBLISHED):
            return False
    return around.tag not in ASIDE and places == 1


def _is_in_prose(node: "HtmlElement") -> bool:
    paragraph = next(node.iterancestors("p", "li", "td", "blockquote"), None)
    if paragraph is None:
        return False
    return len(paragraph.text_content().split()) > MOST_WORDS


def _marks(node: "HtmlElement") -> str:
    """What an element is called, and the words at its beginning and right before it."""
    words = (node.text or "") + _words_before(node)
    return f"{_names(node)} {words[-40:].lower()}"


def _names(node: "HtmlElement") -> str:
    values: Iterable[str | None] = map(node.get, ("class", "id", "itemprop"))
    return " ".join(filter(None, values)).lower()


def _words_before(node: "HtmlElement") -> str:
    """What stands right before a node, behind the one before it."""
    before, parent = node.getprevious(), node.getparent()
    if before is not None:
        return before.tail or ""
    return "" if parent is None else parent.text or ""


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
