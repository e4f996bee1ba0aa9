"""Pages in a real browser: what they look like, and whether everybody can use them (WCAG 2.2 AA)."""

import re

import pytest

from onrecord.website.frame import content

PAGES = {
    "start": "/",
    "entity": "/SAG-AFTRA",
    "statement": "/statement/84c59e2ddca7",
    "document": "/doc/ary-news-2025-11-04-openai-faces-backlash-from",
    "topic": "/topic/consent-and-likeness",
    "relation": "/urges",
    "class": "/Person",
    "run": "/run/curation-of-november-2026",
    "graph": "/graph/entities",
    "questions": "/-/questions",
    "question": "/-/questions/statements-by?actor=SAG-AFTRA",
    "search": "/-/search?q=deepfakes",
    "editor": "/-/editor?query=SELECT+%3Fwhom+%7B+%3ASAG-AFTRA+%3Aurges+%3Fwhom+%7D",
}
FAULTS = """() => {
  const faults = [];
  const one = (what, list) => list.length === 1 || faults.push(`${list.length} ${what}`);
  one("h1", document.querySelectorAll("h1"));
  one("main", document.querySelectorAll("main"));
  if (document.documentElement.lang !== "en") faults.push("no language");
  if (!document.title) faults.push("no title");
  const levels = [...document.querySelectorAll("h1, h2, h3, h4")].map((each) => Number(each.tagName[1]));
  levels.slice(1).forEach((level, at) => level > levels[at] + 1 && faults.push(`h${level} after h${levels[at]}`));
  for (const field of document.querySelectorAll("input, select, textarea")) {
    if (!field.labels.length && !field.ariaLabel && field.offsetParent) faults.push(`no label: ${field.id}`);
  }
  for (const table of document.querySelectorAll("table")) {
    if (!table.caption) faults.push("a table without a caption");
    if (!table.querySelector("th[scope]")) faults.push("a table without headers");
  }
  for (const link of document.querySelectorAll("a, button")) {
    if (!link.textContent.trim() && !link.ariaLabel) faults.push(`no name: ${link.outerHTML.slice(0, 60)}`);
  }
  const ids = [...document.querySelectorAll("[id]")].map((each) => each.id);
  ids.filter((id, at) => ids.indexOf(id) !== at).forEach((id) => faults.push(`twice: ${id}`));
  for (const image of document.querySelectorAll("svg")) {
    if (image.getAttribute("aria-hidden") !== "true") faults.push("a picture without words");
  }
  for (const each of document.querySelectorAll("button, input, select, .top nav a, .pager a, .jumps a, .downloads a")) {
    const box = each.getBoundingClientRect();
    if (box.width && (box.height < 24 || box.width < 24)) faults.push(`small: ${each.textContent} ${box.width}`);
  }
  return faults;
}"""
CONTRASTS = """() => {
  const numbers = (colour) => (colour.match(/[\\d.]+/g) ?? []).map(Number);
  const light = ([red, green, blue]) => [red, green, blue].map((each) => each / 255)
    .map((each) => (each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4))
    .reduce((sum, each, at) => sum + each * [0.2126, 0.7152, 0.0722][at], 0);
  const ground = (element) => {
    for (let each = element; each; each = each.parentElement ?? each.getRootNode().host) {
      const found = numbers(getComputedStyle(each).backgroundColor);
      if (found.length === 3 || found[3] === 1) return found;
    }
    return [255, 255, 255];
  };
  const faults = {};
  const shadow = document.querySelector(".cm-host")?.shadowRoot;
  const walkers = [document.body, shadow].filter(Boolean)
    .map((each) => document.createTreeWalker(each, NodeFilter.SHOW_TEXT));
  for (const walker of walkers) while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || !element.getClientRects().length) continue;
    if (element.tagName === "STYLE") continue;
    const [one, two] = [light(numbers(getComputedStyle(element).color)), light(ground(element))];
    const ratio = (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
    const isMark = element.classList.contains("mark");  // a sign beside the word that says the same
    if (ratio < (isMark ? 3 : 4.5)) faults[`${element.tagName}.${element.className}`] = ratio;
  }
  for (const field of document.querySelectorAll("input")) {
    const [one, two] = [light(numbers(getComputedStyle(field, "::placeholder").color)), light(ground(field))];
    const ratio = (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
    if (ratio < 4.5) faults.placeholder = ratio;
  }
  return faults;
}"""


@pytest.mark.parametrize("name", PAGES)
def test_a_page_can_be_used_by_everybody_and_fits_a_phone_and_the_dark(
    reader, opened, name
):
    page = opened(reader.url + PAGES[name])
    if name == "editor":
        page.locator(".cm-content").wait_for()
    assert page.evaluate(FAULTS) == []
    assert page.evaluate(CONTRASTS) == {}
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.evaluate(CONTRASTS) == {}
    assert (
        page.evaluate("getComputedStyle(document.body).backgroundColor")
        == "rgb(28, 32, 36)"
    )


@pytest.mark.parametrize("name", ["entity", "question", "search"])
def test_a_page_is_whole_without_scripts(reader, opened, name):
    page = opened(reader.url + PAGES[name], scripts=False)
    assert page.locator("h1").is_visible()
    assert page.locator("main a").count() > 3


def test_the_keyboard_skips_to_the_content_and_shows_where_it_is(
    reader, opened
):
    page = opened(reader.url + "/SAG-AFTRA")
    page.keyboard.press("Tab")
    assert (
        page.evaluate("document.activeElement.textContent")
        == "Skip to the content"
    )
    assert (
        page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    )
    page.keyboard.press("Enter")
    page.wait_for_url("**/SAG-AFTRA#*")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    assert (
        page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        == "solid"
    )


def test_hostile_data_runs_nothing_in_a_browser(odd_site, opened):
    for path in (
        "/Ada-Example",
        "/statement/000000000001",
        "/-/search?q=script",
    ):
        page = opened(odd_site.url + path)
        assert page.locator("h1").count() == 1


def test_names_are_suggested_while_they_are_typed(reader, opened):
    page = opened(reader.url + "/-/questions/statements-by")
    with page.expect_response(re.compile("/-/lookup")):
        page.locator("#p-actor").type("crans")
    page.locator(
        "datalist#p-actor-names option[value='Bryan Cranston']"
    ).wait_for(state="attached")
    page.locator("#p-actor").fill("Bryan Cranston")
    page.keyboard.press("Enter")
    page.wait_for_url("**/statements-by?actor=Bryan+Cranston**")
    assert page.locator("table.answer tbody tr").count() > 2


def test_an_entity_leads_to_its_place_in_the_network(odd_site, opened):
    page = opened(odd_site.url + "/Evil")
    page.get_by_role("link", name="The network around").click()
    page.locator("#status", has_text="entities").wait_for()
    assert (
        page.locator("h1").text_content()
        == '<script>alert(1)</script> & "Co": who says what about AI'
    )


def test_a_name_in_the_panel_of_the_network_leads_to_its_page(odd_site, opened):
    page = opened(odd_site.url + "/-/network")
    page.locator("#panel ol.plain button.name").first.click()
    name = page.locator("#panel h2 a").text_content()
    page.locator("#panel h2 a").click()
    page.wait_for_url(lambda url: "/-/" not in url)
    assert page.url.startswith(odd_site.url + "/")
    assert name in page.locator("h1").text_content()


def test_the_colours_are_those_of_the_network_page():
    house = content("house.css").decode()
    assert "--paper: #f6f5f2" in house
    assert "--supportive: #0072B2" in house
    assert (
        "--supportive: #56B4E9"
        in house.partition("prefers-color-scheme: dark")[2]
    )
