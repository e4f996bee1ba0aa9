"""Feeds and news sitemaps → addresses of articles.

RSS and Atom by feedparser, the feeds of a page by trafilatura's finder, sitemaps by
sitemaps.org's protocol. What a site sends is parsed in a child process, with bounds.
"""

import gzip
import io
import json
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urljoin, urlsplit

from onrecord.ingest.checks import address_fault, is_address, plain_address
from onrecord.ingest.fetch import Page
from onrecord.ingest.plain import MOST_BYTES, decoded_page
from onrecord.model.errors import BadInput, LimitReached, MissingExtra
from onrecord.store.child import in_child
from onrecord.store.limits import MEGABYTE, Limits

LIMITS = Limits(seconds=20.0, memory=512 * MEGABYTE)
MOST_ENTRIES = 1_000
PACKED = b"\x1f\x8b"
SPACE = b"\xef\xbb\xbf \t\r\n"
ROOT = re.compile(
    rb"[\xef\xbb\xbf\s]*(?:<\?(?:(?!\?>).)*\?>\s*|<!--(?:(?!-->).)*-->\s*)*"
    rb"<(?:\w+:)?(!doctype html|\w+)",
    re.IGNORECASE | re.DOTALL,
)
"""The first element, behind declarations and comments."""
NO_FEED = "is neither a feed (RSS, Atom, JSON Feed) nor a sitemap nor a page that names one"
MOST_PARTS = 20
"""So many sitemaps of an index are read, the latest first."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What a feed or a sitemap lists: addresses of articles, or of further sitemaps; or a page's feeds."""

    kind: str
    articles: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    title: str = ""


def listing(page: Page) -> Listing:
    """What stands at an address; raises BadInput where it is no feed, no sitemap and no page, MissingExtra."""
    try:
        return in_child(lambda: _listing(page), LIMITS)
    except LimitReached as error:
        message = f"{page.url}: takes too long or too much memory to read; no feed does"
        raise BadInput(message) from error


def _listing(page: Page) -> Listing:
    if page.data.startswith(PACKED):
        page = replace(page, data=_unpacked(page))
    root = ROOT.match(page.data)
    name = root[1].lower() if root else b""
    if name in {b"urlset", b"sitemapindex"}:
        return _sitemap(page)
    if name in {b"html", b"!doctype html"}:
        return Listing("page", feeds=_feeds_of(page))
    if page.data.lstrip(SPACE).startswith(b"{"):
        return _json_feed(page)
    lines = page.data.decode("utf-8", errors="replace").split()
    if lines and all(map(is_address, lines)):
        return Listing("sitemap", _addresses(page.url, lines)[:MOST_ENTRIES])
    return _feed(page)


def _unpacked(page: Page) -> bytes:
    """A sitemap that is kept packed."""
    try:
        with gzip.open(io.BytesIO(page.data)) as file:
            return file.read(MOST_BYTES)
    except (OSError, EOFError, zlib.error) as error:
        message = f"{page.url}: cannot be unpacked: {error}"
        raise BadInput(message) from error


def _json_feed(page: Page) -> Listing:
    """A feed in JSON (jsonfeed.org, version 1.1)."""
    try:
        content = json.loads(page.data.decode("utf-8-sig"))
        items = [item for item in content["items"] if isinstance(item, dict)]
    except (ValueError, RecursionError, KeyError, TypeError) as error:
        message = f"{page.url}: {NO_FEED}"
        raise BadInput(message) from error
    links = [_link(item) for item in items]
    title = " ".join(str(content.get("title") or "").split())
    return Listing(
        "feed", _addresses(page.url, links[:MOST_ENTRIES]), title=title
    )


def _link(item: Mapping[str, Any]) -> str:
    """The address of an item; its id often is one."""
    number = str(item.get("id") or "")
    link = item.get("url") or item.get("external_url")
    return str(link or (number if is_address(number) else ""))


def _feed(page: Page) -> Listing:
    try:
        import feedparser  # noqa: PLC0415  an extra
    except ImportError as error:
        what = "feedparser, which reads feeds,"
        raise MissingExtra(what, "feeds") from error
    headers = {"content-type": page.content_type, "content-location": page.url}
    feed = feedparser.parse(page.data, response_headers=headers)
    if not feed.get("version"):
        message = f"{page.url}: {NO_FEED}"
        raise BadInput(message)
    links = [
        str(entry.get("link", "")) for entry in feed.entries[:MOST_ENTRIES]
    ]
    title = " ".join(str(feed.feed.get("title", "")).split())
    return Listing("feed", _addresses(page.url, links), title=title)


def _sitemap(page: Page) -> Listing:
    from lxml import etree  # noqa: PLC0415  with trafilatura

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, recover=True
    )
    tree = etree.fromstring(page.data, parser)
    if tree is None:
        message = f"{page.url}: the sitemap cannot be read"
        raise BadInput(message)
    places: list[tuple[str, str]] = []
    for node in tree:
        fields: dict[str, str] = {}
        for part in node.iter():
            if isinstance(part.tag, str):
                fields.setdefault(part.tag.rpartition("}")[2], part.text or "")
        if fields.get("loc"):
            dated = fields.get("publication_date") or fields.get("lastmod", "")
            places.append((dated, fields["loc"].strip()))
    latest = [
        place
        for _, place in sorted(places, key=lambda pair: pair[0], reverse=True)
    ]
    addresses = _addresses(page.url, latest)
    if tree.tag.endswith("sitemapindex"):
        return Listing("sitemap", parts=addresses[:MOST_PARTS])
    return Listing("sitemap", addresses[:MOST_ENTRIES])


def _feeds_of(page: Page) -> tuple[str, ...]:
    try:
        from trafilatura.feeds import FeedParameters, determine_feed  # noqa: PLC0415
    except ImportError as error:
        what = "trafilatura, which finds the feeds of a page,"
        raise MissingExtra(what, "feeds") from error
    parts = urlsplit(page.url)
    base = f"{parts.scheme}://{parts.netloc}"
    text = decoded_page(page.data, page.url, page.charset)
    addresses = determine_feed(
        text, FeedParameters(base, parts.hostname or "", page.url)
    )
    return _addresses(page.url, addresses)


def _addresses(base: str, links: list[str]) -> tuple[str, ...]:
    """The addresses of the web among links, each once, in their order."""
    joined = [urljoin(base, link.strip()) for link in links if link.strip()]
    return tuple(
        dict.fromkeys(
            plain_address(link)
            for link in joined
            if address_fault(link) is None
        )
    )
