"""The short commands: questions, list, search and stats."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from onrecord.cli.list import Kind
from onrecord.querying.question import questions
from onrecord.workspace import Workspace

if TYPE_CHECKING:
    from subprocess import CompletedProcess

Command = Callable[..., "CompletedProcess[str]"]


def test_every_question_is_listed_with_its_title(
    command: Command, shipped: Workspace
) -> None:
    found = command("questions")
    assert (found.returncode, found.stderr) == (0, "")
    text = " ".join(found.stdout.split())
    asked = questions(shipped)
    assert len(asked) >= 20
    for each in asked:
        assert each.name in text
    assert max(map(len, found.stdout.splitlines())) <= 80


@pytest.mark.parametrize(
    "kind", [kind for kind in Kind if kind is not Kind.statements]
)
def test_each_kind_is_listed(
    command: Command, small: Workspace, kind: Kind
) -> None:
    for where in ([], ["-C", str(small.root)]):
        found = command(*where, "list", kind.value)
        assert (found.returncode, found.stderr) == (0, "")
        # An address is never cut, however long.
        assert (
            max(
                len(line)
                for line in found.stdout.splitlines()
                if "://" not in line
            )
            <= 80
        )


def test_an_unknown_kind_is_wrong_usage_and_the_kinds_are_told(
    command: Command,
) -> None:
    found = command("list", "people")
    assert found.returncode == 2
    assert "actors" in found.stderr


def test_actors_of_a_workspace_are_its_own(
    command: Command, small: Workspace
) -> None:
    found = command("-C", small.root, "list", "actors")
    assert "Ada Example" in found.stdout
    assert "SAG-AFTRA" not in found.stdout


@pytest.mark.parametrize(
    "text", ["DIGITAL double", 'pay for "digital doubles"', "Example"]
)
def test_a_text_is_found_in_any_case(
    command: Command, small: Workspace, text: str
) -> None:
    found = command("-C", small.root, "search", text)
    assert (found.returncode, found.stderr) == (0, "")
    assert "Ada Example" in " ".join(found.stdout.split())


@pytest.mark.parametrize("text", ["zebra", '" } #', "\\u0022", ".*", "("])
def test_a_text_that_is_nowhere_is_not_found_whatever_it_holds(
    command: Command, small: Workspace, text: str
) -> None:
    found = command("-C", small.root, "search", text)
    assert (found.returncode, found.stdout, found.stderr) == (
        0,
        "nothing found\n",
        "",
    )


def test_no_text_is_searched_for_in_vain(command: Command) -> None:
    found = command("search", " ")
    assert (found.returncode, found.stdout) == (1, "")
    assert found.stderr.startswith("onrecord: nothing to search for")


def test_who_asks_for_a_topic_s_dossier_is_told_the_question(
    command: Command,
) -> None:
    for name in ("deepfakes", "topic:deepfakes"):
        found = command("show", name)
        assert found.returncode == 1
        assert found.stderr.endswith(
            "onrecord query on-topic --param topic=deepfakes\n"
        )


def test_stats_count_what_the_graph_holds(
    command: Command, small: Workspace
) -> None:
    found = command("-C", small.root, "stats")
    assert (found.returncode, found.stderr) == (0, "")
    numbers = {
        " ".join(line.split()[:-1]): line.split()[-1]
        for line in found.stdout.splitlines()[2:]
        if line.strip()
    }
    assert (
        numbers["documents"],
        numbers["statements"],
        numbers["entities"],
    ) == (
        "1",
        "1",
        "4",
    )
    assert numbers["edges"] == "1"


def test_questions_are_one_line_each_and_one_is_told_in_full(command) -> None:
    listed = command("questions").stdout.splitlines()
    assert any(line.split()[0] == "who-urges-whom" for line in listed)
    assert all(len(line) <= 80 and not line.startswith(" ") for line in listed)
    told = command("questions", "statements-by").stdout
    assert "--param actor=…" in told
    assert "newest first" in told
    assert "did you mean" in command("questions", "who-urge-whom").stderr
