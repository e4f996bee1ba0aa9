"""The pages' routes: what is asked for, by whom, in which format, and which job makes the response."""

import json
import re
from collections.abc import Mapping, Sequence
from functools import partial
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from onrecord.formats.registry import FORMATS
from onrecord.model.errors import UnknownName
from onrecord.model.iris import BASE, OURS
from onrecord.server import jobs
from onrecord.server.body import read
from onrecord.server.middleware.headers import POLICY
from onrecord.server.negotiate import ALIASES, Offer, best, choose, prefers_html
from onrecord.server.response import respond
from onrecord.server.settings import Job, Settings, serving
from onrecord.website import frame
from onrecord.website.address import href
from onrecord.website.browse import corrections_page
from onrecord.website.data import rows_data
from onrecord.website.editor import check as editor_check
from onrecord.website.editor import editor_page, vocabulary_json
from onrecord.website.embed import MAP, embed_page
from onrecord.website.feeds import feed, question_feed
from onrecord.website.network import check as network_check
from onrecord.website.network import network_page
from onrecord.website.pages import FEEDS, PAGES
from onrecord.website.question import FROM, list_page, question_page
from onrecord.website.question import check as question_check
from onrecord.website.records import (
    pair_page,
    statements_csv,
    statements_json,
    statements_page,
)
from onrecord.website.resolve import (
    ELSEWHERE,
    GONE,
    MOVED,
    UNKNOWN,
    Resolution,
    find,
    gone_page,
    unknown_page,
)
from onrecord.website.search import (
    lookup_json,
    search_csv,
    search_json,
    search_page,
)
from onrecord.website.start import start_page
from onrecord.website.static_links import NETWORK

HTML = "text/html; charset=utf-8"
GRAPHS = ("turtle", "jsonld", "ntriples", "rdfxml", "nquads", "trig")
ROWS = ("csv",)
SUFFIXES = {
    suffix: form
    for form in ("html", *GRAPHS, *ROWS)
    for suffix in FORMATS[form].suffixes
}
EDITING = f"{POLICY}; style-src-attr 'unsafe-inline'"
"""Of the editor: while text is typed over text, browsers write style attributes by themselves."""
FOR_EVER = "public, max-age=31536000, immutable"
"""Of a static file, whose address changes with what it holds."""
NUMBER = re.compile(r"[1-9][0-9]{0,6}")
MOST_LETTERS = 200
"""Of a text that is looked for."""
JSON = "application/json"
ATOM = "application/atom+xml"
TABLES = ("csv", "json", "tsv", "xml", "markdown", "table")
ANSWERS = {
    suffix: form
    for form in (*TABLES, *GRAPHS)
    for suffix in FORMATS[form].suffixes
}
SEARCHES = {"html": "text/html", "csv": "text/csv", "json": JSON}
SEARCH_OFFERS = [
    Offer(form, media_type) for form, media_type in SEARCHES.items()
]


def routes(settings: Settings) -> list[BaseRoute]:
    """The routes of the pages; the last one takes every address that stands for an IRI of the graph."""
    del settings
    return [
        Route("/", start),
        Route("/-/questions", question_list),
        Route("/-/questions/{name}", question),
        Route("/-/search", search),
        Route("/-/search.csv", search),
        Route("/-/search.json", search),
        Route("/-/lookup", lookup),
        Route("/-/vocabulary.json", vocabulary),
        Route("/-/statements", statements),
        Route("/-/statements.json", statements),
        Route("/-/statements.csv", statements),
        Route("/-/feed.atom", whole_feed),
        Route("/-/pair", pair),
        Route("/-/corrections", corrections),
        Route(MAP, embedded_network),
        Route("/-/embed/{key}", embed),
        Route("/-/network", network),
        Route("/-/editor", editor, methods=["GET", "HEAD", "POST"]),
        Route("/-/static/{name}", static),
        Route("/robots.txt", robots),
        Route("/{path:path}", node),
    ]


async def start(request: Request) -> Response:
    """The start page."""
    return await page(
        request, partial(start_page, serving(request).settings.address)
    )


async def node(request: Request) -> Response:
    """What an IRI of the graph stands for: as a page, or as data by suffix or as the client accepts.

    An IRI is that of w3id.org, which sends a client on to here; so what is found here is a document about it, and comes
    at once (200 with Content-Location), not by another redirection (W3C, "Cool URIs for the Semantic Web", 4.2).
    """
    path, form = _split(request.url.path, SUFFIXES | {".atom": "atom"})
    what = Resolution(**json.loads(await _fetch(request, partial(find, path))))
    if what.kind in {MOVED, ELSEWHERE}:
        suffix = request.url.path[len(path) :] if form else ""
        return RedirectResponse(
            what.location + suffix, 301 if what.kind == MOVED else 302
        )
    if what.kind == GONE:
        return await page(request, partial(gone_page, what.iri), status=410)
    if what.kind == UNKNOWN:
        return await page(request, partial(unknown_page, path), status=404)
    if form == "atom":
        if what.kind not in FEEDS:
            raise HTTPException(404, "entities and topics have feeds")
        return await respond(request, partial(feed, what.kind, what.iri), ATOM)
    return await _representation(request, what, form)


def _split(path: str, suffixes: Mapping[str, str]) -> tuple[str, str | None]:
    """A path without its suffix, and the format that the suffix stands for."""
    stem, dot, suffix = path.rpartition(".")
    form = suffixes.get(f".{suffix}") if dot else None
    return (stem, form) if form and stem else (path, None)


async def _representation(
    request: Request, what: Resolution, form: str | None
) -> Response:
    offer = None if form else choose(request, ("html", *GRAPHS, *ROWS))
    form = form or (offer.form if offer else "html")
    media_type = offer.media_type if offer else FORMATS[form].media_type
    query = f"?{request.url.query}" if request.url.query else ""
    place = f"{href(what.iri)}{FORMATS[form].suffixes[0]}{query}"
    headers = {"content-location": place, "link": _links(href(what.iri) or "")}
    if form == "html":
        return await page(
            request,
            partial(PAGES[what.kind], what.iri, number(request)),
            headers=headers,
        )
    job: Job = partial(jobs.describe, kind=what.kind, iri=what.iri, form=form)
    if form in ROWS:
        job = partial(rows_data, what.kind, what.iri)
    return await respond(request, job, _text(media_type), headers=headers)


def _links(path: str) -> str:
    """The document's other formats, and what it describes (RFC 8288; "describes": RFC 6892)."""
    forms = ("html", *GRAPHS[:4], *ROWS)
    others = [
        f'<{path}{FORMATS[form].suffixes[0]}>; rel="alternate"; type="{FORMATS[form].media_type}"'
        for form in forms
    ]
    return ", ".join(
        [f'<{BASE}{path.removeprefix("/")}>; rel="describes"', *others]
    )


def _text(media_type: str) -> str:
    return (
        f"{media_type}; charset=utf-8"
        if media_type.startswith("text/")
        else media_type
    )


async def page(
    request: Request,
    job: Job,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A page."""
    return await respond(request, job, HTML, status=status, headers=headers)


async def _fetch(request: Request, job: Job) -> bytes:
    service = serving(request)
    return await service.served.fetch(job, service.settings.limits)


def number(request: Request) -> int:
    """The number of the page that is asked for; the first one where it is none."""
    return _whole(request.query_params.get("page", ""))


def _whole(given: str) -> int:
    return int(given) if NUMBER.fullmatch(given) else 1


async def question_list(request: Request) -> Response:
    """All questions."""
    return await page(request, partial(list_page, ""))


async def question(request: Request) -> Response:
    """A question's page, or its answer by suffix or as the client accepts."""
    name, form = _split(
        request.path_params["name"], ANSWERS | {".atom": "atom"}
    )
    given = {
        key: value for key, value in request.query_params.items() if key != FROM
    }
    try:
        state = json.loads(
            await _fetch(request, partial(question_check, name, given))
        )
    except UnknownName as error:
        if not prefers_html(request):
            raise
        return await page(request, partial(list_page, str(error)), status=404)
    if form == "atom":
        return await respond(request, partial(question_feed, name, given), ATOM)
    forms = GRAPHS if state["graph"] else TABLES
    if form and form not in forms:
        raise HTTPException(404, f"this answer comes in {', '.join(forms)}")
    offer = (
        Offer(form, FORMATS[form].media_type)
        if form
        else _offer(request, ("html", *forms))
    )
    if offer.form == "html":
        first = (
            _whole(request.query_params[FROM])
            if FROM in request.query_params
            else 0
        )
        shown = partial(question_page, name, given, first)
        return await page(request, shown, status=state["status"])
    job = partial(jobs.answer_question, name=name, given=given, form=offer.form)
    return await respond(request, job, _text(offer.media_type))


def _offer(request: Request, forms: Sequence[str]) -> Offer:
    """The best format by the Accept header alone: a question may have a parameter called `format`."""
    kinds = [
        Offer(form, media_type)
        for form in forms
        for media_type in (FORMATS[form].media_type, *ALIASES.get(form, ()))
    ]
    kind = best(request.headers.getlist("accept"), kinds)
    if kind is None:
        raise HTTPException(406, f"this comes in {', '.join(forms)}")
    return kind


async def search(request: Request) -> Response:
    """A search, as a page, CSV or JSON."""
    text = request.query_params.get("q", "")[:MOST_LETTERS]
    _, form = _split(request.url.path, {".csv": "csv", ".json": "json"})
    offer = (
        Offer(form, SEARCHES[form])
        if form
        else best(request.headers.getlist("accept"), SEARCH_OFFERS)
    )
    if offer is None:
        raise HTTPException(
            406, f"a search is answered in {', '.join(SEARCHES.values())}"
        )
    if offer.form == "html":
        return await page(request, partial(search_page, text, number(request)))
    job = search_csv if offer.form == "csv" else search_json
    return await respond(request, partial(job, text), _text(offer.media_type))


async def lookup(request: Request) -> Response:
    """Entities whose name begins with a text."""
    text = request.query_params.get("q", "")[:MOST_LETTERS]
    return await respond(request, partial(lookup_json, text), JSON)


async def vocabulary(request: Request) -> Response:
    """Prefixes and terms, for the editor."""
    return await respond(request, vocabulary_json, JSON)


async def statements(request: Request) -> Response:
    """All statements, as a page, or as what its script and a spreadsheet read."""
    _, form = _split(request.url.path, {".csv": "csv", ".json": "json"})
    if form is None:
        return await page(request, partial(statements_page, number(request)))
    job = statements_csv if form == "csv" else statements_json
    return await respond(request, job, _text(SEARCHES[form]))


async def whole_feed(request: Request) -> Response:
    """The newest statements."""
    return await respond(request, partial(feed, "all", BASE), ATOM)


async def pair(request: Request) -> Response:
    """Two names side by side."""
    return await page(request, pair_page)


async def corrections(request: Request) -> Response:
    """How to have something corrected."""
    return await page(request, corrections_page)


async def embed(request: Request) -> Response:
    """A statement alone, which pages of the origins that were named may show in a frame."""
    policy = POLICY.replace("frame-ancestors 'none'", _ancestors(request))
    job: Job = partial(embed_page, OURS["st"] + request.path_params["key"])
    headers = {"content-security-policy": policy}
    return await page(request, job, headers=headers)


def _ancestors(request: Request) -> str:
    """The part of a policy that says who may show a page in a frame."""
    named = serving(request).settings.ancestors or ("'none'",)
    return f"frame-ancestors {' '.join(named)}"


async def network(request: Request) -> Response:
    """The network page, under the policy that its own two scripts need."""
    return await _network(request, "frame-ancestors 'none'")


async def embedded_network(request: Request) -> Response:
    """The same page, which pages of the origins that were named may show in a frame."""
    return await _network(request, _ancestors(request))


async def _network(request: Request, framing: str) -> Response:
    about = request.query_params.get("about", "")[:MOST_LETTERS]
    depth = request.query_params.get("depth", "1")
    state = json.loads(await _fetch(request, partial(network_check, about)))
    if not state["known"]:
        return await page(request, partial(unknown_page, about), status=404)
    steps = int(depth) if depth in {"1", "2", "3"} else 1
    headers = {"content-security-policy": f"{state['policy']}; {framing}"}
    job: Job = partial(network_page, about, steps)
    # Both addresses give the same bytes, which are kept once.
    key = f"{NETWORK}?{request.url.query}"
    return await respond(request, job, HTML, headers=headers, key=key)


async def editor(request: Request) -> Response:
    """The editor; a query comes by POST from its form, and by GET where it has an address."""
    query = request.query_params.get("query", "")
    if request.method == "POST":
        body = await read(request, serving(request).settings.most_query)
        query = dict(parse_qsl(body.decode(errors="replace"))).get("query", "")
    status = int(await _fetch(request, partial(editor_check, query)))
    job: Job = partial(editor_page, query, 1)
    headers = {"content-security-policy": EDITING}
    return await respond(
        request,
        job,
        HTML,
        status=status,
        headers=headers,
        key=f"editor {query}",
        lasting=False,
    )


async def static(request: Request) -> Response:
    """A static file."""
    name = request.path_params["name"]
    try:
        content = frame.content(name)
    except FileNotFoundError:
        return Response("no such file\n", 404, media_type="text/plain")
    tag = f'"{frame.static(name).rpartition("=")[2]}"'
    headers = {"cache-control": FOR_EVER, "etag": tag}
    if tag in request.headers.get("if-none-match", ""):
        return Response(None, 304, headers)
    return Response(content, 200, headers, frame.MEDIA[name.rpartition(".")[2]])


async def robots(_: Request) -> Response:
    """What crawlers are asked to leave alone: what is worked out anew for each address."""
    return Response(
        "User-agent: *\nDisallow: /-/\nDisallow: /sparql\n",
        media_type="text/plain",
    )
