"""Feeds that a workspace follows: what is new in them since last time becomes articles to review.

`feeds.json` of the workspace holds, a feed, its address, the marks by which its server
tells whether it has changed, and the articles that were read. Nothing is fetched twice.
"""

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from onrecord.editing.intake import Added
from onrecord.ingest.checks import address_fault, text_fault
from onrecord.ingest.feeds import Listing, listing
from onrecord.ingest.fetch import Page
from onrecord.ingest.fetch import fetch as page_at
from onrecord.model.errors import BadInput, NoWorkspace
from onrecord.workspace import Workspace, find, put_in_place, refuse_links

STATE = "feeds.json"
MOST_ARTICLES = 50
MOST_SEEN = 20_000
PAUSE = 1.0


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed or a sitemap that is followed; `seen` are addresses of articles that were read."""

    url: str
    title: str = ""
    etag: str | None = None
    modified: str | None = None
    seen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fetching:
    """How feeds are fetched: how many articles at most, how long between requests, and who hears of it."""

    most: int = MOST_ARTICLES
    pause: float = PAUSE
    allow_private: bool = False
    said: Callable[[str], None] = lambda _: None


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of fetching: what is new, what was added of it, and what went wrong."""

    new: tuple[str, ...] = ()
    added: Added = field(default_factory=Added)
    notes: tuple[str, ...] = ()


def follow(
    url: str, workspace: Workspace | None = None, *, allow_private: bool = False
) -> Feed:
    """Follows a feed, a sitemap, or the first feed that a page names.

    `onrecord follow URL` is `onrecord.follow("URL")`. Raises BadInput where there is none,
    or where it is followed already; NoWorkspace.
    """
    path = _state_file(workspace or find())
    known = followed(workspace)
    page = page_at(url, allow_private=allow_private)
    listed = listing(page)
    if listed.kind == "page":
        if not listed.feeds:
            message = f"{url}: names no feed; give the address of one, or of a news sitemap"
            raise BadInput(message)
        page = page_at(listed.feeds[0], allow_private=allow_private)
        listed = listing(page)
    if any(feed.url == page.url for feed in known):
        message = f"{page.url} is followed already"
        raise BadInput(message)
    feed = Feed(page.url, listed.title)
    _write(path, [*known, feed])
    return feed


def followed(workspace: Workspace | None = None) -> list[Feed]:
    """The feeds that a workspace follows; raises BadInput where its file is broken."""
    path = _state_file(workspace or find())
    if not path.is_file():
        return []
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
        return list(map(_feed, given))
    except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
        message = f"{path}: is broken ({error}); mend it, or remove it and follow anew"
        raise BadInput(message) from error


def _feed(given: dict[str, Any]) -> Feed:
    """A feed as the file has it; raises TypeError, KeyError and ValueError for what is none."""
    feed = Feed(**{**given, "seen": tuple(given["seen"])})
    texts = [
        feed.url,
        feed.title,
        feed.etag or "",
        feed.modified or "",
        *feed.seen,
    ]
    if not all(isinstance(text, str) for text in texts):
        message = "a feed holds texts alone"
        raise TypeError(message)
    marks = map(text_fault, filter(None, (feed.etag, feed.modified)))
    if fault := address_fault(feed.url) or next(filter(None, marks), None):
        raise ValueError(fault)
    return feed


def fetch(
    workspace: Workspace | None = None,
    how: Fetching | None = None,
    *,
    dry_run: bool = False,
) -> Fetched:
    """Fetches what is new in the feeds that are followed; what says nothing of the field is left out.

    `onrecord fetch` is `onrecord.fetch()`. With `dry_run` nothing is read but the feeds, and nothing is written.
    Raises BadInput where nothing is followed.
    """
    where, settings = workspace or find(), how or Fetching()
    path, feeds = _state_file(where), followed(workspace)
    if not feeds:
        message = "no feed is followed; begin with: onrecord follow URL"
        raise BadInput(message)
    requests = [_asked(feed, settings) for feed in feeds]
    listed: dict[str, None] = {}
    notes = []
    for _, urls, note in requests:
        listed |= dict.fromkeys(urls)
        if note:
            notes.append(note)
    new = list(listed)[: settings.most]
    if dry_run:
        return Fetched(tuple(new), notes=tuple(notes))
    added, unread = _add(new, where, settings) if new else (Added(), set())
    done = set(new) - unread
    _write(path, [_noted(feed, urls, done) for feed, urls, _ in requests])
    return Fetched(tuple(new), added, (*notes, *added.notes))


def _asked(feed: Feed, settings: Fetching) -> tuple[Feed, list[str], str]:
    """A feed as it stands now, the articles in it that were not read yet, and what is wrong with it."""
    settings.said(feed.url)
    try:
        page = page_at(
            feed.url,
            allow_private=settings.allow_private,
            etag=feed.etag,
            modified=feed.modified,
        )
        if page.is_unchanged:
            return feed, [], ""
        urls = [
            url
            for url in _articles(page, settings)
            if url not in set(feed.seen)
        ]
    except BadInput as error:
        return feed, [], str(error)
    return replace(feed, etag=page.etag, modified=page.modified), urls, ""


def _articles(page: Page, settings: Fetching) -> Iterator[str]:
    """The articles of a feed or sitemap, and of the sitemaps that an index names."""
    listed: Listing = listing(page)
    yield from listed.articles
    for part in listed.parts:
        time.sleep(settings.pause)
        yield from listing(
            page_at(part, allow_private=settings.allow_private)
        ).articles


def _noted(feed: Feed, urls: Sequence[str], done: set[str]) -> Feed:
    """A feed with what was read of it; where some is left, its server is asked anew next time."""
    read = [url for url in urls if url in done]
    seen = (*feed.seen, *read)[-MOST_SEEN:]
    if len(read) == len(urls):
        return replace(feed, seen=seen)
    return replace(feed, seen=seen, etag=None, modified=None)


def _add(
    urls: list[str], where: Workspace, settings: Fetching
) -> tuple[Added, set[str]]:
    """What was added, and the addresses that could not be reached this time."""
    from onrecord.editing.add_articles import add_articles  # noqa: PLC0415  spaCy, for articles alone
    from onrecord.ingest.articles import ReadArticle, ReadingOptions  # noqa: PLC0415

    unread = set(urls)

    def hear(read: ReadArticle) -> None:
        if read.fault is None or "cannot be fetched" not in read.fault:
            unread.discard(read.where)
        settings.said(f"{read.number} of {read.total}: {read.where}")

    how = ReadingOptions(
        allow_private=settings.allow_private,
        said=hear,
        pause=settings.pause,
        stating_only=True,
    )
    try:
        return add_articles(urls, where, how=how), unread
    except BadInput as error:
        return Added(notes=tuple(str(error).split("\n"))), unread


def _state_file(where: Workspace) -> Path:
    if where.root is None or where.is_shipped:
        message = "feeds are followed in a workspace of your own: onrecord init FOLDER"
        raise NoWorkspace(message)
    path = where.root / STATE
    refuse_links(where.root, path)
    return path


def _write(path: Path, feeds: Iterable[Feed]) -> None:
    text = json.dumps(list(map(asdict, feeds)), indent=1, ensure_ascii=False)
    put_in_place([f"{text}\n".encode()], path)
