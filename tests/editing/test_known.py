"""What is known before articles are read: names, and texts that came before."""

import pytest

import onrecord
from onrecord.editing.folder import Folder
from onrecord.editing.gazetteer import known_names
from onrecord.editing.known_texts import KnownTexts
from onrecord.model.errors import AmbiguousName, BadGraph
from onrecord.querying.ask import Graph
from onrecord.workspace import find


def test_texts_are_searched_for_the_names_that_the_graph_knows(shipped, graph):
    names = known_names(shipped, graph.vocabulary)
    assert [*map(_told, names.entities.values())] == [
        *map(_told, graph.registry.entities.values())
    ]
    assert names.ambiguous == graph.registry.ambiguous


def _told(known) -> tuple[object, ...]:
    return known.iri, known.label, known.cls, sorted(known.aliases)


def write_registry(where, iri: str, name: str) -> None:
    (where.home / "entities.ttl").write_text(
        "@prefix : <https://w3id.org/onrecord/> .\n"
        f'<{iri}> a :Person ; <http://www.w3.org/2000/01/rdf-schema#label> "{name}"@en .',
        encoding="utf-8",
    )


def test_a_name_of_ones_own_is_searched_for_before_the_shipped_one(
    small, graph
):
    iri = next(iter(graph.registry.entities))
    write_registry(small, iri, "Ada Example")
    names = known_names(small, graph.vocabulary)
    assert names.entities[iri].label == "Ada Example"
    assert names.entities.keys() == graph.registry.entities.keys()


def test_a_registry_that_changed_is_read_again(small, graph):
    for name in ("Ada Example", "Ada Exemplar"):
        write_registry(small, "https://w3id.org/onrecord/ada", name)
        own = Folder(small.home, graph.vocabulary).entities().values()
        assert [entity.name for entity in own] == [name]


def test_a_name_that_nobody_has_is_none_and_one_of_several_is_refused(graph):
    registry = graph.registry
    assert registry.known("nobody of that name") is None
    assert registry.known(":Netflix") is not None
    form = next(
        form
        for form, candidates in registry.ambiguous.items()
        if len([*candidates]) > 1
    )
    with pytest.raises(AmbiguousName):
        registry.known(form)


def test_only_the_document_whose_text_comes_again_is_read(small, tmp_path):
    for name in ("one", "two"):
        text = f"Ada Example, of studio {name}, opposes AI in film."
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
        onrecord.add([tmp_path / f"{name}.txt"], workspace=small)
    where = find(small.root)
    graph = Graph(where)
    texts = KnownTexts.of(graph, Folder(where.home, graph.vocabulary))
    one, two = texts
    broken = where.home / "documents" / f"{texts.ids[two]}.ttl"
    broken.write_text("no Turtle", encoding="utf-8")
    assert texts[one].document.sha256 == one
    with pytest.raises(BadGraph):
        texts[two]
