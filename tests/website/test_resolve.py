"""What an address of the graph stands for."""

import json

import pytest

from onrecord.model.iris import BASE
from onrecord.website.address import href
from onrecord.website.resolve import (
    Resolution,
    find,
    gone_page,
    meant,
    resolve,
    unknown_page,
)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/SAG-AFTRA", "entity"),
        ("/topic/consent-and-likeness", "topic"),
        ("/urges", "relation"),
        ("/Company", "class"),
        ("/statement/84c59e2ddca7", "statement"),
        ("/doc/ary-news-2025-11-04-openai-faces-backlash-from", "document"),
        ("/code/critical", "thing"),
        ("/run/curation-of-november-2026", "thing"),
        ("/saidOn", "thing"),
        ("/graph/entities", "graph"),
        ("/graph/nothing", "unknown"),
        ("/statement/000000000000", "unknown"),
        ("/<>", "unknown"),
        ("/a b", "unknown"),
        ("/" + "x" * 1500, "unknown"),
    ],
)
def test_an_address_stands_for_what_its_iri_names(graph, path, kind):
    assert resolve(graph, path).kind == kind


def test_every_iri_of_the_graph_that_ships_has_a_page(graph):
    rows = graph.ask(
        "SELECT DISTINCT ?it { ?it ?p ?o FILTER STRSTARTS(STR(?it), STR(:)) }"
    )
    kinds = {
        str(row["it"]): resolve(
            graph, "/" + str(row["it"]).removeprefix(BASE)
        ).kind
        for row in rows
    }
    assert len(kinds) > 2500
    assert [iri for iri, kind in kinds.items() if kind == "unknown"] == []


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/sag-aftra", "/SAG-AFTRA"),
        ("/Screen Actors Guild", "/SAG-AFTRA"),
        ("/topic/Consent and likeness", "/topic/consent-and-likeness"),
        ("/consent and likeness", "/topic/consent-and-likeness"),
        ("/URGES", "/urges"),
        ("/statement/84c59e2ddca7/evidence", "/statement/84c59e2ddca7"),
    ],
)
def test_another_case_or_a_name_leads_to_the_one_that_is_meant(
    graph, path, location
):
    assert (resolve(graph, path).kind, resolve(graph, path).location) == (
        "elsewhere",
        location,
    )


def test_a_name_that_several_share_leads_nowhere_and_offers_them(odd, drawn):
    assert (
        resolve(odd, "/mercury").kind == "elsewhere"
    )  # the id of one of them in another case
    assert {address for _, _, address in meant(odd, "Mercury")} == {
        "/Mercury",
        "/Mercury-Company",
    }
    page = drawn(unknown_page, "/Mercurry", graph=odd)
    assert {"/Mercury", "/Mercury-Company"} <= set(page.xpath("//main//@href"))


def test_what_was_merged_has_moved_for_good(odd):
    assert resolve(odd, "/Nine-Pictures") == Resolution(
        "moved", BASE + "Nine-Pictures", "/Studio-Nine"
    )


def test_what_was_taken_out_says_when_and_why(odd, drawn):
    assert resolve(odd, "/statement/aaaaaaaaaaaa").kind == "gone"
    page = drawn(gone_page, BASE + "statement/aaaaaaaaaaaa", graph=odd)
    assert (
        "On 20 November 2026. The reason given: It was <i>wrong</i>."
        in " ".join(page.text_content().split())
    )
    assert resolve(odd, "/doc/example-herald-gone").kind == "gone"
    assert (
        "No reason was given."
        in drawn(
            gone_page, BASE + "doc/example-herald-gone", graph=odd
        ).text_content()
    )


def test_the_page_of_an_unknown_address_searches_for_its_name(graph, drawn):
    page = drawn(unknown_page, "/Sam-Altmann", graph=graph)
    assert page.xpath("//input[@name='q']/@value") == ["Sam Altmann"]
    assert "/Sam-Altman" in page.xpath("//main//@href")


def test_what_is_found_goes_out_as_json(graph, send):
    assert Resolution(
        **json.loads(send(find, "/urges", graph=graph))
    ) == Resolution("relation", BASE + "urges")


def test_an_id_that_begins_with_a_slash_leads_to_no_other_server():
    assert href("https://w3id.org/onrecord//evil.example") is None
    assert href("https://w3id.org/onrecord/Ada-Example") == "/Ada-Example"
