"""Agreement from the graph: persons at the desk, and the program against its reviewer."""

import json

import pytest

import onrecord
from onrecord import workspace
from onrecord.discourse.coders import PROGRAM, coders, differences, in_graph
from onrecord.editing.coding import Coded, code
from onrecord.editing.desk.desk import Desk
from onrecord.editing.reviewing import Reader, Verdict, judge
from onrecord.formats.records import records_of
from onrecord.model.errors import BadInput
from onrecord.querying.ask import Graph
from onrecord.server.desk.agreement import agreement
from onrecord.store.check import check


@pytest.fixture
def room(tmp_path) -> workspace.Workspace:
    root = workspace.init(tmp_path / "room").root
    statement = {
        "actors": ["Ada Example"], "relation": "urges", "object": "Studio Nine", "object_kind": "entity",
        "topics": ["safeguards"], "stance": "critical", "gist": "Asks.", "confidence": 0.7, "negated": False,
    }  # fmt: skip
    document = {
        "publisher": "Herald",
        "source_kind": "report",
        "url": "https://herald.example/1",
    }
    lines = [
        {
            "run": {
                "label": "Rules",
                "kind": "extraction",
                "program": "onrecord",
            }
        },
        {"entity": {"name": "Ada Example", "type": "Person"}},
        {"entity": {"name": "Studio Nine", "type": "Company"}},
        {"doc": document, "statements": [statement]},
    ]
    file = tmp_path / "records.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    onrecord.add([file], workspace=workspace.find(root))
    return workspace.find(root)


def only(room):
    [path] = (room.home / "documents").glob("*.ttl")
    return path.stem, Reader(room).items(path.stem)


def by(name: str, room, **more) -> str:
    document, _ = only(room)
    fields = {"actors": "Ada Example", "relation": "urges", "object": "Studio Nine", "gist": "Asks."}  # fmt: skip
    return code(Coded(document, None, fields | more, name), room)


def stance_row(room) -> dict:
    [row] = [
        row for row in in_graph(room).variables if row["variable"] == "stance"
    ]
    return row


def test_a_program_stands_as_it_was_made_against_its_reviewer(room):
    _, [item] = only(room)
    edits = {"stance": "supportive", "actors": "Studio Nine"}
    judge([Verdict(item.statement.id, "accepted", "ada", edits)], room)
    told = coders(workspace.find(room.root))
    assert list(told.coded) == ["ada", PROGRAM]
    [made], [left] = told.coded[PROGRAM][0], told.coded["ada"][0]
    assert (made.stance, left.stance) == ("critical", "supportive")
    assert made.actors == item.statement.actors
    assert made.actors != left.actors
    assert stance_row(room)["agree"] == 0


def test_two_persons_who_say_the_same_agree_and_what_one_lacks_is_listed(room):
    key = by("ada", room, stance="critical")
    assert by("cleo", room, stance="critical") != key
    by("ada", room, relation="criticizes", gist="Scolds.")
    told = coders(workspace.find(room.root))
    assert set(told.coded) == {"ada", "cleo", PROGRAM}
    assert stance_row(room)["agree"] == 1
    [row] = [row for row in differences(told) if "cleo" in row.missing]
    assert (set(row.sides), row.missing) == ({"ada"}, ("cleo", PROGRAM))


def test_what_differs_stands_side_by_side_the_program_beside_its_reviewer(room):
    document, [item] = only(room)
    key = item.statement.id
    judge([Verdict(key, "accepted", "ada", {"stance": "supportive"})], room)
    told = agreement(Desk(workspace.find(room.root)))
    [row] = told["disagreements"]
    assert (row["document"], row["fields"], row["missing"]) == (
        document,
        ["stance"],
        [],
    )
    sides = {side["coder"]: side["codes"] for side in row["sides"]}
    stances = {coder: codes["stance"] for coder, codes in sides.items()}
    assert stances == {"ada": "supportive", PROGRAM: "critical"}
    assert sides["ada"]["actors"] == "Ada Example"


def test_what_a_reviewer_rejects_is_listed_as_the_program_s_alone(room):
    _, [item] = only(room)
    judge([Verdict(item.statement.id, "rejected", "ada")], room)
    [row] = differences(coders(workspace.find(room.root)))
    assert (list(row.sides), row.missing) == ([PROGRAM], ("ada",))


def test_each_coder_s_verdict_counts_as_he_left_it_whoever_judges_after_him(
    room,
):
    _, [item] = only(room)
    key = item.statement.id
    for by, stance in (("ada", "supportive"), ("cleo", "conditional")):
        judge([Verdict(key, "accepted", by, {"stance": stance})], room)
    judge([Verdict(key, "rejected", "nadia")], room)
    told = coders(workspace.find(room.root))
    stances = {
        name: [value.stance for value in coded[0]]
        for name, coded in told.coded.items()
    }
    assert stances == {
        "ada": ["supportive"],
        "cleo": ["conditional"],
        "nadia": [],
        PROGRAM: ["critical"],
    }
    judge([Verdict(key, "rejected", "ada")], room)
    [now] = [item.statement for item in only(room)[1]]
    assert (now.review.by, now.review.status) == ("ada", "rejected")
    assert [(past.by, past.status) for past in now.past_reviews] == [
        ("cleo", "accepted"),
        ("nadia", "rejected"),
    ]
    assert check(workspace.find(room.root)).passed


def test_what_other_coders_decided_goes_along_in_records(room, tmp_path):
    _, [item] = only(room)
    for by, note in (("ada", "unsure"), ("cleo", None)):
        judge([Verdict(item.statement.id, "accepted", by, note=note)], room)
    file = tmp_path / "work.jsonl"
    file.write_bytes(records_of(Graph(workspace.find(room.root))))
    there = workspace.find(workspace.init(tmp_path / "there").root)
    onrecord.add([file], workspace=there)
    [statement] = [item.statement for item in only(there)[1]]
    [past] = statement.past_reviews
    assert (past.by, past.status, past.note, past.after) == ("ada", "accepted", "unsure", 0)  # fmt: skip


def test_one_coder_alone_agrees_with_nobody(room):
    with pytest.raises(BadInput, match="two coders of one article"):
        coders(room)
    by("ada", room)
    with pytest.raises(BadInput, match="just this of these words already"):
        by("ada", room)


def test_the_command_without_files_compares_the_graph_s_coders(room, command):
    by("ada", room, stance="critical")
    ran = command("-C", room.root, "agreement")
    assert "ada and" in ran.stdout
    assert "corrections" in command("questions").stdout
