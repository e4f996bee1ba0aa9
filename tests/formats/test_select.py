from collections import defaultdict

import pyoxigraph as ox
import pytest

from onrecord.formats.select import ALL, part, quads, select
from onrecord.model.errors import BadInput
from onrecord.model.iris import BASE, GRAPHS, OURS, PREFIXES, entity_iri
from onrecord.networks.graph import network
from onrecord.networks.part import Choice, narrowed

LABEL = ox.NamedNode(PREFIXES["rdfs"] + "label")
SCRIPT = entity_iri("Studio-script-alert-1-script-Nine")
EVE = entity_iri("Eve-Example")


def chosen(hostile, about=None, since=None, **only):
    return quads(hostile, select(hostile, about, since), **only)


def statements(found) -> set[str]:
    return {
        str(each.object.value)
        for each in found
        if each.predicate.value == f"{BASE}gist"
    }


def edges(found) -> set[tuple[str, str, str]]:
    here = [each for each in found if each.graph_name.value == GRAPHS["edges"]]
    ends = [
        (each.subject.value, each.predicate.value, each.object.value)
        for each in here
    ]
    return {
        tuple(end.removeprefix(BASE) for end in each)
        for each in ends
        if not each[1].endswith("bears")
    }


def test_without_a_choice_all_goes_out(hostile):
    found = chosen(hostile)
    assert len(set(found)) == len(hostile.store)


def test_about_takes_the_statements_by_and_about_an_entity(hostile):
    found = chosen(hostile, about="Example Tool")
    assert statements(found) == {"Makes a film."}
    assert edges(found) == {
        ("Eve-Example", "usesAIIn", "Example-Film"),
        ("Example-Tool", "usedIn", "Example-Film"),
    }


def test_about_takes_what_the_statements_name_and_what_that_names(hostile):
    labels = {
        each.subject.value: each.object.value
        for each in chosen(hostile, about="Example Tool")
        if each.predicate == LABEL
    }
    assert labels[EVE] == "Eve Example"
    assert labels[entity_iri("Parent-Example")] == "Parent Example"
    assert labels[f"{BASE}usesAIIn"] == "uses AI in"
    assert labels[f"{BASE}CreativeWork"] == "creative work"
    assert labels[OURS["topic"] + "deepfakes"] == "deepfakes"
    assert SCRIPT not in labels


def test_no_part_of_another_statement_comes_along(hostile):
    found = chosen(hostile, about="Example Tool")
    ours = {
        each.subject.value
        for each in found
        if each.subject.value.startswith(OURS["st"])
    }
    assert (
        len({iri.removeprefix(OURS["st"]).partition("/")[0] for iri in ours})
        == 1
    )
    assert {
        each.graph_name.value
        for each in found
        if each.graph_name.value.startswith(OURS["doc"])
    } == {"https://w3id.org/onrecord/doc/the-example-undated-a-title-and-more"}


def test_whatever_of_ours_is_named_is_described(hostile):
    found = chosen(hostile, about="Eve Example")
    told = {each.subject.value for each in found}
    named = {
        each.object.value
        for each in found
        if isinstance(each.object, ox.NamedNode)
    }
    assert {iri for iri in named - told if iri.startswith(BASE)} == set()


def test_a_mirrored_edge_comes_with_the_statement_that_bears_it(hostile):
    both = {
        (
            "HYPERLINK-https-example-org-x",
            "partnersWith",
            SCRIPT.removeprefix(BASE),
        ),
        (
            SCRIPT.removeprefix(BASE),
            "partnersWith",
            "HYPERLINK-https-example-org-x",
        ),
    }
    assert both <= edges(
        chosen(hostile, about='=HYPERLINK("https://example.org/x")')
    )


def test_an_edge_that_runs_the_other_way_is_not_borne(hostile):
    """Eve urges the studio and the studio urges Eve: two statements, each with its own edge."""
    found = edges(chosen(hostile, since="2026-03-04"))
    assert ("Eve-Example", "urges", SCRIPT.removeprefix(BASE)) in found
    assert (SCRIPT.removeprefix(BASE), "urges", "Eve-Example") not in found


@pytest.mark.parametrize(
    ("since", "gists"),
    [
        ("2026-03-04", {"=1+1 is what she asks for.", "Finds fault with it."}),
        ("2026-03-05", {"Finds fault with it."}),
        ("2026-05-31", {"Finds fault with it."}),
        ("2026-06", set()),
        (
            "2026",
            {
                "=1+1 is what she asks for.",
                "Finds fault with it.",
                "They work together.",
            },
        ),
    ],
)
def test_since_compares_as_precisely_as_both_sides_know(hostile, since, gists):
    assert statements(chosen(hostile, since=since)) == gists


def test_since_leaves_undated_statements_out_and_counts_them(hostile):
    assert select(hostile, None, "2020").undated == 3
    assert select(hostile, "Example Tool", "2020").undated == 1
    assert select(hostile, "Example Tool", None).undated == 0


def test_edges_only_holds_edges_and_their_ends_and_no_statement(hostile):
    found = chosen(hostile, edges_only=True)
    assert not [
        each
        for each in found
        if each.subject.value.startswith((OURS["st"], OURS["doc"], OURS["run"]))
    ]
    assert edges(found) == edges(chosen(hostile))
    labels = {each.subject.value for each in found if each.predicate == LABEL}
    assert {
        BASE + end
        for source, relation, target in edges(found)
        for end in (source, relation, target)
    } <= labels


def test_edges_only_and_about_go_together(hostile):
    found = chosen(hostile, about="Example Tool", edges_only=True)
    assert edges(found) == {
        ("Eve-Example", "usesAIIn", "Example-Film"),
        ("Example-Tool", "usedIn", "Example-Film"),
    }
    assert not statements(found)


def test_statements_only_holds_all_but_the_edges(hostile):
    found = chosen(hostile, statements_only=True)
    assert GRAPHS["edges"] not in {each.graph_name.value for each in found}
    assert len(set(found)) == len(hostile.store) - len(
        list(
            hostile.store.quads_for_pattern(
                *[None] * 3, ox.NamedNode(GRAPHS["edges"])
            )
        )
    )


def test_what_is_no_date_is_an_error(hostile):
    with pytest.raises(BadInput, match="is no date"):
        select(hostile, None, "March")


def test_a_part_of_the_network_keeps_only_the_evidence_that_was_chosen(hostile):
    whole = network(hostile)
    assert part(whole, select(hostile, None, None)) is whole
    found = part(
        whole,
        select(hostile, "Studio <script>alert(1)</script> Nine", "2026-05"),
    )
    [link] = found.links
    assert (link.source, link.relation, len(link.evidence)) == (
        "Eve-Example",
        "criticizes",
        1,
    )
    assert found.nodes.keys() == {
        "Eve-Example",
        "Studio-script-alert-1-script-Nine",
    }
    assert found.proofs.keys() == set(link.evidence)
    assert found.facts.startswith("1 statement from 1 document")


def test_a_part_of_the_network_holds_who_is_named_without_an_edge(hostile):
    found = part(network(hostile), select(hostile, "Eve Example", None))
    assert "topic/deepfakes" in found.nodes
    # Her not being worried is an edge of the negative twin, so what is left without it is the parent's name alone.
    lean = part(network(hostile), select(hostile, None, None), edges_only=True)
    assert lean.nodes.keys() == {
        end for link in lean.links for end in (link.source, link.target)
    }
    assert "Parent-Example" not in lean.nodes


def test_each_edge_of_a_choice_is_borne_by_a_statement_of_it(hostile):
    found = chosen(hostile, about="Eve Example", since="2025")
    bears = defaultdict(set)
    for each in found:
        if each.predicate.value == f"{BASE}bears":
            bears[each.object.value.removeprefix(BASE)].add(each.subject.value)
    assert {relation for _, relation, _ in edges(found)} <= bears.keys()


@pytest.mark.parametrize(
    ("about", "rest", "depth"),
    [
        (None, Choice(stance="critical"), None),
        (None, Choice(relation="urges", until="2025"), None),
        ("Eve Example", ALL, 2),
        ("Eve Example", Choice(until="2025", exact_dates=True), 1),
    ],
)
def test_an_export_takes_what_the_page_takes(hostile, about, rest, depth):
    shown = network(hostile, about=about, depth=depth or 1)
    wanted = narrowed(shown, rest, hostile.vocabulary).proofs
    chosen = select(hostile, about, None, rest, depth).statements
    assert chosen == {OURS["st"] + key for key in wanted}
    assert chosen


def test_of_an_entity_and_a_stance_the_statements_that_have_both_are_taken(
    hostile,
):
    rest = Choice(stance="critical")
    both = select(hostile, "Eve Example", None, rest).statements
    eve = select(hostile, "Eve Example", None).statements
    assert both == eve & select(hostile, None, None, rest).statements
