"""The documentation is true: every command in it runs, and prints what stands below it.

Each page is run in a folder of its own, in its order. `ONRECORD_PASTE=1 pytest
tests/test_docs.py` writes what the commands print now into the pages, to be read and
then committed.
"""

import doctest
import importlib.util
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
LONGEST = 150
PAGES = [README, *sorted((ROOT / "docs").rglob("*.md"))]
OTHERS = [
    ROOT / name
    for name in (
        "CONTRIBUTING.md",
        "SECURITY.md",
        "graphs/README.md",
        "ontology/README.md",
        "queries/README.md",
    )
]
pytestmark = pytest.mark.slow


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def name_of(page: Path) -> str:
    return str(page.relative_to(ROOT))


def commands(block: str) -> Iterator[str]:
    """Each command of a block: the line after `$ ` and the lines after `> `, without those signs."""
    lines = [
        line
        for line in block.splitlines()
        if line.startswith(("$ ", "> ")) or line == ">"
    ]
    yield from re.split(r"\n?^\$ ", "\n".join(lines), flags=re.MULTILINE)[1:]


def script(blocks: list[str], said: Path) -> str:
    """All commands of a page as one script, each followed by a mark, so that one folder and one shell serve them.

    What a command says on standard error goes through a file, to stand after its answer and never in its midst.
    """
    lines = []
    for block in blocks:
        for command in commands(block):
            plain = re.sub(r"^> ?", "", command, flags=re.MULTILINE)
            lines.append(
                f"{{\n{plain}\n}} 2>'{said}'\ncat '{said}'\nprintf '{END}'\n"
            )
    return "".join(lines)


class Ports:
    """The ports that a page names, each exchanged for a free one, since another program may have it."""

    def __init__(self, text: str, free: Callable[[], int]) -> None:
        named = sorted({*re.findall(r"--port (\d+)", text)})
        self.free = {port: str(free()) for port in named}

    def to_free(self, text: str) -> str:
        """What a page says, with the free ports."""
        for port, other in self.free.items():
            text = re.sub(rf"(--port |:){port}\b", rf"\g<1>{other}", text)
        return text

    def to_named(self, text: str) -> str:
        """What a command prints, with the ports of the page."""
        for port, other in self.free.items():
            text = re.sub(rf":{other}\b", f":{port}", text)
        return text


def printed(page: Path, folder: Path, free: Callable[[], int]) -> list[str]:
    """What each command of a page prints, in an empty folder, 100 columns wide."""
    inside = folder / "page"
    inside.mkdir()
    ports = Ports(text_of(page), free)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    run = subprocess.run(
        [
            shutil.which("bash") or "/bin/sh",
            "-c",
            script(
                BLOCK.findall(ports.to_free(text_of(page))), folder / "said"
            ),
        ],
        cwd=inside,
        env=os.environ | {"PATH": path, "COLUMNS": "100", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        timeout=850,
        check=False,
    )
    assert run.stderr == ""
    assert "Traceback (most recent call last)" not in run.stdout
    return [
        ports.to_named(text).replace(str(inside), "…")
        for text in run.stdout.split(END)[:-1]
    ]


def filled(outputs: Iterator[str]) -> Callable[[re.Match[str]], str]:
    """Puts what was printed below each command of a block."""

    def fill(block: re.Match[str]) -> str:
        shown = (
            f"$ {command}\n{next(outputs).rstrip()}".rstrip() + "\n"
            for command in commands(block[1])
        )
        return "```console\n" + "\n".join(shown) + "```"

    return fill


def test_the_ports_of_a_page_are_exchanged_for_free_ones_and_back() -> None:
    ports = Ports("$ serve --port 8123 &\n$ serve --port 8124", [22, 33].pop)
    line = "serve --port 8123; get http://127.0.0.1:8124/81234"
    freed = "serve --port 33; get http://127.0.0.1:22/81234"
    assert ports.to_free(line) == freed
    assert ports.to_named("http://127.0.0.1:22/") == "http://127.0.0.1:8124/"


@pytest.mark.timeout(900)  # some thirty commands
@pytest.mark.parametrize(
    "page", [page for page in PAGES if BLOCK.search(text_of(page))], ids=name_of
)
def test_every_command_prints_what_the_page_shows(
    page: Path, tmp_path: Path, free_port: Callable[[], int]
) -> None:
    if "curl" in text_of(page) and not shutil.which("curl"):
        pytest.skip("no curl here, which the page asks the server with")
    text = text_of(page)
    true = BLOCK.sub(filled(iter(printed(page, tmp_path, free_port))), text)
    if os.environ.get("ONRECORD_PASTE") == "1":
        page.write_text(true, encoding="utf-8")
    else:
        assert text == true


@pytest.mark.parametrize(
    "page", [page for page in PAGES if ">>> " in text_of(page)], ids=name_of
)
def test_the_python_of_a_page_runs(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    name = name_of(page)
    parser = doctest.DocTestParser()
    examples = parser.get_doctest(text_of(page), {}, name, str(page), 0)
    assert examples.examples
    assert doctest.DocTestRunner().run(examples).failed == 0


def test_every_command_and_every_format_stands_in_the_docs() -> None:
    text = "".join(map(text_of, PAGES))
    named = typer.main.get_command(app).commands
    assert [name for name in named if f"onrecord {name}" not in text] == []
    assert [name for name in FORMATS if name not in text] == []


@pytest.mark.parametrize("page", [*PAGES, *OTHERS], ids=name_of)
def test_every_link_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", text_of(page))
    targets = [link.partition("#")[0] for link in links if "://" not in link]
    missing = [
        target
        for target in targets
        if not page.parent.joinpath(target).exists()
    ]
    assert missing == []


def test_the_readme_is_short_and_leads_to_every_page() -> None:
    text = text_of(README)
    assert text.count("\n") <= LONGEST
    pages = [name_of(page) for page in PAGES[1:]]
    assert [page for page in pages if page not in text] == []


def test_the_first_commands_are_goals_of_the_makefile() -> None:
    makefile = text_of(ROOT / "Makefile")
    goals = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    named = set(
        re.findall(r"^    make ([a-z]+)", text_of(README), re.MULTILINE)
    )
    assert named == {"demo", "test"}
    assert named <= goals


def test_the_reference_of_commands_is_what_the_program_says() -> None:
    path = ROOT / "docs" / "commands.py"
    spec = importlib.util.spec_from_file_location("commands", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert text_of(module.TARGET) == module.page(), (
        "write it again: .venv/bin/python docs/commands.py"
    )
