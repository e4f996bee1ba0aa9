from itertools import combinations, product

import networkx as nx
import numpy as np
import pytest

from onrecord.discourse.backbone import backbone
from onrecord.discourse.centrality import NAMES, centralities
from onrecord.discourse.choice import Choice, network
from onrecord.discourse.clusters import METHODS, clusters
from onrecord.discourse.measures import measure, tables_of
from onrecord.discourse.polarization import polarization
from onrecord.discourse.statements import prepare
from onrecord.discourse.tensor import tensor
from onrecord.discourse.ties import ties
from onrecord.model.errors import BadInput

LEFT, RIGHT = ("Ada", "Ben", "Cleo"), ("Dan", "Eve", "Fay")


@pytest.fixture
def camps(coded):
    """Two camps of three who disagree on everything, one of them undecided on one thing, and one who speaks alone."""
    rows = [
        (who, what, who in LEFT)
        for who in (*LEFT, *RIGHT)
        for what in ("ban", "levy", "label")
    ]
    return tensor(
        prepare(coded(*rows, ("Ada", "ban", False), ("Gus", "moon", True)))
    )


@pytest.mark.parametrize("method", sorted(METHODS))
def test_camps_are_found_by_every_method(camps, method):
    found = clusters(ties(camps, "congruence", "average"), method, 2)
    assert {
        frozenset(who for who, number in found.items() if number == each)
        for each in (1, 2)
    } == {
        frozenset(LEFT),
        frozenset(RIGHT),
    }
    assert found["Gus"] == 0


@pytest.mark.parametrize("method", sorted(METHODS))
def test_the_same_network_has_the_same_clusters(camps, method):
    found = ties(camps, "subtract")
    assert clusters(found, method) == clusters(found, method)


@pytest.mark.parametrize("method", sorted(METHODS))
def test_no_ties_are_no_clusters(coded, method):
    alone = ties(
        tensor(prepare(coded(("Ada", "ban", True), ("Ben", "levy", True)))),
        "congruence",
    )
    assert clusters(alone, method) == {"Ada": 0, "Ben": 0}
    assert centralities(alone)["Ada"] == dict.fromkeys(NAMES, 0.0)
    assert len(backbone(alone)) == 0


def test_an_unknown_method_is_told_the_known_ones(camps):
    with pytest.raises(BadInput, match="leiden"):
        clusters(ties(camps, "congruence"), "kmeans")


def by_definition(tensor_, camp):
    """The half sum, cell by cell, as the definition has it."""
    agree, oppose = (
        ties(tensor_, name, "average").matrix().toarray()
        for name in ("congruence", "conflict")
    )
    keep = [at for at, mine in enumerate(camp) if mine >= 0]
    size = {each: sum(camp[at] == each for at in keep) for each in set(camp)}
    inside = sum(size[each] * (size[each] - 1) for each in size if each >= 0)
    across = len(keep) * (len(keep) - 1) - inside
    total = 0.0
    for one, two in product(keep, keep):
        if one != two and camp[one] == camp[two]:
            own = size[camp[one]]
            total += abs(
                agree[one, two]
                - own * (own - 1) / inside * agree.sum() / inside
            ) + abs(oppose[one, two])
        elif one != two:
            expected = (
                size[camp[one]]
                * size[camp[two]]
                / across
                * oppose.sum()
                / across
            )
            total += abs(agree[one, two]) + abs(oppose[one, two] - expected)
    return total / 2, total / 2 / (agree.sum() + oppose.sum())


def test_polarization_is_what_its_definition_says_and_the_best_of_all(camps):
    found = polarization(camps)
    assert found.every
    assert (found.score, found.normalized) == pytest.approx(
        by_definition(camps, found.camps)
    )
    everyone = [
        by_definition(camps, [int(at in chosen) for at in range(6)] + [-1])[0]
        for count in range(7)
        for chosen in combinations(range(6), count)
    ]
    assert found.score == pytest.approx(max(everyone))


def test_balanced_camps_differ_by_one_at_most_and_score_no_better(camps):
    free, balanced = polarization(camps), polarization(camps, balanced=True)
    assert abs(len(balanced.members(0)) - len(balanced.members(1))) <= 1
    assert balanced.score <= free.score + 1e-9
    assert free.members(-1) == balanced.members(-1) == ("Gus",)


def test_a_large_discourse_is_searched_and_said_so(coded):
    rows = [
        (f"{side}{at:02}", what, side == "a")
        for side in "ab"
        for at in range(9)
        for what in ("ban", "levy")
    ]
    x = tensor(prepare(coded(*rows)))
    found = polarization(x, balanced=True)
    assert not found.every
    assert found.score == pytest.approx(by_definition(x, found.camps)[0])
    assert len(found.members(0)) == len(found.members(1)) == 9
    assert polarization(x).score >= found.score - 1e-9


def test_no_actors_have_no_camps():
    found = polarization(tensor(prepare([])))
    assert (found.camps, found.score, found.normalized) == ((), 0.0, 0.0)


def test_the_backbone_keeps_what_is_strong_for_one_of_its_ends(coded):
    # Hub shares one thing with each of ten, and twenty with one.
    rows = [("Hub", f"c{at}", True) for at in range(30)]
    rows += [(f"x{at}", f"c{at}", True) for at in range(10)] + [
        ("Mate", f"c{at}", True) for at in range(10, 30)
    ]
    whole = ties(tensor(prepare(coded(*rows))), "congruence")
    kept = backbone(whole)
    assert len(whole) == 11
    assert [(kept.labels[a], kept.labels[b]) for a, b, _ in kept.pairs()] == [
        ("Hub", "Mate")
    ]
    # p = (1 − 20/30)^10 at Hub.
    assert len(backbone(whole, alpha=(1 / 3) ** 10)) == 0
    assert len(backbone(whole, alpha=(1 / 3) ** 10 * 1.001)) == 1


def test_centralities_are_those_of_networkx(camps):
    found = ties(camps, "congruence")
    measured = centralities(found)
    graph = nx.Graph()
    graph.add_weighted_edges_from(
        (found.labels[a], found.labels[b], w) for a, b, w in found.pairs()
    )
    assert measured["Ada"]["strength"] == graph.degree("Ada", weight="weight")
    assert (
        measured["Ada"]["degree"] == pytest.approx(5 / 6, abs=1e-6)
        or measured["Ada"]["degree"] < 1
    )
    assert set(measured["Gus"].values()) == {0.0}
    eigen = nx.eigenvector_centrality_numpy(
        graph.subgraph(nx.node_connected_component(graph, "Ada")),
        weight="weight",
    )
    assert measured["Ada"]["eigenvector"] == pytest.approx(
        abs(eigen["Ada"]), abs=1e-5
    )


def test_measures_come_by_actor_and_as_tables(opened):
    found = network(opened, Choice(method="conflict"))
    measures = measure(found, by="louvain", camps=True, central=True)
    assert set(measures.by_actor()["Ada Example"]) == {
        "cluster",
        "camp",
        "balanced_camp",
        *NAMES,
    }
    assert [each.columns[0] for each in tables_of(found, measures, 5)] == [
        "cluster",
        "camps",
        "actor",
    ]
    assert tables_of(found, measure(found), 5) == []


def test_two_mode_networks_have_no_clusters(opened):
    with pytest.raises(BadInput, match="take congruence"):
        measure(network(opened, Choice(method="affiliation")), by="louvain")


def test_the_backbone_is_of_every_slice(opened):
    found = network(
        opened, Choice(method="ignore", backbone=True, window="1y", step="1y")
    )
    assert all(np.isfinite(each.ties.upper.data).all() for each in found.slots)
