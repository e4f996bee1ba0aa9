"""Two entities side by side."""

import pytest

import onrecord
from onrecord.formats.prose import beside
from onrecord.model.errors import BadInput
from onrecord.networks.comparison import compare
from onrecord.workspace import Workspace


def test_what_both_say_on_a_topic_stands_side_by_side(told: Workspace) -> None:
    both = compare("Ada Example", "Bob Sample", workspace=told)
    assert (both.one.label, both.other.label) == ("Ada Example", "Bob Sample")
    [topic] = both.topics
    assert topic.topic == "job displacement"
    assert {actor for proof in topic.one for actor in proof.actors} == {
        "Ada-Example"
    }
    assert [proof.negated for proof in topic.other] == [True]


def test_every_statement_of_a_comparison_is_a_row_with_its_source(
    told: Workspace,
) -> None:
    both = onrecord.compare("Ada Example", "Bob Sample", workspace=told)
    number = sum(len(topic.one) + len(topic.other) for topic in both.topics)
    assert len(both.table) == number
    assert set(both.table.column("who")) == {"Ada Example", "Bob Sample"}
    assert all(both.table.column("publisher"))
    assert both.to_pandas().columns.tolist() == list(both.table.columns)


def test_a_comparison_says_how_the_two_are_linked(told: Workspace) -> None:
    both = compare("Studio Nine", "Studio Ten", workspace=told)
    assert [(step.start.id, step.end.id) for step in both.way] == [
        ("Studio-Nine", "Studio-Ten")
    ]
    assert "Studio Nine — Studio Ten" in beside(both, 80)
    assert both.between == both.way[0].proofs


def test_two_that_nothing_links_are_said_to_be_so(told: Workspace) -> None:
    both = compare("Ada Example", "Example Act", workspace=told)
    assert (both.topics, both.way) == ((), [])
    assert [proof.caution for proof in both.between] == ["negated"]
    assert beside(both, 40).splitlines()[2:] == [
        "no topic on which both are on record",
        "",
        "How they are linked",
        "",
        "no edges link the two",
    ]
    assert "not linked" in both._repr_html_()


def test_columns_stay_within_their_halves(told: Workspace) -> None:
    shown = beside(compare("Ada Example", "Bob Sample", workspace=told), 60)
    columns, _, _ = shown.partition("How they are linked")
    assert max(map(len, columns.splitlines())) <= 60
    assert "Ada Example" in shown.splitlines()[0]
    assert "Bob Sample" in shown.splitlines()[0]


def test_two_names_of_one_are_no_comparison(told: Workspace) -> None:
    with pytest.raises(
        BadInput, match="stand for the same entity: Studio Nine"
    ):
        compare("Studio Nine", "Nine", workspace=told)
