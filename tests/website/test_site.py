"""The static site: every link resolves, no script of the data runs, and a second run writes only what changed."""

import functools
import http.server
import json
import posixpath
import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import ClassVar
from urllib.parse import unquote, urljoin, urlsplit

import feedparser
import html5lib
import pyoxigraph as ox
import pytest
import rdflib
from axe_playwright_python.sync_playwright import Axe
from lxml import html
from playwright.sync_api import expect

from onrecord import workspace
from onrecord.model.errors import BadInput, NotWritten
from onrecord.model.iris import OURS, PREFIXES
from onrecord.querying.ask import Graph
from onrecord.querying.bind import Names, bind
from onrecord.querying.evaluate import evaluate
from onrecord.querying.question import questions
from onrecord.website import frame
from onrecord.website.cards import cards
from onrecord.website.cite import bibtex, csl, ris
from onrecord.website.records import statements_json
from onrecord.website.share import drawable, picture
from onrecord.website.site import site
from onrecord.website.static_data import graph_gz, names_json
from onrecord.website.static_links import apart

BASE = "https://ai.example.org/discourse/"
OUTSIDE = ("http://", "https://", "data:")


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A plain host that knows what WebAssembly is."""

    extensions_map: ClassVar[dict[str, str]] = {
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".wasm": "application/wasm",
        ".js": "text/javascript",
    }

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture(scope="session")
def host(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Path, str]]:
    """A folder under a sub-path of a plain web host, and its address."""
    root = tmp_path_factory.mktemp("host")
    handler = functools.partial(Quiet, directory=root)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield root / "sub", f"http://127.0.0.1:{server.server_port}/sub/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def public(host, odd_root: Path) -> tuple[Path, str]:
    """The odd workspace's site, published."""
    folder, address = host
    site(folder, base=BASE, workers=1, workspace=workspace.find(odd_root))
    return folder, address


def page_files(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.html"))


def links(page: Path) -> Iterator[str]:
    for element in html.parse(page).getroot().iter("*"):
        for name in ("href", "src", "action"):
            if element.get(name) is not None:
                yield element.get(name)


def anchors(page: Path) -> set[str]:
    return set(html.parse(page).getroot().xpath("//@id"))


def is_broken(folder: Path, name: str, link: str) -> bool:
    target = urlsplit(urljoin(f"http://host/{name}", link))
    file = folder / unquote(target.path).removeprefix("/")
    if not file.is_file():
        return True
    is_anchor = bool(target.fragment) and "=" not in target.fragment
    return is_anchor and target.fragment not in anchors(file)


def test_every_link_and_anchor_resolves(public) -> None:
    folder, _ = public
    pages = [path.relative_to(folder).as_posix() for path in page_files(folder)]
    broken = [
        (name, link)
        for name in pages
        for link in links(folder / name)
        if not link.startswith(OUTSIDE) and is_broken(folder, name, link)
    ]
    assert len(pages) > 300
    assert not broken


def test_no_file_overwrites_another_where_capitals_do_not_count(public) -> None:
    names = [path.as_posix().lower() for path in public[0].rglob("*")]
    assert sorted(names) == sorted(set(names))


def test_paths_that_a_file_system_would_mix_up_have_files_of_their_own() -> (
    None
):
    renamed = dict(apart(["Suno", "suno", "Netflix", "Index", "Con"]))
    assert renamed.keys() == {"suno", "Index", "Con"}
    assert all(
        re.fullmatch(rf"{path}~c\w{{6}}", renamed[path]) for path in renamed
    )


def test_no_link_of_a_page_begins_at_the_root_of_its_host(public) -> None:
    folder, _ = public
    absolute = [
        (path.name, link)
        for path in page_files(folder)
        for link in links(path)
        if link.startswith("/")
    ]
    assert not absolute


def test_programs_that_read_with_a_model_are_led_to_files_that_are_there(
    public,
) -> None:
    folder, _ = public
    text = (folder / "llms.txt").read_text(encoding="utf-8")
    names = [
        link.removeprefix(BASE) for link in re.findall(r"\]\((.*?)\)", text)
    ]
    assert len(names) == 6
    assert [name for name in names if not (folder / name).is_file()] == []


KINDS = [
    "404.html",
    "-/corrections.html",
    "-/embed/000000000001.html",
    "index.html",
    "-/statements.html?stance=conditional&q=digital",
    "-/questions.html",
    "-/questions/who-urges-whom.html?whom=Studio%20Nine",
    "-/editor.html?query=SELECT%20*%20%7B%3Fs%20a%20%3AStatement%7D",
    "-/search.html?q=digital",
    "-/pair.html?a=Ada-Example&b=Studio-Nine",
    "-/network.html",
    "Ada-Example.html",
    "Evil.html",
    "Nine-Pictures.html",
    "statement/000000000001.html",
    "statement/aaaaaaaaaaaa.html",
    "doc/example-herald-2025-ada-asks.html",
    "topic/deepfakes.html",
    "urges.html",
    "Person.html",
    "graph/entities.html",
    "code/critical.html",
]


TOLD = re.compile(r"\d (row|statement)|\d names|Linked in")
"""What a page says when what it asked for stands there."""
CHECKED = {"exclude": [["article.card:nth-of-type(n + 9)"]]}
"""Of many statements the first, which look like the others."""


@pytest.mark.parametrize("name", KINDS)
def test_no_script_of_the_data_runs_and_axe_finds_nothing(
    public, opened, name
) -> None:
    page = opened(public[1] + name)
    is_map = "network" in name  # its own tests hold the map's page
    if "?" in name:
        expect(page.locator("#status")).to_have_text(TOLD)
    if is_map:
        page.locator("html[data-ready]").wait_for()
    for scheme, width in (("light", 1280), ("dark", 390)):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 844})
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width
        axe = {} if is_map else Axe().run(page, CHECKED).response
        assert [fault["id"] for fault in axe.get("violations", ())] == []


@pytest.mark.parametrize(
    ("name", "status"),
    [
        (
            "-/editor.html?query=SELECT%20*%20%7B%3Fs%20a%20%3AStatement%7D",
            "76 rows",
        ),
        ("-/questions/who-urges-whom.html?whom=Studio%20Nine", "3 rows"),
        ("-/statements.html?stance=critical", "1 of 75 statements"),
        ("-/search.html?q=digitl", "0 names, 1 statements"),
        ("-/search.html?q=ada+consent+likeness", "0 names, 7"),
        ("-/pair.html?a=Ada-Example&b=Studio-Nine", "Linked in 1 step."),
    ],
)
def test_a_static_page_answers_in_the_browser(
    public, opened, name, status
) -> None:
    _, address = public
    page = opened(address + name)
    expect(page.locator("#status")).to_have_text(re.compile(f"^{status}"))


STEPS = {
    "search": ("-/search.html?q=ada", "Search"),
    "pair": ("-/pair.html?a=Ada-Example&b=Studio-Nine", "Show both"),
    "question": ("-/questions/who-urges-whom.html?whom=Studio%20Nine", "Ask"),
}


@pytest.mark.parametrize("kind", STEPS)
def test_back_shows_what_was_asked_before(public, opened, kind) -> None:
    place, button = STEPS[kind]
    page = opened(public[1] + place)
    status, main = page.locator("#status"), page.locator("main")
    expect(status).to_have_text(TOLD)
    field = main.locator("form input:not([type=hidden])").last
    before, told = field.input_value(), status.inner_text()
    told = re.compile(rf"^{re.escape(told.partition(' in ')[0])}")
    field.fill("nobody at all")
    main.get_by_role("button", name=button, exact=True).click()
    expect(status).not_to_have_text(told)
    page.go_back()
    expect(field).to_have_value(before)
    expect(status).to_have_text(told)


def test_a_choice_of_statements_is_taken_back_by_back(public, opened) -> None:
    page = opened(f"{public[1]}-/statements.html")
    page.locator("[data-of=stance] summary").click()
    page.get_by_label("critical").check()
    expect(page.locator("#status")).to_have_text(re.compile(r"^1 of 75 "))
    page.go_back()
    expect(page.locator("#status")).to_have_text(re.compile(r"^75 of 75 "))
    expect(page.get_by_label("critical")).not_to_be_checked()


def test_two_names_are_told_with_everybody_between_them(public, opened) -> None:
    page = opened(f"{public[1]}-/pair.html?a=Studio-Nine&b=Ada-Example")
    chain = page.locator("#shown h2 + p").first
    expect(chain).to_have_text("Studio Nine → Ada Example")


def test_families_of_topics_go_by_their_names(odd, send) -> None:
    told = json.loads(send(statements_json, graph=odd))
    named = [told["names"].get(key) for key in told["families"].values()]
    assert named
    assert all(named)


def test_a_found_statement_is_told_as_elsewhere_with_what_was_found_marked(
    public, opened
) -> None:
    page = opened(f"{public[1]}-/search.html?q=%22digital+doubles%22+asks")
    found = page.locator("#finds article").first
    told = " ".join(found.inner_text().split())
    assert "◆ conditional · said 21 October 2025" in told
    marked = set(found.locator("mark").all_inner_texts())
    assert {"Asks", "digital", "doubles"} <= marked


def test_a_statement_is_cited_and_its_code_copied_with_one_click(
    public, opened, odd
) -> None:
    _, address = public
    page = opened(f"{address}statement/000000000002.html")
    page.locator("details.cite summary").click()
    links = page.locator("#citations a").evaluate_all(
        "links => links.map((link) => [link.download, decodeURIComponent(link.href)])"
    )
    made = {name: address.partition(",")[2] for name, address in links}
    card = cards(odd, {OURS["st"] + "000000000002"})[
        OURS["st"] + "000000000002"
    ]
    web = replace(card, proof=replace(card.proof, url=None))
    key = card.proof.id
    assert made == {
        f"{key}.bib": bibtex(web),
        f"{key}.ris": ris(web),
        f"{key}.json": csl(web),
    }
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy the code").click()
    page.get_by_text("Copied.").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("#code").input_value()


def test_a_map_stands_in_somebody_else_s_page_by_its_code(
    public, opened, tmp_path
) -> None:
    _, address = public
    page = opened(f"{address}-/network.html#node=Ada-Example&table=true")
    page.locator("html[data-ready]").wait_for()
    page.get_by_role("button", name="Embed").click()
    code = page.locator("#embed-code").input_value()
    frame = html.fragment_fromstring(code, create_parent=True).find("iframe")
    assert frame.get("title") == "Ada Example: a map"
    assert "allow-same-origin" not in frame.get("sandbox")
    assert "CC BY 4.0" in code
    (tmp_path / "article.html").write_text(
        f"<!doctype html>{code}", encoding="utf-8"
    )
    article = opened((tmp_path / "article.html").as_uri(), also=address)
    shown = article.frame_locator("iframe")
    shown.locator("#panel h2", has_text="Ada Example").wait_for()
    assert not shown.locator(".legend").is_visible()
    whole = shown.get_by_role("link", name="Open the whole map")
    assert whole.get_attribute("href") == page.url


COMMON = """async () => {
  const { ranking } = document.querySelector("script[data-ranking]").dataset;
  const { hitsIn, newIndex, statementWords } = await import(new URL(ranking, location.href).href);
  const index = newIndex(() => 1);
  const entry = (id) => statementWords(id, [`Ada ${id % 7}`], ["urges"], [`contract lex${id}`], "");
  index.addAll(Array.from({ length: 3000 }, (_, id) => entry(id)));
  const ids = (hits) => hits.map(({ id }) => id).sort((one, two) => one - two).join(" ");
  const texts = ["contract", "contr", "contract lex12", "lex12 contract", "ada urges", "lex299"];
  return texts.map((text) => [ids(hitsIn(index, text, () => "")), ids(index.search(text))]);
}"""


def test_a_word_that_most_statements_hold_finds_what_weighing_each_would(
    public, opened
) -> None:
    page = opened(f"{public[1]}-/search.html")
    for quick, weighed in page.evaluate(COMMON):
        assert quick == weighed
        assert quick


SUGGESTED = """() => {
  const input = document.querySelector("[data-lookup]");
  input.value = "merc";
  input.dispatchEvent(new Event("input"));
  const options = [...document.querySelectorAll("#names option")];
  return options.length === 2 ? options.map(({ value, label }) => [value, label]) : null;
}"""


def test_two_of_one_name_are_told_apart_as_it_is_typed(public, opened) -> None:
    page = opened(f"{public[1]}-/questions/who-urges-whom.html")
    told = page.wait_for_function(SUGGESTED).json_value()
    assert told == [
        [":Mercury", "Mercury, film"],
        [":Mercury-Company", "Mercury, company"],
    ]


def test_names_go_with_what_each_is(odd) -> None:
    rows = {row[0]: row[1:] for row in json.loads(names_json(odd))}
    label, cls, description, *aliases = rows["Ada-Example"]
    assert (label, cls) == ("Ada Example", "person")
    assert description == "Plays <b>nobody</b> & everybody."
    assert aliases == ["A. Example", "Adé Exámple"]
    assert rows["Mercury"] == ["Mercury", "film", ""]


def test_an_unknown_name_is_told_with_what_is_near(public, opened) -> None:
    page = opened(f"{public[1]}-/questions/who-urges-whom.html?whom=Nine")
    page.wait_for_selector("#fault:not([hidden])")
    assert "is it Studio Nine" in page.inner_text("#fault")


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_what_a_page_says_of_itself_is_linked_data(public) -> None:
    for name in ("index", "Ada-Example", "Evil", "statement/000000000001"):
        root = html.parse(public[0] / f"{name}.html").getroot()
        told = root.xpath("string(//script[@type='application/ld+json'])")
        data = json.loads(told)
        data["@context"] = {"@vocab": "https://schema.org/"}
        found = rdflib.Dataset(default_union=True).parse(
            data=json.dumps(data), format="json-ld"
        )
        subject = rdflib.URIRef(data["@id"])
        assert (subject, rdflib.RDF.type, None) in found
        title = root.xpath("string(//meta[@property='og:title']/@content)")
        assert title
        assert title in {*map(str, found.objects(subject))}
        assert root.xpath("string(//link[@rel='canonical']/@href)").startswith(
            BASE
        )


def test_a_share_picture_leaves_out_the_letters_that_its_font_lacks() -> None:
    assert drawable("Françoise Łódź 東京 Ωδή") == "Françoise Łódź Ωδή"
    assert picture("東京", "person", "A site") == picture(
        "", "person", "A site"
    )


def test_pages_whose_scripts_make_links_know_which_files_have_another_name(
    public,
) -> None:
    names = (
        "editor",
        "search",
        "pair",
        "statements",
        "questions/who-urges-whom",
    )
    for name in names:
        root = html.parse(public[0] / "-" / f"{name}.html").getroot()
        assert "relation=relation~" in root.get("data-apart"), name


def test_only_pages_that_ask_may_run_webassembly(public) -> None:
    asking = set()
    for path in page_files(public[0]):
        if "wasm-unsafe-eval" in path.read_text(encoding="utf-8"):
            asking.add(path.relative_to(public[0]).parts[:2])
    assert asking == {("-", "editor.html"), ("-", "questions")}


def test_every_picture_that_is_named_is_there(public) -> None:
    for path in page_files(public[0]):
        root = html.parse(path).getroot()
        for place in root.xpath("//meta[@property='og:image']/@content"):
            file = public[0] / place.removeprefix(BASE)
            assert file.read_bytes().startswith(b"\x89PNG")


def test_a_citation_is_one_record_whatever_its_title_holds(odd) -> None:
    iri = OURS["st"] + "000000000001"
    card = cards(odd, {iri})[iri]
    assert json.loads(csl(card))[0]["title"] == "Ada <asks> & asks"
    assert r"title = {Ada <asks> \& asks}," in bibtex(card)
    assert "TI  - Ada <asks> & asks\r\n" in ris(card)
    assert ris(card).endswith("ER  - \r\n")


def test_the_html_is_valid(public) -> None:
    for path in page_files(public[0])[::9]:
        parser = html5lib.HTMLParser(strict=False)
        parser.parse(path.read_bytes())
        faults = [fault[1] for fault in parser.errors]
        assert not faults, (path, parser.errors[:3])


@pytest.mark.parametrize(
    "name",
    [
        *("-/feed.atom", "Studio-Nine.atom", "topic/deepfakes.atom"),
        "-/questions/joint-statements.atom",
    ],
)
def test_a_feed_is_read_by_a_reader(public, name) -> None:
    found = feedparser.parse((public[0] / name).read_bytes())
    assert not found.bozo
    assert bool(found.entries) is ("joint" not in name)
    assert found.feed.id
    for entry in found.entries:
        path = urlsplit(entry.link).path.removeprefix(urlsplit(BASE).path)
        assert entry.link.startswith(BASE)
        assert (public[0] / path).is_file()


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def own(odd_root: Path, tmp_path: Path) -> Path:
    """A copy of the odd workspace without its many statements, to be changed."""
    root = workspace.init(tmp_path / "own").root
    for path in (odd_root / "graphs").rglob("*.ttl"):
        if path.name != "long.ttl":
            target = root / "graphs" / path.relative_to(odd_root / "graphs")
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(path.read_bytes())
    return root


@pytest.mark.timeout(600)  # four sites
def test_a_second_run_writes_what_changed_and_removes_what_is_gone(
    own, tmp_path
) -> None:
    target, used = tmp_path / "public", workspace.find(own)
    site(target, workers=1, workspace=used)
    before = contents(target)
    again = site(target, workers=1, workspace=used)
    assert (again.written, again.removed) == (0, 0)
    assert contents(target) == before
    kept = (target / "topic/deepfakes.html").stat().st_ino
    document = own / "graphs/documents/example-herald-2025-ada-asks.ttl"
    text = document.read_text().replace(
        "The gist of 000000000005.", "Another gist."
    )
    document.write_text(text)
    entities = own / "graphs/entities.ttl"
    lines = entities.read_text().splitlines(keepends=True)
    text = "".join(line for line in lines if ":Mercury a" not in line)
    entities.write_text(text.replace('"Mercury"', '"Mercury Pictures"'))
    changed = site(target, workers=1, workspace=used)
    assert 0 < changed.written < len(before) / 2
    assert not (target / "Mercury.html").exists()
    assert (
        b"Another gist."
        in (target / "statement/000000000005.html").read_bytes()
    )
    assert b"Another gist." in (target / "Ada-Example.html").read_bytes()
    assert (target / "topic/deepfakes.html").stat().st_ino == kept
    fresh = tmp_path / "fresh"
    site(fresh, workers=1, workspace=used)
    assert contents(fresh) == contents(target)


def test_a_folder_that_it_did_not_make_is_left_alone(own, tmp_path) -> None:
    target = tmp_path / "home"
    target.mkdir()
    (target / "letter.txt").write_text("dear")
    with pytest.raises(NotWritten, match="not made by `onrecord site`"):
        site(target, workspace=workspace.find(own))
    assert contents(target) == {"letter.txt": b"dear"}


@pytest.mark.parametrize(
    "base", ["ai.example.org", "ftp://x.example/", "https://x.example/?a"]
)
def test_a_base_that_is_no_address_is_refused(own, tmp_path, base) -> None:
    with pytest.raises(BadInput, match="--base"):
        site(tmp_path / "public", base=base, workspace=workspace.find(own))
    assert not (tmp_path / "public").exists()


def plain(text: str) -> list[str]:
    """The rows of an answer in JSON, in an order of their own."""
    found = json.loads(text)
    rows = found.get("results", {}).get("bindings", [found.get("boolean")])
    return sorted(json.dumps(in_order(row), sort_keys=True) for row in rows)


def in_order(row: object) -> object:
    """A row whose joined texts are sorted: in which order they are joined is the engine's choice."""
    if not isinstance(row, dict):
        return row
    values = {name: term["value"].split(" / ") for name, term in row.items()}
    return {name: {**row[name], "value": sorted(values[name])} for name in row}


NARROWED = {
    "coded-stances": {"topic": "deepfakes"},
    "on-topic": {"topic": "deepfakes"},
    "stance-changes": {"actor": "OpenAI"},
    "stance-differences-undated": {"actor": "OpenAI"},
}
"""Questions that take an engine a second and more are asked of one topic or one who speaks."""


def test_the_engine_in_the_browser_answers_as_the_one_here(
    host, opened, graph: Graph
) -> None:
    root, address = host
    folder = root.parent / "engine"
    folder.mkdir()
    for name in ("engine.js", "oxigraph.js", "oxigraph.wasm.gz"):
        (folder / name).write_bytes(frame.content(name))
    (folder / "graph.nq.gz").write_bytes(graph_gz(graph))
    (folder / "words.json").write_text(json.dumps({"prefixes": PREFIXES}))
    (folder / "index.html").write_text(
        "<!doctype html><link rel=icon href=data:,>"
    )
    page = opened(posixpath.join(address, "../engine/index.html"))
    names = Names(lambda: graph.vocabulary, lambda: graph.registry)
    asked = {
        question.name: bind(question, NARROWED.get(question.name, {}), names)
        for question in questions(graph.workspace)
    }
    answers = page.evaluate(
        """async (asked) => {
          const engine = await import(new URL("engine.js", location.href).href);
          const opened = await engine.open({ engine: "oxigraph.js", wasm: "oxigraph.wasm.gz",
            graph: "graph.nq.gz", words: "words.json" });
          return Object.fromEntries(Object.entries(asked).map(([name, query]) => [name, engine.ask(opened, query)]));
        }""",
        asked,
    )
    assert len(answers) > 10
    for name, text in answers.items():
        here = evaluate(graph.store, asked[name])
        if isinstance(here, ox.QueryTriples):
            assert len(text.splitlines()) == len(list(here)), name
        else:
            assert plain(text) == plain(
                here.serialize(format=ox.QueryResultsFormat.JSON).decode()
            ), name
