"""Templates → HTML: everything is escaped, and what many pages show stands here once."""

import gzip
import hashlib
import math
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from onrecord.model.counts import counted, reports
from onrecord.model.dates import MONTHS
from onrecord.model.reading_order import reads_leftwards
from onrecord.page.look import KINDS, STANCES
from onrecord.page.shell import plain_order
from onrecord.store.limits import Send
from onrecord.website.address import asked, href, node_href
from onrecord.website.publication import publication, texts

HERE = Path(__file__).parent
PAGE = HERE.parent / "page"
"""The network page's room, whose colours and search serve here too."""
MINISEARCH = PAGE / "vendor" / "minisearch" / "minisearch.min.js"
AS_ITS_LETTERS = Markup(' dir="auto"')
KIND = {kind.key: kind for kind in KINDS}
STANCE = {stance.key: stance for stance in STANCES}
CORNERS: Mapping[str, Sequence[tuple[float, float]]] = {
    "square": [(-6, -6), (6, -6), (6, 6), (-6, 6)],
    "diamond": [(0, -7), (7, 0), (0, 7), (-7, 0)],
    "hexagon": [
        (
            round(7 * math.cos(math.pi * at / 3), 1),
            round(7 * math.sin(math.pi * at / 3), 1),
        )
        for at in range(6)
    ],
    "triangle": [(0, -6.5), (6.8, 5.5), (-6.8, 5.5)],
    "triangleDown": [(0, 6.5), (6.8, -5.5), (-6.8, -5.5)],
    "star": [
        (
            round(
                (8.0 if at % 2 == 0 else 3.4) * math.sin(math.pi * at / 5), 1
            ),
            round(
                -(8.0 if at % 2 == 0 else 3.4) * math.cos(math.pi * at / 5)
                + 0.6,
                1,
            ),
        )
        for at in range(10)
    ],
}
"""The corners of each shape around its middle; a dot has none."""


def render(name: str, send: Send, /, **values: object) -> None:
    """Sends a page."""
    template = _environment().get_template(name)
    text = template.render(values, publication=publication())
    send(text.encode(errors="replace"))


@cache
def _environment() -> Environment:
    templates = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=plain_order,
    )
    templates.filters |= {
        "day": day,
        "count": counted,
        "href": href,
        "node_href": node_href,
        "typed": typed,
        "dir": direction,
    }
    templates.globals |= {
        "asked": asked,
        "static": static,
        "swatch": swatch,
        "looks": STANCE,
        "texts": texts,
        "bar": bar,
        "reports": reports,
        "engine": engine,
        "policy": static_policy,
        "embed_policy": embed_policy,
    }
    return templates


def direction(text: str) -> Markup:
    """The attribute by which a browser finds the direction of a text; none where all of it reads as the page does."""
    return AS_ITS_LETTERS if reads_leftwards(text) else Markup()


def typed(text: str) -> Markup:
    """A text as it stands in a field, where quotation marks end nothing."""
    return Markup(escape(text, quote=False))  # noqa: S704  it is escaped


def day(date: str) -> str:
    """A date as a person writes it: `2025-10-21` is 21 October 2025."""
    year, month, number = (*date.split("-"), "", "")[:3]
    if not (
        year.isdecimal()
        and month.isdecimal()
        and 1 <= int(month) <= len(MONTHS)
    ):
        return date
    return " ".join(
        filter(None, [number.lstrip("0"), MONTHS[int(month) - 1], year])
    )


def swatch(kind: str) -> Markup:
    """The shape and fill that the network page draws a kind of entity with; decoration beside words that say it."""
    drawn = KIND.get(kind) or KIND["other"]
    corners = CORNERS.get(drawn.shape)
    points = " ".join(f"{x + 9:g},{y + 9:g}" for x, y in corners or ())
    shape = (
        Markup('<polygon points="{}"/>').format(points)
        if corners
        else Markup('<circle cx="9" cy="9" r="6.4"/>')
    )
    return Markup(
        '<svg class="swatch" width="18" height="18" viewBox="0 0 18 18" aria-hidden="true"><g fill="{}">{}</g></svg>'
    ).format(drawn.fill, shape)


def bar(stances: Mapping[str, int]) -> Markup:
    """How statements are spread over the stances, as a bar; the words stand below it."""
    total, at = sum(stances.values()), 0.0
    parts = []
    for key, number in stances.items():
        width = 100 * number / total
        parts.append(
            Markup(
                '<rect class="{}" x="{:.2f}" y="0" width="{:.2f}" height="8"/>'
            ).format(key or "none", at, max(0.4, width - 0.4))
        )
        at += width
    return Markup(
        '<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">{}</svg>'
    ).format(Markup("").join(parts))


def engine() -> Markup:
    """Where a static site's scripts find the engine and its data, as attributes."""
    places = {
        "ask": static("engine.js"),
        "engine": static("oxigraph.js"),
        "wasm": static(f"oxigraph.wasm{PACKED}"),
        "graph": "/-/graph.nq.gz",
        "words": "/-/vocabulary.json",
        "names": "/-/names.json",
    }
    pairs = (Markup('data-{}="{}"').format(*pair) for pair in places.items())
    return Markup(" ").join(pairs)


def static_policy(*, asks: bool) -> Markup:
    """The policy of a static page, which runs WebAssembly where it asks; what may frame it, only a header can say."""
    policy = POLICY if asks else POLICY.replace(" 'wasm-unsafe-eval'", "")
    return Markup(policy)  # noqa: S704  nothing in it ends an attribute


def embed_policy() -> Markup:
    """The policy of a static page that stands in a frame and has no script."""
    return Markup(EMBED_POLICY)  # noqa: S704  as above


@cache
def static(name: str) -> str:
    """The address of a static file, which changes with what it holds, so that it may be kept for ever."""
    digest = hashlib.sha256(_unpacked(name)).hexdigest()
    return f"/-/static/{name}?v={digest[:12]}"


@cache
def content(name: str) -> bytes:
    """What a static file holds; raises FileNotFoundError for one that is not listed in FILES."""
    held = _unpacked(name)
    return gzip.compress(held, mtime=0) if name.endswith(PACKED) else held


def _unpacked(name: str) -> bytes:
    if name == "house.css":
        return _house().encode()
    if name not in FILES:
        raise FileNotFoundError(name)
    held = (HERE / FILES[name]).read_bytes()
    if name == "ranking.js":
        return held + WORD_INDEX.read_bytes() + RANKING
    return held


WORD_INDEX = PAGE / "script" / "word_index.js"
RANKING = b"export { fold, foldedNames, hitsIn, namesThatHold, newIndex, piecesOf, statementWords, termsOf };\n"
"""What makes a module of the page's script that a static site searches by, too."""
PACKED = ".gz"
"""The ending of a file that is served packed: few hosts pack programs for WebAssembly."""
FILES: Mapping[str, str | Path] = {
    "pages.css": "static/pages.css",
    "editor.css": "static/editor.css",
    "answer.js": "static/answer.js",
    "cite.js": "static/cite.js",
    "copy.js": "static/copy.js",
    "editor.js": "static/editor.js",
    "engine.js": "static/engine.js",
    "find.js": "static/find.js",
    "pair.js": "static/pair.js",
    "question.js": "static/question.js",
    "ranking.js": PAGE / "script" / "ranking.js",
    "records.js": "static/records.js",
    "statements.js": "static/statements.js",
    "lookup.js": "static/lookup.js",
    "icon.svg": "static/icon.svg",
    "codemirror.js": "vendor/codemirror/codemirror.min.js",
    "codemirror-licences.txt": "vendor/codemirror/LICENCES.txt",
    "minisearch.js": MINISEARCH,
    "minisearch-licence.txt": MINISEARCH.with_name("LICENCES.txt"),
    "oxigraph.js": "vendor/oxigraph/oxigraph.min.js",
    f"oxigraph.wasm{PACKED}": "vendor/oxigraph/oxigraph.wasm",
}
"""The static files by name; nothing else is served from this folder."""
POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; style-src-attr 'unsafe-inline';"
    " img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'"
)
EMBED_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'"
)
MEDIA = {
    "css": "text/css",
    "js": "text/javascript",
    "svg": "image/svg+xml",
    "txt": "text/plain",
    "gz": "application/gzip",
}


def _house() -> str:
    """The colours of the network page, light and dark, for pages that follow the system's wish."""
    style = (PAGE / "style.css").read_text(encoding="utf-8")
    light, dark = (
        part.partition("}")[0].partition("{")[2]
        for part in style.split(":root")[1:3]
    )
    light += "".join(
        f"  --{stance.key or 'none'}: {stance.light};\n" for stance in STANCES
    )
    dark += "".join(
        f"  --{stance.key or 'none'}: {stance.dark};\n" for stance in STANCES
    )
    return f":root {{{light}}}\n@media (prefers-color-scheme: dark) {{\n:root {{{dark}}}\n}}\n"
