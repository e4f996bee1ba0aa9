"""The routes of what is asked: questions, searches, lists of statements, names while they are typed."""

import json
from collections.abc import Sequence
from functools import partial

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from onrecord.formats.registry import FORMATS
from onrecord.model.errors import UnknownName
from onrecord.server import jobs
from onrecord.server.negotiate import ALIASES, Offer, best, prefers_html
from onrecord.server.representing import (
    ATOM,
    GRAPHS,
    JSON,
    MOST_LETTERS,
    fetch,
    number,
    page,
    split_suffix,
    whole_number,
    with_charset,
)
from onrecord.server.response import respond
from onrecord.website.editor import vocabulary_json
from onrecord.website.feeds import question_feed
from onrecord.website.question import FROM, list_page, question_page
from onrecord.website.question import check as question_check
from onrecord.website.records import (
    statements_csv,
    statements_json,
    statements_page,
)
from onrecord.website.search import (
    lookup_json,
    search_csv,
    search_json,
    search_page,
)

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


async def question_list(request: Request) -> Response:
    """All questions."""
    return await page(request, partial(list_page, ""))


async def question(request: Request) -> Response:
    """A question's page, or its answer by suffix or as the client accepts."""
    name, form = split_suffix(
        request.path_params["name"], ANSWERS | {".atom": "atom"}
    )
    given = {
        key: value for key, value in request.query_params.items() if key != FROM
    }
    try:
        state = json.loads(
            await fetch(request, partial(question_check, name, given))
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
            whole_number(request.query_params[FROM])
            if FROM in request.query_params
            else 0
        )
        shown = partial(question_page, name, given, first)
        return await page(request, shown, status=state["status"])
    job = partial(jobs.answer_question, name=name, given=given, form=offer.form)
    return await respond(request, job, with_charset(offer.media_type))


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
    _, form = split_suffix(request.url.path, {".csv": "csv", ".json": "json"})
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
    return await respond(
        request, partial(job, text), with_charset(offer.media_type)
    )


async def lookup(request: Request) -> Response:
    """Entities whose name begins with a text."""
    text = request.query_params.get("q", "")[:MOST_LETTERS]
    return await respond(request, partial(lookup_json, text), JSON)


async def vocabulary(request: Request) -> Response:
    """Prefixes and terms, for the editor."""
    return await respond(request, vocabulary_json, JSON)


async def statements(request: Request) -> Response:
    """All statements, as a page, or as what its script and a spreadsheet read."""
    _, form = split_suffix(request.url.path, {".csv": "csv", ".json": "json"})
    if form is None:
        return await page(request, partial(statements_page, number(request)))
    job = statements_csv if form == "csv" else statements_json
    return await respond(request, job, with_charset(SEARCHES[form]))
