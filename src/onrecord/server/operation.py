"""SPARQL 1.1 Protocol, section 2: an HTTP request → the query or the update that it carries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

import pyoxigraph as ox
from starlette.exceptions import HTTPException
from starlette.requests import Request

from onrecord.model.errors import BadInput
from onrecord.server.authorize import require_writable
from onrecord.server.body import read
from onrecord.server.settings import serving

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
MOST_FIELDS = 2000
DATASET = {
    "query": ("default-graph-uri", "named-graph-uri"),
    "update": ("using-graph-uri", "using-named-graph-uri"),
}
"""The parameters by which each operation is told its graphs (sections 2.1 and 2.2)."""


@dataclass(frozen=True, slots=True)
class Operation:
    """A query or an update: its text, and the graphs that are its default graph and its named ones.

    Both are None where the request says nothing of graphs; `format` is what `format=` says.
    """

    kind: str
    text: str
    default: tuple[str, ...] | None
    named: tuple[str, ...] | None
    form: str | None = None


async def operation(request: Request) -> Operation | None:
    """What a request asks for; None for a GET that asks nothing.

    Raises HTTPException 400 and 415 for what the protocol does not allow, and what `require_writable` raises.
    """
    fields = _fields(request.url.query.encode(), "the query string")
    if request.method != "POST":
        return _got(fields)
    kind, _, parameters = request.headers.get("content-type", "").partition(";")
    media_type = kind.strip().lower()
    if media_type not in {FORM, QUERY, UPDATE}:
        raise HTTPException(
            415, f"Content-Type must be {FORM}, {QUERY} or {UPDATE}"
        )
    _require_utf8(parameters)
    if media_type == UPDATE:
        require_writable(request)
    body = await read(request, serving(request).settings.most_query)
    if media_type == FORM:
        chosen = _operation([*fields, *_fields(body, "the form")])
        if chosen.kind == "update":
            require_writable(request)
        return chosen
    name = "query" if media_type == QUERY else "update"
    if {"query", "update"} & {key for key, _ in fields}:
        raise HTTPException(
            400, f"a {name} in the body and another one in the query string"
        )
    return _operation([*fields, (name, _text(body, "the body"))])


def _got(fields: list[tuple[str, str]]) -> Operation | None:
    """Section 2.1.1; an update never comes by GET (section 2.2)."""
    names = {name for name, _ in fields}
    if "update" in names:
        raise HTTPException(400, "an update comes by POST only")
    return (
        _operation(fields)
        if names & {"query", *DATASET["query"], *DATASET["update"]}
        else None
    )


def _operation(fields: list[tuple[str, str]]) -> Operation:
    given: dict[str, list[str]] = {}
    for name, value in fields:
        given.setdefault(name, []).append(value)
    texts = [
        (kind, text)
        for kind in ("query", "update")
        for text in given.get(kind, ())
    ]
    if len(texts) != 1:
        raise HTTPException(
            400,
            f"{len(texts)} queries and updates in one request; it takes exactly one",
        )
    kind, text = texts[0]
    other = "update" if kind == "query" else "query"
    if strange := [name for name in DATASET[other] if name in given]:
        raise HTTPException(
            400, f"{strange[0]} belongs to a {other}, and this is a {kind}"
        )
    default, named = (tuple(given.get(name, ())) for name in DATASET[kind])
    _require_absolute((*default, *named))
    is_named = bool(default or named)
    return Operation(
        kind,
        text,
        default if is_named else None,
        named if is_named else None,
        _last(given, "format"),
    )


def _last(given: Mapping[str, list[str]], name: str) -> str | None:
    return given[name][-1] if given.get(name) else None


def _fields(encoded: bytes, where: str) -> list[tuple[str, str]]:
    """The fields of a form; raises HTTPException 400 for what is none."""
    text = _text(encoded, where)
    try:
        return parse_qsl(
            text,
            keep_blank_values=True,
            errors="strict",
            max_num_fields=MOST_FIELDS,
        )
    except UnicodeDecodeError:
        raise HTTPException(400, f"{where} is no UTF-8") from None
    except ValueError as error:
        raise HTTPException(400, f"{where}: {error}") from None


def _text(encoded: bytes, where: str) -> str:
    try:
        return encoded.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise HTTPException(
            400, f"byte {error.start} of {where} is no UTF-8"
        ) from None


def _require_utf8(parameters: str) -> None:
    for parameter in parameters.split(";"):
        name, _, value = parameter.strip().partition("=")
        if name.lower() == "charset" and value.strip('"').lower() not in {
            "utf-8",
            "utf8",
            "us-ascii",
        }:
            raise HTTPException(415, f"charset {value}; write it in UTF-8")


def _require_absolute(graphs: Iterable[str]) -> None:
    for graph in graphs:
        try:
            ox.NamedNode(graph)
        except ValueError:
            message = f"{graph!r} is no absolute IRI, and so no graph's name"
            raise BadInput(message) from None
