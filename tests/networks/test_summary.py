"""What the statements behind a link say together."""

from dataclasses import replace

import pytest

from onrecord.networks import Link, Network
from onrecord.networks.graph import multigraph
from onrecord.networks.summary import FIELDS, summary

LINK = Link("a", "b", "urges", "urges", "urges", "speech", ("1", "2", "3"))
STANCES = {
    ("critical", "critical", "supportive"): "critical",
    ("critical", "supportive", None): "mixed",
    (None, None, None): "",
}


@pytest.mark.parametrize("stances", STANCES)
def test_the_stance_is_that_of_most_statements(
    net: Network, stances: tuple[str | None, ...]
) -> None:
    any_proof = next(iter(net.proofs.values()))
    proofs = {
        str(at): replace(any_proof, stance=stance)
        for at, stance in enumerate(stances, start=1)
    }
    assert summary(LINK, proofs)["stance"] == STANCES[stances]


def test_dates_reach_from_the_first_to_the_last_and_sources_are_counted_once(
    net: Network,
) -> None:
    any_proof = replace(next(iter(net.proofs.values())), not_before=None)
    proofs = {
        "1": replace(any_proof, said="2025-10", published=None),
        "2": replace(any_proof, said="2023", published=None),
        "3": replace(any_proof, said=None, published=None),
    }
    facts = summary(LINK, proofs)
    assert (facts["first"], facts["last"], facts["sources"]) == (
        "2023",
        "2025-10",
        1,
    )


def test_edges_of_networkx_bear_stance_dates_and_counts(net: Network) -> None:
    edge = multigraph(net).edges["Ada-Example", "Studio-Nine", "urges"]
    assert tuple(edge)[-len(FIELDS) :] == FIELDS
    assert (edge["stance"], edge["critical"], edge["last"]) == (
        "critical",
        1,
        "2025-10",
    )
