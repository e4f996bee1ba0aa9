import base64
import hashlib
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from onrecord.discourse.choice import Choice, network
from onrecord.editing import add
from onrecord.formats.codings import coding_of
from onrecord.formats.dna import PASSWORD, dna, password
from onrecord.formats.export import export
from onrecord.ingest.dna import coding
from onrecord.model import (
    CodedDocument,
    CodedEntity,
    CodedStatement,
    Coding,
    Variable,
)
from onrecord.model.errors import BadInput
from onrecord.querying.ask import Graph
from onrecord.workspace import init

TEXT = "Studio Nine 🎬 wants a levy.\nThe guild does not, and says: “never”."
ATTRIBUTES = (("Alias", ""), ("Type", "firm"))
STUDY = Coding(
    types=((1, "DNA Statement"), (2, "Annotation")),
    variables=(
        Variable(1, "organization", "short text", 1),
        Variable(2, "concept", "short text", 1),
        Variable(3, "agreement", "boolean", 1),
        Variable(4, "strength", "integer", 1),
        Variable(5, "note", "long text", 2),
        Variable(6, "concept", "short text", 2),
    ),
    coders=((1, "Admin"), (2, "Cleo")),
    entities=(
        CodedEntity(1, 1, "Studio Nine", ATTRIBUTES, (255, 128, 0)),
        CodedEntity(2, 1, "Guild", ATTRIBUTES, child_of=1),
        CodedEntity(3, 2, "levy"),
        CodedEntity(4, 2, ""),
        CodedEntity(5, 6, "levy"),
    ),
    documents=(
        CodedDocument(
            1,
            "A paper",
            TEXT,
            1704067199,
            1,
            "Ada",
            "Herald",
            "7",
            "a note",
            "news",
        ),
        CodedDocument(2, "", "Long ago.", -86_400),
    ),
    statements=(
        CodedStatement(1, 1, 1, 0, 28, 1, ((1, 1), (2, 3), (3, True), (4, -2))),
        CodedStatement(
            2, 1, 1, 29, 45, 2, ((1, 2), (2, 3), (3, False), (4, 0))
        ),
        CodedStatement(3, 2, 2, 0, 4, None, ((5, "Two\nlines"), (6, 5))),
        CodedStatement(4, 1, 2, 0, 9, 2, ((1, 2), (2, 4), (3, True))),
    ),
    settings=(
        ("date", "2024-05-01"),
        ("password", PASSWORD),
        ("version", "3.0.7"),
    ),
    regexes=("clim.*", "emission"),
)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "My study.dna"
    path.write_bytes(dna(STUDY))
    return path


@pytest.fixture
def opened(file, tmp_path):
    """A workspace that the study was added to."""
    where = init(tmp_path / "mine")
    add([file], workspace=where)
    return Graph(where)


def test_what_is_written_is_read_again(file):
    assert coding(file) == STUDY


def test_into_the_graph_and_out_again_nothing_is_lost(opened):
    assert coding_of(opened) == STUDY


def test_the_same_study_gives_the_same_bytes(file):
    assert dna(coding(file)) == file.read_bytes()


def test_the_export_is_the_study_that_was_added(opened, file, tmp_path):
    export("dna", tmp_path / "out.dna", workspace=opened.workspace)
    assert (tmp_path / "out.dna").read_bytes() == file.read_bytes()


def test_from_the_database_to_the_matrix(opened):
    choice = Choice(
        "conflict",
        variables="organization,concept,agreement",
        duplicates="include",
    )
    found = network(opened, choice)
    assert found.ties.labels == ("Guild", "Studio Nine")
    assert found.ties.matrix().toarray().tolist() == [[0, 1], [1, 0]]
    assert found.discourse.texts["my-study-1"] == "Studio Nine 🎬 wants a levy."
    scale = network(
        opened,
        replace(
            choice,
            variables="organization,concept,strength",
            method="affiliation",
        ),
    )
    assert scale.matrix.toarray().tolist() == [[0], [-2]]
    plain = network(
        opened,
        replace(choice, variables="organization,concept", method="ignore"),
    )
    assert plain.ties.matrix().sum() == 2


@pytest.mark.parametrize(
    "names", ["organization", "a,b,c,d", "organization,,agreement"]
)
def test_too_few_or_too_many_variables_are_told(opened, names):
    with pytest.raises(BadInput, match="organization,concept,agreement"):
        network(opened, Choice(variables=names))


def test_a_name_with_quotation_marks_is_a_name(opened):
    with pytest.raises(BadInput, match="no variable is called 'x\" } #'"):
        network(opened, Choice(variables='x" } #,concept'))


def test_adding_again_takes_the_place_of_what_was_there(opened, file):
    smaller = replace(
        STUDY, documents=STUDY.documents[:1], statements=STUDY.statements[:2]
    )
    file.write_bytes(dna(smaller))
    added = add([file], workspace=opened.workspace)
    assert (added.documents, added.statements) == ({"updated": 1}, {"coded": 2})
    assert coding_of(Graph(opened.workspace)) == smaller


def test_a_study_passes_the_check(command, opened):
    answer = command("-C", opened.workspace.root, "check")
    assert (
        answer.stdout
        == "2 documents, 0 statements, 0 entities: no errors, no warnings\n"
    )


def test_a_study_and_records_are_not_added_together(opened, file):
    with pytest.raises(BadInput, match="one after the other"):
        add([file, Path("records.jsonl")], workspace=opened.workspace)


def test_two_studies_do_not_fit_into_one_database(opened, file):
    other = file.with_name("other.dna")
    other.write_bytes(file.read_bytes())
    add([other], workspace=opened.workspace)
    with pytest.raises(BadInput, match="my-study, other"):
        coding_of(Graph(opened.workspace))


def test_what_could_not_be_read_is_said_when_added(command, opened, file):
    with closing(sqlite3.connect(file)) as database:
        database.execute("INSERT INTO DATABOOLEAN VALUES(99, 99, 3, 1)")
        database.commit()
    answer = command("-C", opened.workspace.root, "add", file)
    assert (answer.returncode, answer.stderr) == (
        0,
        f"onrecord: {file}: 1 values of no statement left out\n",
    )


def test_the_record_goes_out_as_a_database_with_gists_for_a_text(
    tmp_path, shipped
):
    path = export("dna", tmp_path / "graph.dna", workspace=shipped).files[0]
    found = coding(path)
    assert found.notes == ()
    by_number = {each.id: each for each in found.documents}
    gist = next(each.id for each in found.variables if each.name == "gist")
    for each in found.statements[:200]:
        words = (
            by_number[each.document]
            .text.encode("utf-16-le")[2 * each.start : 2 * each.stop]
            .decode("utf-16-le")
        )
        assert words.startswith(dict(each.values)[gist])
    assert "one statement a line" in dict(found.settings)["text"]


def test_sqlite_finds_no_fault(file):
    with closing(sqlite3.connect(file)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [
            ("ok",)
        ]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []


def test_passwords_are_stored_as_dna_stores_them():
    stored = base64.b64decode(password("Cleo"))
    digest = stored[:16] + PASSWORD.encode()
    for _ in range(100_000):
        digest = hashlib.sha256(digest).digest()
    assert (len(stored), stored[16:]) == (48, digest)
