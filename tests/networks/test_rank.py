"""Who comes first."""

from onrecord.networks import Network
from onrecord.networks.rank import (
    best_evidenced,
    evidence,
    spoken_on,
    strengths,
)


def test_evidence_counts_each_statement_once_for_each_whom_it_names(
    net: Network,
) -> None:
    counts = evidence(net)
    assert counts["Studio-Nine"] == 4
    assert counts["topic/job-displacement"] == 2
    assert set(counts) == set(net.nodes)


def test_a_pair_is_as_strong_as_the_statements_between_it(net: Network) -> None:
    assert strengths(net.links)["Ada-Example", "Studio-Nine"] == 1.0


def test_the_best_evidenced_are_linked_among_themselves() -> None:
    pairs = {("a", "b"): 5.0, ("b", "c"): 4.0, ("d", "e"): 3.0, ("f", "g"): 9.0}
    assert set(best_evidenced(pairs, 4)) == {"a", "b", "f", "g"}


def test_all_are_best_where_there_are_few() -> None:
    assert best_evidenced({("a", "b"): 5.0}, 60) == ["a", "b"]
    assert best_evidenced({}, 60) == []


def test_who_would_stand_alone_gives_way() -> None:
    pairs = {("hub", f"leaf{at}"): 1.0 for at in range(9)} | {("x", "y"): 8.0}
    chosen = best_evidenced(pairs, 3)
    assert all(
        any(node in pair and set(pair) <= set(chosen) for pair in pairs)
        for node in chosen
    )


def test_an_object_that_is_a_topic_is_spoken_on_too(net: Network) -> None:
    (found,) = [
        each for each in net.proofs.values() if each.relation == "urges"
    ]
    assert spoken_on(found) == ["topic/compensation"]
