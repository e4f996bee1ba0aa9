"""The page of coalitions over time, in a real browser."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from onrecord.discourse.choice import Choice, network
from onrecord.discourse.measured import measured
from onrecord.model.errors import BadInput
from onrecord.page.coalitions import MOST_ACTORS, MOST_TIES, coalitions

pytestmark = pytest.mark.xdist_group("coalitions")  # one makes the page


def page_of(graph, choice: Choice) -> str:
    discourse = network(graph, choice)
    nodes = measured(graph, discourse).network
    return coalitions(discourse, nodes, graph.workspace.texts())


@pytest.fixture(scope="module")
def text(graph):
    choice = Choice(
        "subtract", since="2025", window="120d", step="60d", normalize="average"
    )
    return page_of(graph, choice)


@pytest.fixture
def shown(browser, tmp_path):
    """Opens a page; nothing may be said on the console, nothing asked of a network."""
    context = browser.new_context(viewport={"width": 1280, "height": 860})
    said = []

    def show(content: str):
        path = Path(tmp_path / "coalitions.html")
        path.write_text(content, encoding="utf-8")
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on(
            "request",
            lambda request: (
                said.append(request.url)
                if not request.url.startswith(("file:", "blob:"))
                else None
            ),
        )
        page.goto(path.as_uri())
        return page

    yield show
    context.close()
    assert said == []


def moved(page, to: int) -> None:
    page.evaluate(
        "to => { const w = document.getElementById('when'); w.value = to; w.dispatchEvent(new Event('input')) }",
        to,
    )


def places(page) -> list[list[str]]:
    return page.eval_on_selector_all(
        ".actor circle",
        "all => all.map((c) => [c.getAttribute('cx'), c.getAttribute('cy')])",
    )


def test_the_slider_shows_other_ties_in_the_same_places(shown, text):
    page = shown(text)
    before = places(page), page.inner_text("#label"), page.inner_text("#status")
    moved(page, 2)
    assert places(page) == before[0]
    assert page.inner_text("#label") != before[1]
    assert page.inner_text("#status") != before[2]
    assert 0 < page.locator(".bond").count() <= MOST_TIES
    assert 0 < page.locator(".actor").count() <= MOST_ACTORS


def test_play_walks_through_the_slices_and_pauses(shown, text):
    page = shown(text)
    page.click("#play")
    assert page.inner_text("#play") == "Pause"
    expect(page.locator("#when")).not_to_have_value("0")
    page.click("#play")
    assert page.inner_text("#play") == "Play"


def test_a_tie_shows_the_statements_of_both_ends_with_their_sources(
    shown, text
):
    page = shown(text)
    moved(page, 2)
    page.locator(".bond").last.dispatch_event("click")
    assert page.locator("#told h3").count() == 2
    assert page.locator("#told li").count() >= 2
    address = page.locator("#told a").first.get_attribute("href")
    assert address.startswith(("http://", "https://"))
    page.keyboard.press("Escape")
    assert "How to read this" in page.inner_text("#told")


def test_an_actor_is_chosen_by_the_keyboard(shown, text):
    page = shown(text)
    moved(page, 2)
    tied = page.locator(".actor:not(.away)").first
    tied.focus()
    page.keyboard.press("Enter")
    assert tied.get_attribute("aria-label") in page.inner_text("#told h2")
    assert (
        page.locator(".bond.chosen").count()
        == page.locator("#told button.tie").count()
        > 0
    )


def test_it_fits_a_phone_and_goes_dark(shown, text):
    page = shown(text)
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.click("#theme")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_a_name_is_searched_and_stands_in_the_address_which_brings_it_back(
    shown, text
):
    page = shown(text)
    moved(page, 2)
    name = page.locator(".actor:not(.away)").first.get_attribute("aria-label")
    page.fill("#search", name)
    page.keyboard.press("Enter")
    assert name in page.inner_text("#told h2")
    address = page.evaluate("location.hash")
    assert address.startswith("#when=2&who=")
    page.go_back()
    expect(page.locator("#told")).to_contain_text("How to read this")
    page.go_forward()
    expect(page.locator("#told h2")).to_contain_text(name)


def test_names_are_readable_on_a_phone_and_none_stands_over_another(
    shown, text
):
    page = shown(text)
    page.set_viewport_size({"width": 390, "height": 800})
    page.evaluate(
        "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )
    boxes = page.eval_on_selector_all(
        ".actor text",
        """all => all.filter((text) => text.textContent).map((text) => {
          const { left, right, top, bottom } = text.getBoundingClientRect();
          return [left, right, top, bottom, text.firstChild.getBoundingClientRect().height];
        })""",
    )
    assert len(boxes) > 4
    assert min(box[4] for box in boxes) >= 11
    over = [
        (one, two)
        for at, one in enumerate(boxes)
        for two in boxes[at + 1 :]
        if one[0] + 2 < two[1]
        and two[0] + 2 < one[1]
        and one[2] + 2 < two[3]
        and two[2] + 2 < one[3]
    ]
    assert over == []


def test_a_zoom_shows_less_of_the_map_and_fit_all_of_it(shown, text):
    page = shown(text)
    before = page.get_attribute("#map", "viewBox")
    page.get_by_role("button", name="Larger").click()
    assert float(page.get_attribute("#map", "viewBox").split()[2]) < float(
        before.split()[2]
    )
    page.get_by_role("button", name="Fit").click()
    assert page.get_attribute("#map", "viewBox") == before


@pytest.mark.parametrize("ending", ["svg", "png", "csv"])
def test_what_is_seen_is_taken_away_under_a_name_that_tells(
    shown, text, ending
):
    page = shown(text)
    moved(page, 2)
    with page.expect_download() as download:
        page.get_by_role("button", name=ending.upper(), exact=True).click()
    name = download.value.suggested_filename
    content = Path(download.value.path()).read_bytes()
    assert name.startswith("onrecord-who-takes-the-same-side")
    assert name.endswith(f".{ending}")
    if ending == "svg":
        drawn = content.decode()
        assert drawn.count('class="bond') == page.locator(".bond").count()
        assert "Source: Who takes the same side" in drawn
    if ending == "csv":
        rows = content.decode("utf-8-sig").splitlines()
        assert rows[0] == "who,with,how,weight,on"
        assert len(rows) == 1 + page.locator(".bond").count()


def test_the_same_network_gives_the_same_page(graph):
    choice = Choice(
        "congruence",
        actors="organization",
        since="2026",
        window="90d",
        step="30d",
    )
    one, two = (page_of(graph, choice) for _ in range(2))
    assert one == two
    assert len(one.encode()) < 2_000_000


def test_without_slices_there_is_no_slider(shown, graph):
    page = shown(
        page_of(graph, Choice("conflict", actors="person", since="2026"))
    )
    assert page.locator("#slider").is_hidden()
    assert page.locator(".bond.disagree").count() > 0


def test_an_empty_network_is_a_sentence(shown, graph):
    page = shown(page_of(graph, Choice(since="2099")))
    assert "no tie in this slice" in page.inner_text("#told").lower()
    assert "the network is empty" in page.inner_text(".facts")


def test_a_network_without_ties_is_refused_in_words(graph):
    with pytest.raises(BadInput, match="shows ties: choose congruence"):
        page_of(graph, Choice("affiliation", since="2099"))


def test_hostile_names_stay_text(shown, graph):
    hostile = "</script><img src=x onerror=alert(1)>"
    sparql = f"""SELECT ?statement ?actor ?concept {{
      VALUES (?statement ?actor ?concept) {{ ("s1" "{hostile}" "levy") ("s2" "Ada Example" "levy") }}
    }}"""
    page = shown(page_of(graph, Choice("ignore", question=sparql)))
    assert hostile in page.eval_on_selector_all(
        ".actor", "all => all.map((each) => each.getAttribute('aria-label'))"
    )
    assert page.locator("img").count() == 0
