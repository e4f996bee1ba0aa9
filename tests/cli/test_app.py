"""The program's own options, its help, and how it ends."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import onrecord
from onrecord.cli.app import COMMANDS
from onrecord.workspace import Workspace

Command = Callable[..., "subprocess.CompletedProcess[str]"]
HEAVY = {
    "igraph",
    "jinja2",
    "networkx",
    "pyshacl",
    "pyvis",
    "rdflib",
    "rich",
    "spacy",
    "yaml",
}
IMPORTED = """
import sys
sys.argv = ["onrecord", *sys.argv[1:]]
from onrecord.cli import main
try:
    main()
finally:
    print(*{name.partition(".")[0] for name in sys.modules}, file=sys.stderr)
"""


def test_the_version_is_the_package_s(command: Command) -> None:
    assert command("--version").stdout == f"onrecord {onrecord.__version__}\n"


def test_without_a_word_the_help_is_shown_and_that_is_wrong_usage(
    command: Command,
) -> None:
    found = command()
    assert found.returncode == 2
    assert "Ask:" in found.stdout + found.stderr


@pytest.mark.parametrize(
    "words", [["-h"], ["--help"], *([name, "-h"] for name in COMMANDS)]
)
def test_help_is_plain_text_that_fits_eighty_columns(
    command: Command, words: list[str]
) -> None:
    found = command(*words)
    assert (found.returncode, found.stderr) == (0, "")
    assert found.stdout.startswith("Usage: onrecord")
    assert max(map(len, found.stdout.splitlines())) <= 80
    assert re.search(r"[─-╿]|\x1b", found.stdout) is None


def test_the_help_names_every_command_with_a_whole_sentence(
    command: Command,
) -> None:
    told = command("--help").stdout.partition("Ask:\n")[2].splitlines()
    listed = [line for line in told if line.startswith("  ")]
    assert {line.split()[0] for line in listed} == set(COMMANDS)
    assert [
        line
        for line in listed
        if not line.endswith(".") or line.endswith("...")
    ] == []


def test_completion_can_be_installed(command: Command) -> None:
    assert "--install-completion" in command("--help").stdout
    shown = command(
        "--show-completion",
        "bash",
        env={"_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"},
    )
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "_ONRECORD_COMPLETE=complete_bash" in shown.stdout


def test_an_unknown_command_is_told_the_nearest(command: Command) -> None:
    found = command("qery")
    assert found.returncode == 2
    assert "Did you mean 'query'?" in found.stderr


def test_a_folder_outside_any_workspace_is_told(
    command: Command, tmp_path: Path
) -> None:
    found = command("-C", tmp_path, "stats")
    assert found.returncode == 1
    assert "`onrecord init" in found.stderr


def test_the_workspace_around_here_is_asked_and_with_shipped_both(
    command: Command, small: Workspace
) -> None:
    people = "SELECT (COUNT(?x) AS ?n) { ?x a :Person }"
    assert (
        command("query", people, "-f", "csv", cwd=small.home).stdout == "n\n1\n"
    )
    assert (
        command("-C", small.home, "query", people, "-f", "csv").stdout
        == "n\n1\n"
    )
    both = command(
        "-C", small.home, "--with-shipped", "query", people, "-f", "csv"
    ).stdout
    assert int(both.split()[1]) > 50


def test_more_is_said_when_asked(command: Command, tmp_path: Path) -> None:
    (tmp_path / "onrecord").write_text(
        "a file where the caches would be", encoding="utf-8"
    )
    env = {"XDG_CACHE_HOME": str(tmp_path)}
    assert command("stats", env=env).stderr == ""
    assert command("-v", "stats", env=env).stderr.startswith(
        f"onrecord: no cache is kept in {tmp_path / 'onrecord'}: "
    )


def test_importing_onrecord_imports_nothing_else_of_weight() -> None:
    code = "import sys, onrecord; print(*{name.partition('.')[0] for name in sys.modules})"
    found = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        timeout=250,
        check=True,
    )
    assert (
        set(found.stdout.split()) & (HEAVY | {"pyoxigraph", "typer"}) == set()
    )


@pytest.mark.parametrize(
    "words",
    [
        ["query", "who-urges-whom", "-f", "csv"],
        ["query", "who-urges-whom", "-f", "turtle"],
        ["query", "works"],
    ],
)
def test_a_query_imports_only_what_it_needs(
    words: list[str], tmp_path: Path
) -> None:
    found = subprocess.run(
        [sys.executable, "-c", IMPORTED, *words],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=250,
        check=False,
    )
    imported = set(found.stderr.splitlines()[-1].split())
    assert {"onrecord", "typer"} <= imported
    assert imported & HEAVY == set()
