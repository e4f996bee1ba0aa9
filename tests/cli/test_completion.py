"""What the shell completes, of an invented workspace."""

import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import typer
from typer._completion_classes import BashComplete, ZshComplete
from typer.main import get_command

from onrecord.cli import completion
from onrecord.cli.app import COMMANDS, app
from onrecord.cli.quick import LINES as QUICK
from onrecord.cli.quick import Line, complete
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


SHELLS = {"complete_bash": BashComplete, "complete_zsh": ZshComplete}


@pytest.mark.usefixtures("shell")
@pytest.mark.parametrize("name", SHELLS)
def test_names_are_told_without_typer_as_they_are_with_it(
    small: Workspace,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
) -> None:
    slow = SHELLS[name](get_command(app), {}, "onrecord", "_ONRECORD_COMPLETE")
    monkeypatch.setenv("_ONRECORD_COMPLETE", name)
    for line in ("show Ada", "path Ada-Example Stu", "list x --topic job"):
        words = f"onrecord -C {small.root} {line}"
        monkeypatch.setenv("COMP_WORDS", words)
        monkeypatch.setenv("COMP_CWORD", str(len(words.split()) - 1))
        monkeypatch.setenv("_TYPER_COMPLETE_ARGS", words)
        wanted = slow.complete()
        assert "Example" in wanted or "-" in wanted
        assert complete()
        assert capsys.readouterr().out == f"{wanted}\n"


IMPORTED = """
import sys
from onrecord.cli import main
main()
print(*sys.modules)
"""


def test_a_shell_that_waits_imports_little(
    small: Workspace, shell: BashComplete, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell.get_completions(["-C", str(small.root), "show"], "Ada")
    monkeypatch.setenv("_ONRECORD_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", f"onrecord -C {small.root} show Ada")
    monkeypatch.setenv("COMP_CWORD", "4")
    done = subprocess.run(
        [sys.executable, "-c", IMPORTED],
        capture_output=True,
        text=True,
        timeout=250,
        check=True,
    )
    name, imported = done.stdout.splitlines()
    assert name == "Ada-Example"
    assert {"typer", "shutil", "tempfile"}.isdisjoint(imported.split())


@pytest.mark.usefixtures("shell")
@pytest.mark.parametrize(
    "words", ["query who-u", "show 'Ada", "show --to", "init Ada", "show Ada"]
)
def test_what_is_no_name_or_not_kept_is_left_to_typer(
    small: Workspace, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    monkeypatch.setenv("_ONRECORD_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", f"onrecord -C {small.root} {words}")
    monkeypatch.setenv("COMP_CWORD", "4")
    assert not complete()


def test_the_places_of_names_are_those_that_the_commands_declare() -> None:
    group = get_command(app)
    declared: dict[str, Line] = {}
    for name in COMMANDS:
        parameters = group.get_command(typer.Context(group), name).params
        line = declared_line(parameters)
        if any((*line.arguments, *line.options.values())):
            declared[name] = line
    assert declared == dict(QUICK)


def declared_line(parameters: Sequence[Any]) -> Line:
    arguments = []
    options = {}
    for parameter in parameters:
        if parameter.param_type_name == "argument":
            arguments.append(kind_of(parameter))
        elif not parameter.is_flag:
            options.update(dict.fromkeys(parameter.opts, kind_of(parameter)))
    return Line(tuple(arguments), options)


def kind_of(parameter: Any) -> str:
    kinds = {completion.entities: "entity", completion.topics: "topic"}
    wrapped = within(getattr(parameter, "_custom_shell_complete", None))
    return next((kinds[of] for of in wrapped if of in kinds), "")


def within(function: Any) -> Iterator[Callable[..., Any]]:
    """A function and those that it closes over."""
    yield function
    for cell in getattr(function, "__closure__", None) or ():
        if callable(cell.cell_contents):
            yield from within(cell.cell_contents)
