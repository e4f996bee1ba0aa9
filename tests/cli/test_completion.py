"""What the shell completes, of an invented workspace."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from typer._completion_classes import BashComplete
from typer.main import get_command

from onrecord.cli.app import app
from onrecord.workspace import Workspace

LINES: list[tuple[Sequence[str], str, list[str]]] = [
    (["show"], "Ada", ["Ada-Example"]),
    (["show"], "Ada E", ["Ada Example"]),
    (["path", "Ada-Example"], "Stu", ["Studio-Nine"]),
    (["list", "statements", "--topic"], "job", ["job-displacement"]),
    (["list", "statements", "--relation"], "urg", ["urges"]),
    (["list", "statements", "--stance"], "s", ["supportive"]),
    (["query"], "who-u", ["who-urges-whom", "who-uses-ai-where"]),
    (["query", "who-urges-whom", "-p"], "wh", ["whom="]),
    (["query", "no-such", "-p"], "wh", []),
    (["export"], "graph", ["graphml"]),
    (["show"], "'; DROP", []),
    (["show"], "%", []),
]


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> BashComplete:
    """A shell whose caches are empty."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return BashComplete(get_command(app), {}, "onrecord", "_ONRECORD_COMPLETE")


@pytest.mark.parametrize(("before", "start", "wanted"), LINES)
def test_the_shell_is_told_what_may_stand_there(
    small: Workspace,
    shell: BashComplete,
    before: Sequence[str],
    start: str,
    wanted: list[str],
) -> None:
    line = ["-C", str(small.root), *before]
    items: list[Any] = shell.get_completions(line, start)
    assert [item.value for item in items] == wanted
