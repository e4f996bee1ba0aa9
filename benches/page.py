"""The network page in headless Chromium, beside a bare vis-network page with the same positions, and stock pyvis.

The first picture is the second animation frame after loading, in milliseconds since the navigation began; all nodes
are shown. A pan is a drag of the mouse across the map; what is compared is the time of a frame. A key of the search and
a filter are timed by the processor's time of the page's thread, whatever else the machine does.
"""

import json
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import cast

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright
from pyvis.network import Network as StockNetwork

from benches.measure import Timed, at_most, command, in_turns
from onrecord.model.vocabulary import Vocabulary
from onrecord.networks import EdgeStatement, Link, Network, Node
from onrecord.networks.graph import network
from onrecord.page.payload import payload
from onrecord.page.shell import vis
from onrecord.page.view import page
from onrecord.querying.ask import Graph
from onrecord.workspace import shipped

SIZES = (100, 1000, 2000)
RUNS = 5
STOCK_UP_TO, STOCK_WAITS = 1000, 20_000
MANY = 6667
"""Nodes of the network with 20,000 statements."""
SPANS = (2, 5, 17, 91, 401, 1999, 7919)
"""In so many statements one holds a certain word, for each word of a gist."""
TYPED = ("word1 word9", "number 77", "person urges", "wrod400")
BOXES = ("[data-key=critical]", "[data-key=urges]", "[data-key=person]")
KEY = """
text => {
  const input = document.getElementById("search");
  input.value = text;
  input.dispatchEvent(new Event("input"));
}
"""
PAUSED = f"text => {{ ({KEY.strip()})(text); return new Promise((done) => setTimeout(done, 400)); }}"
CLICK = """
box => new Promise((done) => {
  document.querySelector(`input${box}`).click();
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)));
})
"""
FLAGS = [
    *(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
    ),
    *(
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ),
]
FRAMES = """
() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))
"""
COUNT = "() => { window.frames_ = 0; const next = () => { window.frames_ += 1; requestAnimationFrame(next); }; next(); }"  # noqa: E501
BARE = """<!doctype html><meta charset="utf-8"><style>html, body, #map {{ height: 100%; margin: 0 }}</style>
<div id="map"></div><script>{bundle}</script><script>
const options = {{ physics: false, layout: {{ improvedLayout: false }}, interaction: {{ hideEdgesOnDrag: {hide} }} }};
new vis.Network(document.getElementById("map"), {{ nodes: {nodes}, edges: {edges} }}, options);
</script>"""


def main() -> None:
    """Prints first pictures, frames, sizes, and where the time of writing the shipped page goes."""
    found = (
        shutil.which("chromium")
        or shutil.which("chromium-browser")
        or shutil.which("google-chrome")
    )
    words = Graph(shipped()).vocabulary
    _building(words)
    if not found:
        print("  no Chromium here: no pictures are timed")
        return
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as name:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        for size in SIZES:
            _pictures(browser, Path(name), size, words)
        _searching(browser, Path(name), words)
        browser.close()


def _building(words: Vocabulary) -> None:
    """Where the time goes when the shipped graph's page is written."""
    whole = network(Graph(shipped()))
    imports = [sys.executable, "-c", "import pyvis.network, igraph"]
    taken = in_turns(
        3,
        read=lambda: network(Graph(shipped())),
        place=lambda: payload(whole, words),
        all=lambda: page(whole, words),
        imports=command(imports, {}, Path.cwd()),
        python=command([sys.executable, "-c", ""], {}, Path.cwd()),
    )
    print(
        f"  reading the shipped network {Timed('', taken['read'])}, places and data {Timed('', taken['place'])}, ",
        end="",
    )
    print(
        f"the page of it {Timed('', taken['all'])}; importing pyvis and igraph ",
        end="",
    )
    print(
        f"{Timed('', taken['imports'] - taken['python'])}; {len(page(whole, words).encode()) / 1e6:.2f} MB"
    )


def _pictures(
    browser: Browser, folder: Path, size: int, words: Vocabulary
) -> None:
    made = _network(size)
    data = payload(made, words)
    (folder / "ours.html").write_text(page(made, words), encoding="utf-8")
    (folder / "bare.html").write_text(
        _bare(data.nodes, data.edges), encoding="utf-8"
    )
    ours, bare = (
        (folder / "ours.html").as_uri() + "#show=all",
        (folder / "bare.html").as_uri(),
    )
    first = _medians(
        browser,
        {"ours": ours, "bare": bare},
        lambda each: each.evaluate(FRAMES) / 1000,
    )
    print(
        f"  {size} nodes, {len(made.links)} links, {(folder / 'ours.html').stat().st_size / 1e6:.2f} MB"
    )
    at_most(
        Timed("first picture", first["ours"]),
        Timed("a bare page's", first["bare"]),
        1.5,
    )
    frame = _medians(browser, {"ours": ours, "bare": bare}, _frame)
    at_most(
        Timed("a frame of a pan", frame["ours"]),
        Timed("a bare page's", frame["bare"]),
        1 / 0.8,
    )
    if size <= STOCK_UP_TO:
        (folder / "stock.html").write_text(_stock(made), encoding="utf-8")
        stood = _settled(browser, (folder / "stock.html").as_uri())
        print(f"  {'stock pyvis':28}{stood:>10}  until its nodes stand still")


def _searching(browser: Browser, folder: Path, words: Vocabulary) -> None:
    """What a key in the search and a box of the legend cost the page's thread, of 20,000 statements."""
    path = folder / "many.html"
    path.write_text(page(_worded(_network(MANY)), words), encoding="utf-8")
    opened = browser.new_page(viewport={"width": 1440, "height": 900})
    opened.goto(path.as_uri())
    opened.locator("html[data-ready]").wait_for(timeout=120_000)
    clock = opened.context.new_cdp_session(opened)
    clock.send("Performance.enable", {"timeDomain": "threadTicks"})
    for script, given in ((PAUSED, "first"), (CLICK, BOXES[0])):
        opened.evaluate(script, given)  # what the page does once, it has done
    opened.evaluate(PAUSED, "")
    keys = [typed[:at] for typed in TYPED for at in range(1, len(typed) + 1)]
    costs = {
        "a key in the search": [
            _cost(opened, clock, KEY, text) for text in keys
        ],
        "the statements after it": [
            _cost(opened, clock, PAUSED, text) for text in TYPED
        ],
        "a filter": [_cost(opened, clock, CLICK, box) for box in BOXES * 3],
    }
    for what, seconds in costs.items():
        middle, most = (
            Timed("", statistics.median(seconds)),
            Timed("", max(seconds)),
        )
        print(
            f"  {what:28}{middle!s:>10}  at most {most}, of {3 * MANY:,} statements"
        )
    opened.close()


def _cost(opened: Page, clock: CDPSession, script: str, given: str) -> float:
    """The processor's seconds of the page's thread for what a script does, until it is drawn."""
    before = _thread_seconds(clock)
    opened.evaluate(script, given)
    return _thread_seconds(clock) - before


def _thread_seconds(clock: CDPSession) -> float:
    metrics = clock.send("Performance.getMetrics")["metrics"]
    return next(
        each["value"] for each in metrics if each["name"] == "TaskDuration"
    )


def _worded(made: Network) -> Network:
    """The same network with gists of words of their own, some frequent and most of them rare, as in a language."""
    statements = {
        key: replace(each, gist=" ".join(f"word{at % span}" for span in SPANS))
        for at, (key, each) in enumerate(made.proofs.items())
    }
    return replace(made, proofs=statements)


def _medians(
    browser: Browser, pages: dict[str, str], measure: Callable[[Page], float]
) -> dict[str, float]:
    """The median of a measure of each page, in turns, each time in a fresh context."""
    taken: dict[str, list[float]] = {name: [] for name in pages}
    for _ in range(RUNS):
        for name, url in pages.items():
            context = browser.new_context(
                viewport={"width": 1440, "height": 900}
            )
            opened = context.new_page()
            opened.goto(url)
            taken[name].append(measure(opened))
            context.close()
    return {name: statistics.median(each) for name, each in taken.items()}


def _frame(opened: Page) -> float:
    """The seconds of a frame while the mouse drags the map."""
    box = opened.locator("#map").bounding_box()
    x, y = (box["x"] + 12, box["y"] + 12) if box else (0, 0)
    opened.mouse.move(x, y)
    opened.mouse.down()
    opened.evaluate(COUNT)
    since = time.perf_counter()
    for step in range(60):
        opened.mouse.move(x + step * 4, y + step * 2)
    frames = opened.evaluate("window.frames_")
    return (time.perf_counter() - since) / max(1, frames)


def _settled(browser: Browser, url: str) -> str:
    """How long stock pyvis takes until its nodes stand, in words."""
    opened = browser.new_page()
    opened.route(
        lambda address: not address.startswith("file:"),
        lambda route: route.abort(),
    )  # a style from afar
    since = time.perf_counter()
    try:
        opened.goto(url, timeout=STOCK_WAITS)
        opened.wait_for_function(
            "window.network?.physics.stabilized", timeout=STOCK_WAITS
        )
    except Exception:  # noqa: BLE001  whatever Playwright says when it has waited long enough
        return f"> {STOCK_WAITS // 1000} s"
    finally:
        opened.close()
    return str(Timed("", time.perf_counter() - since))


def _network(size: int) -> Network:
    """An invented network with three links a node, each with one statement."""
    names = [f"Person-Number-{at}" for at in range(size)]
    ends = [
        (names[at % size], names[(at * 7 + at // size + 1) % size])
        for at in range(3 * size)
    ]
    proofs = {
        f"{at:012x}": _edge_statement(f"{at:012x}", one, two, at)
        for at, (one, two) in enumerate(ends)
    }
    links = (
        Link(
            each.actors[0],
            each.object,
            "urges",
            "urges",
            "urges",
            "speech",
            (key,),
        )
        for key, each in proofs.items()
    )
    return Network(
        {
            name: Node(name, name.replace("-", " "), "person", "person")
            for name in names
        },
        tuple(links),
        proofs,
    )


def _edge_statement(key: str, one: str, two: str, number: int) -> EdgeStatement:
    stance = ("supportive", "critical", "conditional", "neutral")[number % 4]
    sentence = f"{one} urges {two}".replace("-", " ")
    told = (
        "Says in our own words, as long as gists are, what should be done.",
        "the words of the passage",
        "direct",
    )
    source = (
        "Example Times",
        f"Story {number // 4}",
        f"https://example.org/{number // 4}",
        f"d{number // 4}",
    )
    dates = (f"2025-{1 + number % 12:02}", None, None)
    return EdgeStatement(
        key,
        sentence,
        (one,),
        "urges",
        two,
        False,  # noqa: FBT003
        (),
        stance,
        *told,
        *dates,
        *source,
        "accepted",
        False,  # noqa: FBT003
    )


def _bare(nodes: list[dict[str, object]], edges: list[list[object]]) -> str:
    """A page of vis-network alone with our positions, sizes, shapes and names."""
    drawn = [
        {
            "id": each["id"],
            "label": each["label"],
            "shape": "dot",
            "size": each["size"],
            **_place(each),
        }
        for each in nodes
    ]
    lines = [
        {"from": source, "to": target, "arrows": "to", "smooth": False}
        for source, _, target, *_ in edges
    ]
    hide = str(len(edges) > 1000).lower()  # noqa: PLR2004  as our page does
    return BARE.format(
        bundle=vis(),
        nodes=json.dumps(drawn),
        edges=json.dumps(lines),
        hide=hide,
    )


def _place(node: dict[str, object]) -> dict[str, float]:
    places = cast("list[tuple[float, float]]", node["at"])
    x, y = places[1] or places[0]
    return {"x": x, "y": y}


def _stock(made: Network) -> str:
    """What pyvis writes by itself: physics in the page, everything in line."""
    stock = StockNetwork(directed=True, cdn_resources="in_line")
    for node in made.nodes.values():
        stock.add_node(node.id, label=node.label)
    stock.edges = [
        {"from": link.source, "to": link.target, "arrows": "to"}
        for link in made.links
    ]
    return str(stock.generate_html("stock.html"))
