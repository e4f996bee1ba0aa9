"""Draws `docs/explanation/architecture.svg` from the code: rooms, layers, imports, and two ways through them.

    .venv/bin/python docs/architecture.py

Rooms and layers come from the import contract, their words from each room's docstring,
the arrows from the code's imports. A test draws it again and compares.
"""

import ast
import html
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "onrecord"
TARGET = ROOT / "docs" / "explanation" / "architecture.svg"
ARTICLE = ("cli", "ingest", "extract", "editing", "workspace")
QUESTION = ("cli", "querying", "store", "formats")
ARTICLE_WORDS = (
    "cli takes the article",
    "ingest reads a document",
    "extract makes statements of it",
    "editing links, merges, logs",
    "workspace writes all or nothing",
)
QUESTION_WORDS = (
    "cli takes the question",
    "querying binds it, and asks",
    "store answers from its cache",
    "formats prints the table",
)
WIDE, HIGH, GAP, ROW = 230, 72, 70, 90
LEFT, TOP = 24, 150
INK, FAINT, PAPER, BOX = "#1b1f24", "#c9ced3", "#ffffff", "#f3f5f7"
BLUE, ORANGE = "#0072B2", "#C24E00"
LOOK = 'font-family="system-ui, sans-serif" role="img"'


@dataclass(frozen=True)
class Place:
    """Where a room stands in the picture: the middle of its box."""

    x: float
    y: float


def layers() -> list[list[str]]:
    """The rooms of the import contract, the upper ones first."""
    project = tomllib.loads(
        (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    )
    (contract,) = project["tool"]["importlinter"]["contracts"]
    rows = [row.split("|") for row in contract["layers"]]
    named = [[room.strip(" ()") for room in row] for row in rows]
    return [row for row in named if (SOURCE / row[0]).is_dir()]


def words(room: str) -> str:
    """What a room is for: the first sentence of its docstring."""
    tree = ast.parse(
        (SOURCE / room / "__init__.py").read_text(encoding="utf-8")
    )
    sentence = (ast.get_docstring(tree) or "").splitlines()[0]
    return sentence.rstrip(".")


def imports() -> set[tuple[str, str]]:
    """Pairs of rooms, of which the first imports the second."""
    pairs: set[tuple[str, str]] = set()
    for path in SOURCE.rglob("*.py"):
        room = path.relative_to(SOURCE).parts[0]
        if room.endswith(".py"):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        nodes = (
            node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)
        )
        for node in nodes:
            pairs |= {
                (room, other) for other in _rooms_of(node) if other != room
            }
    return pairs


def _rooms_of(node: ast.ImportFrom) -> set[str]:
    module = node.module or ""
    if module == "onrecord":
        names = {alias.name for alias in node.names}
    elif module.startswith("onrecord."):
        names = {module.split(".")[1]}
    else:
        names = set()
    return {name for name in names if (SOURCE / name).is_dir()}


def places(rows: Iterable[list[str]]) -> dict[str, Place]:
    """Each room's place, a row a layer."""
    found: dict[str, Place] = {}
    for number, row in enumerate(rows):
        for column, room in enumerate(row):
            x = LEFT + WIDE / 2 + column * (WIDE + GAP)
            found[room] = Place(x, TOP + number * ROW + HIGH / 2)
    return found


def draw() -> str:
    """The picture as SVG, the same for the same code."""
    rows = layers()
    where = places(rows)
    pairs = sorted(imports())
    height = TOP + len(rows) * ROW + 40
    width = LEFT + 2 * (WIDE + GAP) + 300
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" {LOOK}>',
        "<title>The rooms of onrecord, and the ways of an article and of a question</title>",
        f'<rect width="{width}" height="{height}" fill="{PAPER}"/>',
        *_heading(len(where), len(pairs)),
        *(_line(where[one], where[two]) for one, two in pairs),
        *(_box(room, where[room]) for room in where),
        *_steps(where, ARTICLE, BLUE, 16),
        *_steps(where, QUESTION, ORANGE, 44),
        *_legend(width - 270, TOP, "An article goes in", ARTICLE_WORDS, BLUE),
        *_legend(
            width - 270,
            TOP + 222,
            "A question is asked",
            QUESTION_WORDS,
            ORANGE,
        ),
    ]
    return "\n".join([*parts, "</svg>", ""])


def _heading(rooms: int, arrows: int) -> list[str]:
    possible = rooms * (rooms - 1) // 2
    share = round(100 * arrows / possible)
    return [
        _text(LEFT, 44, "The rooms of src/onrecord/", 24, weight=600),
        _text(LEFT, 74, "Upper rooms import lower ones, never the other way; "),
        _text(LEFT, 96, "rooms side by side do not see each other."),
        _text(
            LEFT,
            122,
            f"{rooms} rooms, {arrows} of {possible} pairs of rooms import ({share} %).",
        ),
    ]


def _text(
    x: float, y: float, text: str, size: int = 15, weight: int = 400
) -> str:
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size}" font-weight="{weight}" '
        f'fill="{INK}">{html.escape(text)}</text>'
    )


def _box(room: str, place: Place) -> str:
    x, y = place.x - WIDE / 2, place.y - HIGH / 2
    lines = _wrapped(words(room), 36)[:3]
    told = "".join(
        f'<text x="{x + 10:g}" y="{y + 37 + 13 * number:g}" font-size="11" '
        f'fill="{INK}">{html.escape(line)}</text>'
        for number, line in enumerate(lines)
    )
    return (
        f'<g><rect x="{x:g}" y="{y:g}" width="{WIDE}" height="{HIGH}" rx="6" '
        f'fill="{BOX}" stroke="{INK}"/>'
        f'<text x="{x + 10:g}" y="{y + 21:g}" font-size="15" font-weight="600" '
        f'fill="{INK}">{room}/</text>{told}</g>'
    )


def _wrapped(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + len(word) >= width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _line(one: Place, two: Place) -> str:
    return (
        f'<line x1="{one.x:g}" y1="{one.y:g}" x2="{two.x:g}" y2="{two.y:g}" '
        f'stroke="{FAINT}"/>'
    )


def _steps(
    where: Mapping[str, Place], rooms: Iterable[str], colour: str, down: int
) -> list[str]:
    """A numbered mark at the right of each room that the way goes through."""
    marks: list[str] = []
    for number, room in enumerate(rooms, 1):
        x = where[room].x + WIDE / 2
        y = where[room].y - HIGH / 2 + down
        marks.append(_mark(x, y, number, colour))
    return marks


def _mark(x: float, y: float, number: int, colour: str) -> str:
    return (
        f'<circle cx="{x:g}" cy="{y:g}" r="12" fill="{colour}"/>'
        f'<text x="{x:g}" y="{y + 5:g}" font-size="14" font-weight="600" '
        f'text-anchor="middle" fill="{PAPER}">{number}</text>'
    )


def _legend(
    x: float, y: float, title: str, steps: Iterable[str], colour: str
) -> list[str]:
    lines = [_text(x, y, title, 16, 600)]
    for number, step in enumerate(steps, 1):
        down = y + 32 * number
        lines += [
            _mark(x + 12, down - 5, number, colour),
            _text(x + 34, down, step),
        ]
    return lines


if __name__ == "__main__":
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(draw(), encoding="utf-8")
    print(TARGET.relative_to(ROOT))
