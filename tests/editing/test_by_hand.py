import pytest

from onrecord import workspace
from onrecord.editing import curation as curate
from onrecord.editing.committing import LONGEST
from onrecord.editing.desk.desk import Desk
from onrecord.editing.desk.similar_names import similar_names
from onrecord.editing.editor import editing, undo
from onrecord.model import Entity
from onrecord.model.errors import BadInput, NotWritten, UnknownName
from onrecord.querying.ask import Graph


@pytest.fixture
def desk(tmp_path) -> workspace.Workspace:
    import json  # noqa: PLC0415

    import onrecord  # noqa: PLC0415

    workspace.init(tmp_path / "desk")
    here = workspace.find(tmp_path / "desk")
    statement = {
        "actors": ["Ada Exampel"], "relation": "urges", "object": "Studio Nine", "object_kind": "entity",
        "topics": ["safeguards"], "stance": "conditional", "modality": "actual", "basis": "self-report",
        "gist": "Asks for limits.", "confidence": 0.7, "negated": False,
    }  # fmt: skip
    lines = [
        *(
            {"entity": {"name": name, "type": "Person"}}
            for name in ("Ada Example", "Ada Exampel")
        ),
        {"entity": {"name": "Studio Nine", "type": "Person"}},
        {
            "doc": {
                "publisher": "Herald",
                "source_kind": "report",
                "id": "herald",
                "url": "https://herald.example/herald",
            },
            "statements": [statement],
        },
    ]
    other = {
        "doc": {
            "publisher": "Herald",
            "source_kind": "report",
            "id": "second",
            "url": "https://herald.example/second",
        }
    }
    lines.append(
        {**other, "statements": [{**statement, "actors": ["Ada Example"]}]}
    )
    file = tmp_path / "records.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    onrecord.add([file], workspace=here)
    return workspace.find(here.root)


def files(where: workspace.Workspace) -> dict[str, str]:
    return {
        path.name: path.read_text(encoding="utf-8")
        for path in where.home.rglob("*.ttl")
    }


def test_a_merge_moves_statements_and_names_to_the_first(desk):
    done = curate.merge("Ada Example", "Ada Exampel", workspace=desk)
    assert done.documents == 2
    registry = Graph(workspace.find(desk.root)).registry
    assert registry.find("Ada Exampel").label == "Ada Example"
    assert "Ada-Exampel" not in files(desk)["herald-undated-herald.ttl"]


def names(room: Desk) -> list[str]:
    return sorted(
        row["name"] for row in room.names.entities("cleo")["entities"]
    )


def test_the_desk_proposes_near_names_and_merges_take_back_though_others_came_after(
    desk,
):
    room = Desk(desk)
    before = names(room)
    told = room.names.entities("cleo")
    assert {row["is_new"] for row in told["entities"]} == {True}
    [pair] = told["alike"]
    assert {pair["keep"], pair["gone"]} == {"Ada-Example", "Ada-Exampel"}
    room.names.merge(":Ada-Example", ":Ada-Exampel", "cleo")
    assert names(room) == ["Ada Example", "Studio Nine"]
    with editing(desk) as editor:
        editor.commit({"documents/third.ttl": b""}, "a change of another")
    with pytest.raises(BadInput, match="of yours"):
        room.names.take_back("somebody else")
    room.names.take_back("cleo")
    assert names(room) == before
    assert (desk.home / "documents" / "third.ttl").is_file()


def test_a_pair_that_a_person_keeps_apart_is_proposed_by_no_later_desk(desk):
    room = Desk(desk)
    room.names.keep_apart(":Ada-Exampel", "Ada Example", "cleo")
    assert Desk(desk).names.entities("cleo")["alike"] == []
    room.names.take_back("cleo")
    assert len(room.names.entities("cleo")["alike"]) == 1


@pytest.mark.parametrize(
    ("one", "two", "score"),
    [
        ("Sora Example", "Sora Exampel", 92),
        ("Mirror", "Mirror TV", 80),
        ("Tait", "Wiremu Tait", 80),
        ("98th awards rules", "99th awards rules", None),
        ("In", "In Sum", None),
        ("Ada Example", "Cleo Sample", None),
    ],
)
def test_names_are_alike_by_letters_or_by_words_at_an_end(one, two, score):
    told = similar_names({name: Entity(name, "Person") for name in (one, two)})
    assert [pair.score for pair in told] == ([score] if score else [])


def test_a_rename_keeps_the_old_name_as_an_alias_and_makes_sentences_anew(desk):
    curate.rename("Studio Nine", "Studio Ten", kind="Company", workspace=desk)
    known = Graph(workspace.find(desk.root)).registry.find("Studio Nine")
    assert (known.label, known.cls) == ("Studio Ten", "Company")
    assert (
        "Ada Exampel urges Studio Ten"
        in files(desk)["herald-undated-herald.ttl"]
    )


@pytest.mark.parametrize("change", ["merge", "rename"])
def test_undo_restores_every_file_as_it_was(desk, change):
    before = files(desk)
    if change == "merge":
        curate.merge("Ada Example", "Ada Exampel", workspace=desk)
    else:
        curate.rename("Studio Nine", "Studio Ten", workspace=desk)
    assert files(desk) != before
    undo(workspace=workspace.find(desk.root))
    assert files(desk) == before


def test_undo_does_not_run_over_what_changed_since(desk):
    curate.rename("Studio Nine", "Studio Ten", workspace=desk)
    registry = desk.home / "entities.ttl"
    registry.write_text(
        registry.read_text(encoding="utf-8") + "\n", encoding="utf-8"
    )
    with pytest.raises(BadInput, match="was changed since"):
        undo(workspace=desk)


def test_what_was_added_is_taken_back_and_then_there_is_nothing_to_undo(desk):
    done = undo(workspace=desk)
    assert (done.what, done.documents) == ("addition of 2 documents", 2)
    assert files(desk) == {}
    with pytest.raises(BadInput, match="nothing to undo"):
        undo(workspace=desk)


def test_an_entity_is_not_merged_with_itself(desk):
    with pytest.raises(BadInput, match="the same entity already"):
        curate.merge("Ada Example", "Ada Example", workspace=desk)


def test_a_name_that_another_entity_has_is_refused(desk):
    with pytest.raises(BadInput, match="is the name of :Ada-Example"):
        curate.rename("Ada Exampel", "Ada Example", workspace=desk)


def test_a_type_that_is_none_is_refused(desk):
    with pytest.raises(BadInput, match="no type is called"):
        curate.rename(
            "Ada Exampel", "Ada X. Ample", kind="Wizard", workspace=desk
        )


def test_a_name_that_nobody_has_is_refused(desk):
    with pytest.raises(UnknownName):
        curate.merge("Ada Example", "Cleo Nobody", workspace=desk)


def test_new_entities_are_listed(desk, command):
    ran = command("-C", desk.root, "entities", "--new")
    assert "Ada Exampel" in ran.stdout
    assert "Studio Nine" in ran.stdout


@pytest.mark.parametrize("letters", [LONGEST + 1, 20_000_000])
def test_a_text_that_would_brick_the_graph_is_refused_and_nothing_is_changed(
    desk, letters
):
    before = files(desk)
    content = f'<urn:a> <urn:b> "{"x" * letters}" .'.encode()
    with editing(desk) as editor, pytest.raises((BadInput, NotWritten)):
        editor.commit({"documents/new.ttl": content}, "a change")
    assert files(desk) == before
    assert Graph(workspace.find(desk.root)).ask("SELECT ?x { ?x a :Statement }")


def test_the_log_keeps_what_differed_and_not_whole_files(desk):
    log = desk.root / "log.jsonl"
    before = log.stat().st_size
    curate.rename("Studio Nine", "Studio Ten", workspace=desk)
    document = desk.home / "documents" / "herald-undated-herald.ttl"
    grown = log.stat().st_size - before
    assert (
        grown
        < document.stat().st_size + (desk.home / "entities.ttl").stat().st_size
    )


def test_a_log_that_grew_too_long_forgets_its_oldest_changes_alone(
    desk, monkeypatch
):
    monkeypatch.setattr("onrecord.workspace.log.LARGEST", 1500)
    for number in range(4):
        curate.rename("Studio Nine", f"Studio {number}", workspace=desk)
        curate.rename(f"Studio {number}", "Studio Nine", workspace=desk)
    assert undo(workspace=desk).what == "rename of Studio 3 to Studio Nine"
    with pytest.raises(BadInput, match="very long ago"):
        undo_all(desk)


def undo_all(desk) -> None:
    for _ in range(9):
        undo(workspace=desk)
