import contextlib
import csv
import fcntl
import io
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

import onrecord
from onrecord import workspace
from onrecord.editing import review_sheet
from onrecord.editing import reviewing as review
from onrecord.editing.editor import undo
from onrecord.editing.fields import FIELDS
from onrecord.editing.reviewing import Verdict
from onrecord.model.errors import (
    BadInput,
    BadRecord,
    Conflict,
    OnRecordError,
    UnknownName,
)
from onrecord.store.check import check

KEY = "00000000000a"


@pytest.fixture
def desk(tmp_path) -> workspace.Workspace:
    """A workspace with one statement that a record brought."""
    import json  # noqa: PLC0415

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
    items = review.Reader(workspace.find(where.root)).items(
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
                KEY,
                "accepted",
                "ada",
                {"relation": "criticizes", "gist": "Scolds."},
            )
        ],
        desk,
    )
    [item] = review.Reader(workspace.find(desk.root)).items(
        "example-herald-undated-herald"
    )
    assert (
        item.statement.id,
        item.statement.relation,
        item.statement.gist,
    ) == (
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


def answering(terminal: int, talk: list[tuple[str, str]]) -> str:
    """What a program says on a terminal, which is answered each time that it asks."""
    said = b""  # a piece may end within a letter
    for question, answer in talk:
        here = len(said)
        while question.encode() not in said[here:]:
            assert select.select([terminal], [], [], 250)[0], said
            said += os.read(terminal, 4096)
        os.write(terminal, answer.encode())
    with contextlib.suppress(OSError):  # Linux: the other side has closed it
        while more := os.read(terminal, 4096):
            said += more
    return said.decode()


def test_in_a_terminal_one_key_is_enough_and_every_field_may_be_mended(
    desk, program
):
    ours, its = pty.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("4H", 24, 80, 0, 0))
    line = [program, "-C", desk.root, "review", "--by", "ada"]
    env = {name: text for name, text in os.environ.items() if name != "COLUMNS"}
    streams = {"stdin": its, "stdout": its, "stderr": its}
    edit = [("field? ", "stance\n"), ("]? ", "critical\n"), ("field? ", "\n")]
    with subprocess.Popen(
        [*map(str, line)], **streams, env=env, start_new_session=True
    ) as process:
        os.close(its)
        try:
            said = answering(ours, [("verdict? ", "xe"), *edit])
        finally:
            process.kill()
            os.close(ours)
    [item] = review.Reader(desk).items("example-herald-undated-herald")
    value = item.statement
    assert (value.review.status, value.review.by) == ("accepted", "ada")
    assert value.stance == "critical"
    assert "https://herald.example/herald" in said
    lines = re.sub(r"\x1b\[[0-9;]*m", "", said).splitlines()
    assert max(map(len, lines)) <= 80
    assert "1 reviewed, 0 wait" in lines[-1]
    fields = " ".join(lines).partition("fields: ")[2].partition(";")[0]
    assert fields.split(", ") == list(FIELDS)


def test_a_verdict_on_nothing_is_refused(desk):
    with pytest.raises(UnknownName, match="ffffffffffff"):
        review.judge([Verdict("ffffffffffff", "accepted")], desk)


def test_a_sheet_goes_out_and_comes_back_with_verdicts_and_edits(desk):
    rows = list(
        csv.DictReader(io.StringIO(review_sheet.sheet(review.waiting(desk))))
    )
    assert rows[0]["gist"] == "'=Asks for limits."
    rows[0] |= {"verdict": "Accepted", "negated": "true"}
    out = io.StringIO()
    writer = csv.DictWriter(out, review_sheet.COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    review.judge(review_sheet.verdicts(out.getvalue(), "ada", desk), desk)
    assert status(desk) == [("accepted", "=Asks for limits.")]
    [item] = review.Reader(workspace.find(desk.root)).items(
        "example-herald-undated-herald"
    )
    assert item.statement.negated


def filled(desk, delimiter=",", **cells):
    """The sheet as a person sends it back, saved by a program that likes another delimiter."""
    [row] = csv.DictReader(
        io.StringIO(review_sheet.sheet(review.waiting(desk)))
    )
    out = io.StringIO()
    writer = csv.DictWriter(out, review_sheet.COLUMNS, delimiter=delimiter)
    writer.writeheader()
    writer.writerow(row | {"verdict": "accepted"} | cells)
    return out.getvalue()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_sheet_comes_back_from_any_spreadsheet(desk, delimiter, charset):
    given = review_sheet.verdicts(
        filled(desk, delimiter).encode(charset), "ada", desk
    )
    assert given == [Verdict(KEY, "accepted", "ada", {})]


@pytest.mark.parametrize("truth", ["TRUE", "true", "True", "FALSE", ""])
def test_what_a_spreadsheet_does_to_the_case_of_truth_changes_nothing_by_itself(
    desk, truth
):
    [verdict] = review_sheet.verdicts(filled(desk, negated=truth), "ada", desk)
    assert verdict.edits == (
        {"negated": truth} if truth.lower() == "true" else {}
    )


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        (
            {"negated": "WAHR"},
            "line 2: negated: 'WAHR' is neither true nor false",
        ),
        (
            {"negated": "VRAI"},
            "line 2: negated: 'VRAI' is neither true nor false",
        ),
    ],
)
def test_a_cell_that_could_turn_a_statement_into_another_is_refused(
    desk, cells, fault
):
    with pytest.raises(BadRecord, match=fault):
        review_sheet.verdicts(filled(desk, **cells), "ada", desk)


def test_a_denial_whose_cell_was_emptied_is_not_taken_for_its_opposite(desk):
    onrecord.edit(KEY, by="ada", negated="true", workspace=desk)
    with pytest.raises(
        BadRecord, match="line 2: negated: is empty and was true"
    ):
        review_sheet.verdicts(filled(desk, negated=" "), "ada", desk)
    [verdict] = review_sheet.verdicts(
        filled(desk, negated="false"), "ada", desk
    )
    assert verdict.edits == {"negated": "false"}


@pytest.mark.parametrize(
    ("cells", "lines"),
    [
        ({"gist": "Asks for more."}, [2]),
        ({"note": "see page 3"}, [2]),
        ({"negated": "FALSE"}, []),
        ({"verdict": "accepted", "gist": "Asks for more."}, []),
        ({"id": "st:00000000000b", "gist": "Asks for more."}, []),
    ],
)
def test_rows_that_were_changed_without_a_verdict_are_known(desk, cells, lines):
    sheet = filled(desk, **{"verdict": "", **cells})
    assert review_sheet.changed_without_verdict(sheet, desk) == lines


def test_a_spreadsheet_takes_no_id_for_a_number(desk):
    [row] = csv.DictReader(
        io.StringIO(review_sheet.sheet(review.waiting(desk)))
    )
    assert row["id"] == f"st:{KEY}"


@pytest.mark.parametrize(
    ("cells", "edits"),
    [
        ({"date": "01.03.2026"}, {"date": "2026-03-01"}),
        ({"date": "March 1, 2026"}, {"date": "2026-03-01"}),
        ({"confidence": "0,85"}, {"confidence": "0.85"}),
    ],
)
def test_days_and_numbers_are_read_as_spreadsheets_of_other_countries_write_them(
    desk, cells, edits
):
    [verdict] = review_sheet.verdicts(filled(desk, **cells), "ada", desk)
    assert verdict.edits == edits


def test_two_verdicts_on_one_statement_are_an_error(desk):
    sheet = filled(desk)
    other = sheet.splitlines()[1].replace("accepted", "rejected")
    with pytest.raises(BadRecord, match="rejected, and accepted above"):
        review_sheet.verdicts(f"{sheet}{other}", "ada", desk)


def test_a_sheet_without_its_columns_is_an_error_and_not_no_verdicts(desk):
    with pytest.raises(BadInput, match="has no column verdict"):
        review_sheet.verdicts("id,gist\n1,2\n", "ada", desk)


def test_a_sheet_goes_out_for_excel_and_comes_back(desk, command, tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    path = tmp_path / "sheet.xlsx"
    command("-C", desk.root, "review", "--export", path)
    book = openpyxl.load_workbook(path)
    book.active["B2"] = "rejected"
    book.save(path)
    ran = command("-C", desk.root, "review", "--import", path, "--by", "ada")
    assert "1 statement reviewed" in ran.stdout
    assert status(desk) == [("rejected", "=Asks for limits.")]


def test_a_sheet_of_csv_bears_the_mark_by_which_excel_knows_utf_8(
    desk, command, tmp_path
):
    command("-C", desk.root, "review", "--export", tmp_path / "sheet.csv")
    assert (tmp_path / "sheet.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_row_without_a_verdict_waits_on(desk):
    assert (
        review_sheet.verdicts(
            review_sheet.sheet(review.waiting(desk)), "ada", desk
        )
        == []
    )


def test_an_unknown_verdict_is_named_by_its_line(desk):
    with pytest.raises(BadRecord, match="line 2: verdict: 'maybe'"):
        review_sheet.verdicts(f"id,verdict\n{KEY},maybe\n", "ada", desk)


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
        while (
            "0 wait" not in said
            and "reviewed" not in said
            and talk.poll() is None
        ):
            said = talk.stdout.readline()
        talk.kill()
    assert status(desk) == [("accepted", "=Asks for limits.")]


def test_leaving_in_the_middle_keeps_what_was_decided(desk, command):
    assert (
        "0 reviewed, 1 wait"
        in command("-C", desk.root, "review", input="").stdout
    )
    assert (
        "0 reviewed, 1 wait"
        in command("-C", desk.root, "review", input="s\nq\n").stdout
    )


def read(where: workspace.Workspace):
    [item] = review.Reader(workspace.find(where.root)).items(
        "example-herald-undated-herald"
    )
    return item.statement


@pytest.mark.parametrize(
    ("name", "edit", "value"),
    [
        ("stance", "critical", "critical"),
        ("stance", "", None),
        ("topics", "deepfakes; safeguards", ("deepfakes", "safeguards")),
        ("negated", "yes", True),
        ("modality", "future", "future"),
        ("date", "2025-10", "2025-10"),
        ("actors", ["Studio Nine"], ("https://w3id.org/onrecord/Studio-Nine",)),
        ("object", "deepfakes", "deepfakes"),
        ("recipient", "Studio Nine", "https://w3id.org/onrecord/Studio-Nine"),
        ("confidence", "0.5", 0.5),
    ],
)
def test_every_field_can_be_edited_and_undone(desk, name, edit, value):
    before = read(desk)
    assert (
        onrecord.edit(f"st:{KEY}", by="ada", workspace=desk, **{name: edit})
        == 1
    )
    after = read(desk)
    assert (after.id, getattr(after, name), after.review) == (KEY, value, None)
    assert [(revision.field, revision.by) for revision in after.revisions] == [
        (name, "ada")
    ]
    undo(workspace=desk)
    assert read(desk) == before
    assert check(workspace.find(desk.root)).passed


def test_what_a_field_held_is_kept_through_several_edits_and_the_graph_is_sound(
    desk,
):
    onrecord.edit(KEY, by="ada", stance="critical", workspace=desk)
    onrecord.edit(KEY, by="cleo", stance="supportive", workspace=desk)
    kept = [(change.was, change.by) for change in read(desk).revisions]
    assert kept == [("conditional", "ada"), ("critical", "cleo")]
    assert check(workspace.find(desk.root)).passed


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"stance": "furious"}, "'furious' is not known"),
        ({"date": "2025-13"}, "no date of the calendar"),
        ({"gist": ""}, "gist"),
        ({"actors": []}, "actors"),
        ({"topics": "a; b; c; d"}, "topics"),
        ({"basis": "allegation"}, "an allegation names who alleges it"),
        ({"actors": ["Nobody at All"]}, "no entity is called"),
        ({"gist": "a\x1b[31mb"}, "control character"),
        ({"stanc": "critical"}, "did you mean stance"),
        ({"negated": "perhaps"}, "neither true nor false"),
        ({"confidence": "much"}, "no number"),
    ],
)
def test_an_edit_that_no_record_may_hold_is_refused(desk, fields, message):
    before = read(desk)
    with pytest.raises(OnRecordError, match=re.escape(message)):
        onrecord.edit(KEY, workspace=desk, **fields)
    assert read(desk) == before


def test_a_verdict_on_what_changed_meanwhile_is_refused(desk):
    seen = review.version(read(desk))
    onrecord.edit(KEY, stance="critical", workspace=desk)
    with pytest.raises(Conflict, match="changed meanwhile"):
        review.judge([Verdict(KEY, "accepted", version=seen)], desk)
    review.judge(
        [Verdict(KEY, "accepted", version=review.version(read(desk)))], desk
    )


def test_a_flag_keeps_its_note_and_the_statement_waits_on(desk):
    review.judge(
        [Verdict(KEY, "unreviewed", "ada", note="Who is meant?")], desk
    )
    [item] = review.waiting(workspace.find(desk.root))
    assert item.statement.review.note == "Who is meant?"
    assert check(workspace.find(desk.root)).passed


def test_the_command_edits_fields(desk, command):
    topics = ("--topic", "deepfakes", "--topic", "safeguards")
    command(
        "-C", desk.root, "edit", f"st:{KEY}", "--stance", "critical", *topics
    )
    after = read(desk)
    assert (after.stance, after.topics) == (
        "critical",
        ("deepfakes", "safeguards"),
    )
