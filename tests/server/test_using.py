"""The graphs that a request names for an update stand in its text before the engine sees it."""

import pyoxigraph as ox
import pytest

from onrecord.model.errors import BadQuery
from onrecord.server.using import with_graphs

E = "http://example.org/"


@pytest.fixture
def store() -> ox.Store:
    """A book in each of two graphs, and one in none."""
    store = ox.Store()
    kind, book = ox.NamedNode(f"{E}in"), ox.NamedNode(f"{E}Book")
    for name in ("one", "two"):
        store.add(
            ox.Quad(
                ox.NamedNode(E + name),
                kind,
                book,
                ox.NamedNode(f"{E}graph-{name}"),
            )
        )
    store.add(ox.Quad(ox.NamedNode(f"{E}none"), kind, book))
    return store


def found(store: ox.Store) -> set[str]:
    rows = store.query(
        "SELECT ?b { GRAPH <http://example.org/found> { ?b ?p ?o } }"
    )
    return {row["b"].value.removeprefix(E) for row in rows}


@pytest.mark.parametrize(
    ("update", "default", "named", "books"),
    [
        (
            "INSERT { GRAPH e:found { ?b a ?k } } WHERE { ?b e:in ?k }",
            ["one"],
            [],
            {"one"},
        ),
        (
            "insert{graph e:found{?b a ?k}}where{?b e:in ?k}",
            ["one"],
            [],
            {"one"},
        ),
        (
            "INSERT { GRAPH e:found { ?b a ?k } } WHERE { ?b e:in ?k }",
            ["one", "two"],
            [],
            {"one", "two"},
        ),
        (
            "INSERT { GRAPH e:found { ?b a ?k } } WHERE { ?b e:in ?k }",
            [],
            ["two"],
            set(),
        ),
        (
            "INSERT { GRAPH e:found { ?b a ?k } } WHERE { GRAPH ?g { ?b e:in ?k } }",
            [],
            ["two"],
            {"two"},
        ),
        (
            "CLEAR SILENT ALL ; INSERT DATA { GRAPH e:found { e:x a e:y } }",
            ["one"],
            [],
            {"x"},
        ),
        (
            "INSERT { GRAPH e:found { ?b a '} WHERE {' } } # WHERE {\n WHERE { { ?b e:in ?k } FILTER(?b != e:one) }",
            ["one", "two"],
            [],
            {"two"},
        ),
        (
            """DELETE { GRAPH e:graph-one { ?b ?p ?k } } INSERT { GRAPH e:found { ?b a ?k } } WHERE { ?b ?p ?k } ;
            INSERT { GRAPH e:found { ?b a ?k } } WHERE { ?b ?p ?k }""",
            ["one"],
            [],
            {"one"},
        ),
    ],
)
def test_where_asks_the_graphs_of_the_request(
    update: str,
    default: list[str],
    named: list[str],
    books: set[str],
    store: ox.Store,
) -> None:
    graphs = (
        [f"{E}graph-{name}" for name in default],
        [f"{E}graph-{name}" for name in named],
    )
    store.update(with_graphs(f"PREFIX e: <{E}> {update}", *graphs))
    assert found(store) == books


def test_the_short_form_deletes_what_it_finds_in_the_named_graph(
    store: ox.Store,
) -> None:
    update = f"DELETE WHERE {{ GRAPH <{E}graph-one> {{ ?b ?p ?k }} }}"
    store.update(with_graphs(update, [], [f"{E}graph-two"]))
    assert len(store) == 3
    store.update(with_graphs(update, [], [f"{E}graph-one"]))
    assert len(store) == 2


@pytest.mark.parametrize(
    "update",
    [
        "WITH e:g INSERT { ?b a ?k } WHERE { ?b e:in ?k }",
        "INSERT { ?b a ?k } USING e:g WHERE { ?b e:in ?k }",
        "INSERT { ?b a ?k } USING NAMED e:g WHERE { ?b e:in ?k }",
        "WITHe:g INSERT { ?b a ?k } WHERE { ?b e:in ?k }",
        "INSERT { ?b a ?k } USINGe:g WHERE { ?b e:in ?k }",
        "DELETEWHERE { ?b e:in ?k }",
        "INSERT { ?b a ?k } \\u0057HERE { ?b e:in ?k }",
        "INSERT { ?b a ?k } WHERE { ?b e:in ?k",
    ],
)
def test_what_names_graphs_itself_or_could_hide_it_is_refused(
    update: str,
) -> None:
    with pytest.raises(BadQuery):
        with_graphs(f"PREFIX e: <{E}> {update}", [f"{E}graph-one"], [])
