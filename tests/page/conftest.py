"""One browser for all pages, pages of the graph that ships, and invented networks."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from onrecord.model.vocabulary import Vocabulary
from onrecord.networks import EdgeStatement, Link, Network, Node
from onrecord.networks.graph import network
from onrecord.page.view import page
from onrecord.querying.ask import Graph

WIDE, PHONE = (1440, 900), (390, 844)

DRAWN = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
"""Two frames: the map is framed anew in the one after what stands around it took room from it."""

ARRIVE = """view => {
    document.activeElement.blur(); // where somebody types, what stands there stays
    history.pushState(null, "", view);
    dispatchEvent(new Event("popstate"));
}"""

Opener = Callable[..., Page]
Seen = Callable[..., Page]
Writer = Callable[[Network], Path]


@contextmanager
def opening(browser: Browser) -> Iterator[Opener]:
    """Opens pages, and closes them; no page may have said an error or asked any network for anything."""
    contexts: list[BrowserContext] = []
    said: list[str] = []
    asked: list[str] = []

    def opener(
        path: Path,
        view: str = "",
        *,
        size: tuple[int, int] = WIDE,
        scheme: str = "light",
        scripts: bool = True,
    ) -> Page:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme=scheme,
            java_script_enabled=scripts,
        )
        context.set_default_timeout(60_000)
        contexts.append(context)
        found = context.new_page()
        found.on(
            "console",
            lambda message: (
                said.append(message.text)
                if message.type in {"error", "warning"}
                else None
            ),
        )
        found.on("pageerror", lambda error: said.append(str(error)))
        found.on("request", lambda request: asked.append(request.url))
        found.on(
            "dialog", lambda dialog: said.append(f"a dialog: {dialog.message}")
        )
        found.goto(path.as_uri() + view)
        if scripts:  # no waiting for a function: the policy lets none be made
            found.locator("#status:not(:empty)").wait_for()
            found.evaluate(DRAWN)
        return found

    yield opener
    for context in contexts:
        context.close()
    assert said == []
    assert [
        url for url in asked if not url.startswith(("file:", "blob:", "data:"))
    ] == []


@pytest.fixture
def opened(browser: Browser) -> Iterator[Opener]:
    """Opens a page at a view of it; the test fails if the page says an error or asks any network for anything."""
    with opening(browser) as opener:
        yield opener


@pytest.fixture(scope="module")
def seen(browser: Browser, ship: Path) -> Iterator[Seen]:
    """Leads one page of the graph that ships from view to view, for tests that change nothing but its address."""
    with opening(browser) as opener:
        page = opener(ship)
        page.locator("html[data-ready]").wait_for()

        def see(view: str = "") -> Page:
            page.evaluate(ARRIVE, view or "#")
            return page

        yield see


@pytest.fixture(scope="session")
def words(graph: Graph) -> Vocabulary:
    return graph.vocabulary


@pytest.fixture(scope="session")
def whole(graph: Graph) -> Network:
    """The graph that ships, as a network."""
    return network(graph)


@pytest.fixture(scope="session")
def ship(
    whole: Network, words: Vocabulary, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The page of the graph that ships."""
    target = tmp_path_factory.mktemp("ship") / "onrecord.html"
    target.write_text(page(whole, words), encoding="utf-8")
    return target


@pytest.fixture
def written(words: Vocabulary, tmp_path: Path) -> Writer:
    """Writes the page of a network."""

    def writer(found: Network) -> Path:
        target = tmp_path / "page.html"
        target.write_text(page(found, words), encoding="utf-8")
        return target

    return writer


def node(
    key: str,
    label: str = "",
    drawn_as: str = "person",
    *,
    aliases: tuple[str, ...] = (),
) -> Node:
    return Node(
        key, label or key.replace("-", " "), drawn_as, drawn_as, aliases, ""
    )


def proof(
    key: str, actor: str, relation: str, target: str, **more: object
) -> EdgeStatement:
    told: dict[str, object] = {
        "id": key,
        "sentence": f"{actor} {relation} {target}",
        "actors": (actor,),
        "relation": relation,
        "object": target,
        "negated": False,
        "topics": (),
        "stance": "critical",
        "gist": f"The gist of {key}.",
        "quote": f"the words of {key}",
        "wording": "direct",
        "said": "2025-10-21",
        "published": None,
        "via": "interview",
        "publisher": "Example Times",
        "title": f"A story for {key}",
        "url": f"https://example.org/{key}",
        "document": f"document-{key}",
        "status": "accepted",
        "machine_made": False,
    }
    return EdgeStatement(**(told | more))  # type: ignore[arg-type]  # checked by the dataclass's users


def link(
    source: str, relation: str, target: str, *evidence: str, phrase: str = ""
) -> Link:
    return Link(
        source,
        target,
        relation,
        relation,
        phrase or relation,
        "speech",
        evidence,
    )


def net(
    nodes: list[Node],
    links: list[Link],
    proofs: list[EdgeStatement],
    title: str = "An invented network",
) -> Network:
    return Network(
        {each.id: each for each in nodes},
        tuple(links),
        {each.id: each for each in proofs},
        title,
        "facts",
    )


@pytest.fixture(scope="session")
def invent() -> SimpleNamespace:
    """What networks are made of: node, proof, link, and net, which puts them together."""
    return SimpleNamespace(node=node, proof=proof, link=link, net=net)


@pytest.fixture
def few() -> Network:
    """Four who speak and act, three statements between two of them, one statement without an edge, one topic."""
    nodes = [
        node("Ada-Example", aliases=("A. Example", "The Countess")),
        node("Studio-Nine", drawn_as="company"),
        node("Guild-of-Makers", drawn_as="guild", aliases=("GOM",)),
        node("Dreamer", drawn_as="ai"),
        node("topic/deepfakes", "deepfakes", "other"),
    ]
    proofs = [
        proof("s1", "Ada-Example", "urges", "Studio-Nine"),
        proof(
            "s2",
            "Ada-Example",
            "urges",
            "Studio-Nine",
            said=None,
            published="2025-11",
        ),
        proof(
            "s3",
            "Ada-Example",
            "urges",
            "Studio-Nine",
            said=None,
            quote=None,
            url=None,
        ),
        proof(
            "s4",
            "Guild-of-Makers",
            "supports",
            "Ada-Example",
            stance="supportive",
            topics=("deepfakes",),
        ),
        proof(
            "s5",
            "Studio-Nine",
            "develops",
            "Dreamer",
            stance="supportive",
            said="2023",
        ),
        proof(
            "s6",
            "Studio-Nine",
            "promises",
            "topic/deepfakes",
            stance="conditional",
            caution="planned",
        ),
        proof("s7", "Guild-of-Makers", "worksFor", "Studio-Nine", stance=None),
    ]
    links = [
        link("Ada-Example", "urges", "Studio-Nine", "s1", "s2", "s3"),
        link("Guild-of-Makers", "supports", "Ada-Example", "s4"),
        link("Studio-Nine", "develops", "Dreamer", "s5"),
        link(
            "Guild-of-Makers",
            "worksFor",
            "Studio-Nine",
            "s7",
            phrase="works for",
        ),
    ]
    return net(nodes, links, proofs)
