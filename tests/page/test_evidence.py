"""From a name or a line to the words and the source."""

import math
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.sync_api import Page, expect

from onrecord.networks import Network

Opener = Callable[..., Page]
Writer = Callable[[Network], Path]
ADA_NINE = "#line=Ada-Example~Studio-Nine~critical~urges"


def test_a_line_is_found_by_the_address_of_a_page_that_tells_relations_apart(
    opened: Opener, written: Writer, ship: Path, few: Network
) -> None:
    found = opened(ship, "#line=SAG-AFTRA~OpenAI~critical~urges")
    expect(found.locator("#panel h2")).to_have_text("SAG-AFTRA urges OpenAI")
    found = opened(written(few), ADA_NINE.removesuffix("~urges"))
    expect(found.locator("#panel h2")).to_have_text(
        "Ada Example urges Studio Nine"
    )


def test_every_piece_of_evidence_of_a_line_has_its_card(
    opened: Opener, written: Writer, few: Network
) -> None:
    found = opened(written(few), ADA_NINE)
    expect(found.locator("#panel h2")).to_have_text(
        "Ada Example urges Studio Nine"
    )
    expect(found.locator("#panel .card")).to_have_count(3)
    expect(found.locator("#panel blockquote")).to_have_text(
        ["the words of s2", "the words of s1"]
    )


def test_a_card_has_gist_words_stance_date_and_source(
    opened: Opener, written: Writer, few: Network
) -> None:
    found = opened(written(few), ADA_NINE)
    card = found.locator("[data-statement=s1]")
    expect(card).to_contain_text("The gist of s1.")
    expect(card).to_contain_text("▼ critical")
    expect(card).to_contain_text("said 21 October 2025")
    link = card.get_by_role("link", name="Example Times: A story for s1")
    assert (
        link.get_attribute("href")
        == "https://example.org/s1#:~:text=the%20words%20of%20s1"
    )
    assert link.get_attribute("rel") == "noopener noreferrer"


def test_how_a_date_is_known_is_said(
    opened: Opener, written: Writer, few: Network
) -> None:
    found = opened(written(few), ADA_NINE)
    expect(found.locator("[data-statement=s2]")).to_contain_text(
        "published November 2025"
    )
    expect(found.locator("[data-statement=s3]")).to_contain_text("undated")


def test_a_statement_without_an_address_says_so(
    opened: Opener, written: Writer, few: Network
) -> None:
    card = opened(written(few), ADA_NINE).locator("[data-statement=s3]")
    expect(card).to_contain_text("no address known")
    expect(card.get_by_role("link")).to_have_count(0)


def test_the_newest_statement_comes_first_and_undated_ones_last(
    opened: Opener, written: Writer, few: Network
) -> None:
    cards = opened(written(few), ADA_NINE).locator("#panel .card")
    assert [
        cards.nth(at).get_attribute("data-statement") for at in range(3)
    ] == [
        "s2",
        "s1",
        "s3",
    ]


def test_signs_that_would_end_a_text_fragment_are_encoded(
    opened: Opener, written: Writer, invent: SimpleNamespace
) -> None:
    nodes = [invent.node("a"), invent.node("b")]
    words = invent.proof(
        "s1",
        "a",
        "urges",
        "b",
        quote="a well-known, so-called & *starred* thing",
    )
    found = opened(
        written(
            invent.net(nodes, [invent.link("a", "urges", "b", "s1")], [words])
        ),
        "#node=a",
    )
    address = found.locator("#panel .card a").get_attribute("href")
    assert address.endswith(
        "#:~:text=a%20well%2Dknown%2C%20so%2Dcalled%20%26%20%2Astarred%2A%20thing"
    )


def test_of_many_words_the_fragment_has_the_first_and_the_last(
    opened: Opener, written: Writer, invent: SimpleNamespace
) -> None:
    nodes = [invent.node("a"), invent.node("b")]
    many = invent.proof(
        "s1", "a", "urges", "b", quote=" ".join(f"w{at}" for at in range(20))
    )
    found = opened(
        written(
            invent.net(nodes, [invent.link("a", "urges", "b", "s1")], [many])
        ),
        "#node=a",
    )
    address = found.locator("#panel .card a").get_attribute("href")
    assert address.endswith(
        "#:~:text=w0%20w1%20w2%20w3%20w4,w15%20w16%20w17%20w18%20w19"
    )
    assert found.locator("#panel blockquote").text_content() == many.quote


@pytest.mark.parametrize("quote", [None, "two words"])
def test_without_enough_words_the_link_opens_the_page_alone(
    opened: Opener, written: Writer, invent: SimpleNamespace, quote: str | None
) -> None:
    nodes = [invent.node("a"), invent.node("b")]
    short = invent.proof("s1", "a", "urges", "b", quote=quote)
    found = opened(
        written(
            invent.net(nodes, [invent.link("a", "urges", "b", "s1")], [short])
        ),
        "#node=a",
    )
    assert found.locator("#panel .card a").get_attribute("href") == short.url


def test_a_click_on_a_name_on_the_map_opens_who_it_is(
    opened: Opener, written: Writer, few: Network
) -> None:
    found = opened(written(few))
    place = found.evaluate("window.onrecord.where('Ada-Example')")
    found.mouse.click(place["x"], place["y"])
    expect(found.locator("#panel h2")).to_have_text("Ada Example")
    expect(found.locator("#panel")).to_contain_text(
        "also A. Example, The Countess"
    )
    assert "node=Ada-Example" in found.evaluate("location.hash")


def test_a_click_on_a_line_opens_its_evidence(
    opened: Opener, written: Writer, few: Network
) -> None:
    found = opened(written(few))
    one, two = (
        found.evaluate(f"window.onrecord.where('{key}')")
        for key in ("Studio-Nine", "Dreamer")
    )
    # Nearer to the second: beside the first its name lies over the line.
    found.mouse.click(
        one["x"] * 0.35 + two["x"] * 0.65, one["y"] * 0.35 + two["y"] * 0.65
    )
    expect(found.locator("#panel h2")).to_have_text(
        "Studio Nine develops Dreamer"
    )


def test_a_statement_without_an_edge_stands_beside_its_actor(
    opened: Opener, written: Writer, few: Network
) -> None:
    found = opened(written(few), "#node=Studio-Nine")
    expect(
        found.get_by_role("heading", name="Also on the record")
    ).to_be_visible()
    expect(found.locator("[data-statement=s6]")).to_contain_text(
        "planned: no line on the map"
    )


def test_what_an_entity_does_stands_apart_from_what_is_done_to_it(
    opened: Opener, written: Writer, few: Network
) -> None:
    found = opened(written(few), "#node=Studio-Nine")
    summaries = found.locator("#panel .group summary").all_inner_texts()
    assert summaries[0].startswith("develops")
    expect(
        found.get_by_role("heading", name="What others say or do")
    ).to_be_visible()


def test_search_finds_by_label_and_by_alias(
    opened: Opener, written: Writer, few: Network
) -> None:
    found = opened(written(few))
    for text, name in (
        ("studio", "Studio Nine"),
        ("countess", "Ada Example"),
        ("gom", "Guild of Makers"),
    ):
        found.keyboard.press("/")
        found.keyboard.type(text)
        found.keyboard.press("Enter")
        expect(found.locator("#panel h2")).to_have_text(name)
        found.keyboard.press("Escape")
        found.locator("body").click(position={"x": 300, "y": 5})


def test_a_search_in_vain_says_so(
    opened: Opener, written: Writer, few: Network
) -> None:
    found = opened(written(few))
    found.locator("html[data-ready]").wait_for()
    found.get_by_label("Search").fill("zzz")
    expect(found.locator("#offers")).to_have_text(
        "nothing here has these words"
    )


def ask_for_natasha(found: Page) -> None:
    found.get_by_label("Search").fill("Natasha Lyonne")
    found.keyboard.press("Enter")


@pytest.mark.parametrize("view", ["", "#node=Natasha-Lyonne"])
def test_an_entity_off_the_map_is_brought_in_with_its_neighbours(
    opened: Opener, ship: Path, view: str
) -> None:
    found = opened(ship, view)
    if not view:
        ask_for_natasha(found)
    expect(found.locator("#panel h2")).to_have_text("Natasha Lyonne")
    expect(found.locator("#status")).to_contain_text(
        "; brought in: Natasha Lyonne with 3 neighbours"
    )
    assert {"Natasha-Lyonne", "Tilly-Norwood"} <= {
        each["name"] for each in found.evaluate("window.onrecord.labels()")
    }
    assert "show=" not in found.evaluate("location.hash")
    found.get_by_role("button", name="Close").click()
    expect(found.locator("#status")).to_contain_text("60 of ")
    expect(found.locator("#status")).not_to_contain_text("brought in")


def test_who_is_brought_in_stands_over_nobody(
    opened: Opener, ship: Path
) -> None:
    found = opened(ship, "#node=Natasha-Lyonne")
    places = found.evaluate("""() => {
        const nodes = JSON.parse(document.getElementById("nodes").textContent);
        const keys = nodes.map(({ key, label }) => key ?? label.replaceAll(" ", "-"));
        const told = JSON.parse(document.getElementById("data").textContent);
        return ["Natasha-Lyonne", ...told.open.map((id) => keys[id])].map((key) => window.onrecord.where(key));
    }""")
    guest, others = places[0], places[1:]
    assert (
        min(
            math.hypot(each["x"] - guest["x"], each["y"] - guest["y"])
            for each in others
        )
        > 30
    )


def test_who_is_brought_in_fades_in_unless_nothing_is_to_move(
    opened: Opener, ship: Path
) -> None:
    found = opened(ship)
    found.evaluate("""() => {
        window.steps = 0;
        const own = requestAnimationFrame;
        window.requestAnimationFrame = (call) => {
            window.steps += call.name === "step";
            return own(call);
        };
    }""")
    steps = {}
    for motion in ("reduce", "no-preference"):
        found.emulate_media(reduced_motion=motion)
        ask_for_natasha(found)
        expect(found.locator("#panel h2")).to_have_text("Natasha Lyonne")
        steps[motion] = found.evaluate("window.steps")
        found.get_by_role("button", name="Close").click()
        expect(found.locator("#status")).not_to_contain_text("brought in")
    assert steps["reduce"] == 0 < steps["no-preference"]


def test_neighbours_can_be_widened(
    opened: Opener, written: Writer, few: Network
) -> None:
    found = opened(written(few), "#show=around&around=Dreamer&node=Dreamer")
    expect(found.locator("#status")).to_contain_text("2 of 4 entities")
    found.get_by_role("button", name="Show what lies within 2 steps").click()
    expect(found.locator("#status")).to_contain_text("4 of 4 entities")


@pytest.mark.parametrize("steps", ["999999999999", "-7"])
def test_an_address_may_ask_for_any_number_of_steps(
    opened: Opener, written: Writer, few: Network, steps: str
) -> None:
    view = f"#show=around&around=Dreamer&node=Dreamer&steps={steps}"
    found = opened(written(few), view)
    shown = "4 of 4" if steps.startswith("9") else "1 of 4"
    expect(found.locator("#status")).to_contain_text(f"{shown} entities")


def test_the_table_has_a_row_for_every_line_and_every_statement_without_one(
    opened: Opener, written: Writer, few: Network
) -> None:
    found = opened(written(few))
    found.get_by_role("button", name="Table").click()
    expect(found.locator("#lines tbody tr")).to_have_count(4)
    expect(found.locator("#also tbody tr")).to_have_count(1)
    found.locator("#lines").get_by_role("button", name="urges").click()
    expect(found.locator("#panel .card")).to_have_count(3)


def test_the_panel_tells_what_the_filters_hide(
    opened: Opener, written: Writer, few: Network
) -> None:
    found = opened(written(few), "#node=Ada-Example&hide_stance=critical")
    expect(found.locator("#panel")).to_contain_text(
        "1 of 4 statements; the filters hide the rest"
    )
    found.locator("#panel").get_by_role("button", name="Show all").click()
    expect(found.locator("#panel .card")).to_have_count(4)
