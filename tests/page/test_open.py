"""What stands there when the page is opened: title, map, legend, status, how to read it; and the address."""

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.sync_api import Page, expect

from onrecord.networks import Network

Opener = Seen = Callable[..., Page]
Writer = Callable[[Network], Path]


def test_the_whole_graph_opens_on_its_sixty_best_evidenced_entities(
    opened: Opener, ship: Path
) -> None:
    found = opened(ship)
    expect(found.locator("#status")).to_contain_text("60 of ")
    expect(
        found.get_by_role("heading", name="How to read this")
    ).to_be_visible()
    assert found.locator("h1").count() == 1
    assert found.locator("html").get_attribute("lang") == "en"


def test_nearly_all_of_the_sixty_have_their_names_on_the_map_and_none_overlap(
    opened: Opener, ship: Path
) -> None:
    found = opened(ship)
    boxes = found.evaluate("window.onrecord.labels()")
    assert len(boxes) >= 56
    pairs = [
        (one, two) for at, one in enumerate(boxes) for two in boxes[at + 1 :]
    ]
    assert not [
        (one["name"], two["name"])
        for one, two in pairs
        if one["left"] < two["right"]
        and two["left"] < one["right"]
        and one["top"] < two["bottom"]
        and two["top"] < one["bottom"]
    ]


CUT = """async () => {
    const frame = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    await frame(); // the map is framed anew when a longer status line takes room from it
    const map = document.getElementById("map").getBoundingClientRect();
    return window.onrecord.labels().filter(({ left, right, top, bottom }) => {
        const [one, two] = [window.onrecord.at({ x: left, y: top }), window.onrecord.at({ x: right, y: bottom })];
        return one.x < map.left || two.x > map.right || one.y < map.top || two.y > map.bottom;
    }).map(({ name }) => name);
}"""


VIEWS = ("#", "#show=around&around=OpenAI&node=OpenAI", "#node=Natasha-Lyonne")


@pytest.mark.parametrize(
    ("at", "size"), [(0, (1280, 800)), (1, (1000, 700)), (2, (390, 844))]
)
def test_no_name_at_the_rim_is_cut_also_zoomed_away_and_back(
    opened: Opener, ship: Path, at: int, size: tuple[int, int]
) -> None:
    found = opened(ship, VIEWS[at], size=size)
    for view in (*VIEWS[at:], *VIEWS[:at]):
        found.goto(ship.as_uri() + view)
        assert found.evaluate(CUT) == [], view
        found.get_by_role("button", name="Smaller").click()
        found.get_by_role("button", name="Larger").click()
        assert found.evaluate(CUT) == [], view


def test_nothing_in_the_panel_is_wider_than_the_panel(
    opened: Opener, ship: Path
) -> None:
    found = opened(ship)
    expect(found.locator("#panel .years-table")).to_be_attached()
    beyond = (
        "(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)(panel)"
    )
    for width in (1440, 1280, 1000, 820):
        found.set_viewport_size({"width": width, "height": 800})
        assert found.evaluate(beyond) == 0, width


@pytest.mark.parametrize("size", [(1440, 900), (1400, 900), (1280, 800)])
def test_the_page_ends_where_the_window_does_however_long_its_head_is(
    opened: Opener, ship: Path, size: tuple[int, int]
) -> None:
    found = opened(ship, size=size)
    bottom = (
        "document.getElementById('timeline').getBoundingClientRect().bottom"
    )
    height = "document.documentElement.scrollHeight"
    heads = set()
    for facts in ("Few.", "A fact among many. " * 20):
        found.evaluate(
            "facts => { document.querySelector('.facts').textContent = facts }",
            facts,
        )
        heads.add(found.locator(".head").bounding_box()["height"])
        assert found.evaluate(bottom) == size[1]
        assert found.evaluate(height) == size[1]
    assert len(heads) > 1


def test_show_all_shows_all_and_the_way_back_is_there(
    seen: Seen, whole: Network
) -> None:
    found = seen()
    found.locator("#all").click()
    expect(found.locator("#status")).to_contain_text(
        f"{len(whole.proofs):,} of {len(whole.proofs):,} statements"
    )
    found.locator("#back").click()
    expect(found.locator("#status")).to_contain_text("60 of ")


def test_topics_are_off_until_their_box_is_on(
    seen: Seen,
) -> None:
    found = seen("#show=all")
    before = found.locator("#status").inner_text()
    found.get_by_label("Topics too").check()
    expect(found.locator("#status")).not_to_have_text(before)
    found.get_by_label("Topics too").uncheck()
    expect(found.locator("#status")).to_have_text(before)


def test_the_page_holds_exactly_the_evidence_of_the_graph(
    seen: Seen, whole: Network
) -> None:
    found = seen()
    data, edges, nodes = (
        json.loads(found.locator(f"#{name}").text_content())
        for name in ("data", "edges", "nodes")
    )
    for each in nodes:
        each.setdefault("key", each["label"].replace(" ", "-"))
    keys = [row[data["own"].index("id")] for row in data["statements"]]
    assert sorted(keys) == sorted(whole.proofs)
    assert sorted(
        (
            nodes[source]["key"],
            relation,
            nodes[target]["key"],
            *(keys[at] for at in evidence),
        )
        for source, relation, target, evidence, *_ in edges
    ) == sorted(
        (each.source, each.relation, each.target, *each.evidence)
        for each in whole.links
    )


def test_a_small_network_is_shown_whole_with_a_word_on_every_line(
    opened: Opener, written: Writer, few: Network
) -> None:
    found = opened(written(few))
    expect(found.locator("#status")).to_have_text(
        "4 of 4 entities, 4 of 4 links, 7 of 7 statements"
    )


@pytest.mark.parametrize(
    "view",
    [
        "#node=Nobody",
        "#line=a~b~c",
        "#show=around&around=Nobody",
        "#show=nonsense&least=x",
        "#%",
    ],
)
def test_what_an_address_names_amiss_is_no_error(
    opened: Opener, written: Writer, few: Network, view: str
) -> None:
    found = opened(written(few), view)
    expect(found.locator("#status")).to_contain_text("4 of 4 entities")


def test_a_view_comes_back_from_its_address(
    opened: Opener, written: Writer, few: Network
) -> None:
    found = opened(written(few))
    found.get_by_role("checkbox", name="critical").uncheck()
    found.get_by_label("From", exact=True).fill("2023")
    found.get_by_label("From", exact=True).press("Enter")
    found.get_by_label("Search").fill("GOM")
    found.keyboard.press("Enter")
    status, view = (
        found.locator("#status").inner_text(),
        found.evaluate("location.hash"),
    )
    again = opened(written(few), view)
    expect(again.locator("#status")).to_have_text(status)
    expect(again.locator("#panel h2")).to_have_text("Guild of Makers")
    assert not again.get_by_role("checkbox", name="critical").is_checked()


EMPTY = "There is nothing in this network yet"


def test_an_empty_graph_gives_a_sentence(
    opened: Opener, written: Writer, invent: SimpleNamespace
) -> None:
    found = opened(written(invent.net([], [], [])))
    expect(found.locator("#panel")).to_contain_text(EMPTY)


def test_one_node_alone_can_be_opened(
    opened: Opener, written: Writer, invent: SimpleNamespace
) -> None:
    found = opened(written(invent.net([invent.node("Ada-Example")], [], [])))
    expect(found.locator("#status")).to_contain_text("1 of 1 entity")
    place = found.evaluate("window.onrecord.where('Ada-Example')")
    found.mouse.click(place["x"], place["y"])
    expect(found.locator("#panel")).to_contain_text("Nothing is on the record")


def test_a_line_from_a_node_to_itself_is_drawn_and_read(
    opened: Opener, written: Writer, invent: SimpleNamespace
) -> None:
    own = invent.proof("s1", "Ada-Example", "criticizes", "Ada-Example")
    found = opened(
        written(
            invent.net(
                [invent.node("Ada-Example")],
                [invent.link("Ada-Example", "criticizes", "Ada-Example", "s1")],
                [own],
            )
        ),
        "#line=Ada-Example~Ada-Example~critical~criticizes",
    )
    expect(found.locator("#panel")).to_contain_text("The gist of s1.")


def test_names_from_right_to_left_and_pictures_are_kept(
    opened: Opener, written: Writer, invent: SimpleNamespace
) -> None:
    nodes = [
        invent.node("n1", "سارة مثال"),
        invent.node("n2", "Studio 🎬 Neun"),
    ]
    found = opened(
        written(
            invent.net(
                nodes,
                [invent.link("n1", "urges", "n2", "s1")],
                [invent.proof("s1", "n1", "urges", "n2")],
            )
        ),
        "#table=true",
    )
    expect(found.locator("#lines tbody tr")).to_contain_text(["سارة مثال"])
    expect(found.locator("#lines tbody tr")).to_contain_text(["Studio 🎬 Neun"])


def test_dark_and_light_change_ground_and_lines(
    opened: Opener, written: Writer, few: Network
) -> None:
    found = opened(written(few), scheme="dark")
    ground = (
        "getComputedStyle(document.querySelector('.middle')).backgroundColor"
    )
    swatch = "document.querySelector('[data-key=critical] + .swatch path').getAttribute('stroke')"
    dark = found.evaluate(f"[{ground}, {swatch}]")
    found.get_by_role("button", name="Light").click()
    light = found.evaluate(f"[{ground}, {swatch}]")
    assert dark == ["rgb(20, 23, 26)", "#FF9A5C"]
    assert light == ["rgb(255, 255, 255)", "#C24E00"]


@pytest.mark.parametrize("view", ["", "#table=true", "#node=Ada-Example"])
def test_a_phone_needs_no_sideways_scroll(
    opened: Opener, written: Writer, few: Network, view: str
) -> None:
    found = opened(written(few), view, size=(390, 844))
    assert found.evaluate("document.documentElement.scrollWidth") <= 390


def printed(page: Page) -> Page:
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    return page


def test_print_shows_the_map_the_open_dossier_and_its_sources_in_full(
    opened: Opener, written: Writer, few: Network
) -> None:
    page = printed(opened(written(few), "#node=Ada-Example", scheme="dark"))
    expect(page.locator("#printed > svg")).to_be_visible()
    assert (
        page.locator("#printed rect").first.get_attribute("fill") == "#FFFFFF"
    )
    expect(page.locator("#panel .card")).to_have_count(4)
    shown = page.locator("#panel .card a[data-address]").first
    content = shown.evaluate(
        "link => getComputedStyle(link, '::after').content"
    )
    assert "https://example.org/s" in content
    for hidden in ("#legend", "#map", "#timeline", "#panel .close"):
        expect(page.locator(hidden)).to_be_hidden()


def test_print_of_an_open_dossier_takes_a_few_pages(
    opened: Opener, ship: Path, tmp_path: Path
) -> None:
    page = opened(ship, "#node=Bryan-Cranston")
    pages = page.pdf(path=tmp_path / "page.pdf").count(b"/Type /Page\n")
    assert 1 <= pages <= 6


def test_no_column_of_the_table_is_cut_on_a_desk(
    opened: Opener, written: Writer, few: Network
) -> None:
    page = opened(written(few), "#table=true", size=(1400, 900))
    expect(page.locator("#lines tbody tr")).to_have_count(4)
    over = "table => table.parentElement.scrollWidth - table.parentElement.clientWidth"
    assert page.locator("#lines").evaluate(over) <= 0


def test_print_has_the_table_where_it_is_open(
    opened: Opener, written: Writer, few: Network
) -> None:
    page = printed(opened(written(few), "#table=true"))
    expect(page.locator("#lines tbody tr")).to_have_count(4)
    expect(page.locator("#lines")).to_be_visible()


def test_on_a_phone_a_button_leads_to_the_filters(
    opened: Opener, written: Writer, few: Network
) -> None:
    page = opened(written(few), size=(390, 844))
    page.get_by_role("button", name="Filter", exact=True).click()
    expect(page.get_by_role("checkbox", name="critical")).to_be_in_viewport()
