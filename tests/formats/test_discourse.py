import csv
import io
import json

import networkx as nx
import pytest

from onrecord.discourse.choice import Choice, network
from onrecord.discourse.measures import measure
from onrecord.formats.discourse import FORMS, evidence_text, network_bytes

# The networks are made once, by one worker.
pytestmark = pytest.mark.xdist_group("forms-of-networks")


@pytest.fixture(scope="module")
def found(graph):
    return network(
        graph,
        Choice(
            "congruence",
            actors="organization",
            since="2025",
            normalize="average",
        ),
    )


@pytest.fixture(scope="module")
def of_concepts(graph):
    return network(
        graph, Choice("affiliation", actors="organization", since="2025")
    )


@pytest.mark.parametrize("form", [form for form in FORMS if form != "table"])
@pytest.mark.parametrize("method", ["found", "of_concepts"])
def test_every_form_holds_the_network(form, method, graph, request):
    content = network_bytes(graph, request.getfixturevalue(method), form)
    assert b"SAG-AFTRA" in content


def test_csv_is_the_whole_matrix(graph, found):
    header, *rows = csv.reader(
        io.StringIO(network_bytes(graph, found, "csv").decode())
    )
    assert header[1:] == [row[0] for row in rows] == [*found.ties.labels]
    cells = [[float(cell) for cell in row[1:]] for row in rows]
    assert cells == found.ties.matrix().toarray().tolist()


def test_json_lists_every_tie(graph, found):
    listed = json.loads(network_bytes(graph, found, "json"))
    assert len(listed) == len(found.ties)
    assert [each["weight"] for each in listed] == sorted(
        (each["weight"] for each in listed), reverse=True
    )


def test_gexf_of_slices_has_spells_and_measures(graph):
    found = network(
        graph,
        Choice(
            "conflict",
            actors="organization",
            since="2025",
            window="90d",
            step="30d",
        ),
    )
    content = network_bytes(
        graph, found, "gexf", measure(found, by="louvain").by_actor()
    )
    assert b'<spell start="2025-' in content
    node = nx.read_gexf(io.BytesIO(content)).nodes["SAG-AFTRA"]
    assert node["cluster"] >= 1


def test_negative_ties_are_links_of_disagreement(graph):
    found = network(
        graph, Choice("subtract", actors="organization", since="2025")
    )
    content = network_bytes(graph, found, "graphml")
    drawn = nx.read_graphml(io.BytesIO(content), force_multigraph=True)
    kinds = {edge["relation"] for *_, edge in drawn.edges(data=True)}
    assert kinds == {"subtract", "against"}
    assert all(edge["weight"] > 0 for *_, edge in drawn.edges(data=True))


def test_events_are_dated_and_in_the_order_of_time(graph):
    found = network(graph, Choice("affiliation", actors="organization"))
    rows = list(
        csv.DictReader(
            io.StringIO(network_bytes(graph, found, "events").decode())
        )
    )
    assert rows
    assert all(row["time"] for row in rows)
    assert [row["time"][:4] for row in rows] == sorted(
        row["time"][:4] for row in rows
    )


def test_a_tie_is_told_with_statements_of_both_ends(found):
    text = evidence_text(found, 1, 80)
    one, two, _ = found.ties.pairs()[0]
    assert f"{found.ties.labels[one]} (" in text
    assert f"{found.ties.labels[two]} (" in text
    assert max(map(len, text.splitlines())) <= 80


def test_a_label_that_a_spreadsheet_would_calculate_is_made_text(graph):
    sparql = 'SELECT ?statement ?actor ?concept { VALUES (?statement ?actor ?concept) { ("s1" "=1+1" "levy") } }'
    found = network(graph, Choice("affiliation", question=sparql))
    assert network_bytes(graph, found, "csv") == b",levy\n'=1+1,1\n"
