"""Pages as they are made, a graph of invented people with hostile texts, its server, and a browser to look at it."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import Browser, BrowserContext, Page

from onrecord import workspace
from onrecord.querying.ask import Graph

WIDE, PHONE = (1280, 900), (390, 844)
PREFIXES = """
@prefix : <https://w3id.org/onrecord/> .
@prefix code: <https://w3id.org/onrecord/code/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix doc: <https://w3id.org/onrecord/doc/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix run: <https://w3id.org/onrecord/run/> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix st: <https://w3id.org/onrecord/statement/> .
@prefix topic: <https://w3id.org/onrecord/topic/> .
@prefix utt: <https://w3id.org/onrecord/utterance/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
ENTITIES = """
:Ada-Example a :Person ; rdfs:label "Ada Example"@en ; skos:altLabel "A. Example", "Adé Exámple" ; :role "actor"@en ;
  dcterms:description "Plays <b>nobody</b> & everybody."@en ; :affiliation :Studio-Nine .
:Mercury a :Film ; rdfs:label "Mercury"@en .
:Mercury-Company a :Company ; rdfs:label "Mercury"@en .
:Studio-Nine a :Company ; rdfs:label "Studio Nine"@en .
:Nine-Pictures dcterms:isReplacedBy :Studio-Nine .
:Evil a :Company ; rdfs:label "<script>alert(1)</script> & \\"Co\\""@en ; skos:altLabel "=HYPERLINK(1)" .
"""
RUNS = """
run:machine a :Run ; rdfs:label "A run of rules" ; :runKind code:extraction .
"""
REMOVED = """
st:aaaaaaaaaaaa a :Removed ; :removedOn "2026-11-20"^^xsd:date ; :reason "It was <i>wrong</i>."@en .
doc:example-herald-gone a :Removed .
"""
DOCUMENT = """
doc:example-herald-2025-ada-asks a :Document ; rdfs:label "Ada <asks> & asks" ; dcterms:publisher "=Example Herald" ;
  dcterms:issued "2025-10"^^xsd:gYearMonth ; schema:url <%s> ; :sourceKind code:report-source .
"""
STATEMENT = """
st:%(id)s a :Statement ; rdfs:label "%(sentence)s"@en ;
  :actor %(actor)s ; :relation :%(relation)s ; :object %(object)s ; :topic topic:consent-and-likeness ;
  :negated %(negated)s ; :modality code:actual ; :reportBasis code:self-report ; :stanceOnAI code:%(stance)s ;
  :confidence 0.90 ; :gist "%(gist)s"@en ; :reviewStatus code:%(status)s ;
  prov:wasGeneratedBy run:machine ; :document doc:example-herald-2025-ada-asks %(more)s .
"""


def statement(key: str, sentence: str, **more: str) -> str:
    """A statement of Ada Example's that urges Studio Nine, unless it is told otherwise."""
    usual = {
        "actor": ":Ada-Example",
        "relation": "urges",
        "object": ":Studio-Nine",
        "negated": "false",
    }
    told = {
        "stance": "conditional",
        "gist": f"The gist of {key}.",
        "status": "unreviewed",
        "more": "",
    }
    return STATEMENT % {
        "id": key,
        "sentence": sentence,
        **usual,
        **told,
        **more,
    }


STATEMENTS = (
    statement(
        "000000000001",
        "Ada Example urges Studio Nine",
        gist=r'Asks for \"digital doubles\" <img src=x onerror=alert(2)>.',
        more=''' ; :saidOn "2025-10-21"^^xsd:date ; :utterance utt:one ; :evidence
  <https://w3id.org/onrecord/statement/000000000001/evidence> .
<https://w3id.org/onrecord/statement/000000000001/evidence> a oa:SpecificResource ; oa:hasSelector
  <https://w3id.org/onrecord/statement/000000000001/words>, <https://w3id.org/onrecord/statement/000000000001/place> .
<https://w3id.org/onrecord/statement/000000000001/place> a oa:TextPositionSelector ; oa:start 4 ; oa:end 29 .
<https://w3id.org/onrecord/statement/000000000001/words> a oa:TextQuoteSelector ;
  oa:exact "pay for <em>every</em> double"''',
    ),
    statement("000000000002", "Ada Example does not urge Studio Nine", negated="true", more=" ; :utterance utt:one"),
    statement("000000000003", "Ada Example urges Studio Nine", status="rejected", gist="Never said."),
    statement("000000000004", "Ada Example urges Studio Nine", more=" ; :disputes st:000000000001", status="accepted"),
    statement("000000000005", "Studio Nine criticizes Ada Example", actor=":Studio-Nine", object=":Ada-Example",
              relation="criticizes", stance="critical"),
    statement("000000000006", "<script>alert(1)</script> & Co urges Ada Example", actor=":Evil", object=":Ada-Example"),
)  # fmt: skip
Draw = Callable[..., html.HtmlElement]


@pytest.fixture(scope="session")
def odd_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of invented people, in whose texts stands what must stay text."""
    root = workspace.init(tmp_path_factory.mktemp("odd") / "graph").root
    graphs = root / "graphs"
    for name, text in (
        ("entities", ENTITIES),
        ("runs", RUNS),
        ("removed", REMOVED),
    ):
        (graphs / f"{name}.ttl").write_text(PREFIXES + text, encoding="utf-8")
    told = PREFIXES + DOCUMENT % "javascript:alert(3)" + "".join(STATEMENTS)
    (graphs / "documents" / "example-herald-2025-ada-asks.ttl").write_text(
        told, encoding="utf-8"
    )
    one = {
        "actor": ":Studio-Nine",
        "relation": "callsFor",
        "object": "topic:deepfakes",
    }
    many = [
        statement(f"1{at:011}", "Studio Nine makes demands on deepfakes", **one)
        for at in range(70)
    ]
    long = (
        DOCUMENT.replace("example-herald-2025-ada-asks", "long")
        % "https://times.example/long"
    )
    text = "".join(many).replace("example-herald-2025-ada-asks", "long")
    (graphs / "documents" / "long.ttl").write_text(
        PREFIXES + long + text, encoding="utf-8"
    )
    return root


@pytest.fixture(scope="session")
def odd(odd_root: Path) -> Graph:
    """That workspace's graph."""
    return Graph(workspace.find(odd_root))


@pytest.fixture(scope="session")
def odd_site(starting, odd_root: Path):
    """Its server."""
    return starting(before=("-C", odd_root))


def sent(work: Callable[..., None], *words, graph: Graph) -> bytes:
    pieces: list[bytes] = []
    partial(work, *words)(graph, pieces.append)
    return b"".join(pieces)


@pytest.fixture(scope="session")
def send() -> Callable[..., bytes]:
    """All that a work sends."""
    return sent


@pytest.fixture(scope="session")
def drawn() -> Draw:
    """The page that a work sends."""

    def draw(
        work: Callable[..., None], *words, graph: Graph
    ) -> html.HtmlElement:
        return html.document_fromstring(
            sent(work, *words, graph=graph).decode()
        )

    return draw


@pytest.fixture
def opened(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens an address; the test fails if the page says an error or asks any host but its own and `also`."""
    contexts: list[BrowserContext] = []
    said: list[str] = []
    asked: list[str] = []
    hosts: set[str] = set()

    def open_(  # noqa: PLR0913  each is one way of looking
        url: str,
        *,
        phone: bool = False,
        dark: bool = False,
        scripts: bool = True,
        faults: bool = False,
        also: str = "",
    ) -> Page:
        width, height = PHONE if phone else WIDE
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
        )
        context.set_default_timeout(60_000)
        contexts.append(context)
        hosts.update(
            "/".join(place.split("/")[:3]) for place in (url, also) if place
        )
        page = context.new_page()
        if not faults:
            page.on(
                "console",
                lambda each: (
                    said.append(each.text)
                    if each.type in {"error", "warning"}
                    else None
                ),
            )
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.on(
            "dialog", lambda dialog: said.append(f"a dialog: {dialog.message}")
        )
        page.goto(url)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert said == []
    assert [
        url for url in asked if not url.startswith((*hosts, "blob:", "data:"))
    ] == []
