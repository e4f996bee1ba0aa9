"""The pages as the server gives them."""

import hashlib
import re
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pyoxigraph as ox
import pytest

from onrecord.model.iris import BASE
from onrecord.website import frame

BROWSER = {
    "accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
}
STRICT = "default-src 'none'; script-src 'self'; style-src 'self'"


@pytest.mark.parametrize(
    ("accept", "media_type", "suffix"),
    [
        (BROWSER["accept"], "text/html; charset=utf-8", ".html"),
        ("*/*", "text/html; charset=utf-8", ".html"),
        ("text/turtle", "text/turtle; charset=utf-8", ".ttl"),
        (
            "application/ld+json, text/turtle;q=0.5",
            "application/ld+json",
            ".jsonld",
        ),
        ("application/json", "application/json", ".jsonld"),
        ("application/n-triples", "application/n-triples", ".nt"),
        ("application/rdf+xml", "application/rdf+xml", ".rdf"),
        ("text/csv", "text/csv; charset=utf-8", ".csv"),
        (
            "text/html;q=0.1, text/turtle;q=0.2",
            "text/turtle; charset=utf-8",
            ".ttl",
        ),
    ],
)
def test_an_iri_is_answered_as_the_client_accepts(
    reader, accept, media_type, suffix
):
    answer = reader.client.get("/SAG-AFTRA", headers={"accept": accept})
    assert (answer.status_code, answer.headers["content-type"]) == (
        200,
        media_type,
    )
    assert answer.headers["content-location"] == f"/SAG-AFTRA{suffix}"
    assert "Accept" in answer.headers["vary"]


def test_a_format_that_there_is_not_is_refused(reader):
    assert (
        reader.client.get(
            "/SAG-AFTRA", headers={"accept": "image/png"}
        ).status_code
        == 406
    )


@pytest.mark.parametrize(
    "suffix", ["ttl", "jsonld", "nt", "rdf", "csv", "html"]
)
def test_a_suffix_chooses_the_format_whatever_the_client_accepts(
    reader, suffix
):
    plain = reader.client.get(
        f"/topic/deepfakes.{suffix}", headers={"accept": "image/png"}
    )
    assert plain.status_code == 200
    assert plain.headers["content-location"] == f"/topic/deepfakes.{suffix}"


def test_the_links_of_a_page_lead_to_its_data_and_say_what_it_describes(reader):
    answer = reader.client.get("/urges", headers=BROWSER)
    assert f'<{BASE}urges>; rel="describes"' in answer.headers["link"]
    assert (
        reader.client.get("/urges?page=2", headers=BROWSER).headers[
            "content-location"
        ]
        == "/urges.html?page=2"
    )
    assert (
        '</urges.ttl>; rel="alternate"; type="text/turtle"'
        in answer.headers["link"]
    )
    heads = re.findall(
        r'<link rel="alternate" type="([^"]+)" href="([^"]+)"', answer.text
    )
    assert ("text/turtle", "/urges.ttl") in heads
    for media_type, address in heads:
        assert (
            reader.client.get(address).headers["content-type"].split(";")[0]
            == media_type
        )


def test_the_turtle_that_is_served_parses(reader):
    answer = reader.client.get("/OpenAI.ttl")
    assert len(list(ox.parse(answer.content, format=ox.RdfFormat.TURTLE))) > 100


@pytest.mark.parametrize(
    ("path", "status", "location"),
    [
        ("/Nine-Pictures", 301, "/Studio-Nine"),
        ("/Nine-Pictures.ttl", 301, "/Studio-Nine.ttl"),
        ("/studio-nine", 302, "/Studio-Nine"),
        ("/Studio-Nine/", 302, "/Studio-Nine"),
        ("/statement/000000000001/words", 302, "/statement/000000000001"),
        ("/Studio%20Nine", 302, "/Studio-Nine"),
    ],
)
def test_what_stands_elsewhere_is_led_to(odd_site, path, status, location):
    answer = odd_site.client.get(path)
    assert (answer.status_code, answer.headers["location"]) == (
        status,
        location,
    )


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/statement/aaaaaaaaaaaa", 410),
        ("/nobody-at-all", 404),
        ("/Mercurry", 404),
        ("/topic/nothing", 404),
        ("/%3Cscript%3E", 404),
        ("/a%20b", 404),
        ("/%E2%98%83", 404),
        ("/-/nothing", 404),
        ("/-/static/nothing.css", 404),
        ("/-/static/..%2Fframe.py", 404),
        ("/-/questions/nothing", 404),
        ("/-/questions/who-urges-whom?whom=Mercury", 400),
        ("/-/questions/who-urges-whom?whom=Nobody", 404),
        ("/-/questions/statements-by?since=yesterday", 400),
        ("/-/questions/who-urges-whom.ttl", 404),
        ("/-/network?about=Nobodyatall", 404),
        ("/-/editor?query=SELECT", 400),
        ("/-/editor?query=DROP+ALL", 400),
    ],
)
def test_what_is_not_there_or_not_sound_says_so_in_a_page(
    odd_site, path, status
):
    answer = odd_site.client.get(path, headers=BROWSER)
    assert answer.status_code == status
    assert "<script>alert" not in answer.text
    assert "Traceback" not in answer.text


def test_a_question_that_nobody_knows_leads_to_those_that_are_known(reader):
    answer = reader.client.get("/-/questions/who-urges-whon", headers=BROWSER)
    assert (
        answer.status_code,
        "did you mean who-urges-whom" in answer.text,
    ) == (
        404,
        True,
    )
    assert reader.client.get("/-/questions/nothing.csv").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/SAG-AFTRA",
        "/-/questions",
        "/-/questions/who-urges-whom?whom=OpenAI",
        "/-/search?q=a",
        "/-/editor",
        "/nobody",
    ],
)
def test_every_page_keeps_to_a_strict_policy(reader, path):
    answer = reader.client.get(path, headers=BROWSER)
    assert answer.headers["content-security-policy"].startswith(STRICT)
    assert not re.search(
        r"<script(?! type=.application/ld.json.)(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=",
        answer.text,
    )


def test_the_network_page_runs_its_own_two_scripts_alone(odd_site):
    answer = odd_site.client.get(
        "/-/network",
        params={"about": "Ada Example", "depth": "2"},
        headers=BROWSER,
    )
    policy = answer.headers["content-security-policy"]
    assert answer.status_code == 200
    assert policy.count("'sha256-") == 2
    assert "frame-ancestors 'none'" in policy
    assert "Ada Example: who says what about AI" in answer.text


def test_a_page_is_not_sent_again_to_who_has_it(reader):
    first = reader.client.get("/urges", headers=BROWSER)
    again = reader.client.get(
        "/urges", headers={**BROWSER, "if-none-match": first.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")
    head = reader.client.head("/urges", headers=BROWSER)
    assert (head.status_code, head.content) == (200, b"")


def test_static_files_are_kept_for_ever_under_an_address_that_changes_with_them(
    reader,
):
    page = reader.client.get("/", headers=BROWSER).text
    addresses = set(re.findall(r'"(/-/static/[^"]+)"', page))
    assert len(addresses) == 3
    for address in addresses:
        answer = reader.client.get(address)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
        assert address.endswith(hashlib.sha256(answer.content).hexdigest()[:12])
        assert (
            reader.client.get(
                address, headers={"if-none-match": answer.headers["etag"]}
            ).status_code
            == 304
        )


def test_the_bundled_editor_is_the_one_that_its_readme_names(reader):
    content = reader.client.get(frame.static("codemirror.js")).content
    readme = (frame.HERE / "vendor" / "codemirror" / "README.md").read_text(
        encoding="utf-8"
    )
    assert hashlib.sha256(content).hexdigest() in readme
    assert b"eval(" not in content
    assert (
        "MIT License"
        in reader.client.get("/-/static/codemirror-licences.txt").text
    )


def test_the_editor_answers_a_form_without_any_script(reader):
    answer = reader.client.post(
        "/-/editor", data={"query": "SELECT ?whom { :SAG-AFTRA :urges ?whom }"}
    )
    assert answer.status_code == 200
    assert '<a href="/OpenAI">OpenAI</a>' in answer.text
    wrong = reader.client.post(
        "/-/editor", data={"query": "SELECT ?x WHERE {\n  ?x oops }"}
    )
    assert wrong.status_code == 400
    assert "line 2, column 6" in wrong.text


def test_the_editor_reaches_no_other_endpoint(reader, endpoint):
    url, reached = endpoint
    reached.clear()  # others may have asked it before
    answer = reader.client.post(
        "/-/editor",
        data={"query": f"SELECT ?x {{ SERVICE <{url}> {{ ?x ?y ?z }} }}"},
    )
    assert (answer.status_code, reached) == (400, [])


def test_the_vocabulary_for_completion_has_terms_and_prefixes(reader):
    told = reader.client.get("/-/vocabulary.json").json()
    names = {each["name"]: each for each in told["terms"]}
    assert names[":urges"]["kind"] == "relation"
    assert names["topic:deepfakes"]["kind"] == "topic"
    assert names[":Company"]["kind"] == "class"
    assert names[":saidOn"]["info"]
    assert told["prefixes"]["dcterms"]


@pytest.mark.parametrize(
    ("path", "accept", "media_type"),
    [
        ("/-/search.csv?q=sora", "*/*", "text/csv; charset=utf-8"),
        ("/-/search?q=sora", "application/json", "application/json"),
        ("/-/search?q=sora", "text/csv", "text/csv; charset=utf-8"),
        ("/-/lookup?q=sora", "*/*", "application/json"),
        (
            "/-/questions/who-urges-whom.csv?whom=OpenAI",
            "*/*",
            "text/csv; charset=utf-8",
        ),
        (
            "/-/questions/who-urges-whom?whom=OpenAI",
            "application/sparql-results+json",
            "application/sparql-results+json",
        ),
        (
            "/-/questions/network-around?entity=Sora",
            "text/turtle",
            "text/turtle; charset=utf-8",
        ),
    ],
)
def test_searches_and_answers_come_as_data_too(
    reader, path, accept, media_type
):
    answer = reader.client.get(path, headers={"accept": accept})
    assert (answer.status_code, answer.headers["content-type"]) == (
        200,
        media_type,
    )


def test_a_writable_server_has_pages_of_what_was_put_there(writer):
    assert writer.client.get("/", headers=BROWSER).status_code == 200
    assert writer.client.get("/doc/one", headers=BROWSER).status_code == 200
    assert writer.client.get("/urges", headers=BROWSER).status_code == 200


def test_strange_entities_have_pages_that_stand(starting, tmp_path):
    site = starting(data=tmp_path / "store")
    strange = f"""<{BASE}Odd> a <http://example.org/Thing> ; <http://www.w3.org/2000/01/rdf-schema#label> "Odd" .
      <{BASE}日本> a <{BASE}Company> ; <http://www.w3.org/2000/01/rdf-schema#label> "Nippon" .
      <{BASE}statement/1> a <{BASE}Statement> ; <{BASE}actor> <{BASE}Odd> ; <{BASE}relation> <{BASE}nonesuch> ."""
    answer = site.client.put(
        "/-/graphs",
        params={"graph": f"{BASE}graph/entities"},
        content=strange,
        headers={"content-type": "text/turtle"},
    )
    assert answer.status_code in {200, 201, 204}
    for path in (
        "/",
        "/Odd",
        "/Odd.ttl",
        "/Odd.csv",
        "/日本",
        "/日本.ttl?page=日",
        "/statement/1",
        "/-/search?q=odd",
        "/-/lookup?q=odd",
        "/graph/entities",
    ):
        assert site.client.get(path, headers=BROWSER).status_code == 200, path
    site.stop()


def test_robots_are_asked_to_leave_alone_what_is_worked_out_anew(reader):
    assert "Disallow: /-/" in reader.client.get("/robots.txt").text


def test_the_network_page_holds_what_only_a_store_that_others_write_knows(
    starting, tmp_path
):
    site = starting("--workers", "1", data=tmp_path / "store")
    strange = """INSERT DATA { GRAPH <urn:strange> {
      :Robot :drawnAs "robot" . :Robo a :Robot ; rdfs:label "Robo" . :Ada a :Person ; rdfs:label "Ada" .
      st:00000001 a :Statement ; :actor :Ada ; :relation :criticizes ; :object :Robo ; :negated false ;
        :modality code:actual ; :reportBasis code:self-report ; :reviewStatus code:unreviewed ; :confidence 0.9 .
    } }"""
    assert (
        site.client.post("/sparql", data={"update": strange}).status_code == 204
    )
    answer = site.client.get("/-/network")
    assert answer.status_code == 200
    assert "Robo" in answer.text
    site.stop()


@pytest.fixture
def foreign(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """Somebody else's site: its folder, and its origin."""
    handler = partial(SimpleHTTPRequestHandler, directory=tmp_path)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield tmp_path, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_an_embed_page_alone_may_stand_in_the_frame_of_a_named_site(
    starting, odd_root, foreign, browser
):
    folder, origin = foreign
    site = starting("--frame-ancestors", origin, before=("-C", odd_root))
    embed = site.client.get("/-/embed/000000000001", headers=BROWSER)
    assert embed.status_code == 200
    assert (
        f"frame-ancestors {origin}" in embed.headers["content-security-policy"]
    )
    page = site.client.get("/statement/000000000001", headers=BROWSER)
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
    assert site.client.get("/-/embed/nothing").status_code == 404
    frames = "".join(
        f'<iframe src="{site.url}/{path}/000000000001"></iframe>'
        for path in ("-/embed", "statement")
    )
    (folder / "article.html").write_text(frames, encoding="utf-8")
    article = browser.new_page()
    article.goto(f"{origin}/article.html")
    _, shown, refused = article.frames
    assert "digital doubles" in shown.locator("body").inner_text()
    assert "digital doubles" not in refused.content()
    article.close()
    site.stop()


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/-/statements", "text/html"),
        ("/-/statements.json", "application/json"),
        ("/-/statements.csv", "text/csv"),
        ("/-/feed.atom", "application/atom+xml"),
        ("/Ada-Example.atom", "application/atom+xml"),
        (
            "/-/questions/who-urges-whom.atom?whom=Studio+Nine",
            "application/atom+xml",
        ),
        ("/utterance/one", "text/html"),
        ("/-/pair", "text/html"),
        ("/-/corrections", "text/html"),
        ("/-/embed/000000000001", "text/html"),
    ],
)
def test_lists_feeds_and_pairs_are_served(odd_site, path, kind):
    answer = odd_site.client.get(path, headers=BROWSER)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(kind)
