"""Draws the pictures of the README anew: `python docs/pictures.py`, where Chromium is installed."""

import io
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Page, sync_playwright

import onrecord

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
            opened = browser.new_context(viewport=SIZE, color_scheme=scheme).new_page()
            opened.goto(page.as_uri() + view)
            opened.locator("#status:not(:empty)").wait_for()
            draw(opened, HERE / f"{name}.png")
        with serving() as address:
            for name, place in SERVED.items():
                opened = browser.new_context(viewport=SIZE).new_page()
                opened.goto(address + place, wait_until="networkidle")
                draw(opened, HERE / f"{name}.png")
        browser.close()


@contextmanager
def serving() -> Iterator[str]:
    """The address of a server of the shipped graph."""
    words = [Path(sys.executable).with_name("onrecord"), "serve", "--port", "0"]
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None  # noqa: S101  it is a pipe
        found = re.search(r"(http://\S+)/ serves", process.stderr.readline())
        yield found[1] if found else ""
        process.terminate()


def draw(page: Page, target: Path) -> None:
    """Writes the picture when all stands still."""
    page.wait_for_timeout(500)
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB").quantize(COLOURS)
    picture.save(target, optimize=True)
    print(f"{target.name}: {target.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()
