"""An answer on its way: whole or visibly cut, packed or not, known again, and kept as long as it is true."""

import gzip
import http.client
import shutil
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import httpx
import pytest

ENDLESS = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
LARGE = "SELECT * { ?s ?p ?o }"
ORDERED = "SELECT * { ?s :gist ?gist } ORDER BY ?s"
CSV = {"accept": "text/csv"}
CUT = {18, 56}
"""curl's word for an answer that ended too early: as HTTP tells, or as the network does."""


def curl(*words: str | Path) -> "subprocess.CompletedProcess[bytes]":
    program = shutil.which("curl")
    if program is None:
        pytest.skip("curl is not installed")
    line = [
        program,
        "--silent",
        "--max-time",
        "60",
        "--output",
        "-",
        *map(str, words),
    ]
    return subprocess.run(line, capture_output=True, timeout=90, check=False)


def test_curl_sees_that_an_answer_was_cut(strict) -> None:
    found = curl(
        f"{strict.url}/sparql",
        "--data-urlencode",
        f"query={ENDLESS}",
        "-H",
        "Accept: text/csv",
    )
    assert found.returncode in CUT
    assert found.stdout.startswith(b"a,b,c,d,e,f,g,h,i\r\n")


def test_a_client_of_http_1_0_is_told_the_length_or_the_error(
    strict, reader, raw
) -> None:
    head = "GET /sparql?format=csv&query={} HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n"
    cut = raw(strict, head.format(quote(ENDLESS)).encode())
    assert cut.startswith(b"HTTP/1.1 503")
    large = raw(reader, head.format(quote(LARGE)).encode())
    whole, _, body = large.partition(b"\r\n\r\n")
    assert b"transfer-encoding" not in whole.lower()
    assert f"content-length: {len(body)}".encode() in whole.lower()
    assert len(body) > 1 << 20


def test_python_sees_that_an_answer_was_cut(strict) -> None:
    connection = http.client.HTTPConnection(
        strict.host, strict.port, timeout=60
    )
    connection.request(
        "GET", f"/sparql?{urlencode({'query': ENDLESS})}", headers=CSV
    )
    answer = connection.getresponse()
    assert answer.status == 200
    with pytest.raises(http.client.IncompleteRead):
        answer.read()
    connection.close()


def test_an_answer_that_fails_before_it_begins_has_a_status(strict) -> None:
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    answer = strict.client.get("/sparql", params={"query": slow})
    assert answer.status_code == 503
    assert "retry-after" in answer.headers
    assert "more than 4 s" in answer.text


@pytest.mark.parametrize(
    "query", [f"{ORDERED} LIMIT 100", ORDERED], ids=["small", "large"]
)
def test_gzip_packs_small_and_large_answers(query: str, reader) -> None:
    ask = {"url": "/sparql", "params": {"query": query, "format": "csv"}}
    plain = reader.client.get(**ask, headers={"accept-encoding": "identity"})
    for _ in range(2):  # made, and kept
        with reader.client.stream(
            "GET", **ask, headers={"accept-encoding": "gzip"}
        ) as answer:
            packed = b"".join(answer.iter_raw())
        assert answer.headers["content-encoding"] == "gzip"
        assert "Accept-Encoding" in answer.headers["vary"]
        assert len(packed) < len(plain.content) / 2
        assert gzip.decompress(packed) == plain.content
    assert "content-encoding" not in plain.headers


@pytest.mark.parametrize("query", ["ASK {}", LARGE], ids=["small", "large"])
def test_head_has_the_status_and_no_body(query: str, reader) -> None:
    for asked, status in ((query, 200), ("ASK {", 400)):
        answer = reader.client.head("/sparql", params={"query": asked})
        assert (answer.status_code, answer.content) == (status, b"")
    assert reader.health().status_code == 200


def test_a_kept_answer_goes_when_the_graph_changes(writer) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s <http://example.org/kept> ?o }"
    tags = set()
    for number in range(3):
        assert writer.ask(count) == writer.ask(count) == [str(number)]
        tags.add(
            writer.client.get("/sparql", params={"query": count}).headers[
                "etag"
            ]
        )
        update = f"INSERT DATA {{ <http://example.org/{number}> <http://example.org/kept> {number} }}"
        assert (
            writer.client.post("/sparql", data={"update": update}).status_code
            == 204
        )
    assert len(tags) == 3


def test_what_no_change_touches_keeps_its_tag_and_is_not_sent_again(
    writer,
) -> None:
    place = "http://example.org/marked/"
    insert = (
        f"INSERT DATA {{ GRAPH <{place}%s> {{ <{place}a> <{place}%s> %d }} }}"
    )
    ask = f"SELECT ?o {{ GRAPH <{place}one> {{ ?s ?p ?o }} }} ORDER BY ?o"
    pages = (
        {"url": "/sparql", "params": {"query": ask}},
        {"url": "/urges", "headers": {"accept": "text/html"}},
    )

    def change(graph: str, number: int) -> None:
        update = insert % (graph, "b", number)
        answer = writer.client.post("/sparql", data={"update": update})
        assert answer.status_code == 204

    def again(page: dict[str, Any], tag: str) -> httpx.Response:
        headers = {**page.get("headers", {}), "if-none-match": tag}
        return writer.client.get(**{**page, "headers": headers})

    change("one", 1)
    firsts = [writer.client.get(**page) for page in pages]
    assert [first.status_code for first in firsts] == [200, 200]
    tags = [first.headers["etag"] for first in firsts]
    change("other", 2)
    for page, tag in zip(pages, tags, strict=True):
        for _ in range(2):  # worked out, and remembered
            kept = again(page, tag)
            assert (kept.status_code, kept.content) == (304, b"")
            assert kept.headers["etag"] == tag
        assert writer.client.get(**page).headers["etag"] == tag
    change("one", 3)
    now = again(pages[0], tags[0])
    assert (now.status_code, now.headers["etag"] != tags[0]) == (200, True)
    assert "3" in now.text


def test_a_client_that_goes_away_frees_the_worker(strict) -> None:
    for _ in range(4):
        with strict.client.stream(
            "GET", "/sparql", params={"query": ENDLESS, "format": "csv"}
        ) as answer:
            next(answer.iter_raw())
    assert (
        strict.client.get(
            "/sparql", params={"query": "ASK { ?s ?p ?o }"}
        ).status_code
        == 200
    )
