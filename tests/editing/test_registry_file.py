"""The file of entities is read as rdflib reads it, and what changed is written as if all were."""

from dataclasses import replace
from pathlib import Path

import pytest
from rdflib import RDF

from onrecord.editing import kept_blocks
from onrecord.editing.registry_file import read_registry
from onrecord.model import Entity
from onrecord.rdf import decode, encode, turtle
from onrecord.workspace import Workspace


def written(entities: dict[str, Entity]) -> bytes:
    return turtle.write(
        triple
        for entity in entities.values()
        for triple in encode.entity(entity)
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
    entities[second] = replace(
        entities[second], description="Two\n\nparagraphs."
    )
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


@pytest.fixture
def blocks_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The caches' home, where it is kept what the blocks of any registry say."""
    monkeypatch.setattr(kept_blocks, "WORTH_KEEPING", 0)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "onrecord"


def test_what_blocks_said_before_is_what_they_say(
    shipped: Workspace, tmp_path: Path, blocks_kept: Path, monkeypatch
) -> None:
    path = tmp_path / "entities.ttl"
    text = (shipped.graphs[0] / "entities.ttl").read_text("utf-8")
    path.write_text(text, encoding="utf-8")
    first = read_registry(path)
    assert [file.suffix for file in blocks_kept.iterdir()] == [".registry"]
    path.write_text(
        text.replace("2023 actors' strike", "strike of 2023"), "utf-8"
    )
    changed = read_registry(path)
    assert changed.entities != first.entities
    monkeypatch.setattr(kept_blocks, "WORTH_KEEPING", 1 << 40)
    assert changed == read_registry(path)


def test_an_entity_that_is_gone_is_not_kept(
    tmp_path: Path, blocks_kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_blocks, "FEW", 0)
    path = tmp_path / "entities.ttl"
    ada, bea = (
        Entity("Ada", "Person", id="Ada"),
        Entity("Bea", "Person", id="Bea"),
    )
    for people in ([ada, bea], [ada]):
        path.write_bytes(written({each.name: each for each in people}))
        read_registry(path)
    [kept] = blocks_kept.iterdir()
    assert "Ada" in kept.read_text("utf-8")
    assert "Bea" not in kept.read_text("utf-8")


def test_kept_blocks_that_are_broken_are_made_again(
    shipped: Workspace, blocks_kept: Path
) -> None:
    path = shipped.graphs[0] / "entities.ttl"
    first = read_registry(path)
    [kept] = blocks_kept.iterdir()
    kept.write_text('{"a": [1]}', encoding="utf-8")
    assert read_registry(path) == first


@pytest.mark.usefixtures("blocks_kept")
def test_a_registry_with_a_subject_in_two_blocks_is_read_whole(
    tmp_path: Path,
) -> None:
    path = tmp_path / "entities.ttl"
    head = "@prefix : <https://w3id.org/onrecord/> .\n"
    block = ":Ada a :Person ;\n    :country 'FI' .\n"
    path.write_text(
        "\n".join([head, block, block.replace("FI", "SE")]), "utf-8"
    )
    assert list(read_registry(path).entities) == [
        "https://w3id.org/onrecord/Ada"
    ]
