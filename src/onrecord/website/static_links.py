"""Addresses of served pages → files of a static site, and links from one file to another."""

import hashlib
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from html import escape, unescape
from urllib.parse import parse_qs, quote, unquote, urlencode, urlsplit

from onrecord.model.iris import BASE
from onrecord.website.address import SAFE
from onrecord.website.publication import Publication, publication

PLACES = (
    *("href", "src", "action", "data-root", "data-codemirror", "data-answer"),
    *("data-ask", "data-engine", "data-wasm", "data-graph", "data-words"),
    *("data-names", "data-ranking", "data-records", "data-tools"),
)
NAMED = "|".join(rf'(?<=\s{place}="/)' for place in PLACES)
LINK = re.compile(rf'="/(?:{NAMED})([^"]*)"')
"""The value of an attribute that is an address of this site: templates escape every quotation mark of a text.

The name before it is looked at last, since a search for plain letters takes a fifth of the time.
"""
SEGMENT = re.compile(r"[\w~-](?:[\w.~-]*[\w~-])?", re.ASCII)
"""A part of a path that every file system takes as it is."""
PLAIN = re.compile(r"/[\w.~-]+(?:/[\w.~-]+)*", re.ASCII)
"""An address of letters, digits and a few signs alone."""
DATA = re.compile(r"\.(?:atom|csv|gz|ico|js|json|png|svg|txt|xml)\Z")
RESERVED = ("index", "404")
"""Pages of the site itself."""
DEVICES = frozenset(
    [
        "aux",
        "con",
        "nul",
        "prn",
        *(f"{of}{n}" for of in ("com", "lpt") for n in range(10)),
    ]
)
NUMBER = re.compile(r"~\d+(?=\.html\Z)")
NETWORK = "/-/network"
MOST_KEPT = 1 << 16
"""Addresses whose link is kept."""


def file_of(address: str) -> str | None:
    """The file that an address stands for: `/A?page=2` is `A~2.html`; None where it can be no file."""
    path, query = _parts(address)
    if path and not all(map(SEGMENT.fullmatch, path.split("/"))):
        return None
    if path.startswith("-/static/"):
        return path
    apart = _apart(publication().apart)
    if ending := DATA.search(path):
        stem = path[: ending.start()]
        return apart.get(stem, stem) + ending[0]
    path = apart.get(path, path)
    page = parse_qs(query).get("page", [""])[0] if query else ""
    number = f"~{page}" if page.isdecimal() and page != "1" else ""
    return f"{path or 'index'}{number}.html"


def _parts(address: str) -> tuple[str, str]:
    """The path of an address, as it is meant, and its query; most have nothing that needs to be taken apart."""
    if PLAIN.fullmatch(address):
        return address[1:], ""
    parts = urlsplit(address)
    return unquote(parts.path).removeprefix("/"), parts.query


@cache
def _apart(pairs: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    return dict(pairs)


def apart(paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The paths whose file needs another name, with that: a path before it, or the system itself, has theirs.

    Macs and Windows take `Relation.html` and `relation.html` for one file, and Windows has no file called `con`.
    """
    taken = set(RESERVED)
    for path in paths:
        name = path.lower()
        if name in taken or any(part in DEVICES for part in name.split("/")):
            digest = hashlib.sha256(path.encode()).hexdigest()[:6]
            yield path, f"{path}~c{digest}"
        taken.add(name)


def first_of(file: str) -> str:
    """The file of the first page, of which a file is another one."""
    return NUMBER.sub("", file)


def link(address: str, folder: str, files: frozenset[str]) -> str:
    """What the files of a folder write for an address here; the graph's own where the site has no such file."""
    parts = urlsplit(address)
    file = file_of(address)
    if file is None or first_of(file) not in files:
        return BASE + parts.path.removeprefix("/")
    target = quote(posixpath.relpath(file, folder), safe=SAFE)
    query, fragment = _rest(parts.path, parts.query, parts.fragment)
    return f"{target}{query and f'?{query}'}{fragment and f'#{fragment}'}"


def _rest(path: str, query: str, fragment: str) -> tuple[str, str]:
    """The query without the page, which stands in the file's name; of the network's page, its view."""
    given = {name: values[0] for name, values in parse_qs(query).items()}
    given.pop("page", None)
    if path == NETWORK and "about" in given:
        key = given["about"].removeprefix(":")
        return "", urlencode({"show": "around", "around": key})
    return urlencode(given), fragment


def relative(html: str, here: str, files: frozenset[str]) -> str:
    """A page with its links as the file `here` has to write them."""
    folder, by = posixpath.dirname(here), publication()

    def rewritten(match: re.Match[str]) -> str:
        return f'="{_written(f"/{match[1]}", folder, files, by)}"'

    return LINK.sub(rewritten, html)


@lru_cache(maxsize=MOST_KEPT)
def _written(
    address: str, folder: str, files: frozenset[str], by: Publication
) -> str:
    """An address as the files of a folder write it: most pages link to the same few thousand ones."""
    del by  # what `link` depends on besides
    return escape(link(unescape(address), folder, files))
