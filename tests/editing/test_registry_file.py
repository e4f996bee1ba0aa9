"""The file of entities is read as rdflib reads it, and what changed is written as if all were."""

from dataclasses import replace
from pathlib import Path

from rdflib import RDF

from onrecord.editing.registry_file import read_registry
from onrecord.model import Entity
from onrecord.rdf import decode, encode, turtle
from onrecord.workspace import Workspace


def written(entities: dict[str, Entity]) -> bytes:
    return turtle.write(
        triple for entity in entities.values() for triple in encode.entity(entity)
    )


def test_entities_are_read_as_rdflib_reads_them(shipped: Workspace) -> None:
    path = shipped.graphs[0] / "entities.ttl"
    graph = turtle.read(path)
    nodes = graph.subjects(RDF.type, unique=True)
    assert read_registry(path).entities == {
        str(node): decode.entity(graph, node) for node in nodes
    }


def test_a_changed_registry_is_written_as_if_it_were_all_written(
    shipped: Workspace,
) -> None:
    registry = read_registry(shipped.graphs[0] / "entities.ttl")
    assert registry.blocks, "what ships is as onrecord writes it"
    entities = dict(registry.entities)
    first, second, third = list(entities)[:3]
    entities[first] = replace(
        entities[first], name='Another "name"', aliases=("A", "B")
    )
    entities[second] = replace(entities[second], description="Two\n\nparagraphs.")
    del entities[third]
    new = Entity("Zoë Example", "Person", id="Zoe-Example")
    entities["https://w3id.org/onrecord/Zoe-Example"] = new
    assert registry.content(entities.values()) == written(entities)


def test_an_unchanged_registry_stands_as_it_is(shipped: Workspace) -> None:
    path = shipped.graphs[0] / "entities.ttl"
    registry = read_registry(path)
    assert registry.content(registry.entities.values()) == path.read_bytes()


def test_a_file_that_a_person_wrote_is_written_whole(small: Workspace) -> None:
    registry = read_registry(small.home / "entities.ttl")
    assert not registry.blocks
    entities = dict(registry.entities)
    assert registry.content(entities.values()) == written(entities)


def test_where_there_is_no_file_nobody_is_known(tmp_path: Path) -> None:
    assert read_registry(tmp_path / "entities.ttl").entities == {}
