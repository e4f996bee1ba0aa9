"""The program's streams: closed, full, or of another encoding, and never a traceback."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Command = Callable[..., "subprocess.CompletedProcess[str]"]
FULL = Path("/dev/full")


@pytest.mark.parametrize(("words", "code"), [(["stats"], 0), (["query", "ASK {}", "-f", "csv"], 0), (["show", "?"], 1)])
def test_a_closed_stream_changes_nothing_else(program: Path, tmp_path: Path, words: list[str], code: int) -> None:
    closed = ["sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh", program, *words]
    assert subprocess.run(closed, cwd=tmp_path, timeout=60, check=False).returncode == code


def test_a_closed_error_stream_leaves_the_answer_whole(program: Path, tmp_path: Path) -> None:
    closed = ["sh", "-c", 'exec "$@" 2>&-', "sh", program, "query", "ASK {}", "-f", "csv"]
    found = subprocess.run(closed, cwd=tmp_path, capture_output=True, timeout=60, check=False)
    assert (found.returncode, found.stdout) == (0, b"answer\ntrue\n")


@pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("words", [["stats"], ["-h"], ["path", "Netflix", "OpenAI"], ["export", "csv"]])
def test_an_output_that_takes_no_more_is_said(program: Path, tmp_path: Path, words: list[str]) -> None:
    with FULL.open("wb") as full:
        found = subprocess.run(
            [program, *words], cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, text=True, timeout=60, check=False
        )
    assert (found.returncode, found.stderr) == (1, "onrecord: standard output: No space left on device\n")


@pytest.mark.parametrize("words", [["path", "Bryan Cranston", "OpenAI"], ["show", "Bryan Cranston"], ["questions"]])
def test_a_locale_without_unicode_is_no_hindrance(command: Command, words: list[str]) -> None:
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}
    found = command(*words, env=plain, text=None)
    assert (found.returncode, found.stderr) == (0, b"")
    assert found.stdout.decode() == command(*words).stdout


def test_a_name_in_an_unknown_encoding_is_told_back(command: Command) -> None:
    found = command("show", b"Ad\xe9".decode(errors="surrogateescape"), text=None)
    assert found.returncode == 1
    assert b"no entity is called 'Ad\\udce9'" in found.stderr
