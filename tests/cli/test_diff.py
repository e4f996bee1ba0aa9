"""`onrecord diff` as a person runs it."""

import csv
import io
import json
import shutil
from collections.abc import Callable
from typing import Any

import pytest

from onrecord.workspace import Workspace

Command = Callable[..., Any]
DOCUMENT = "https://w3id.org/onrecord/doc/example-herald-2025-ada-asks"


@pytest.fixture
def changed(small: Workspace) -> tuple[str, str]:
    """A workspace, and one in which a statement is less sure."""
    other = small.root.with_name("other")
    shutil.copytree(small.root, other)
    file = other / "graphs" / "documents" / "example-herald-2025-ada-asks.ttl"
    file.write_text(file.read_text().replace("0.90", "0.8"))
    return str(small.root), str(other)


def test_no_difference_is_a_sentence_and_the_code_is_good(
    command: Command, small: Workspace
) -> None:
    shown = command("diff", small.root, small.root)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert shown.stdout.startswith("no difference in 4 graphs with ")
    one = command("diff", small.root, small.root, "--graph", "graph:entities")
    assert one.stdout.startswith("no difference in 1 graph with ")


def test_a_difference_is_a_row_and_the_code_tells(
    command: Command, changed: tuple[str, str]
) -> None:
    shown = command("diff", *changed)
    assert (shown.returncode, shown.stderr) == (1, "")
    assert max(map(len, shown.stdout.splitlines())) <= 80
    assert (
        "doc:example-herald-2025-ada-asks  different  1  1\n1 of 4 graphs differ\n"
        in shown.stdout
    )


def test_each_triple_has_the_sign_of_its_side(
    command: Command, changed: tuple[str, str]
) -> None:
    shown = command("diff", *changed, "--triples").stdout.splitlines()
    assert shown[0] == "doc:example-herald-2025-ada-asks"
    assert shown[1].startswith(
        "- <https://w3id.org/onrecord/statement/00000000000a> "
    )
    assert shown[2].startswith(
        "+ <https://w3id.org/onrecord/statement/00000000000a> "
    )
    assert ('"0.9"' in shown[1], '"0.8"' in shown[2]) == (True, True)
    assert shown[3] == "1 of 4 graphs differ"


def test_csv_and_json_hold_the_same_rows(
    command: Command, changed: tuple[str, str]
) -> None:
    as_csv, as_json = (
        command("diff", *changed, "--format", form) for form in ("csv", "json")
    )
    assert as_csv.returncode == as_json.returncode == 1
    assert json.loads(as_json.stdout) == [
        {"graph": DOCUMENT, "how": "different", "only_here": 1, "only_there": 1}
    ]
    assert [*csv.DictReader(io.StringIO(as_csv.stdout))] == [
        {
            "graph": DOCUMENT,
            "how": "different",
            "only_here": "1",
            "only_there": "1",
        }
    ]


def test_triples_are_rows_too(
    command: Command, changed: tuple[str, str]
) -> None:
    rows = json.loads(
        command("diff", *changed, "--triples", "--format", "json").stdout
    )
    assert [(row["graph"], row["only"]) for row in rows] == [
        (DOCUMENT, "here"),
        (DOCUMENT, "there"),
    ]
    assert '"0.8"' in rows[1]["triple"]


def test_nothing_in_json_is_an_empty_list(
    command: Command, small: Workspace
) -> None:
    shown = command("diff", small.root, small.root, "--format", "json")
    assert (shown.returncode, json.loads(shown.stdout)) == (0, [])


def test_no_word_of_a_graph_moves_the_cursor(
    command: Command, small: Workspace
) -> None:
    (small.root / "one.nt").write_text('<urn:a> <urn:b> "\u202e\\u001B[2J" .\n')
    (small.root / "two.nt").write_text("")
    shown = command(
        "diff", small.root / "one.nt", small.root / "two.nt", "--triples"
    ).stdout
    assert shown.isprintable() or {
        each for each in shown if not each.isprintable()
    } == {"\n"}


def test_what_cannot_be_compared_is_an_error(
    command: Command, small: Workspace
) -> None:
    shown = command("diff", small.root, "nowhere")
    assert (shown.returncode, shown.stdout) == (1, "")
    assert shown.stderr == (
        "onrecord: nowhere is no workspace's folder, no file that can be read, and no address of a store\n"
    )
