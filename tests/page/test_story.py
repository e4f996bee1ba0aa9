"""Stories: what ships can be told from the graph, a story is walked in steps, a faulty one is named with its place."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from onrecord.model.errors import BadInput, UnknownName
from onrecord.model.vocabulary import Vocabulary
from onrecord.networks import Network
from onrecord.page.statements import numbered
from onrecord.page.story import Story, story, story_fields
from onrecord.page.view import page
from onrecord.workspace import Workspace

Opener = Callable[..., Page]
TOLD = """
title = "How Ada asked"
[[steps]]
title = "Ada asks"
text = "She asks the studio."
statements = [{ document = "document-s1", actor = "Ada-Example", relation = "urges", object = "Studio-Nine" }]
[[steps]]
title = "The studio promises"
text = "It says what it will do."
statements = [{ document = "document-s6", actor = "Studio-Nine", relation = "promises", object = "topic/deepfakes" }]
"""


@pytest.fixture
def tale(tmp_path: Path, few: Network, shipped: Workspace) -> Story:
    (tmp_path / "ada.toml").write_text(TOLD, encoding="utf-8")
    return story(str(tmp_path / "ada.toml"), few, shipped)


def test_every_shipped_story_can_be_told_from_the_graph(
    whole: Network, shipped: Workspace
) -> None:
    names = [
        path.stem
        for folder in shipped.graphs
        for path in (folder / "stories").glob("*.toml")
    ]
    assert "sora-2" in names
    for name in names:
        found = story(name, whole, shipped)
        assert all(step.statements for step in found.steps)


def test_each_end_of_a_link_that_a_shipped_story_tells_of_has_a_place(
    whole: Network, shipped: Workspace
) -> None:
    numbers = numbered(whole)
    for name in shipped.story_files():
        tale = story(name, whole, shipped)
        evidence = {key for step in tale.steps for key in step.statements}
        borne = [link for link in whole.links if evidence & set(link.evidence)]
        ends = {end for link in borne for end in (link.source, link.target)}
        placed = {
            place[0] for place in story_fields(tale, whole, numbers)["places"]
        }
        wanted = {end for end in ends if not end.startswith("topic/")}
        assert {numbers.nodes[end] for end in wanted} <= placed, name


def test_the_shipped_story_tells_of_nobody_whom_its_evidence_does_not_name(
    whole: Network, shipped: Workspace
) -> None:
    for step in story("sora-2", whole, shipped).steps:
        named = {
            node.label
            for key in step.statements
            for end in (*whole.proofs[key].actors, whole.proofs[key].object)
            if (node := whole.nodes.get(end))
        }
        assert any(
            name.split()[0].rstrip(",") in f"{step.title} {step.text}"
            for name in named
        )


def test_a_story_is_walked_in_steps_with_its_evidence(
    opened: Opener, tale: Story, few: Network, words: Vocabulary, tmp_path: Path
) -> None:
    (tmp_path / "page.html").write_text(
        page(few, words, story=tale), encoding="utf-8"
    )
    found = opened(tmp_path / "page.html")
    expect(found.locator("#story")).to_contain_text(
        "How Ada asked: step 1 of 2"
    )
    expect(found.locator("#panel .card")).to_have_attribute(
        "data-statement", "s1"
    )
    expect(
        found.get_by_role("button", name="Back", exact=True)
    ).to_be_disabled()
    found.get_by_role("button", name="Next").click()
    expect(found.locator("#story h2")).to_have_text("The studio promises")
    expect(found.locator("#panel .card")).to_have_attribute(
        "data-statement", "s6"
    )
    assert found.evaluate("location.hash") == "#step=1"
    expect(found.get_by_role("button", name="Next")).to_be_disabled()
    found.get_by_role("button", name="Leave the story").click()
    expect(found.locator("#status")).to_contain_text("4 of 4 entities")
    found.get_by_role("button", name="tell the story").click()
    expect(found.locator("#story")).to_contain_text("step 1 of 2")


def test_a_step_before_the_first_is_the_first(
    opened: Opener, tale: Story, few: Network, words: Vocabulary, tmp_path: Path
) -> None:
    (tmp_path / "page.html").write_text(
        page(few, words, story=tale), encoding="utf-8"
    )
    found = opened(tmp_path / "page.html", "#step=-5")
    expect(found.locator("#story")).to_contain_text("step 1 of 2")


def test_an_unknown_story_names_those_that_there_are(
    few: Network, shipped: Workspace
) -> None:
    with pytest.raises(
        UnknownName, match="no story is called 'sora'; there is sora-2"
    ):
        story("sora", few, shipped)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("title = ", "no TOML"),
        ("x = " + "[" * 5000, "no TOML"),
        ("title = 'x'", "a story has a title and at least one"),
        (
            "title = 'x'\n[[steps]]\ntext = 'y'",
            "step 1: a step has a title, a text and a list of statements",
        ),
        (
            TOLD.replace("document-s6", "document-s9"),
            "step 2: the graph has no statement “Studio-Nine promises topic",
        ),
        (
            TOLD.replace("document = ", "doc = "),
            "step 1: a statement is named by document, actor, relation, object",
        ),
    ],
)
def test_a_faulty_story_says_where_it_is_at_fault(
    tmp_path: Path, few: Network, shipped: Workspace, text: str, message: str
) -> None:
    (tmp_path / "bad.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match=message) as caught:
        story(str(tmp_path / "bad.toml"), few, shipped)
    assert "bad.toml" in str(caught.value)


def test_a_story_file_that_is_not_there_says_so(
    tmp_path: Path, few: Network, shipped: Workspace
) -> None:
    with pytest.raises(BadInput, match="No such file"):
        story(str(tmp_path / "none.toml"), few, shipped)
