"""When a page says that its article was published; a footer's year and a change's day are no such thing.

The order is that of how plainly they say it: structured data of the article
(schema.org, JSON-LD), the page's meta elements, the time element of the article.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from onrecord.ingest.days import day

if TYPE_CHECKING:
    from lxml.html import HtmlElement

META = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "citation_publication_date",
    "citation_date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.date",
    "dc.date",
    "article.published",
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
ARTICLES = ("article", "posting", "report", "review", "webpage", "pressrelease")
ASIDE = frozenset({"aside", "nav", "footer"})
NOT_PUBLISHED = ("modif", "updat", "chang", "related", "sidebar", "event", "comment")
MOST_DEPTH = 20


def declared_day(tree: "HtmlElement") -> str | None:
    """The day of publication that a page declares."""
    return _structured(tree) or _meta(tree) or _time(tree)


def _structured(tree: "HtmlElement") -> str | None:
    articles: list[Mapping[str, Any]] = []
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        try:
            data = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        articles += _articles(data)
    dated = [(article, _published(article)) for article in articles]
    dated = [(article, told) for article, told in dated if told]
    if len({told for _, told in dated}) == 1:
        return dated[0][1]
    headings = {_folded(node.text_content()) for node in tree.iter("h1", "title")}
    for article, told in dated:
        if _folded(str(article.get("headline") or article.get("name"))) in headings:
            return told
    return None


def _articles(data: object, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    """The articles of structured data: at its top, in a graph, or as the page's main entity."""
    if depth > MOST_DEPTH:
        return
    if isinstance(data, list):
        for part in data:
            yield from _articles(part, depth + 1)
    elif isinstance(data, dict):
        kinds = data.get("@type")
        names = kinds if isinstance(kinds, list) else [kinds]
        if any(str(name).lower().endswith(ARTICLES) for name in names):
            yield data
        for key in ("@graph", "mainEntity"):
            yield from _articles(data.get(key), depth + 1)


def _published(article: Mapping[str, Any]) -> str | None:
    told = article.get("datePublished")
    return day(told) if isinstance(told, str) else None


def _meta(tree: "HtmlElement") -> str | None:
    told: dict[str, str] = {}
    for node in tree.iter("meta"):
        for attribute in ("property", "name", "itemprop"):
            name = (node.get(attribute) or "").strip().lower()
            told.setdefault(name, node.get("content") or "")
    return next(filter(None, (day(told.get(name, "")) for name in META)), None)


def _time(tree: "HtmlElement") -> str | None:
    """The first time element of the article, or one that says that it is of publication."""
    for node in tree.iter("time", "span", "abbr"):
        value = node.get("datetime") or node.get("content") or ""
        says = "datepublished" in (node.get("itemprop") or "").lower()
        is_time = node.tag == "time" and (node.get("pubdate") is not None or says)
        if (is_time or says) and day(value or node.text_content()):
            return day(value or node.text_content())
    for node in tree.iterfind(".//article//time"):
        if _is_of_article(node) and (told := day(node.get("datetime") or "")):
            return told
    return None


def _is_of_article(node: "HtmlElement") -> bool:
    """Whether nothing around a time element says that it is of something else."""
    articles = 0
    for around in [node, *node.iterancestors()]:
        articles += around.tag == "article"
        if around.tag == "body" or around.tag in ASIDE:
            break
        if any(word in _marks(around) for word in NOT_PUBLISHED):
            return False
    return around.tag not in ASIDE and articles == 1


def _marks(node: "HtmlElement") -> str:
    values: Iterable[str | None] = (
        node.get("class"),
        node.get("id"),
        node.get("itemprop"),
    )
    before = node.getprevious()
    words = (node.text or "") + ((before.tail or "") if before is not None else "")
    return " ".join([*filter(None, values), words[-40:]]).lower()


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
