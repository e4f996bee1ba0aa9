"""A user's own graph: its title and texts, what a program proposes, dates of events, and an empty one."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.sync_api import Page, expect

from onrecord.networks import Network
from onrecord.networks.graph import network
from onrecord.querying.ask import Graph
from onrecord.workspace import init

Opener = Callable[..., Page]
Writer = Callable[[Network], Path]
BY_PROGRAM = "found by a program, not reviewed"


@pytest.fixture
def proposing(invent: SimpleNamespace) -> Network:
    """Three names, one link that stands, one that a program proposes, one dated by an event."""
    nodes = [invent.node(key) for key in ("Ada", "Ben", "Cora")]
    proofs = [
        invent.proof("s1", "Ada", "urges", "Ben"),
        invent.proof(
            "s2",
            *("Ben", "urges", "Cora"),
            caution=BY_PROGRAM,
            status="unreviewed",
            machine_made=True,
            quote="The whole sentence, as the article has it.",
        ),
        invent.proof(
            "s3", "Ada", "urges", "Ben", said=None, not_before="2025-09"
        ),
    ]
    whole = invent.net(
        nodes, [invent.link("Ada", "urges", "Ben", "s1", "s3")], proofs
    )
    return replace(
        whole,
        proposed=(invent.link("Ben", "urges", "Cora", "s2"),),
        subtitle="What our town says",
        start="Begin with Ada.\n\nThen read Ben.",
    )


def test_what_a_program_proposes_is_dotted_and_one_box_hides_it(
    opened: Opener, written: Writer, proposing: Network
) -> None:
    page = opened(written(proposing))
    expect(page.locator("#status")).to_contain_text("2 of 2 links")
    assert (
        page.evaluate("window.onrecord.svg()").count('stroke-dasharray="1 5"')
        == 1
    )
    page.get_by_label("Dotted: proposed, not reviewed").uncheck()
    expect(page.locator("#status")).to_contain_text("1 of 1 link")
    assert 'stroke-dasharray="1 5"' not in page.evaluate(
        "window.onrecord.svg()"
    )
    assert page.evaluate("location.hash") == "#proposed=false"


def test_a_proposed_statement_shows_its_sentence_and_that_nobody_reviewed_it(
    opened: Opener, written: Writer, proposing: Network
) -> None:
    page = opened(written(proposing), "#node=Cora")
    card = page.locator("#panel .card")
    expect(card).to_contain_text("The whole sentence, as the article has it.")
    expect(card).to_contain_text(BY_PROGRAM)
    expect(card).not_to_contain_text("no line on the map")


def test_words_stand_before_what_a_model_makes_of_them_and_once_where_nobody_did(
    opened: Opener, written: Writer, invent: SimpleNamespace
) -> None:
    sentence = "Ada wrote to Ben, again, that machines are no actors."
    nodes = [invent.node("Ada"), invent.node("Ben")]
    common = {"quote": sentence, "machine_made": True, "status": "unreviewed"}
    proofs = [
        invent.proof(
            "s1", "Ada", "urges", "Ben", gist="Asks once more.", **common
        ),
        invent.proof(
            "s2", "Ada", "urges", "Ben", gist="Ada wrote to …", **common
        ),
    ]
    links = [invent.link("Ada", "urges", "Ben", "s1", "s2")]
    page = opened(written(invent.net(nodes, links, proofs)), "#node=Ada")
    told, plain = page.locator("#panel .card").all_inner_texts()
    assert told.index(sentence) < told.index("Asks once more.")
    assert plain.count("Ada wrote to") == 1


def test_the_date_of_an_event_is_said_to_be_about_and_hatched(
    opened: Opener, written: Writer, proposing: Network
) -> None:
    page = opened(written(proposing), "#node=Ada")
    expect(page.locator("#panel")).to_contain_text("about September 2025")
    hatched = page.locator("#timeline rect[fill^='url(#hatch-critical']")
    expect(hatched).to_have_count(1)
    expect(page.locator("#timeline")).to_contain_text(
        "hatched: dated by an event"
    )


def test_the_page_says_the_workspace_s_own_words(
    opened: Opener, written: Writer, proposing: Network
) -> None:
    page = opened(written(proposing))
    expect(page.locator(".subtitle")).to_have_text("What our town says")
    assert page.locator("#panel p").all_inner_texts()[:2] == [
        "Begin with Ada.",
        "Then read Ben.",
    ]


def test_title_subtitle_and_start_come_from_the_settings(
    tmp_path: Path,
) -> None:
    own_workspace = init(tmp_path)
    (tmp_path / "onrecord.toml").write_text(
        '[page]\ntitle = "Our town"\nsubtitle = "on AI"\nstart = "Begin here."\n',
        encoding="utf-8",
    )
    own = network(Graph(own_workspace))
    assert (own.title, own.subtitle, own.start) == (
        "Our town",
        "on AI",
        "Begin here.",
    )


def test_topics_are_shown_at_once_where_few_are_linked(
    opened: Opener, written: Writer, invent: SimpleNamespace
) -> None:
    nodes = [
        invent.node("Ada"),
        invent.node("topic/jobs", "jobs", "other"),
        invent.node("topic/wages", "wages", "other"),
    ]
    proofs = [
        invent.proof("s1", "Ada", "concernedAbout", "topic/jobs"),
        invent.proof("s2", "Ada", "asksFor", "topic/jobs"),
    ]
    told = [replace(proof, topics=("jobs",)) for proof in proofs]
    page = opened(written(invent.net(nodes, [], told)))
    expect(page.locator("#topics")).to_be_checked()
    # One line a stance, and no topic of which nobody speaks.
    expect(page.locator("#status")).to_contain_text(
        "2 of 2 entities, 1 of 1 link, 2 of 2 statements"
    )


def test_a_graph_without_statements_says_what_to_do_next(
    opened: Opener, written: Writer, invent: SimpleNamespace
) -> None:
    page = opened(written(invent.net([invent.node("Ada")], [], [])))
    expect(page.locator("#panel")).to_contain_text("onrecord add article.txt")
    expect(page.locator("#panel")).to_contain_text("onrecord review")
