"""The desk's page: a frame of the site's own look, filled by the script; nothing of anybody's article is in it."""

from functools import cache
from pathlib import Path

from markupsafe import Markup

from onrecord.website.frame import static

HERE = Path(__file__).parent
FILES = frozenset(
    {
        "desk.css",
        "desk.js",
        "agreement.js",
        "alike.js",
        "ask.js",
        "codebook.js",
        "dom.js",
        "editor.js",
        "flow.js",
        "marks.js",
        "names.js",
        "verdicts.js",
    }
)
"""The desk's files; nothing else is served from this folder."""
MEDIA = {"css": "text/css", "js": "text/javascript"}
STATIC = "/-/desk/static/"
PRELOAD = Markup('<link rel="modulepreload" href="{}{}">')


@cache
def content(name: str) -> bytes:
    """What a file of the desk holds; raises FileNotFoundError for another."""
    if name not in FILES:
        raise FileNotFoundError(name)
    return (HERE / name).read_bytes()


def desk_page(coder: str, document: str, *, blind: bool) -> bytes:
    """The page for a coder, who may have no name yet; `document` is opened first."""
    return _filled(
        "desk.html", coder=coder, document=document, blind=str(blind)
    )


def door_page() -> bytes:
    """What is shown to one who comes without the token."""
    return _filled("door.html")


def _filled(name: str, **values: str) -> bytes:
    template = Markup((HERE / name).read_text(encoding="utf-8"))  # noqa: S704  our own file
    modules = sorted(name for name in FILES if name.endswith(".js"))
    lines = [PRELOAD.format(STATIC, name) for name in modules]
    styles = {"house": static("house.css"), "pages": static("pages.css")}
    return template.format(
        static=STATIC, preload=Markup("\n").join(lines), **styles, **values
    ).encode()
