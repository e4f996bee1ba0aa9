"""What a client accepts decides what it gets, by quality, then by how narrow it is, then by our order."""

import pytest
from starlette.exceptions import HTTPException
from starlette.requests import Request

from onrecord.server.negotiate import (
    DATASETS,
    GRAPHS,
    ROWS,
    best_coding,
    choose,
    prefers_html,
)


def request(accept: str | None = None, query: str = "") -> Request:
    headers = [] if accept is None else [(b"accept", accept.encode())]
    return Request(
        {"type": "http", "headers": headers, "query_string": query.encode()}
    )


@pytest.mark.parametrize(
    ("accept", "forms", "form", "media_type"),
    [
        (None, ROWS, "json", "application/sparql-results+json"),
        ("*/*", ROWS, "json", "application/sparql-results+json"),
        ("*/*", GRAPHS, "turtle", "text/turtle"),
        ("text/csv", ROWS, "csv", "text/csv"),
        ("TEXT/CSV", ROWS, "csv", "text/csv"),
        ("application/json", ROWS, "json", "application/json"),
        ("application/json", GRAPHS, "jsonld", "application/json"),
        (
            "text/csv;q=0.5, text/tab-separated-values;q=0.6",
            ROWS,
            "tsv",
            "text/tab-separated-values",
        ),
        (
            "text/*;q=0.3, text/csv;q=0, */*;q=0.1",
            ROWS,
            "tsv",
            "text/tab-separated-values",
        ),
        (
            "application/sparql-results+json,*/*;q=0.9",
            ROWS,
            "json",
            "application/sparql-results+json",
        ),
        (
            "application/rdf+xml, application/n-triples;q=0.9",
            GRAPHS,
            "rdfxml",
            "application/rdf+xml",
        ),
        ("text/turtle", GRAPHS, "turtle", "text/turtle"),
        ("application/n-quads", DATASETS, "nquads", "application/n-quads"),
        (
            "nonsense, text/csv;q=nonsense, text/tab-separated-values;q=0.1",
            ROWS,
            "tsv",
            "text/tab-separated-values",
        ),
    ],
)
def test_the_best_format_is_chosen(
    accept: str | None, forms: tuple[str, ...], form: str, media_type: str
) -> None:
    found = choose(request(accept), forms)
    assert (found.form, found.media_type) == (form, media_type)


@pytest.mark.parametrize(
    "accept", ["image/png", "text/csv;q=0", "*/*;q=0", "text/turtle"]
)
def test_where_nothing_fits_the_client_is_told_what_there_is(
    accept: str,
) -> None:
    with pytest.raises(
        HTTPException, match="text/tab-separated-values"
    ) as told:
        choose(request(accept), ROWS)
    assert told.value.status_code == 406


@pytest.mark.parametrize(
    ("named", "forms", "form"),
    [
        ("csv", ROWS, "csv"),
        ("text/csv", ROWS, "csv"),
        ("json", GRAPHS, "jsonld"),
        ("xml", GRAPHS, "rdfxml"),
        ("n3", GRAPHS, "turtle"),
        ("JSON-LD", GRAPHS, "jsonld"),
        ("jsonld", ROWS, "json"),
    ],
)
def test_a_format_may_be_named_in_the_address(
    named: str, forms: tuple[str, ...], form: str
) -> None:
    assert choose(request("image/png", f"format={named}"), forms).form == form


@pytest.mark.parametrize(("named", "status"), [("csv", 406), ("docx", 400)])
def test_a_format_that_does_not_fit_is_refused(named: str, status: int) -> None:
    with pytest.raises(HTTPException) as told:
        choose(request(None, f"format={named}"), GRAPHS)
    assert told.value.status_code == status


@pytest.mark.parametrize(
    ("accept", "coding"),
    [
        ("gzip, br", "gzip"),
        ("*", "gzip"),
        ("gzip;q=0, *", "identity"),
        ("br", "identity"),
        ("", "identity"),
    ],
)
def test_gzip_is_sent_to_those_who_take_it(accept: str, coding: str) -> None:
    assert best_coding([accept]) == coding


@pytest.mark.parametrize(
    ("accept", "is_browser"),
    [
        (
            "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            True,
        ),
        ("*/*", False),
        ("text/turtle, text/html;q=0.5", False),
        ("text/html;q=0", False),
    ],
)
def test_a_browser_is_known_by_its_liking_for_html(
    accept: str, is_browser: bool
) -> None:
    assert prefers_html(request(accept)) == is_browser
