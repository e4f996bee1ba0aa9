"""A statement as a person reads it, and in words why it bears no edge."""

import pytest

from onrecord.networks import EdgeStatement, Network


def one(
    net: Network, relation: str, target: str, actor: str = "Ada-Example"
) -> EdgeStatement:
    (found,) = [
        each
        for each in net.proofs.values()
        if (each.relation, each.object) == (relation, target)
        and actor in each.actors
    ]
    return found


def test_a_proof_tells_sentence_gist_words_date_and_source(
    net: Network,
) -> None:
    found = one(net, "urges", "Studio-Nine")
    assert found.sentence == "Ada Example urges Studio Nine"
    assert (found.gist, found.quote) == ("urges Studio Nine", "pay us for this")
    assert (found.said, found.published) == (None, "2025-10")
    assert (found.publisher, found.url) == (
        "Example News",
        "https://news.example/one",
    )
    assert (found.stance, found.topics, found.caution) == (
        "critical",
        ("compensation",),
        "",
    )


@pytest.mark.parametrize(
    ("relation", "target", "actor", "caution"),
    [
        ("sues", "Studio-Nine", "Bob-Sample", "planned"),
        ("supports", "Example-Act", "Ada-Example", "negated"),
        ("promises", "Example-Act", "Studio-Ten", "said about it"),
        ("usesAIIn", "The-Long-Film", "Studio-Ten", "alleged by Bob Sample"),
        ("concernedAbout", "topic/job-displacement", "Bob-Sample", ""),
    ],
)
def test_what_keeps_a_statement_from_being_an_edge_is_said(
    net: Network, relation: str, target: str, actor: str, caution: str
) -> None:
    assert one(net, relation, target, actor).caution == caution


def test_a_rejected_statement_is_left_out(net: Network) -> None:
    assert not [
        each
        for each in net.proofs.values()
        if (each.relation, each.object) == ("criticizes", "Studio-Nine")
    ]


def test_a_use_of_ai_names_stage_and_tool(net: Network) -> None:
    found = one(net, "usesAIIn", "The-Long-Film", "Studio-Nine")
    assert (found.stage, found.tool) == ("dubbing", "Paintbot")


def test_a_curated_statement_is_not_machine_made(net: Network) -> None:
    assert not any(each.machine_made for each in net.proofs.values())
