"""A part of a network by topic, relation, stance and time."""

import pytest

from onrecord.model.errors import BadInput, UnknownName
from onrecord.model.vocabulary import Vocabulary
from onrecord.networks import Network
from onrecord.networks.part import Choice, narrowed
from onrecord.querying.ask import Graph


@pytest.fixture(scope="session")
def words(graph: Graph) -> Vocabulary:
    return graph.vocabulary


def test_no_choice_leaves_the_network_as_it_is(
    net: Network, words: Vocabulary
) -> None:
    assert narrowed(net, Choice(), words) is net


@pytest.mark.parametrize(
    ("choice", "statements", "links"),
    [
        (Choice(topic="compensation"), 1, 1),
        (Choice(topic="work-and-labor"), 3, 3),
        (Choice(topic="job displacement"), 2, 2),
        (Choice(relation="urges"), 1, 1),
        (Choice(relation="uses AI in"), 2, 2),
        (Choice(relation=":usesAIIn"), 2, 2),
        (Choice(stance="supportive"), 2, 2),
        (Choice(since="2025"), 6, 7),
        (Choice(since="2025-10"), 6, 7),
        (Choice(since="2025-10-05"), 6, 7),
        (Choice(since="2025-11"), 0, 0),
        (Choice(until="2024"), 1, 1),
        (Choice(since="2024-05-01", until="2024-05-01"), 1, 1),
        (Choice(stance="critical", since="2025"), 3, 4),
    ],
)
def test_a_choice_keeps_what_it_says(
    net: Network, words: Vocabulary, choice: Choice, statements: int, links: int
) -> None:
    found = narrowed(net, choice, words)
    assert (len(found.proofs), len(found.links)) == (statements, links)
    assert {key for link in found.links for key in link.evidence} <= set(
        found.proofs
    )
    assert {
        end for link in found.links for end in (link.source, link.target)
    } <= set(found.nodes)


def test_the_title_says_what_was_chosen(
    net: Network, words: Vocabulary
) -> None:
    found = narrowed(
        net, Choice("compensation", "urges", "critical", "2025", "2026"), words
    )
    assert (
        found.title
        == f"{net.title}: on compensation, “urges”, critical, since 2025, until 2026"
    )


def test_undated_ones_that_a_time_leaves_out_are_counted(
    net: Network, words: Vocabulary
) -> None:
    assert narrowed(net, Choice(since="2025"), words).facts.endswith(
        "; 4 undated ones are left out"
    )


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        (
            Choice(topic="compensatoin"),
            "no topic is called 'compensatoin'; did you mean 'compensation'",
        ),
        (
            Choice(relation="urgse"),
            "no relation is called 'urgse'; did you mean 'urges'",
        ),
        (
            Choice(stance="angry"),
            "no stance is called 'angry'; there are supportive",
        ),
    ],
)
def test_an_unknown_word_suggests_the_nearest(
    net: Network, words: Vocabulary, choice: Choice, message: str
) -> None:
    with pytest.raises(UnknownName, match=message):
        narrowed(net, choice, words)


@pytest.mark.parametrize(
    "day", ["last year", "2025-13", "2025-02-30", "25", "2025-1-1", ""]
)
def test_what_is_no_date_is_refused(
    net: Network, words: Vocabulary, day: str
) -> None:
    with pytest.raises(
        BadInput, match="is no date like 2025, 2025-10 or 2025-10-21"
    ):
        narrowed(net, Choice(since=day), words)
