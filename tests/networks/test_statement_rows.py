"""The rows of statements are the same whichever way the store is asked."""

from shutil import copytree

from onrecord.networks.edge_statements import edge_statements
from onrecord.networks.statement_rows import statement_rows
from onrecord.querying.ask import Graph
from onrecord.workspace import Workspace, find


def test_property_by_property_gives_what_one_question_gives(
    told: Workspace,
) -> None:
    graph = Graph(told)
    one_by_one = statement_rows(graph)
    iris = [str(row["statement"]) for row in one_by_one]
    assert one_by_one == statement_rows(graph, iris)
    assert sorted(iris) == iris


def test_a_rejected_statement_has_a_row_only_where_it_is_asked_for(
    told: Workspace,
) -> None:
    graph = Graph(told)
    rejected = graph.ask(
        "SELECT ?statement { ?statement :reviewStatus code:rejected }"
    )
    iris = [str(row["statement"]) for row in rejected]
    assert len(statement_rows(graph, iris)) == len(iris) == 1
    assert not set(iris) & {row["statement"] for row in statement_rows(graph)}


def test_of_several_values_the_least_is_taken_both_ways(
    told: Workspace, tmp_path
) -> None:
    home = copytree(told.root, tmp_path / "desk")
    (iri, *_) = (row["statement"] for row in statement_rows(Graph(told)))
    for path in (home / "graphs" / "documents").iterdir():
        if f"{iri}".rpartition("/")[2] in path.read_text("utf-8"):
            extra = '\n<%s> <https://w3id.org/onrecord/gist> "A", "zz" .\n'
            with path.open("a", encoding="utf-8") as file:
                file.write(extra % iri)
    graph = Graph(find(home))
    (row,) = statement_rows(graph, [str(iri)])
    assert row["gist"] == "A"
    assert row in statement_rows(graph)
    assert len(edge_statements(graph)) == len(edge_statements(Graph(told)))
