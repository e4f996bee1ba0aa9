"""The Graph Store HTTP Protocol at `/-/graphs`."""

from collections.abc import Iterator

import httpx
import pyoxigraph as ox
import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

PLACE = "/-/graphs"
TURTLE = {"content-type": "text/turtle"}
TRIPLE = "<http://example.org/a> <http://example.org/p> {} .\n"
XML = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://example.org/">
<rdf:Description rdf:about="http://example.org/a"><e:p>1</e:p></rdf:Description></rdf:RDF>"""
NAMES = iter(range(1000))


@pytest.fixture
def name(writer) -> Iterator[str]:
    """A name that no graph has, and that none has afterwards."""
    iri = f"http://example.org/graph/{next(NAMES)}"
    yield iri
    writer.client.delete(PLACE, params={"graph": iri})


def put(
    site, name: str, content: str | bytes, **headers: str
) -> httpx.Response:
    return site.client.put(
        PLACE,
        params={"graph": name},
        content=content,
        headers={**TURTLE, **headers},
    )


def held(site, name: str) -> set[str]:
    answer = site.client.get(
        PLACE,
        params={"graph": name},
        headers={"accept": "application/n-triples"},
    )
    assert answer.status_code == 200, answer.text
    return set(answer.text.splitlines())


def test_put_makes_a_graph_and_then_replaces_it(writer, name: str) -> None:
    made = put(writer, name, TRIPLE.format(1))
    assert (made.status_code, made.content) == (201, b"")
    assert made.headers["location"].startswith(PLACE)
    assert put(writer, name, TRIPLE.format(2)).status_code == 204
    assert len(held(writer, name)) == 1
    assert writer.ask(f"SELECT ?o {{ GRAPH <{name}> {{ ?s ?p ?o }} }}") == ["2"]


def test_a_byte_order_mark_is_no_part_of_a_graph_or_a_query(
    writer, name: str
) -> None:
    assert (
        put(writer, name, f"\ufeff{TRIPLE.format(1)}".encode()).status_code
        == 201
    )
    assert len(held(writer, name)) == 1
    kind = {"content-type": "application/sparql-query"}
    query = "\ufeffASK {}".encode()
    assert (
        writer.client.post("/sparql", content=query, headers=kind).status_code
        == 200
    )


def test_post_adds_and_makes_a_graph_where_there_is_none(
    writer, name: str
) -> None:
    post = {"params": {"graph": name}, "headers": TURTLE}
    assert (
        writer.client.post(PLACE, content=TRIPLE.format(1), **post).status_code
        == 201
    )
    assert (
        writer.client.post(PLACE, content=TRIPLE.format(2), **post).status_code
        == 204
    )
    assert len(held(writer, name)) == 2


def test_an_empty_graph_is_there_too(writer, name: str) -> None:
    assert put(writer, name, "").status_code == 201
    assert held(writer, name) == set()


def test_delete_removes_a_graph_once(writer, name: str) -> None:
    put(writer, name, TRIPLE.format(1))
    assert (
        writer.client.delete(PLACE, params={"graph": name}).status_code == 204
    )
    for method in ("GET", "HEAD", "DELETE"):
        assert (
            writer.client.request(
                method, PLACE, params={"graph": name}
            ).status_code
            == 404
        )


def test_head_is_get_without_the_graph(writer, name: str) -> None:
    put(writer, name, TRIPLE.format(1))
    got = writer.client.get(PLACE, params={"graph": name})
    head = writer.client.head(PLACE, params={"graph": name})
    assert head.content == b""
    different = {"date", "content-length"}
    assert {k: v for k, v in head.headers.items() if k not in different} == {
        k: v for k, v in got.headers.items() if k not in different
    }


def test_the_default_graph_is_the_unnamed_one_and_part_of_the_union(
    writer,
) -> None:
    content = "<http://example.org/unnamed> <http://example.org/p> 1 ."
    assert (
        writer.client.put(
            f"{PLACE}?default", content=content, headers=TURTLE
        ).status_code
        == 204
    )
    got = writer.client.get(
        f"{PLACE}?default", headers={"accept": "application/n-triples"}
    )
    assert len(got.text.splitlines()) == 1
    assert writer.ask("SELECT ?o { <http://example.org/unnamed> ?p ?o }") == [
        "1"
    ]
    assert (
        writer.ask(
            "SELECT ?g { GRAPH ?g { <http://example.org/unnamed> ?p ?o } }"
        )
        == []
    )
    assert writer.client.delete(f"{PLACE}?default").status_code == 204
    assert (
        writer.client.get(
            f"{PLACE}?default", headers={"accept": "application/n-triples"}
        ).text
        == ""
    )


def test_a_post_to_the_dataset_makes_a_graph_with_a_new_name(writer) -> None:
    made = writer.client.post(PLACE, content=TRIPLE.format(1), headers=TURTLE)
    assert made.status_code == 201
    place = made.headers["location"]
    assert writer.client.get(place).status_code == 200
    assert writer.client.delete(place).status_code == 204


@pytest.mark.parametrize(
    ("media_type", "content"),
    [
        (
            "text/turtle; charset=utf-8",
            "@prefix e: <http://example.org/> . e:a e:p 1 .",
        ),
        (
            "application/n-triples",
            '<http://example.org/a> <http://example.org/p> "1" .',
        ),
        (
            "application/rdf+xml",
            XML,
        ),
        (
            "application/ld+json",
            '{"@id": "http://example.org/a", "http://example.org/p": 1}',
        ),
    ],
)
def test_a_graph_comes_in_every_format_that_holds_one(
    media_type: str, content: str, writer, name: str
) -> None:
    assert (
        put(writer, name, content, **{"content-type": media_type}).status_code
        == 201
    )
    assert writer.ask(
        f"SELECT (STR(?o) AS ?text) {{ GRAPH <{name}> {{ ?s ?p ?o }} }}"
    ) == ["1"]


def test_a_relative_iri_stands_under_the_graph_s_name(
    writer, name: str
) -> None:
    put(writer, name, "<#a> <#p> 1 .")
    assert writer.ask(f"SELECT ?s {{ GRAPH <{name}> {{ ?s ?p ?o }} }}") == [
        f"{name}#a"
    ]


def test_blank_nodes_of_two_documents_stay_apart(writer, name: str) -> None:
    for _ in range(2):
        writer.client.post(
            PLACE,
            params={"graph": name},
            content="_:x <http://example.org/p> 1 .",
            headers=TURTLE,
        )
    found = Graph().parse(
        data=writer.client.get(PLACE, params={"graph": name}).text,
        format="turtle",
    )
    assert isomorphic(
        found,
        Graph().parse(
            data="[] <http://example.org/p> 1 . [] <http://example.org/p> 1 .",
            format="turtle",
        ),
    )


def test_a_form_brings_several_files_by_type_or_suffix(
    writer, name: str
) -> None:
    files = [
        ("file", ("one.ttl", TRIPLE.format(1), "text/turtle")),
        (
            "file",
            (
                "two.nt",
                '<http://example.org/a> <http://example.org/p> "2" .',
                "application/octet-stream",
            ),
        ),
    ]
    assert (
        writer.client.post(
            PLACE, params={"graph": name}, files=files
        ).status_code
        == 201
    )
    assert len(held(writer, name)) == 2


@pytest.mark.parametrize(
    ("content", "media_type", "told"),
    [
        (
            "<http://example.org/a> <http://example.org/p> 1 .\nnonsense .",
            "text/turtle",
            (400, "line 2"),
        ),
        ("{}", "application/json", (415, "text/turtle")),
        (
            "<http://example.org/a> { }",
            "application/trig",
            (415, "single graph"),
        ),
        (
            '{"@id": "http://example.org/g", "@graph": [{"@id": "http://example.org/a", "http://example.org/p": 1}]}',
            "application/ld+json",
            (400, "more than one graph"),
        ),
        (b"\xff\xfe<", "text/turtle", (400, "line 1")),
    ],
)
def test_what_is_no_graph_changes_nothing(
    content: str | bytes,
    media_type: str,
    told: tuple[int, str],
    writer,
    name: str,
) -> None:
    put(writer, name, TRIPLE.format(1))
    answer = put(writer, name, content, **{"content-type": media_type})
    assert answer.status_code == told[0]
    assert told[1] in answer.text
    assert writer.ask(f"SELECT ?o {{ GRAPH <{name}> {{ ?s ?p ?o }} }}") == ["1"]


@pytest.mark.parametrize(
    "query",
    [
        "graph=relative",
        "graph=",
        "graph=http://e.org/a&graph=http://e.org/b",
        "default&graph=http://e.org/a",
    ],
)
def test_one_request_names_one_graph(query: str, writer) -> None:
    assert writer.client.get(f"{PLACE}?{query}").status_code == 400


@pytest.mark.parametrize(
    ("method", "status"), [("PUT", 400), ("DELETE", 400), ("PATCH", 405)]
)
def test_the_whole_dataset_is_only_read(
    method: str, status: int, writer
) -> None:
    assert (
        writer.client.request(
            method, PLACE, content="", headers=TURTLE
        ).status_code
        == status
    )


def test_a_change_under_a_condition_needs_the_graph_as_it_was_read(
    writer, name: str
) -> None:
    put(writer, name, TRIPLE.format(1))
    tag = writer.client.get(PLACE, params={"graph": name}).headers["etag"]
    assert not tag.startswith("W/")
    assert (
        put(writer, name, TRIPLE.format(2), **{"if-match": tag}).status_code
        == 204
    )
    late = put(writer, name, TRIPLE.format(3), **{"if-match": tag})
    assert late.status_code == 412
    assert writer.ask(f"SELECT ?o {{ GRAPH <{name}> {{ ?s ?p ?o }} }}") == ["2"]
    assert (
        put(
            writer, name, TRIPLE.format(4), **{"if-none-match": "*"}
        ).status_code
        == 412
    )
    writer.client.delete(PLACE, params={"graph": name})
    assert (
        put(writer, name, TRIPLE.format(5), **{"if-match": "*"}).status_code
        == 412
    )
    assert (
        put(
            writer, name, TRIPLE.format(6), **{"if-none-match": "*"}
        ).status_code
        == 201
    )


def test_the_tag_of_a_graph_changes_with_that_graph_alone(
    writer, name: str
) -> None:
    def tag(**place: str) -> str:
        return writer.client.head(PLACE, params=place).headers["etag"]

    put(writer, name, TRIPLE.format(1))
    put(writer, f"{name}-other", TRIPLE.format(1))
    before, whole = tag(graph=name), tag()
    put(writer, f"{name}-other", TRIPLE.format(2))
    assert tag(graph=name) == before
    assert tag() != whole
    update = f"INSERT DATA {{ GRAPH <{name}-other> {{ <urn:a> <urn:b> 3 }} }}"
    writer.client.post("/sparql", data={"update": update})
    assert tag(graph=name) == before
    put(writer, name, TRIPLE.format(2))
    assert tag(graph=name) != before


def test_the_tag_differs_by_coding_and_both_are_known_again(
    writer, name: str
) -> None:
    put(writer, name, "".join(TRIPLE.format(number) for number in range(100)))
    codings = ({"accept-encoding": "identity"}, {"accept-encoding": "gzip"})
    plain, packed = (
        writer.client.get(PLACE, params={"graph": name}, headers=each)
        for each in codings
    )
    assert packed.headers["content-encoding"] == "gzip"
    assert plain.headers["etag"] != packed.headers["etag"]
    assert plain.content == packed.content
    again = writer.client.get(
        PLACE,
        params={"graph": name},
        headers={"if-none-match": packed.headers["etag"]},
    )
    assert again.status_code == 304


def test_the_whole_dataset_is_a_file(shelf) -> None:
    answer = shelf.client.get(PLACE, headers={"accept": "application/n-quads"})
    assert (
        answer.headers["content-disposition"]
        == 'attachment; filename="onrecord.nq"'
    )
    graphs = {
        quad.graph_name.value
        for quad in ox.parse(answer.content, ox.RdfFormat.N_QUADS)
    }
    assert "https://w3id.org/onrecord/doc/one" in graphs
    named = shelf.client.get(PLACE, params={"format": "trig"})
    assert named.headers["content-type"].startswith("application/trig")


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_a_read_only_server_takes_nothing(method: str, shelf) -> None:
    answer = shelf.client.request(
        method,
        PLACE,
        params={"graph": "http://example.org/g"},
        content="",
        headers=TURTLE,
    )
    assert (answer.status_code, answer.headers["allow"]) == (
        405,
        "GET, HEAD, OPTIONS",
    )


@pytest.mark.parametrize(
    "shown",
    [None, "Bearer wrong", "Basic dXNlcjpwYXNz", "Bearer", "Bearer \xe9"],
)
def test_who_does_not_show_the_token_changes_nothing(
    shown: str | None, writer
) -> None:
    headers = {
        **TURTLE,
        **({} if shown is None else {"authorization": shown.encode("latin-1")}),
    }
    with httpx.Client(base_url=writer.url, trust_env=False) as client:
        for answer in (
            client.put(
                PLACE,
                params={"graph": "http://example.org/g"},
                content=TRIPLE.format(1),
                headers=headers,
            ),
            client.post(
                "/sparql",
                data={"update": "CLEAR ALL"},
                headers={
                    **headers,
                    "content-type": "application/x-www-form-urlencoded",
                },
            ),
            client.post(
                "/sparql",
                content="CLEAR ALL",
                headers={
                    **headers,
                    "content-type": "application/sparql-update",
                },
            ),
        ):
            assert answer.status_code == 401
            assert answer.headers["www-authenticate"].startswith("Bearer")
    assert writer.ask("ASK { GRAPH <http://example.org/g> { ?s ?p ?o } }") == [
        "false"
    ]


def test_an_upload_beyond_the_limit_is_refused(starting, tmp_path) -> None:
    site = starting("--max-upload-size", "0.01", data=tmp_path / "store")
    content = "".join(TRIPLE.format(number) for number in range(1000))
    told = put(site, "http://example.org/g", content)
    assert told.status_code == 413
    chunked = site.client.put(
        PLACE,
        params={"graph": "http://example.org/g"},
        content=iter([content.encode()]),
        headers=TURTLE,
    )
    assert chunked.status_code == 413
    assert (
        put(site, "http://example.org/g", TRIPLE.format(1)).status_code == 201
    )
    site.stop()
