"""The shell that pages share: escaping templates, and a policy under which only the page's own two scripts run."""

import base64
import hashlib
import json
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from onrecord.model.reading_order import TURNING, unturned


def _folder_of(package: str) -> Path:
    """Where an installed package lies; it is not imported."""
    spec = find_spec(package)
    assert spec is not None  # noqa: S101  onrecord is not installed without it
    assert spec.origin is not None  # noqa: S101  as above
    return Path(spec.origin).parent


HERE = Path(__file__).parent
BUNDLE = (
    _folder_of("pyvis")
    / "templates"
    / "lib"
    / "vis-9.1.2"
    / "vis-network.min.js"
)
COMMENTS = ("//", "/**", "* ", "*/")
MINISEARCH = HERE / "vendor" / "minisearch" / "minisearch.min.js"
SCRIPTS = (
    *(
        "dom",
        "ranking",
        "word_index",
        "files",
        "data",
        "state",
        "words",
        "facets",
        "shown",
        "arranged",
        "places",
        "shapes",
        "labels",
        "map",
        "guests",
        "over",
        "picture",
        "legend",
    ),
    *(
        "groups",
        "cite",
        "statement",
        "time",
        "pair",
        "title",
        "panel",
        "table",
        "search",
        "timeline",
        "keys",
        "story",
        "print",
        "embed",
        "page",
    ),
)
"""The files of the page's script in the order in which they are joined, into one scope."""


def environment() -> Environment:
    """Templates of this folder: everything is escaped, a name that is not given is an error, JSON is compact."""
    templates = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=plain_order,
    )
    templates.policies["json.dumps_function"] = _dumped
    templates.policies["json.dumps_kwargs"] = {
        "ensure_ascii": False,
        "separators": (",", ":"),
        "sort_keys": True,
    }
    return templates


def plain_order(value: object) -> object:
    """What a template prints, without signs at work that turn the reading order."""
    if isinstance(value, Markup):
        return Markup(unturned(value))  # noqa: S704  as safe as it was
    return unturned(value) if isinstance(value, str) else value


def _dumped(value: object, **settings: Any) -> str:  # noqa: ANN401  json's own
    """Data as JSON in which such signs stand as text, so that the page's script shows them so."""
    text = json.dumps(value, **settings)
    return TURNING.sub(lambda sign: f"\\{unturned(sign[0])}", text)


@cache
def script() -> str:
    """The page's script."""
    return joined([HERE / "script" / f"{name}.js" for name in SCRIPTS])


@cache
def coalitions_script() -> str:
    """The script of the page of coalitions: its own, after what it shares with the page."""
    shared = [
        HERE / "script" / f"{name}.js" for name in ("dom", "ranking", "files")
    ]
    return joined([*shared, HERE / "coalitions.js"])


def joined(paths: Sequence[Path]) -> str:
    """Files of script in one function, so that they share names and leak none.

    Comments and indents stay behind: a page is mailed more often than it is read as source.
    """
    lines: list[str] = []
    for path in paths:
        lines += path.read_text(encoding="utf-8").splitlines()
    plain = map(str.strip, lines)
    code = [line for line in plain if line and not line.startswith(COMMENTS)]
    return '(() => {\n"use strict";\n' + "\n".join(code) + "\n})();\n"


@cache
def vis() -> str:
    """The vis-network bundle that pyvis ships, without its link to a source map, which a page does not have."""
    return BUNDLE.read_text(encoding="utf-8").partition("//# sourceMappingURL")[
        0
    ]


@cache
def bundle() -> str:
    """The libraries: vis-network, which draws, and MiniSearch, which finds."""
    return vis() + "\n" + MINISEARCH.read_text(encoding="utf-8")


@cache
def style() -> str:
    """The page's style."""
    return (HERE / "style.css").read_text(encoding="utf-8")


def policy(scripts: Sequence[str]) -> str:
    """A Content-Security-Policy: these scripts by their hashes, styles in the page, pictures that it made itself."""
    hashes = " ".join(f"'sha256-{_hash(text)}'" for text in scripts)
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
