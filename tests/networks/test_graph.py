"""The network of a graph: nodes, links with their evidence, what lies around an entity, and paths."""

import pyoxigraph as ox
import pytest

import onrecord
from onrecord.model.errors import BadInput, UnknownName
from onrecord.model.iris import PREFIXES
from onrecord.networks import Network
from onrecord.networks.graph import facts, network
from onrecord.networks.path import path
from onrecord.querying.ask import Graph
from onrecord.workspace import Workspace


def triples(found: Network) -> set[tuple[str, str, str]]:
    return {(link.source, link.relation, link.target) for link in found.links}


def test_every_edge_of_the_graph_is_a_link_and_none_else(net: Network) -> None:
    assert triples(net) == {
        ("Ada-Example", "urges", "Studio-Nine"),
        ("Ada-Example", "concernedAbout", "topic/job-displacement"),
        ("Ada-Example", "criticizes", "Paintbot"),
        ("Bob-Sample", "criticizes", "Paintbot"),
        ("Studio-Nine", "usesAIIn", "The-Long-Film"),
        ("Paintbot", "usedIn", "The-Long-Film"),
        ("Bob-Sample", "memberOf", "Some-fans"),
        ("Studio-Nine", "partnersWith", "Studio-Ten"),
        ("Bob-Sample", "notConcernedAbout", "topic/job-displacement"),
    }


def test_every_piece_of_evidence_is_a_statement_that_names_its_ends(
    net: Network,
) -> None:
    for link in net.links:
        assert link.evidence
        for key in link.evidence:
            proof = net.proofs[key]
            assert link.target in {proof.object, *proof.actors}


def test_a_statement_of_two_actors_is_evidence_for_both(net: Network) -> None:
    both = {
        link.source: link.evidence
        for link in net.links
        if link.target == "Paintbot"
    }
    assert both["Ada-Example"] == both["Bob-Sample"]


def test_a_link_says_its_phrase(net: Network) -> None:
    phrases = {(link.source, link.target): link.phrase for link in net.links}
    assert phrases["Ada-Example", "Studio-Nine"] == "urges"
    assert phrases["Studio-Nine", "The-Long-Film"] == "uses AI in"
    assert (
        phrases["Ada-Example", "topic/job-displacement"] == "is concerned about"
    )


def test_a_node_has_its_aliases_and_how_it_is_drawn(net: Network) -> None:
    studio = net.nodes["Studio-Nine"]
    assert (studio.label, studio.drawn_as, studio.aliases) == (
        "Studio Nine",
        "company",
        ("Nine",),
    )
    assert net.nodes["topic/job-displacement"].drawn_as == "other"


def test_the_facts_count_statements_documents_years_and_undated(
    net: Network,
) -> None:
    told = "11 statements from 2 documents, 2024 to 2025"
    assert net.facts == f"{told} (1 said, 6 published, 4 undated)"


def test_the_facts_name_a_year_once_where_it_is_the_only_one(
    net: Network,
) -> None:
    every = net.proofs.values()
    dated = [proof for proof in every if (proof.date or "").startswith("2024")]
    assert ", 2024 (" in facts(dated)


def test_around_an_entity_lies_what_it_is_linked_to(told: Workspace) -> None:
    found = network(Graph(told), about="Nine")
    assert triples(found) == {
        ("Ada-Example", "urges", "Studio-Nine"),
        ("Studio-Nine", "usesAIIn", "The-Long-Film"),
        ("Studio-Nine", "partnersWith", "Studio-Ten"),
    }
    assert found.title == "Studio Nine: who says what about AI"


def test_a_tool_is_linked_to_the_works_that_it_was_used_in(
    told: Workspace,
) -> None:
    assert ("Paintbot", "usedIn", "The-Long-Film") in triples(
        network(Graph(told), about="Paintbot")
    )


def test_two_steps_go_further_but_not_over_a_topic(told: Workspace) -> None:
    found = network(Graph(told), about="Studio Ten", depth=2)
    assert {"Ada-Example", "The-Long-Film"} <= set(found.nodes)
    far = network(Graph(told), about="Ada Example", depth=3)
    assert (
        "Bob-Sample",
        "notConcernedAbout",
        "topic/job-displacement",
    ) not in triples(far)


def test_every_part_is_whole_in_itself(told: Workspace) -> None:
    for name in (
        "Ada Example",
        "Bob Sample",
        "Studio Nine",
        "Paintbot",
        "Some fans",
    ):
        for depth in (1, 2, 3):
            found = network(Graph(told), about=name, depth=depth)
            assert {
                end
                for link in found.links
                for end in (link.source, link.target)
            } <= set(found.nodes)
            assert {
                key for link in found.links for key in link.evidence
            } <= set(found.proofs)


def test_an_unknown_name_suggests_the_nearest(told: Workspace) -> None:
    with pytest.raises(UnknownName, match="'Ada Example'"):
        network(Graph(told), about="Ada Exampel")


def test_to_networkx_keeps_parallel_edges_and_says_what_they_stand_on(
    told: Workspace, net: Network
) -> None:
    found = onrecord.to_networkx(workspace=told)
    assert found.number_of_edges() == len(net.links)
    edge = found.edges["Ada-Example", "Studio-Nine", "urges"]
    assert (edge["label"], edge["family"], edge["weight"]) == (
        "urges",
        "speech",
        1,
    )
    assert edge["evidence"] in net.proofs
    assert found.nodes["Studio-Nine"]["aliases"] == "Nine"


def test_a_path_goes_over_edges_in_either_direction_with_the_evidence_of_each_step(
    told: Workspace,
) -> None:
    steps = path("Bob Sample", "Studio Ten", workspace=told)
    assert len(steps) == 4
    assert [step.end.id for step in steps][-2:] == ["Studio-Nine", "Studio-Ten"]
    assert [step.start for step in steps[1:]] == [
        step.end for step in steps[:-1]
    ]
    assert all(step.proofs for step in steps)


def test_a_path_in_a_notebook_shows_its_steps_and_their_sources(
    told: Workspace,
) -> None:
    shown = path("Bob Sample", "Studio Ten", workspace=told)._repr_html_()
    assert shown.count("<b>") == 4
    assert "<b>Studio Nine – Studio Ten</b>" in shown


def test_the_path_is_the_same_each_time(told: Workspace) -> None:
    assert path("Bob Sample", "Studio Ten", workspace=told) == path(
        "Bob Sample", "Studio Ten", workspace=told
    )


def test_a_planned_deed_is_no_step(told: Workspace) -> None:
    assert len(path("Bob Sample", "Studio Nine", workspace=told)) > 1


def test_topics_are_stepping_stones_only_where_asked_for(
    told: Workspace,
) -> None:
    through = path(
        "Ada Example", "Bob Sample", through_topics=True, workspace=told
    )
    plain = path("Ada Example", "Bob Sample", workspace=told)
    assert all(not step.end.id.startswith("topic/") for step in plain)
    assert len(through) <= len(plain)


def test_where_no_edges_lead_the_error_says_what_to_try(
    told: Workspace,
) -> None:
    with pytest.raises(
        BadInput,
        match="no edges link Ada Example and Example Act; --through-topics looks further",
    ):
        path("Ada Example", "Example Act", workspace=told)
    with pytest.raises(
        BadInput, match=r"no edges link Ada Example and Example Act$"
    ):
        path("Ada Example", "Example Act", through_topics=True, workspace=told)


def test_a_path_to_itself_has_no_steps(told: Workspace) -> None:
    assert path("Studio Nine", "Nine", workspace=told) == []


def test_the_shipped_network_has_an_edge_behind_every_link(
    graph: Graph,
) -> None:
    found = network(graph)
    asked = graph.ask(
        "SELECT (COUNT(*) AS ?n) { GRAPH graph:edges { ?s ?p ?o FILTER (?p != :bears) } }"
    )[0]["n"]
    mirrored = sum(
        graph.vocabulary.relations[link.relation].symmetric
        for link in found.links
    )
    assert len(found.links) <= int(str(asked)) <= len(found.links) + mirrored


def test_what_only_the_store_knows_is_drawn_as_other_or_not_at_all(
    told: Workspace,
) -> None:
    graph = Graph(told)
    store = ox.Store()
    store.extend(graph.store)
    store.update(STRANGE, prefixes=PREFIXES)
    graph.store = store
    found = network(graph)
    robot = found.nodes["Robo"]
    assert (robot.label, robot.type, robot.drawn_as) == (
        "Robo",
        "Robot",
        "other",
    )
    assert ("Ada-Example", "criticizes", "Robo") in triples(found)
    assert (
        next(link.phrase for link in found.links if link.target == "Robo")
        == "criticizes"
    )
    assert not any(
        link.relation == "dreamsOf"
        or {"Nowhere", "0004"} & {link.target, *link.evidence}
        for link in found.links
    )


STRANGE = """
INSERT DATA { GRAPH <urn:strange> {
  :Robot :drawnAs "robot" .
  :Robo a :Robot ; rdfs:label "Robo" .
  st:0001 :bears :criticizes ; :actor :Ada-Example ; :relation :criticizes ; :object :Robo .
  st:0002 :bears :dreamsOf ; :actor :Ada-Example ; :relation :dreamsOf ; :object :Robo .
  st:0003 :bears :criticizes ; :actor :Ada-Example ; :relation :criticizes ; :object :Nowhere .
  st:0004 :bears :criticizes ; :actor :Ada-Example ; :relation :criticizes ; :object :Studio-Ten .
} } ;
INSERT { GRAPH <urn:strange> {
  ?statement a :Statement ; rdfs:label "told" ; :negated false ; :gist "Told." ; :modality code:actual ;
    :reportBasis code:self-report ; :reviewStatus code:unreviewed ; :confidence 0.9 ; :document doc:strange .
  doc:strange dcterms:publisher "Herald" ; rdfs:label "Strange" .
} } WHERE { VALUES ?statement { st:0001 st:0002 st:0003 } } ;
INSERT DATA { GRAPH graph:edges {
  :Ada-Example :criticizes :Robo , :Nowhere , :Studio-Ten ; :dreamsOf :Robo .
} }
"""
