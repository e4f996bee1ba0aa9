"""`onrecord pull` as a person runs it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from onrecord.workspace import Workspace

Command = Callable[..., Any]


@pytest.fixture
def pushed(command: Command, oxigraph_url: str, small: Workspace) -> str:
    """A store with the small workspace in it."""
    assert command("-C", small.root, "push", oxigraph_url).returncode == 0
    return oxigraph_url


def test_it_makes_a_workspace_that_answers_as_the_first_did(
    command: Command, pushed: str, small: Workspace, tmp_path: Path
) -> None:
    shown = command("pull", pushed, "-o", "new", "--unchecked")
    assert shown.returncode == 0
    assert (
        shown.stdout
        == f"written    2 graphs in {tmp_path / 'new' / 'graphs'}\nunchanged  0\n"
    )
    asked = [
        command("-C", where, "query", "works").stdout
        for where in (small.root, "new")
    ]
    assert asked[0] == asked[1]
    assert command("diff", small.root, "new").stdout.startswith(
        "no difference in 4 graphs"
    )


def test_it_writes_into_the_workspace_around_here(
    command: Command, pushed: str, small: Workspace
) -> None:
    shown = command("-C", small.root, "pull", pushed)
    assert (shown.returncode, shown.stdout.splitlines()[-1]) == (
        0,
        "unchanged  2",
    )


def test_without_a_workspace_it_says_where_to_write(
    command: Command, pushed: str
) -> None:
    shown = command("pull", pushed)
    assert (shown.returncode, shown.stdout) == (1, "")
    assert "no workspace here" in shown.stderr


def test_a_file_that_was_changed_and_not_pushed_is_kept(
    command: Command, pushed: str, small: Workspace
) -> None:
    file = small.graphs[0] / "entities.ttl"
    file.write_text(file.read_text().replace("Studio Nine", "Studio 9"))
    shown = command("-C", small.root, "pull", pushed)
    assert shown.returncode == 1
    assert (
        "entities.ttl: changed or removed here and not pushed; nothing was written"
        in shown.stderr
    )
    assert "Studio 9" in file.read_text()
    assert command(
        "-C", small.root, "pull", pushed, "--force"
    ).stdout.startswith("written    1 graph in ")
    assert "Studio Nine" in file.read_text()
