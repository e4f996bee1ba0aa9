"""A question is a name, a file, standard input or SPARQL, and its header says what it asks."""

import io
import sys
from pathlib import Path

import pytest

from onrecord.model.errors import BadInput, UnknownName
from onrecord.querying.question import (
    Parameter,
    Question,
    named_question,
    question,
    questions,
)
from onrecord.workspace import Workspace

TEXT = """#+ title: Who?
#+ description: >-
#+   Everyone
#+   there is.
#+ params:
#+   - {name: actor, type: entity}
#+   - {name: since, type: date, default: 2024}
SELECT ?who { VALUES ?actor { UNDEF } VALUES ?since { UNDEF } ?who a :Person }
"""


def test_a_header_gives_title_description_and_parameters() -> None:
    asked = Question("who", TEXT)
    assert (asked.title, asked.description) == ("Who?", "Everyone there is.")
    assert asked.parameters == (
        Parameter("actor", "entity"),
        Parameter("since", "date", "2024"),
    )
    assert asked.has_defaults


def test_a_question_without_a_header_bears_its_name() -> None:
    asked = Question("who", "SELECT * {}")
    assert (
        asked.title,
        asked.description,
        asked.parameters,
        asked.has_defaults,
    ) == (
        "who",
        "",
        (),
        False,
    )


def test_a_name_is_a_question_of_the_workspace(small: Workspace) -> None:
    assert question("who-urges-whom", small).title.startswith("Who urges whom")


def test_a_question_of_ones_own_comes_before_a_shipped_one(
    small: Workspace,
) -> None:
    assert small.root is not None
    (small.root / "queries").mkdir()
    (small.root / "queries" / "who-urges-whom.rq").write_text(
        TEXT, encoding="utf-8"
    )
    (small.root / "queries" / "mine.rq").write_text("ASK {}", encoding="utf-8")
    from onrecord.workspace import find  # noqa: PLC0415  the folder is there now

    mine = find(small.root)
    assert question("who-urges-whom", mine).title == "Who?"
    assert question("mine", mine).sparql == "ASK {}"
    assert {"mine", "works"} <= {each.name for each in questions(mine)}


@pytest.mark.parametrize("name", ["asked.rq", "asked.txt"])
def test_a_file_is_read(
    shipped: Workspace,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    (tmp_path / name).write_text(TEXT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert question(name, shipped).name == "asked"
    assert question(str(tmp_path / name), shipped).sparql == TEXT


def test_standard_input_is_read(
    shipped: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode()))
    )
    assert question("-", shipped).sparql == TEXT


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * {}",
        "ASK{}",
        "ASK\n{}",
        "SELECT ?x { ?x a :Person }" + " " * 5000,
    ],
)
def test_a_text_with_space_or_a_brace_is_sparql(
    shipped: Workspace, text: str
) -> None:
    assert question(text, shipped).sparql == text


def test_an_unknown_name_is_told_the_nearest(shipped: Workspace) -> None:
    with pytest.raises(
        UnknownName,
        match="no question is called 'who-urge-whom'; did you mean who-urges-whom",
    ):
        question("who-urge-whom", shipped)
    with pytest.raises(UnknownName, match="did you mean who-urges-whom"):
        question("Who urges  whom", shipped)
    with pytest.raises(UnknownName, match="`onrecord questions` lists them"):
        question("zzz", shipped)


def test_a_file_that_is_not_there_is_told(shipped: Workspace) -> None:
    with pytest.raises(BadInput, match=r"nowhere\.rq: No such file"):
        question("nowhere.rq", shipped)


def test_a_file_that_is_no_utf_8_is_told(
    shipped: Workspace, tmp_path: Path
) -> None:
    (tmp_path / "asked.rq").write_bytes(b"ASK { ?x ?y '\xff' }")
    with pytest.raises(BadInput, match=r"asked\.rq: byte 13 is no UTF-8"):
        question(str(tmp_path / "asked.rq"), shipped)


@pytest.mark.parametrize(
    "header",
    [
        "#+ title: [",
        "#+ just a text",
        "#+ params: actor",
        "#+ params: [actor]",
        "#+ params: [{name: actor}]",
        "#+ params: [{name: actor, type: person}]",
        "#+ params: [{type: entity}]",
        "#+ a: &a [x, x]\n#+ title: [*a, *a]",
        "#+ title: " + "[" * 5000,
    ],
)
def test_a_header_that_cannot_be_read_is_told_with_its_file(
    header: str,
) -> None:
    with pytest.raises(BadInput, match=r"^mine\.rq: "):
        _ = Question("mine", f"{header}\nASK {{}}", "mine.rq").parameters


@pytest.mark.parametrize(
    "name",
    [
        "notes",
        "notes.rq",
        "./notes",
        "-",
        "SELECT * { ?x ?y ?z }",
        "who urges whom",
        "",
    ],
)
def test_a_name_from_elsewhere_is_a_question_s_and_no_file_s(
    shipped: Workspace,
    name: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(
        sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode()))
    )
    for file in ("notes", "notes.rq"):
        (tmp_path / file).write_text(TEXT, encoding="utf-8")
    for known in (name, str(tmp_path / name)):
        with pytest.raises(UnknownName, match="no question is called"):
            named_question(known, shipped)
    assert named_question("who-urges-whom", shipped).title
