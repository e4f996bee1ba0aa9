import csv
import io
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord import workspace
from onrecord.editing import reviewing as review
from onrecord.editing.reviewing import Verdict
from onrecord.model.errors import BadRecord, UnknownName

KEY = "00000000000a"


@pytest.fixture
def desk(tmp_path) -> workspace.Workspace:
    """A workspace with one statement that a record brought."""
    import json  # noqa: PLC0415

    import onrecord  # noqa: PLC0415

    root = workspace.init(tmp_path / "desk")
    here = workspace.find(getattr(root, "root", root) or tmp_path / "desk")
    lines = [
        {"entity": {"name": "Ada Example", "type": "Person"}},
        {"entity": {"name": "Studio Nine", "type": "Company"}},
        {
            "doc": {"publisher": "Example Herald", "source_kind": "report", "id": "herald", "url": "https://herald.example/herald"},
            "statements": [
                {
                    "id": KEY, "actors": ["Ada Example"], "relation": "urges", "negated": False,
                    "object": "Studio Nine", "object_kind": "entity", "topics": ["safeguards"],
                    "stance": "conditional", "modality": "actual", "basis": "self-report",
                    "gist": "=Asks for limits.", "confidence": 0.7,
                }
            ],
        },
    ]  # fmt: skip
    file = tmp_path / "records.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    onrecord.add([file], workspace=here)
    return workspace.find(here.root)


def status(where: workspace.Workspace) -> list[tuple[str | None, str]]:
    items = review._Desk(workspace.find(where.root)).items(  # noqa: SLF001
        "example-herald-undated-herald"
    )
    return [
        (
            each.statement.review.status if each.statement.review else None,
            each.statement.gist,
        )
        for each in items
    ]


def test_what_nobody_reviewed_waits(desk):
    assert [each.statement.id for each in review.waiting(desk)] == [KEY]


@pytest.mark.parametrize("verdict", ["accepted", "rejected"])
def test_a_verdict_is_on_disk_and_waits_no_more(desk, verdict):
    assert review.judge([Verdict(KEY, verdict, "ada")], desk) == 1
    assert status(desk) == [(verdict, "=Asks for limits.")]
    assert review.waiting(workspace.find(desk.root)) == []


def test_an_edit_changes_what_it_names_and_keeps_the_id(desk):
    review.judge(
        [
            Verdict(
                KEY, "accepted", "ada", {"relation": "criticizes", "gist": "Scolds."}
            )
        ],
        desk,
    )
    [item] = review._Desk(workspace.find(desk.root)).items(  # noqa: SLF001
        "example-herald-undated-herald"
    )
    assert (item.statement.id, item.statement.relation, item.statement.gist) == (
        KEY,
        "criticizes",
        "Scolds.",
    )


@pytest.mark.parametrize(
    ("field", "value"), [("relation", "loves"), ("object", "Nobody at All")]
)
def test_an_edit_that_names_nothing_known_changes_nothing(desk, field, value):
    with pytest.raises(BadRecord):
        review.judge([Verdict(KEY, "accepted", "ada", {field: value})], desk)
    assert status(desk) == [(None, "=Asks for limits.")]


def test_a_verdict_on_nothing_is_refused(desk):
    with pytest.raises(UnknownName, match="ffffffffffff"):
        review.judge([Verdict("ffffffffffff", "accepted")], desk)


def test_a_sheet_goes_out_and_comes_back_with_verdicts_and_edits(desk):
    rows = list(csv.DictReader(io.StringIO(review.sheet(review.waiting(desk)))))
    assert rows[0]["gist"] == "'=Asks for limits."
    rows[0] |= {"verdict": "Accepted", "negated": "true"}
    out = io.StringIO()
    writer = csv.DictWriter(out, review.COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    review.judge(review.verdicts(out.getvalue(), "ada", desk), desk)
    assert status(desk) == [("accepted", "=Asks for limits.")]
    [item] = review._Desk(workspace.find(desk.root)).items(  # noqa: SLF001
        "example-herald-undated-herald"
    )
    assert item.statement.negated


def test_a_row_without_a_verdict_waits_on(desk):
    assert review.verdicts(review.sheet(review.waiting(desk)), "ada", desk) == []


def test_an_unknown_verdict_is_named_by_its_line(desk):
    with pytest.raises(BadRecord, match="line 2: verdict: 'maybe'"):
        review.verdicts(f"id,verdict\n{KEY},maybe\n", "ada", desk)


def test_the_terminal_takes_verdicts_and_takes_them_back(desk, command):
    ran = command("-C", desk.root, "review", "--by", "ada", input="a\n")
    assert "Ada Example urges Studio Nine" in ran.stdout
    assert "1 reviewed, 0 wait" in ran.stdout
    command("-C", desk.root, "undo")
    assert status(desk) == [(None, "=Asks for limits.")]


def test_a_killed_review_keeps_every_verdict_that_was_given(desk):
    words = [
        str(Path(sys.executable).with_name("onrecord")),
        "-C",
        str(desk.root),
        "review",
        "--by",
        "ada",
    ]
    with subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as talk:
        talk.stdin.write("a\n")
        talk.stdin.flush()
        said = ""
        while "0 wait" not in said and "reviewed" not in said and talk.poll() is None:
            said = talk.stdout.readline()
        talk.kill()
    assert status(desk) == [("accepted", "=Asks for limits.")]


def test_leaving_in_the_middle_keeps_what_was_decided(desk, command):
    assert "0 reviewed, 1 wait" in command("-C", desk.root, "review", input="").stdout
    assert (
        "0 reviewed, 1 wait"
        in command("-C", desk.root, "review", input="s\nq\n").stdout
    )
