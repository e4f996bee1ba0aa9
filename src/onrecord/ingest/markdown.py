"""Markdown → its words, by a parser; front matter tells of the article."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from onrecord.ingest.days import day
from onrecord.ingest.plain import clean
from onrecord.model import Document
from onrecord.model.errors import BadInput, MissingExtra

if TYPE_CHECKING:
    from markdown_it.token import Token

MOST_FRONT_MATTER = 20_000
MOST_LINE = 200_000
TAG = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)
PUBLISHERS = ("publisher", "publication", "source", "site", "outlet")
ADDRESSES = ("url", "link", "canonical", "canonical_url")


def markdown(text: str, name: str) -> Document:
    """Reads Markdown (CommonMark with tables); raises BadInput, MissingExtra."""
    try:
        from markdown_it import MarkdownIt  # noqa: PLC0415  an extra
        from mdit_py_plugins.footnote import footnote_plugin  # noqa: PLC0415
        from mdit_py_plugins.front_matter import front_matter_plugin  # noqa: PLC0415
    except ImportError as error:
        what = "markdown-it-py, which reads Markdown,"
        raise MissingExtra(what, "documents") from error
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    parser.use(front_matter_plugin).use(footnote_plugin)
    tokens = parser.parse(text)
    matter = [token.content for token in tokens if token.type == "front_matter"]
    body = clean("\n\n".join(filter(None, map(str.strip, _paragraphs(tokens)))))
    if not body:
        message = f"{name}: holds no text"
        raise BadInput(message)
    return _described(_front_matter(matter[0], name) if matter else {}, body)


def _paragraphs(tokens: "Iterable[Token]") -> Iterator[str]:
    for token in tokens:
        if token.type == "inline":
            words = "".join(map(_words, token.children or ()))
            yield re.sub(" {2,}", " ", words)
        elif token.type in {"code_block", "fence"}:
            yield token.content
        elif token.type == "html_block":
            yield TAG.sub(" ", token.content)


def _words(token: "Token") -> str:
    if token.type in {"softbreak", "hardbreak"}:
        return " "
    if token.type == "image":
        return ""
    return token.content if token.type in {"text", "code_inline"} else ""


def _front_matter(text: str, name: str) -> Mapping[str, Any]:
    import yaml  # noqa: PLC0415  for articles with front matter alone

    if len(text) > MOST_FRONT_MATTER or re.search(r"[&*]\w", text):
        return {}  # an anchor may name itself a thousand times over
    try:
        told = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        line = str(error).partition("\n")[0]
        message = (
            f"{name}: the front matter is no YAML ({line}); mend it or take it out"
        )
        raise BadInput(message) from error
    return told if isinstance(told, dict) else {}


def _described(told: Mapping[str, Any], body: str) -> Document:
    fields = {str(key).lower(): value for key, value in told.items()}
    return Document(
        publisher=_first(fields, PUBLISHERS) or "",
        title=_first(fields, ("title",)),
        author=_first(fields, ("author", "authors", "by")),
        published=day(_first(fields, ("date", "published")) or ""),
        url=_first(fields, ADDRESSES),
        text=body,
    )


def _first(fields: Mapping[str, Any], names: Iterable[str]) -> str | None:
    for name in names:
        value = fields.get(name)
        if isinstance(value, dict):
            value = value.get("name")
        if isinstance(value, list):
            value = ", ".join(str(part) for part in value)
        if value:
            return " ".join(clean(str(value)).split()) or None
    return None
