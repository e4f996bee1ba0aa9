"""A scripted person reviews 100 statements, mends 15 and adds 10: at the desk, in the terminal, in a spreadsheet."""

import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

import onrecord
from benches.page import FLAGS
from onrecord import workspace
from onrecord.editing.review_sheet import COLUMNS
from onrecord.editing.reviewing import waiting

TEXTS = Path(__file__).parents[1] / "tests" / "data" / "news" / "texts"
STATEMENTS, EDITS, ADDITIONS = 100, 15, 10
PACE = 0.3
"""Seconds between two keys of a person."""
RELATION, OBJECT, STANCE = "criticizes", "safeguards", "critical"
WAITS = "#list .card.chosen.unreviewed"
PROGRAM = Path(sys.executable).with_name("onrecord")


@dataclass
class Work:
    """The keys that a person presses, by what for, and the seconds in which the program makes him wait."""

    accepting: int = 0
    mending: int = 0
    adding: int = 0
    names: int = 0
    waited: float = 0.0
    additions: int = ADDITIONS

    def told(self, where: str) -> str:
        """A line of the comparison."""
        verdicts = self.accepting + self.mending
        added = self.adding + self.names
        seconds = (verdicts + added) * PACE + self.waited
        accept = self.accepting / (STATEMENTS - EDITS)
        mend = self.mending / EDITS
        add = f"{self.adding / ADDITIONS:.1f}" if self.additions else "none"
        return (
            f"  {where:12} keys: {accept:.2f} an accept, {mend:.1f} an edit, {add} an addition"
            f" beyond names; {verdicts} for verdicts, {added} for additions; {seconds:.0f} s,"
            f" of them {self.waited:.1f} s of waiting"
        )


def main() -> None:
    """Prints keys and seconds of the same work at three places."""
    with tempfile.TemporaryDirectory() as name:
        where = workspace.find(workspace.init(Path(name) / "room").root)
        onrecord.add(sorted(map(str, TEXTS.glob("dev-*.txt"))), workspace=where)
        print(_terminal().told("terminal"))
        print(_spreadsheet().told("spreadsheet"))
        before = len(waiting(where))
        with _serving(where.root) as address:
            print(_at_desk(address).told("desk"))
        left = len(waiting(workspace.find(where.root)))
        print(f"  written at the desk: {before - left} verdicts")


def _is_edit(number: int) -> bool:
    return number * EDITS // STATEMENTS != (number + 1) * EDITS // STATEMENTS


def _terminal() -> Work:
    """One key a verdict; a field by its name, Enter, its value, Enter, and Enter to be done."""
    edit = len("e") + len("stance") + 1 + len(STANCE) + 1 + 1
    return Work(STATEMENTS - EDITS, EDITS * edit, additions=0)


def _spreadsheet() -> Work:
    """A letter, which the column completes, and Enter; the way to a field's column, its value, and back.

    What the program missed cannot be added in the sheet.
    """
    way = COLUMNS.index("stance") - COLUMNS.index("verdict")
    edit = 1 + way + len(STANCE) + 1 + way
    return Work(2 * (STATEMENTS - EDITS), EDITS * edit, additions=0)


@contextmanager
def _serving(root: Path | None) -> Iterator[str]:
    """The address of the desk, with its token."""
    line = [PROGRAM, "-C", root, "review", "--web", "--no-browser"]
    with subprocess.Popen(
        [*map(str, line)], stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None  # noqa: S101  it is a pipe
        told = next(line for line in process.stderr if "/-/desk" in line)
        found = re.search(r"http://\S+", told)
        yield found[0] if found else ""
        process.terminate()


def _at_desk(address: str) -> Work:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    work = Work()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=FLAGS
        )
        page = browser.new_page()
        page.goto(address)
        page.wait_for_selector(WAITS)
        asked = "fetch('/-/desk/names?q=a').then((told) => told.json())"
        name = page.evaluate(asked)["names"][0]["name"]
        for number in range(STATEMENTS):
            if _is_edit(number):
                work.mending += _mend(page)
            else:
                work.accepting += _press(page, "a")
            work.waited += _until(page, WAITS)
            if number % (STATEMENTS // ADDITIONS) == 0:
                _add(page, work, name)
        page.wait_for_timeout(3000)
        browser.close()
    return work


def _press(page: Page, *keys: str) -> int:
    for key in keys:
        page.wait_for_timeout(PACE * 1000)
        page.keyboard.press(key)
    return len(keys)


def _mend(page: Page) -> int:
    """The stance, by the first letters of its name."""
    return _press(page, "e", *["Tab"] * 5, "c", "r", "Enter")


def _add(page: Page, work: Work, name: str) -> None:
    """Three words marked; who says what of whom."""
    work.adding += _press(page, "t", *["Shift+ArrowRight"] * 3, "c")
    for text, key in ((name, "Tab"), (RELATION, "Tab"), (OBJECT, "Enter")):
        page.keyboard.type(text)
        work.names += len(text)
        work.adding += _press(page, key)
    work.waited += _until(page, "#editor", state="hidden")


def _until(page: Page, selector: str, state: str = "visible") -> float:
    since = time.perf_counter()
    page.wait_for_selector(selector, state=state)  # type: ignore[arg-type]
    return time.perf_counter() - since
