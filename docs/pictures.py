"""Draws the pictures of the README and of the desk anew: `python docs/pictures.py`, where Chromium is installed."""

import io
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

import onrecord
from onrecord import workspace

HERE = Path(__file__).parent
SIZE = {"width": 1280, "height": 800}
FLAGS = [
    *(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
    ),
    *(
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ),
]
COLOURS = 96
VIEWS = {
    "network": ("", "light"),
    "evidence": ("#line=SAG-AFTRA~OpenAI~critical~urges", "light"),
    "dark": ("#node=SAG-AFTRA", "dark"),
}
TEXTS = HERE.parent / "tests" / "data" / "news" / "texts"
PHONE = {"width": 390, "height": 844}
SERVED = {"served": "/Bryan-Cranston", "site": "/-/statements"}


def main() -> None:
    """Opens the page of the shipped graph at each view and keeps what is seen, in few colours and so few bytes."""
    found = (
        shutil.which("chromium")
        or shutil.which("chromium-browser")
        or shutil.which("google-chrome")
    )
    if not found:
        sys.exit("no Chromium here")
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        page = onrecord.view(Path(folder) / "onrecord.html")
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        for name, (view, scheme) in VIEWS.items():
            opened = browser.new_context(
                viewport=SIZE, color_scheme=scheme
            ).new_page()
            opened.goto(page.as_uri() + view)
            opened.locator("#status:not(:empty)").wait_for()
            draw(opened, HERE / f"{name}.png")
        with serving(
            ["serve", "--port", "0"], r"(http://\S+)/ serves"
        ) as address:
            for name, place in SERVED.items():
                opened = browser.new_context(viewport=SIZE).new_page()
                opened.goto(address + place, wait_until="networkidle")
                draw(opened, HERE / f"{name}.png")
        draw_desk(browser, Path(folder))
        browser.close()


def draw_desk(browser: Browser, folder: Path) -> None:
    """An edit at the desk, and the desk in the dark on a phone, over two of our own texts."""
    root = workspace.init(folder / "room").root
    where = workspace.find(root)
    onrecord.add(
        sorted(map(str, TEXTS.glob("dev-0[47]*.txt"))), workspace=where
    )
    words = [
        "-C",
        str(root),
        "review",
        "--web",
        "--no-browser",
        "--by",
        "Ada Coder",
    ]
    with serving(words, r"(http://\S+)") as address:
        wide = browser.new_context(viewport=SIZE).new_page()
        wide.goto(address)
        wide.locator("#list li").first.wait_for()
        wide.keyboard.press("a")
        wide.keyboard.press("j")
        wide.keyboard.press("e")
        draw(wide, HERE / "how-to" / "desk-edit.png")
        dark = browser.new_context(
            viewport=PHONE, color_scheme="dark"
        ).new_page()
        dark.goto(address)
        dark.locator("#list li").first.wait_for()
        draw(dark, HERE / "how-to" / "desk-phone.png")


@contextmanager
def serving(words: Sequence[str], place: str) -> Iterator[str]:
    """The address that a server of ours prints."""
    line = [str(Path(sys.executable).with_name("onrecord")), *words]
    with subprocess.Popen(line, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None  # noqa: S101  it is a pipe
        found = re.search(place, process.stderr.readline())
        yield found[1] if found else ""
        process.terminate()


def draw(page: Page, target: Path) -> None:
    """Writes the picture when all stands still."""
    page.wait_for_timeout(500)
    picture = (
        Image.open(io.BytesIO(page.screenshot()))
        .convert("RGB")
        .quantize(COLOURS)
    )
    picture.save(target, optimize=True)
    print(f"{target.name}: {target.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()
