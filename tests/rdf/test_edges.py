"""Which statements become a direct edge: a test a row of the rule's table, and two engines that agree."""

import shutil

import pytest
from rdflib import Graph as RdfGraph

from onrecord import workspace
from onrecord.model.iris import BASE, local
from onrecord.querying.ask import Graph
from onrecord.rdf import turtle

MORE_PEOPLE = (
    {"entity": {"name": "Guild One", "type": "Guild"}},
    {"entity": {"name": "Made Singer", "type": "SyntheticPerformer"}},
)


def edges(desk) -> set[tuple[str, str, str]]:
    rows = desk.ask(
        "SELECT ?a ?r ?o { GRAPH graph:edges { ?a ?r ?o FILTER (?r NOT IN (:bears, :proposes)) } }"
    )
    return {tuple(local(cell) for cell in row) for row in rows}


def drawn(
    desk, *statements: dict[str, object], **document
) -> set[tuple[str, str, str]]:
    """The edges that follow from the statements of one document."""
    desk.put(*MORE_PEOPLE, desk.told(*statements, **document))
    return edges(desk)


def test_a_plain_statement_on_an_entity_is_an_edge(desk) -> None:
    assert drawn(desk, desk.said("urges", "Studio Ten")) == {
        ("Ada-Example", "urges", "Studio-Ten")
    }


def test_every_actor_of_a_joint_statement_has_its_edge(desk) -> None:
    found = drawn(
        desk,
        desk.said("urges", "Studio Ten", actors=["Ada Example", "Bob Sample"]),
    )
    assert found == {
        ("Ada-Example", "urges", "Studio-Ten"),
        ("Bob-Sample", "urges", "Studio-Ten"),
    }


def test_a_statement_names_the_edges_that_it_bears(desk) -> None:
    drawn(
        desk,
        desk.said("urges", "Studio Ten"),
        desk.said("states", "regulation"),
    )
    assert desk.ask("SELECT ?edge { ?it :bears ?edge }") == [(f"{BASE}urges",)]


BY_PROGRAM = {"run": {"label": "A reading", "kind": "extraction"}}


@pytest.mark.parametrize(
    ("review", "found", "gives"),
    [
        (None, set(), ("proposes", "urges")),
        (
            {"status": "accepted", "by": "a reader"},
            {("Ada-Example", "urges", "Studio-Ten")},
            ("bears", "urges"),
        ),
    ],
)
def test_what_a_program_found_is_proposed_until_a_person_accepts_it(
    desk, review, found, gives
) -> None:
    statement = desk.said("urges", "Studio Ten", review=review)
    desk.put(BY_PROGRAM, *MORE_PEOPLE, desk.told(statement))
    assert edges(desk) == found
    told = desk.ask(
        "SELECT ?how ?edge { GRAPH graph:edges { ?it ?how ?edge } ?it a :Statement }"
    )
    assert [tuple(map(local, row)) for row in told] == [gives]


def test_a_proposal_has_no_mirror_and_no_tool(desk) -> None:
    deal = desk.said("partnersWith", "Studio Ten", actors=["Studio Nine"])
    use = desk.said(
        "usesAIIn",
        "The Long Film",
        instrument="Paintbot",
        actors=["Studio Nine"],
    )
    desk.put(BY_PROGRAM, *MORE_PEOPLE, desk.told(deal, use))
    assert edges(desk) == set()


@pytest.mark.parametrize("confidence", [0.7, 0.69])
def test_an_edge_needs_a_confidence_of_at_least_0_7(
    desk, confidence: float
) -> None:
    found = drawn(desk, desk.said("urges", "Studio Ten", confidence=confidence))
    assert bool(found) is (confidence >= 0.7)


def test_what_a_person_accepts_is_an_edge_however_unsure_the_program_was(
    desk,
) -> None:
    review = {"status": "accepted", "by": "a reader"}
    guess = desk.said("urges", "Studio Ten", confidence=0.2, review=review)
    desk.put(BY_PROGRAM, *MORE_PEOPLE, desk.told(guess))
    assert edges(desk) == {("Ada-Example", "urges", "Studio-Ten")}


@pytest.mark.parametrize(
    "relation", ["concernedAbout", "callsFor", "requires", "usesAIIn"]
)
def test_a_topic_is_the_end_of_an_edge_with_a_topical_relation(
    desk, relation: str
) -> None:
    assert drawn(desk, desk.said(relation, "regulation")) == {
        ("Ada-Example", relation, "regulation")
    }


def test_with_any_other_relation_a_topic_is_what_it_is_about(
    desk, graph
) -> None:
    others = [
        key for key, each in graph.vocabulary.stated.items() if not each.topical
    ]
    assert len(others) > 30
    assert (
        drawn(desk, *(desk.said(key, "regulation") for key in others)) == set()
    )


@pytest.mark.parametrize(
    ("relation", "target", "twin"),
    [
        ("concernedAbout", "regulation", "notConcernedAbout"),
        ("usesAIIn", "The Long Film", "saysNoAIIn"),
    ],
)
def test_a_negated_statement_is_an_edge_of_the_negative_twin(
    desk, relation: str, target: str, twin: str
) -> None:
    found = drawn(desk, desk.said(relation, target, negated=True))
    assert found == {("Ada-Example", twin, target.replace(" ", "-"))}


def test_the_twin_gives_way_to_a_positive_edge_of_the_same_pair(desk) -> None:
    found = drawn(
        desk,
        desk.said(date="2024"),
        desk.said(negated=True, date="2025", gist="no more"),
    )
    assert found == {("Ada-Example", "concernedAbout", "job-displacement")}


@pytest.mark.parametrize(("used", "twin"), [("2024", True), ("2026", False)])
def test_a_use_of_ai_and_its_later_denial_stand_as_the_denial_and_an_earlier_one_as_the_use(
    desk, used: str, twin: bool
) -> None:
    positive = desk.said("usesAIIn", "The Long Film", date=used)
    found = drawn(
        desk,
        positive,
        desk.said(
            "usesAIIn", "The Long Film", negated=True, date="2025", gist="none"
        ),
    )
    assert found == {
        ("Ada-Example", "saysNoAIIn" if twin else "usesAIIn", "The-Long-Film")
    }


@pytest.mark.parametrize(
    "why",
    [
        {"negated": True},
        {"modality": "future"},
        {"modality": "hypothetical"},
        {"review": {"status": "rejected"}},
        {"review": {"status": "superseded"}},
        {"ended": True},
        {"valid_until": "2025"},
        {"basis": "allegation", "according_to": "Bob Sample"},
    ],
    ids=str,
)
@pytest.mark.parametrize("relation", ["urges", "worksFor"])
def test_what_is_not_plainly_so_is_no_edge_and_its_node_stays(
    desk, relation: str, why: dict[str, object]
) -> None:
    assert drawn(desk, desk.said(relation, "Studio Ten", **why)) == set()
    assert len(desk.ask("SELECT ?it { ?it a :Statement }")) == 1


@pytest.mark.parametrize(
    "relation", ["predicts", "acknowledges", "promises", "denies"]
)
def test_relations_about_their_object_are_no_edge_whatever_the_object(
    desk, relation: str
) -> None:
    assert (
        drawn(
            desk,
            desk.said(relation, "Studio Ten"),
            desk.said(relation, "regulation"),
        )
        == set()
    )


def dispute(desk, relation: str, **more) -> set[tuple[str, str, str]]:
    """The edges after somebody disputed a statement of this relation."""
    first = desk.told(desk.said(relation, "Studio Ten"))
    desk.put(first)
    ((iri,),) = desk.ask("SELECT ?it { ?it a :Statement }")
    denial = desk.said(
        "denies",
        "Studio Ten",
        actors=["Bob Sample"],
        disputes=local(iri),
        **more,
    )
    desk.put(desk.told(denial, name="two"))
    return edges(desk)


@pytest.mark.parametrize("relation", ["sues", "worksFor"])
def test_a_disputed_deed_or_structure_is_no_edge(desk, relation: str) -> None:
    assert dispute(desk, relation) == set()


def test_a_disputed_saying_was_said_all_the_same(desk) -> None:
    assert dispute(desk, "criticizes") == {
        ("Ada-Example", "criticizes", "Studio-Ten")
    }


def test_a_rejected_dispute_takes_no_edge_away(desk) -> None:
    assert dispute(desk, "sues", review={"status": "rejected"}) == {
        ("Ada-Example", "sues", "Studio-Ten")
    }


@pytest.mark.parametrize(
    ("said", "denied", "stands"),
    [
        ("2025", "2024", True),
        ("2025-06", "2025-05-31", True),
        ("2025", "2025", False),
        ("2025-06", "2025", False),  # a year says nothing of its months
        ("2025", "2025-03-01", False),
        ("2025-06-10", "2025-06-11", False),
        (None, "2024", False),
        ("2025", None, False),
        (None, None, False),
    ],
)
def test_a_deed_is_contradicted_by_a_denial_as_late_or_undated(
    desk, said: str | None, denied: str | None, stands: bool
) -> None:
    denial = desk.said(
        "worksFor", "Studio Ten", negated=True, date=denied, gist="does not"
    )
    found = drawn(desk, desk.said("worksFor", "Studio Ten", date=said), denial)
    assert found == (
        {("Ada-Example", "worksFor", "Studio-Ten")} if stands else set()
    )


def test_a_statement_without_a_date_has_its_documents(desk) -> None:
    desk.put(desk.told(desk.said("worksFor", "Studio Ten"), published="2025"))
    desk.put(
        desk.told(
            desk.said("worksFor", "Studio Ten", negated=True),
            name="two",
            published="2024",
        )
    )
    assert edges(desk) == {("Ada-Example", "worksFor", "Studio-Ten")}


@pytest.mark.parametrize(
    ("stated", "denied"),
    [
        ("leads", "worksFor"),
        ("worksFor", "leads"),
        ("licensesTo", "partnersWith"),
    ],
)
def test_a_denial_of_a_relation_above_or_below_contradicts_too(
    desk, stated: str, denied: str
) -> None:
    denial = desk.said(denied, "Studio Ten", negated=True)
    assert drawn(desk, desk.said(stated, "Studio Ten"), denial) == set()


def test_a_denial_by_somebody_else_contradicts_nothing(desk) -> None:
    denial = desk.said(
        "worksFor", "Studio Ten", negated=True, actors=["Bob Sample"]
    )
    assert drawn(desk, desk.said("worksFor", "Studio Ten"), denial) == {
        ("Ada-Example", "worksFor", "Studio-Ten")
    }


def test_a_symmetric_deed_is_denied_from_the_other_end_too(desk) -> None:
    pact = desk.said("partnersWith", "Studio Ten", actors=["Studio Nine"])
    denial = desk.said(
        "partnersWith", "Studio Nine", actors=["Studio Ten"], negated=True
    )
    assert drawn(desk, pact, denial) == set()


def test_a_saying_is_not_contradicted(desk) -> None:
    denial = desk.said("supports", "Studio Ten", negated=True, gist="does not")
    assert drawn(desk, desk.said("supports", "Studio Ten"), denial) == {
        ("Ada-Example", "supports", "Studio-Ten")
    }


@pytest.mark.parametrize("relation", ["partnersWith", "negotiatesWith"])
def test_symmetric_relations_run_both_ways_between_named_agents(
    desk, relation: str
) -> None:
    found = drawn(desk, desk.said(relation, "Studio Ten", actors=["Guild One"]))
    assert found == {
        ("Guild-One", relation, "Studio-Ten"),
        ("Studio-Ten", relation, "Guild-One"),
    }


def test_a_group_is_no_partner_of_its_own(desk) -> None:
    found = drawn(
        desk,
        desk.said("partnersWith", "Some fans"),
        desk.said("partnersWith", "Studio Ten", actors=["Some fans"]),
    )
    assert found == {
        ("Ada-Example", "partnersWith", "Some-fans"),
        ("Some-fans", "partnersWith", "Studio-Ten"),
    }


def test_a_made_performer_is_no_partner_of_its_own(desk) -> None:
    found = drawn(
        desk, desk.said("partnersWith", "Studio Ten", actors=["Made Singer"])
    )
    assert found == {("Made-Singer", "partnersWith", "Studio-Ten")}


def test_the_tool_of_a_use_of_ai_is_used_in_the_work(desk) -> None:
    found = drawn(
        desk, desk.said("usesAIIn", "The Long Film", instrument="Paintbot")
    )
    assert found == {
        ("Ada-Example", "usesAIIn", "The-Long-Film"),
        ("Paintbot", "usedIn", "The-Long-Film"),
    }


@pytest.mark.parametrize(
    ("target", "more"),
    [
        ("visual-effects", {}),
        ("The Long Film", {"negated": True}),
        ("The Long Film", {"modality": "future"}),
    ],
)
def test_a_tool_is_used_in_no_topic_and_in_nothing_denied_or_planned(
    desk, target: str, more
) -> None:
    found = drawn(
        desk, desk.said("usesAIIn", target, instrument="Paintbot", **more)
    )
    assert "usedIn" not in {relation for _, relation, _ in found}


def test_nobody_has_an_edge_to_themselves(desk) -> None:
    assert drawn(desk, desk.said("supports", "Ada Example")) == set()


def test_rdflib_and_oxigraph_derive_the_same_edges(desk) -> None:
    said = desk.said
    desk.put(
        *MORE_PEOPLE,
        desk.told(
            said(date="2024"),
            said(negated=True, gist="no more"),
            said("concernedAbout", "regulation", negated=True),
            said("usesAIIn", "The Long Film", instrument="Paintbot"),
            said(
                "usesAIIn",
                "The Long Film",
                negated=True,
                actors=["Studio Nine"],
            ),
            said(
                "partnersWith",
                "Studio Ten",
                actors=["Studio Nine", "Some fans"],
            ),
            said("worksFor", "Studio Ten", date="2025"),
            said("leads", "Studio Ten", negated=True, date="2025-03"),
            said(
                "sues",
                "Studio Ten",
                basis="allegation",
                according_to="Bob Sample",
            ),
            said("urges", "Studio Ten", modality="future"),
            said("urges", "Studio Nine", confidence=0.5),
            said("promises", "Studio Nine"),
            said("memberOf", "Guild One", ended=True),
            said("opposes", "Example Act", review={"status": "rejected"}),
        ),
    )
    assert by_rdflib(desk.workspace) == by_oxigraph(desk.workspace)
    assert len(edges(desk)) == 8


def test_they_agree_on_a_fourth_of_the_graph_that_ships(
    shipped, tmp_path
) -> None:
    part = workspace.init(tmp_path / "part")
    (part.graphs[0] / "documents").mkdir(exist_ok=True)
    documents = sorted((shipped.graphs[0] / "documents").glob("*.ttl"))
    for path in [*shipped.graphs[0].glob("*.ttl"), *documents[::4]]:
        shutil.copy(path, part.graphs[0] / path.relative_to(shipped.graphs[0]))
    edges = by_oxigraph(part)
    assert len(edges) > 100
    assert by_rdflib(part) == edges


def by_rdflib(where: workspace.Workspace) -> set[tuple[str, ...]]:
    union = RdfGraph(bind_namespaces="none")
    for path in (*where.ontology_files(), *where.graph_files()):
        union += turtle.read(path)
    return {
        tuple(map(str, triple))
        for triple in union.query(
            where.ontology_file("edges.rq").read_text(encoding="utf-8")
        )
    }


def by_oxigraph(where: workspace.Workspace) -> set[tuple[str, ...]]:
    rows = Graph(where).ask(
        "SELECT ?s ?p ?o { GRAPH graph:edges { ?s ?p ?o } }"
    )
    return {tuple(map(str, row.values())) for row in rows}
