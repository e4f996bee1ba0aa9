"""What a person sees on a terminal: styles, and a pager for long answers."""

import os
import pty
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.cli.streams import Escaping, tinted

PAGER = "sed s/^/paged:/"
LONG = "line\n" * 30
END = b"<the end>"


class Terminal:
    """A stream on a terminal of 24 lines, and what came out at the other end."""

    def __init__(self) -> None:
        self.ours, theirs = pty.openpty()
        self.stream = Escaping(os.fdopen(theirs, "wb"), encoding="utf-8")

    def shows(self, text: str) -> str:
        """What the terminal is sent for an answer."""
        self.stream.answer(text)
        self.stream.flush()
        os.write(self.stream.fileno(), END)
        sent = b""
        while not sent.endswith(END):  # what was sent comes in pieces
            sent += os.read(self.ours, 1 << 16)
        return sent.removesuffix(END).decode().replace("\r\n", "\n")


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    """A terminal without colours, with a pager that marks its lines."""
    for name, value in {
        "PAGER": PAGER,
        "NO_COLOR": "1",
        "LINES": "24",
        "TERM": "xterm",
    }.items():
        monkeypatch.setenv(name, value)
    opened = Terminal()
    monkeypatch.setattr("sys.stdin", opened.stream)  # keys come from there too
    yield opened
    opened.stream.close()
    os.close(opened.ours)


def test_a_long_answer_goes_through_the_pager(terminal: Terminal) -> None:
    assert terminal.shows(LONG) == LONG.replace("line", "paged:line")


def test_a_short_answer_does_not(terminal: Terminal) -> None:
    assert terminal.shows("line\n") == "line\n"


def test_no_answer_does_with_the_pager_turned_off(terminal: Terminal) -> None:
    terminal.stream.is_paged = False
    assert terminal.shows(LONG) == LONG


def test_a_pager_that_is_not_there_hides_nothing(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAGER", "no-such-pager")
    assert terminal.shows(LONG) == LONG


@pytest.mark.parametrize(
    ("name", "value", "is_styled"),
    [("NO_COLOR", "", True), ("NO_COLOR", "0", False), ("TERM", "dumb", False)],
)
def test_colours_are_sent_where_they_are_wanted(
    terminal: Terminal,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    value: str,
    *,
    is_styled: bool,
) -> None:
    monkeypatch.setenv("NO_COLOR", "")
    monkeypatch.setenv(name, value)
    assert ("\x1b[1m" in terminal.shows("Ada Example\n")) is is_styled


def test_no_style_comes_from_the_text_itself(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "")
    shown = terminal.shows("Ada\n\x1b[31mred [critical]\n")
    assert (
        shown == "\x1b[1mAda\x1b[0m\n\\x1b[31mred \x1b[33m[critical]\x1b[0m\n"
    )


def test_stances_and_ids_have_their_colours() -> None:
    shown = tinted("head\nurges [supportive] · st:0afab6f24db7 [other]\n")
    assert "\x1b[34m[supportive]\x1b[0m" in shown
    assert "\x1b[2mst:0afab6f24db7\x1b[0m" in shown
    assert " [other]\n" in shown


def test_what_is_no_terminal_is_sent_the_text_alone(tmp_path: Path) -> None:
    place = tmp_path / "answer"
    with Escaping(place.open("wb"), encoding="utf-8") as stream:
        stream.answer(f"Ada [critical]\n{LONG}")
    assert place.read_text(encoding="utf-8") == f"Ada [critical]\n{LONG}"
