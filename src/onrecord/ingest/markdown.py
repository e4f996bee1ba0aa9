"""Markdown → its words, by a parser; front matter tells of the article."""

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from onrecord.ingest.checks import is_address
from onrecord.ingest.days import day
from onrecord.ingest.plain import clean
from onrecord.model import Document
from onrecord.model.errors import BadInput, MissingExtra

if TYPE_CHECKING:
    from markdown_it.token import Token

MOST_FRONT_MATTER = 20_000
FENCED = re.compile(
    r"(?P<mark>---|\+\+\+)[ \t]*\n(?P<told>.*?\n)?(?:(?P=mark)|\.\.\.)[ \t]*(?:\n|$)",
    re.DOTALL,
)
"""Front matter: YAML between lines of hyphens, TOML between lines of plus signs."""
PANDOC = re.compile(
    r"% (?P<title>[^\n]*)\n(?:% (?P<author>[^\n]*)\n)?(?:% (?P<date>[^\n]*)\n)?"
)
FIELDS = re.compile(
    r"(?i:title|author|date|url|source|publisher): .*\n(?:[\w -]{2,30}:.*\n)*\n"
)
"""Lines of fields at the top, as MultiMarkdown has them."""
FIELD = re.compile(r"^([\w-]+):[ \t]+(.+)$", re.MULTILINE)
COMMENT = re.compile(
    r"<!--.*?-->|^ {0,3}<!--.*\Z|^%%.*?%%|(?<=\s)%%.*?%%",
    re.DOTALL | re.MULTILINE,
)
GONE = re.compile(
    r"<(script|style|del|s|strike)\b[^>]*>.*?</\1\s*>|~~(?=\S)(?:(?!~~|\n\n).)+?~~",
    re.DOTALL | re.IGNORECASE,
)
"""Programs, and words that were struck out."""
TAG = re.compile(r"<[^>]*>")
EMBEDDED = re.compile(r"!\[\[[^\]\n]*\]\]")
LINK = re.compile(r"\[\[(?:[^\]|\n]*\|)?([^\]|\n]+)\]\]")
"""[[Page]] and [[Page|words]], as wikis and notebooks have it."""
MARKED = re.compile(r"==(\S(?:[^=\n]*\S)?)==")
CHANGES = (
    (re.compile(r"\{--.*?--\}|\{>>.*?<<\}", re.DOTALL), ""),
    (re.compile(r"\{\+\+(.*?)\+\+\}|\{==(.*?)==\}", re.DOTALL), r"\1\2"),
    (re.compile(r"\{~~.*?~>(.*?)~~\}", re.DOTALL), r"\1"),
)
"""What was taken out or noted, put in or marked, and put in another's place (CriticMarkup)."""
ATTRIBUTES = re.compile(
    r"(?<![ \t])[ \t]*\{:?[ \t]*[#.][^{}\n]*\}[ \t]*$", re.MULTILINE
)
"""A heading's id and classes, as Pandoc and kramdown have them."""
SPAN = re.compile(r"\[([^\[\]\n]+)\]\{[.#=\w\s\"-]+\}")
"""[words]{.class}, as Pandoc and Quarto have it."""
CITED = re.compile(r" ?\[(?:[^\[\]\n@]*[ ;(-])?@[\w:.-][^\[\]\n]*\]")
"""[@key, p. 3]: what a citation program fills in."""
BOX = re.compile(r"^\[(?:[ xX]|![A-Za-z]+)\][-+]?\s*")
"""What stands before a task, or at the top of a note that is set apart."""
DIVISION = re.compile(
    r"^:{3,}[ \t]*(?:\{[^}\n]*\}|[\w-]*)[ \t]*$", re.MULTILINE
)
PUBLISHERS = ("publisher", "publication", "source", "site", "outlet")
DATES = (
    *("date", "published", "pubdate", "publishdate", "datepublished"),
    *("publicationdate", "publishedat", "publishedon"),
)
ADDRESSES = ("url", "link", "canonical", "canonical_url", "source")


def markdown(text: str, name: str) -> Document:
    """Reads Markdown (CommonMark with tables); raises BadInput, MissingExtra."""
    try:
        from markdown_it import MarkdownIt  # noqa: PLC0415  an extra
        from mdit_py_plugins.footnote import footnote_plugin  # noqa: PLC0415
    except ImportError as error:
        what = "markdown-it-py, which reads Markdown,"
        raise MissingExtra(what, "documents") from error
    parts, rest = _parted(text, name)
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    parser.use(footnote_plugin)
    tokens = parser.parse(_plain(rest))
    body = clean("\n\n".join(filter(None, map(str.strip, _paragraphs(tokens)))))
    if not body:
        message = f"{name}: holds no text"
        raise BadInput(message)
    return _described(parts, body)


def _plain(text: str) -> str:
    """Markdown without comments, and without what notebooks and publishing programs add to it."""
    text = COMMENT.sub("", text)
    for change, left in CHANGES:
        text = change.sub(left, text)
    text = CITED.sub("", SPAN.sub(r"\1", text))
    text = ATTRIBUTES.sub("", DIVISION.sub("", GONE.sub("", text)))
    return MARKED.sub(r"\1", LINK.sub(r"\1", EMBEDDED.sub("", text)))


def _paragraphs(tokens: "Iterable[Token]") -> Iterator[str]:
    for token in tokens:
        if token.type == "inline":
            words = "".join(map(_words, token.children or ()))
            yield BOX.sub("", re.sub(" {2,}", " ", words))
        elif token.type in {"code_block", "fence"}:
            yield token.content
        elif token.type == "html_block":
            yield TAG.sub(" ", token.content)


def _words(token: "Token") -> str:
    is_break = token.type == "html_inline" and token.content.startswith("<br")
    if is_break or token.type in {"softbreak", "hardbreak"}:
        return " "
    if token.type == "image":
        return ""
    return token.content if token.type in {"text", "code_inline"} else ""


def _parted(text: str, name: str) -> tuple[Mapping[str, Any], str]:
    """What stands at the top about the article, and the rest; what tells nothing is the article's own."""
    if fenced := FENCED.match(text):
        front = _front_matter(fenced["told"] or "", fenced["mark"], name)
        return ({}, text) if front is None else (front, text[fenced.end() :])
    if text.startswith("{"):
        return _json(text)
    if title := PANDOC.match(text):
        return title.groupdict(), text[title.end() :]
    if fields := FIELDS.match(text):
        return dict(FIELD.findall(fields.group())), text[fields.end() :]
    return {}, text


def _json(text: str) -> tuple[Mapping[str, Any], str]:
    """Front matter in JSON, as Hugo has it; none where a text only begins with a brace."""
    try:
        fields, end = json.JSONDecoder().raw_decode(text[:MOST_FRONT_MATTER])
    except (ValueError, RecursionError):
        return {}, text
    return fields, text[end:]


def _front_matter(text: str, mark: str, name: str) -> Mapping[str, Any] | None:
    """What front matter tells; None where it is none, but text between two rules."""
    if len(text) > MOST_FRONT_MATTER:
        return {}
    try:
        fields = tomllib.loads(text) if mark == "+++" else _yaml(text)
    except (ValueError, RecursionError) as error:
        line = str(error).partition("\n")[0]
        message = (
            f"{name}: the front matter cannot be "
            f"read ({line}); mend it or take it out"
        )
        raise BadInput(message) from error
    return fields if isinstance(fields, dict) or fields is None else None


def _yaml(text: str) -> Any:  # noqa: ANN401  whatever YAML holds
    """YAML, or its lines one by one where a title with a colon is none; an alias is not followed."""
    import yaml  # noqa: PLC0415  for articles with front matter alone

    if not text.strip():
        return {}
    try:
        tokens = yaml.scan(text, yaml.SafeLoader)
        if any(isinstance(token, yaml.AliasToken) for token in tokens):
            return {}  # an anchor may name itself a thousand times over
        return yaml.safe_load(text)
    except yaml.YAMLError:
        return dict(FIELD.findall(text)) or None


def _described(front: Mapping[str, Any], body: str) -> Document:
    fields = {str(key).lower(): value for key, value in front.items()}
    dates = {re.sub("[_-]", "", key): value for key, value in fields.items()}
    addresses = (_text_of(fields.get(name)) for name in ADDRESSES)
    names = (_text_of(fields.get(name)) for name in PUBLISHERS)
    return Document(
        publisher=next(filter(_is_name, names), ""),
        title=_text_of(fields.get("title")) or None,
        author=_first(fields, ("author", "authors", "by", "byline", "creator")),
        published=day(_first(dates, DATES) or ""),
        url=next(filter(is_address, addresses), None),
        text=body,
    )


def _is_name(text: str) -> bool:
    return text != "" and not is_address(text)


def _first(fields: Mapping[str, Any], names: Iterable[str]) -> str | None:
    return next(
        filter(None, (_text_of(fields.get(name)) for name in names)), None
    )


def _text_of(value: object) -> str:
    """A value in words: of an object its name, of a list all parts."""
    if isinstance(value, dict):
        value = value.get("name") or value.get("published")
    if isinstance(value, list):
        value = ", ".join(filter(None, map(_text_of, value)))
    line = " ".join(clean(str(value)).split()).strip("\"'") if value else ""
    return LINK.sub(r"\1", line)
