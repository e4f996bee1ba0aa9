"""The program's streams: closed, full, or of another encoding, and never a traceback."""

import io
import os
import pty
import re
import shutil
import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from onrecord import workspace
from onrecord.cli import streams

Desk = Any
Command = Callable[..., "subprocess.CompletedProcess[str]"]
FULL = Path("/dev/full")
OBEYS = (
    ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
    if os.geteuid() == 0
    else []
)
"""What makes root, too, obey the permissions of files."""


@pytest.mark.parametrize(
    ("words", "code"),
    [(["stats"], 0), (["query", "ASK {}", "-f", "csv"], 0), (["show", "?"], 1)],
)
def test_a_closed_stream_changes_nothing_else(
    program: Path, tmp_path: Path, words: list[str], code: int
) -> None:
    closed = ["sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh", program, *words]
    assert (
        subprocess.run(
            closed, cwd=tmp_path, timeout=250, check=False
        ).returncode
        == code
    )


def test_a_closed_error_stream_leaves_the_answer_whole(
    program: Path, tmp_path: Path
) -> None:
    closed = [
        "sh",
        "-c",
        'exec "$@" 2>&-',
        "sh",
        program,
        "query",
        "ASK {}",
        "-f",
        "csv",
    ]
    found = subprocess.run(
        closed, cwd=tmp_path, capture_output=True, timeout=250, check=False
    )
    assert (found.returncode, found.stdout) == (0, b"answer\ntrue\n")


@pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize(
    "words",
    [["stats"], ["-h"], ["path", "Netflix", "OpenAI"], ["export", "csv"]],
)
def test_an_output_that_takes_no_more_is_said(
    program: Path, tmp_path: Path, words: list[str]
) -> None:
    with FULL.open("wb") as full:
        found = subprocess.run(
            [program, *words],
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=250,
            check=False,
        )
    assert (found.returncode, found.stderr) == (
        1,
        "onrecord: standard output: No space left on device\n",
    )


@pytest.mark.parametrize(
    "words",
    [
        ["path", "Bryan Cranston", "OpenAI"],
        ["show", "Bryan Cranston"],
        ["questions"],
    ],
)
def test_a_locale_without_unicode_is_no_hindrance(
    command: Command, words: list[str]
) -> None:
    plain = {
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONIOENCODING": "ascii",
    }
    found = command(*words, env=plain, text=None)
    assert (found.returncode, found.stderr) == (0, b"")
    assert found.stdout.decode() == command(*words).stdout


def test_a_name_in_an_unknown_encoding_is_told_back(command: Command) -> None:
    found = command(
        "show", b"Ad\xe9".decode(errors="surrogateescape"), text=None
    )
    assert found.returncode == 1
    assert b"the argument Ad\\udce9 is not UTF-8" in found.stderr


@pytest.mark.parametrize(
    "words",
    [["stats"], ["check"], ["add", "records.jsonl"], ["remove", "x"], ["view"]],
)
@pytest.mark.parametrize("closed", ["graphs", "graphs/documents"])
def test_a_folder_that_may_not_be_read_is_named(
    program: Path, desk: Desk, words: list[str], closed: str
) -> None:
    if OBEYS and not shutil.which(OBEYS[0]):
        pytest.skip(
            "root obeys no permissions, and setpriv (util-linux) is not installed"
        )
    desk.put(desk.told(desk.said()))
    folder = desk.workspace.root / closed
    folder.chmod(0)
    found = subprocess.run(
        [*OBEYS, program, *words],
        cwd=desk.workspace.root,
        capture_output=True,
        text=True,
        timeout=250,
        check=False,
    )
    folder.chmod(0o755)
    assert (found.returncode, found.stdout) == (1, "")
    assert found.stderr.startswith(f"onrecord: {desk.graphs}")
    assert "Permission denied" in found.stderr


def all_sent(terminal: int) -> bytes:
    """What came to a terminal, piece by piece, until its other side was closed, which Linux tells as an error."""
    sent = b""
    with suppress(OSError):
        while piece := os.read(terminal, 1 << 16):
            sent += piece
    return sent


EVIL = "Ada \x1b[31mExample\x1b]0;title\x07 \u202egnp.exe"


def test_no_control_character_of_a_name_reaches_a_terminal(
    program: Path, tmp_path: Path
) -> None:
    root = workspace.init(tmp_path / "room").root
    written = EVIL.encode("unicode_escape").decode().replace("\\x", "\\u00")
    (root / "graphs" / "entities.ttl").write_text(
        "@prefix : <https://w3id.org/onrecord/> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        f':Ada a :Person ; rdfs:label "{written}"@en .\n',
        encoding="utf-8",
    )
    for words in (["entities"], ["show", ":Ada"], ["show", EVIL + "?"]):
        ours, theirs = pty.openpty()
        line = [program, "-C", root, *words]
        plain = os.environ | {"NO_COLOR": "1"}
        subprocess.run(
            line,
            stdout=theirs,
            stderr=theirs,
            check=False,
            timeout=250,
            env=plain,
        )
        os.close(theirs)
        shown = all_sent(ours).decode()
        os.close(ours)
        assert re.search(r"\\(x|u00)1b\[31m", shown)
        assert not re.search("[\x00-\x08\x1b\x07\u202e]", shown)


def test_a_stream_that_waits_for_nothing_still_shows_each_line_at_once() -> (
    None
):
    below = io.BytesIO()
    shown = streams._escaping(  # noqa: SLF001  as PYTHONUNBUFFERED has it
        io.TextIOWrapper(below, write_through=True), "strict"
    )
    print("1 of 2", file=shown)
    assert below.getvalue() == b"1 of 2\n"
