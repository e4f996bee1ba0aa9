from collections import Counter

import pytest

from onrecord.discourse.choice import Choice, network
from onrecord.discourse.read import discourse_of
from onrecord.model.errors import BadInput
from onrecord.querying.ask import Graph


def rows(discourse):
    return {
        (each.id[-1], each.actor, each.concept, each.qualifier)
        for each in discourse.coded
    }


def test_stances_are_a_scale_and_neutral_ones_are_left_out_and_counted(opened):
    found = discourse_of(opened)
    assert rows(found) == {
        ("1", "Ada Example", "regulation", -1),
        ("2", "Ada Example", "regulation", 1),
        ("3", "Ben Sample", "regulation", -1),
        ("3", "Ben Sample", "deepfakes", -1),
        ("7", "Guild of Tests", "regulation", 0),
        ("7", "Ben Sample", "regulation", 0),
    }
    assert found.notes == (
        "2 statements take no side (neutral or no stance) and are left out",
    )


def test_allegations_and_rejected_statements_are_nobodys_stance(opened):
    assert not any(
        each.actor == "Cleo Mock" for each in discourse_of(opened).coded
    )


def test_topics_are_joined_into_families(opened):
    found = discourse_of(opened, parameters={"by": "family", "as": "stance"})
    assert {each.concept for each in found.coded} == {
        "rules and trust",
        "identity and likeness",
    }


def test_negation_is_a_qualifier_too(opened):
    found = discourse_of(opened, parameters={"by": "object", "as": "negation"})
    assert Counter(
        each.qualifier
        for each in found.coded
        if each.concept == "comments on regulation"
    ) == {1: 4, 0: 2}


def test_persons_are_folded_into_whom_they_spoke_for_at_that_date(opened):
    found = discourse_of(opened, actors="folded")
    homes = {
        each.id[-1]: each.actor for each in found.coded if each.id[-1] in "123"
    }
    assert homes == {
        "1": "Studio Nine",
        "2": "Guild of Tests",
        "3": "Ben Sample",
    }
    assert {
        (each.person, each.organization, each.by) for each in found.foldings
    } == {
        ("Ada-Example", "Studio-Nine", "leads"),
        ("Ada-Example", "Guild-of-Tests", "affiliation"),
        ("Ben-Sample", None, "kept"),
    }


def test_a_person_without_an_organization_is_kept_and_said(opened):
    notes = network(opened, Choice(actors="folded")).notes
    assert (
        "no organization is known at that date, so kept as a person: Ben Sample"
        in notes
    )
    assert any(
        note.startswith(
            "persons are counted as their organization: 1 because the person leads it"
        )
        for note in notes
    )


def test_only_persons_or_only_organizations(opened):
    assert {
        each.actor for each in discourse_of(opened, actors="organization").coded
    } == {"Guild of Tests"}
    assert {
        each.actor for each in discourse_of(opened, actors="person").coded
    } == {
        "Ada Example",
        "Ben Sample",
    }


def test_undated_statements_are_counted_and_said(opened):
    assert (
        "2 statements are undated, and counted"
        in network(opened, Choice()).notes
    )
    notes = network(opened, Choice(since="2024")).notes
    assert (
        "2 undated statements are left out, since nobody knows whether they fit the dates"
        in notes
    )


def test_no_statement_left_is_a_sentence_and_an_empty_network(opened):
    found = network(opened, Choice(since="2030"))
    assert (
        "no statement is left after the filters: the network is empty"
        in found.notes
    )
    assert len(found.ties) == 0


def test_a_window_longer_than_the_time_is_a_sentence(opened):
    found = network(opened, Choice(window="9y"))
    assert found.slots == ()
    assert "no window of 9y fits into the time of the statements" in found.notes


def test_an_utterance_counts_once_in_whatever_documents_it_stands(
    opened, said, head
):
    path = opened.workspace.graphs[0] / "documents" / "paper-2025.ttl"
    second = path.with_name("copy-2025.ttl")
    utterance = " ; :utterance <https://w3id.org/onrecord/utterance/speech>"
    copy = 'doc:copy-2025 a :Document ; rdfs:label "A copy" ; dcterms:publisher "Copy" .'
    text = copy + said(
        21, ":Cleo-Mock", "critical", document="copy-2025", more=utterance
    )
    second.write_text(head + text, encoding="utf-8")
    path.write_text(
        path.read_text() + said(22, ":Cleo-Mock", "critical", more=utterance),
        encoding="utf-8",
    )
    graph = Graph(opened.workspace)
    count = [
        int(
            (
                network(graph, Choice(duplicates=scope)).index.statements.actor
                == "Cleo Mock"
            ).sum()
        )
        for scope in ("document", "include")
    ]
    assert count == [1, 2]


def test_another_question_brings_its_own_columns(opened):
    sparql = 'SELECT ?statement ?actor ?concept { ?statement :actor ?actor . BIND ("x" AS ?concept) }'
    found = discourse_of(opened, sparql)
    assert {each.concept for each in found.coded} == {"x"}
    assert {each.qualifier for each in found.coded} == {None}


def test_a_question_without_the_columns_is_refused(opened):
    with pytest.raises(BadInput, match="no column concept"):
        discourse_of(
            opened, "SELECT ?statement ?actor { ?statement :actor ?actor }"
        )


@pytest.mark.parametrize(
    "choice",
    [
        {"actors": "animals"},
        {"concepts": "words"},
        {"method": "harmony"},
        {"qualifier": "mood"},
        {"of": "documents"},
        {"step": "30d"},
        {"method": "affiliation", "window": "1y"},
        {"normalize": "median"},
    ],
)
def test_a_choice_that_means_nothing_is_told_what_there_is(opened, choice):
    with pytest.raises(
        BadInput, match=r"there are|too: --window|take congruence"
    ):
        network(opened, Choice(**choice))


@pytest.mark.parametrize(
    ("choice", "told"),
    [
        (
            {"variables": "organisation,concept"},
            "no variable is called 'organisation'",
        ),
        (
            {"variables": "a,b", "actors": "person"},
            "--variables the first name",
        ),
        ({"since": "yesterday"}, "--since yesterday: write it as"),
        ({"since": ""}, "--since '': write it as"),
        ({"until": "2025-13"}, "--until 2025-13"),
    ],
)
def test_a_choice_that_would_leave_nothing_is_an_error(opened, choice, told):
    with pytest.raises(BadInput, match=told):
        network(opened, Choice(**choice))
