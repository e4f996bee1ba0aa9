"""A discourse network by keywords."""

import pytest
from lxml import html

import onrecord
from onrecord.discourse.choice import Choice
from onrecord.discourse.choice import network as network_of
from onrecord.querying.ask import Graph


def test_keywords_choose_what_the_command_line_chooses(graph: Graph) -> None:
    found = onrecord.network(
        "congruence", actors="organization", workspace=graph.workspace
    )
    same = network_of(graph, Choice("congruence", actors="organization"))
    assert found.ties is not None
    assert found.ties.pairs() == same.ties.pairs()


def test_an_option_that_there_is_not_is_named() -> None:
    with pytest.raises(TypeError, match="colour"):
        onrecord.network(colour="red")


@pytest.mark.parametrize("method", ["congruence", "affiliation"])
def test_a_notebook_draws_the_strongest_ties_and_tells_them(
    graph: Graph, method: str
) -> None:
    network = onrecord.network(
        method, topic="job displacement", workspace=graph.workspace
    )
    shown = network._repr_html_()
    picture = html.fromstring(shown).find(".//svg")
    assert 0 < len(picture.findall("line")) <= 40
    names = {text.text for text in picture.findall("text")}
    frame = network.to_pandas()
    assert names <= {*frame.iloc[:, 0], *frame.iloc[:, 1]}


def test_of_a_network_without_ties_a_notebook_shows_the_notes(
    graph: Graph,
) -> None:
    empty = onrecord.network(since="2099", workspace=graph.workspace)
    assert "the network is empty" in empty._repr_html_()
    assert "<svg" not in empty._repr_html_()
