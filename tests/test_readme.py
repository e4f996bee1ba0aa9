"""The README is true: every command in it runs, and prints what stands below it.

`ONRECORD_PASTE=1 pytest tests/test_readme.py` writes what the commands print now into the README, to be read and then
committed.
"""

import doctest
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import typer

from onrecord.cli.app import app
from onrecord.formats.registry import FORMATS

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)
END = "\x1e"


def commands(block: str) -> Iterator[str]:
    """Each command of a block: the line after `$ ` and the lines after `> `, without those signs."""
    lines = [
        line
        for line in block.splitlines()
        if line.startswith(("$ ", "> ")) or line == ">"
    ]
    yield from re.split(r"\n?^\$ ", "\n".join(lines), flags=re.MULTILINE)[1:]


def script(blocks: list[str], said: Path) -> str:
    """All commands as one script, each followed by a mark, so that one folder and one shell serve them all.

    What a command says on standard error goes through a file, to stand after its answer and never in its midst.
    """
    told = [
        re.sub(r"^> ?", "", command, flags=re.MULTILINE)
        for block in blocks
        for command in commands(block)
    ]
    return "".join(
        f"{{\n{command}\n}} 2>'{said}'\ncat '{said}'\nprintf '{END}'\n"
        for command in told
    )


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What each command prints, in the README's order, run in an empty folder 100 columns wide."""
    if not shutil.which("curl"):
        pytest.skip("no curl here, which the README asks the server with")
    folder, said = (
        tmp_path_factory.mktemp("readme"),
        tmp_path_factory.mktemp("said") / "said",
    )
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    run = subprocess.run(
        [
            shutil.which("bash") or "/bin/sh",
            "-c",
            script(BLOCK.findall(README.read_text(encoding="utf-8")), said),
        ],
        cwd=folder,
        env=os.environ | {"PATH": path, "COLUMNS": "100", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert run.stderr == ""
    return [text.replace(str(folder), "…") for text in run.stdout.split(END)[:-1]]


def filled(outputs: Iterator[str]) -> Callable[[re.Match[str]], str]:
    """Puts what was printed below each command of a block."""

    def fill(block: re.Match[str]) -> str:
        shown = (
            f"$ {command}\n{next(outputs).rstrip()}".rstrip() + "\n"
            for command in commands(block[1])
        )
        return "```console\n" + "\n".join(shown) + "```"

    return fill


@pytest.mark.timeout(300)
def test_every_command_prints_what_the_readme_shows(printed: list[str]) -> None:
    text = README.read_text(encoding="utf-8")
    true = BLOCK.sub(filled(iter(printed)), text)
    if os.environ.get("ONRECORD_PASTE") == "1":
        README.write_text(true, encoding="utf-8")
    else:
        assert text == true


def test_the_python_of_the_readme_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    examples = doctest.DocTestParser().get_doctest(
        README.read_text(encoding="utf-8"), {}, "README", str(README), 0
    )
    assert examples.examples
    assert doctest.DocTestRunner().run(examples).failed == 0


def test_every_command_and_every_format_stands_in_the_readme() -> None:
    text = README.read_text(encoding="utf-8")
    named = typer.main.get_command(app).commands
    assert [name for name in named if f"onrecord {name}" not in text] == []
    assert [name for name in FORMATS if name not in text] == []


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "CONTRIBUTING.md",
        "graphs/README.md",
        "ontology/README.md",
        "queries/README.md",
    ],
)
def test_every_link_leads_somewhere(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    targets = [
        target.partition("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", text)
    ]
    missing = [
        each
        for each in targets
        if "://" not in each and not (ROOT / name).parent.joinpath(each).exists()
    ]
    assert missing == []


def test_the_first_commands_are_goals_of_the_makefile() -> None:
    goals = set(
        re.findall(
            r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE
        )
    )
    assert (
        set(
            re.findall(
                r"^    make ([a-z]+)", README.read_text(encoding="utf-8"), re.MULTILINE
            )
        )
        == {"demo", "test"}
        <= goals
    )
