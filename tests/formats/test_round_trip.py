"""The work of coders goes out and comes back: records, a coding database, sheets; nothing is lost."""

import pytest

import onrecord
from onrecord import workspace
from onrecord.cli.web import opened
from onrecord.editing.coding import Coded, code
from onrecord.editing.desk.desk import Desk
from onrecord.editing.fields import FIELDS, Words, shown
from onrecord.editing.folder import Folder
from onrecord.editing.review_sheet import sheet_file, verdicts
from onrecord.editing.reviewing import Verdict, judge, waiting
from onrecord.formats.export import export
from onrecord.ingest.dna import coding
from onrecord.model.errors import BadInput
from onrecord.querying.ask import Graph
from onrecord.workspace import init

TEXT = (
    "Studio Nine \N{GRINNING FACE} unveiled a tool on Monday.\n\n"
    "Ada Example, who writes for the screen, urged Studio Nine to stop.\n"
)
PEOPLE = (("Ada Example", "Person"), ("Cleo Sample", "Person"), ("Studio Nine", "Company"))  # fmt: skip
URGED = {
    "actors": "Ada Example", "relation": "urges", "object": "Studio Nine", "negated": "true",
    "topics": "safeguards; compensation", "stance": "critical", "modality": "future", "basis": "allegation",
    "according_to": "Cleo Sample", "recipient": "Cleo Sample", "instrument": "Studio Nine", "date": "2025-10",
    "gist": "Asks, in the end.", "via": "interview", "stage": "voice", "valid_from": "2024", "valid_until": "2026",
    "ended": "true", "confidence": "0.55",
}  # fmt: skip


@pytest.fixture
def room(tmp_path) -> workspace.Workspace:
    """An article coded by two persons, one statement of them mended, one flagged."""
    here = workspace.find(init(tmp_path / "room").root)
    article = tmp_path / "article.txt"
    article.write_text(TEXT, encoding="utf-8")
    document = opened(here, str(article), code=True)
    desk = Desk(here)
    for name, kind in PEOPLE:
        desk.names.add(name, kind, "somebody")
    start = TEXT.index("urged")
    words = Words(start, start + len("urged Studio Nine"))
    urged = code(Coded(document, words, URGED, "ada"), here)
    plain = {
        "actors": "Studio Nine",
        "relation": "supports",
        "object": "safeguards",
    }
    flagged = code(Coded(document, Words(12, 20), plain, "cleo"), here)
    edits = {"stance": "supportive", "gist": "Wants it."}
    note = "who?"
    judge([Verdict(urged, "accepted", "cleo", edits)], here)
    judge([Verdict(flagged, "unreviewed", "ada", note=note)], here)
    return workspace.find(here.root)


def held(room) -> tuple:
    """All that a workspace holds, but for the order of its files."""
    folder = Folder(room.home, Graph(room).vocabulary)
    paths = sorted((room.home / "documents").glob("*.ttl"))
    sources = [folder.source(path.stem) for path in paths]
    runs = {iri: run for iri, run in folder.runs().items() if "coding" in iri}
    texts = sorted(path.read_text() for path in (room.root / "texts").iterdir())
    return sources, folder.entities(), runs, texts


def test_records_bring_everything_elsewhere_and_change_nothing_at_home(
    room, tmp_path
):
    before = held(room)
    file = export("records", tmp_path / "work.jsonl", workspace=room).files[0]
    other = workspace.find(init(tmp_path / "other").root)
    for where in (other, room):
        onrecord.add([file], workspace=where)
        now = workspace.find(where.root)
        assert held(now) == before
        again = export("records", workspace=now).content
        assert again == file.read_bytes()
    with pytest.raises(BadInput, match="leave --about and --since out"):
        export("records", about="Ada Example", workspace=room)


def test_a_coding_database_holds_texts_places_coders_and_codes(room, tmp_path):
    file = export("dna", tmp_path / "work.dna", workspace=room).files[0]
    study = coding(file)
    assert study.notes == ()
    [document] = study.documents
    assert document.text == TEXT.strip()
    names = {variable.id: variable.name for variable in study.variables}
    entities = {entity.id: entity.value for entity in study.entities}
    kinds = {variable.id: variable.kind for variable in study.variables}
    told = []
    for coded in study.statements:
        row = {"coder": dict(study.coders)[coded.coder]}
        units = document.text.encode("utf-16-le")[
            2 * coded.start : 2 * coded.stop
        ]
        row["place"] = units.decode("utf-16-le")
        for number, value in coded.values:
            is_name = kinds[number] == "short text"
            row[names[number]] = entities[value] if is_name else value
        told.append(row)
    urged = [row for row in told if row["actor"] == "Ada Example"]
    assert {row["topic"] for row in urged} == {"compensation", "safeguards"}
    for row in urged:
        assert (row["coder"], row["place"]) == ("ada", "urged Studio Nine")
        assert row["words"] == row["place"]
        codes = [row[name] for name in ("modality", "basis", "date", "status")]
        assert codes == ["future", "allegation", "2025-10", "accepted"]
        assert (row["stance"], row["negated"]) == (1, True)
    other = workspace.find(init(tmp_path / "other").root)
    onrecord.add([file], workspace=other)
    back = export(
        "dna", tmp_path / "back.dna", workspace=workspace.find(other.root)
    )
    assert coding(back.files[0]) == study


def test_a_sheet_holds_every_field_and_changes_nothing_by_itself(room):
    items = waiting(room)
    sheets = {suffix: sheet_file(items, suffix) for suffix in (".csv", ".xlsx")}
    for suffix, content in sheets.items():
        assert verdicts(content, "ada", room, f"sheet{suffix}") == []
    head, row = sheets[".csv"].decode("utf-8-sig").splitlines()
    assert set(FIELDS) <= set(head.split(","))
    assert shown(items[0].statement, "words") in row
    judged = sheets[".csv"].replace(b",,Studio", b",accepted,Studio", 1)
    [verdict] = verdicts(judged, "ada", room, "sheet.csv")
    assert (verdict.status, dict(verdict.edits)) == ("accepted", {})
