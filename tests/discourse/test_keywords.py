"""A discourse network by keywords."""

import pytest

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
