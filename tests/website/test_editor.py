"""The SPARQL editor in a real browser."""

import re

import pytest
from playwright.sync_api import expect


def written(page) -> str:
    return page.locator(".cm-content").inner_text()


@pytest.fixture
def editor(reader, opened):
    page = opened(reader.url + "/-/editor", faults=True)
    page.locator(".cm-content").wait_for()
    return page


def write(page, text: str) -> None:
    page.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.type(text, delay=5)


def test_a_query_runs_and_its_answer_has_links_downloads_and_an_address(
    reader, opened
):
    page = opened(reader.url + "/-/editor")
    page.locator(".cm-content").wait_for()
    page.locator("#run").click()
    page.locator("#answer tbody").wait_for()
    expect(page.locator("#status")).to_contain_text("20 rows in")
    assert page.locator("#answer a").first.get_attribute("href").startswith("/")
    assert "/-/editor?query=" in page.url
    addresses = [
        each.get_attribute("href")
        for each in page.locator("#downloads a").all()
    ]
    assert (
        reader.client.get(addresses[1])
        .headers["content-type"]
        .startswith("text/csv")
    )
    again = opened(page.url)
    again.locator(".cm-content").wait_for()
    expect(again.locator("#answer tbody tr")).to_have_count(20)
    assert "?statement :relation :urges" in written(again)


def test_the_keyboard_runs_a_query_and_leaves_the_editor(editor):
    write(editor, "ASK { :SAG-AFTRA :urges :OpenAI ")
    editor.keyboard.press("Control+Enter")
    editor.locator("#answer td", has_text="true").wait_for()


OFFERED = ".cm-tooltip-autocomplete:not(.cm-tooltip-autocomplete-disabled) li[aria-selected]"
"""What a key takes, once all that was typed has been asked for."""
COMPLETED = {
    "SELECT ?x { ?x :urg": "SELECT ?x { ?x :urges",
    "SELECT ?x { ?x :topic topic:deepf": "SELECT ?x { ?x :topic topic:deepfakes",
    "SELECT ?x { ?x :actor :bryan-cr": "SELECT ?x { ?x :actor :Bryan-Cranston",
    "SELECT ?x { ?x a :Compa": "SELECT ?x { ?x a :Company",
    "SEL": "SELECT",
    "SELECT ?who WHERE { ?x :actor ?w": "SELECT ?who WHERE { ?x :actor ?who",
}


def test_words_terms_names_and_variables_are_completed(editor):
    for typed, completed in COMPLETED.items():
        write(editor, typed)
        offered = completed.rpartition(" ")[2]
        editor.locator(OFFERED, has_text=offered).wait_for()
        # What has just appeared is not taken by a key that was meant for the text.
        editor.wait_for_timeout(200)
        editor.keyboard.press("Enter")
        expect(editor.locator(".cm-content")).to_have_text(
            re.compile(f"^{re.escape(completed)}")
        )


def test_a_fault_is_told_with_its_line(editor):
    write(editor, "SELECT ?x WHERE {\n?x oops ?y }")
    editor.locator("#run").click()
    editor.locator("#fault").wait_for()
    expect(editor.locator("#fault")).to_contain_text("line 2, column 4")
    expect(editor.locator(".cm-lintRange-error")).to_have_count(1)
    write(editor, "ASK {}")
    editor.locator("#run").click()
    editor.locator("#answer td").wait_for()
    expect(editor.locator("#fault")).to_be_hidden()


def test_a_graph_is_shown_as_triples(editor):
    editor.get_by_role("link", name="as a graph").click()
    editor.locator(
        "#answer thead", has_text="subjectpredicateobject"
    ).wait_for()
    assert editor.locator("#downloads").text_content().split()[2:] == [
        "Turtle",
        "JSON-LD",
        "N-Triples",
        "RDF/XML",
    ]


def test_markup_in_an_answer_stays_text(odd_site, opened):
    page = opened(odd_site.url + "/-/editor")
    page.locator(".cm-content").wait_for()
    write(
        page,
        "SELECT ?label ?url { { :Evil rdfs:label ?label } UNION { ?x schema:url ?url }",
    )
    page.locator("#run").click()
    page.locator("#answer tbody tr").nth(2).wait_for()
    assert page.locator("#answer script").count() == 0
    assert page.locator("#answer a").count() == 1
    assert "javascript:alert(3)" in page.locator("#answer").text_content()


def test_without_scripts_the_form_asks(reader, opened):
    page = opened(reader.url + "/-/editor", scripts=False)
    page.locator("#query").fill("SELECT ?whom { :SAG-AFTRA :urges ?whom }")
    page.locator("#run").click()
    expect(page.locator("#answer tbody tr")).to_have_count(3)
    assert (
        page.locator("#downloads a")
        .first.get_attribute("href")
        .startswith("/-/editor?query=SELECT")
    )
