"""Pictures for who shares a page: a title, a line below it and the name of the site, drawn without a browser."""

import io
import unicodedata
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

SIZE = (1200, 630)
GROUND, INK, QUIET, MARK = (
    (255, 255, 255),
    (26, 28, 32),
    (88, 94, 104),
    (0, 90, 160),
)
INKS = (INK, QUIET, MARK)
MARGIN, LONG = 72, 90
BAR, GAP, FOOT = 14, 24, SIZE[1] - 74
"""The height of the bar above, what parts the title from the line below it, and where the site is named."""
SHADES = 3
"""Steps from the ground to each ink, at the rims of letters: with three inks 4 bits a point are enough."""


FONT = Path(__file__).parent / "vendor" / "dejavu" / "DejaVuSans.ttf"
"""Letters of Latin, Greek, Cyrillic, Hebrew and Arabic; the font of Pillow lacks those with accents."""
NO_LETTER = "\uffff"
FULL = 255
LEVEL = 6
"""Of compression: 9 takes three times as long, and saves little."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is written: its size, and how many lines at most."""

    size: int
    most: int


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONT, size)


def picture(title: str, below: str, site: str) -> bytes:
    """A PNG of 1200 by 630, as Open Graph wants it; the same words give the same bytes."""
    layer = Image.new("L", SIZE)
    pen = ImageDraw.Draw(layer)
    pen.rectangle((0, 0, SIZE[0], BAR), fill=FULL)
    large = Style(60 if len(title) < LONG else 46, 5)
    end = _write(pen, drawable(title), large, MARGIN) + GAP
    _write(pen, drawable(below), Style(32, 3), end)
    pen.text((MARGIN, FOOT), drawable(site)[:70], font=_font(28), fill=FULL)
    file = io.BytesIO()
    _inked(layer, end).save(file, "PNG", compress_level=LEVEL)
    return file.getvalue()


def drawable(text: str) -> str:
    """The text without the letters that the font lacks: no name is told by empty boxes."""
    plain = unicodedata.normalize("NFC", text)
    return " ".join("".join(filter(_is_drawn, plain)).split())


@cache
def _is_drawn(letter: str) -> bool:
    return letter.isspace() or _form(letter) != _form(NO_LETTER)


def _form(letter: str) -> bytes:
    return bytes(_font(32).getmask(letter))


def _inked(layer: Image.Image, end: int) -> Image.Image:
    """The layer as a picture with a palette: each ink has its rows, the one that is quiet those from `end` on."""
    rows = ((BAR + 1, MARK), (end, INK), (FOOT, QUIET), (SIZE[1], MARK))
    image = Image.new("L", SIZE)
    top = 0
    for bottom, ink in rows:
        band = layer.crop((0, top, SIZE[0], bottom))
        image.paste(band.point(_numbers(INKS.index(ink))), (0, top))
        top = bottom
    image.putpalette(_palette())
    return image


@cache
def _numbers(ink: int) -> list[int]:
    """The number in the palette of each strength of an ink."""
    steps = [round(strength / FULL * SHADES) for strength in range(FULL + 1)]
    return [step + SHADES * ink if step else 0 for step in steps]


@cache
def _palette() -> list[int]:
    """The ground, then each ink from its faintest shade to itself."""
    colours = list(GROUND)
    for ink, step in product(INKS, range(1, SHADES + 1)):
        pairs = zip(GROUND, ink, strict=True)
        colours += [round(of + (to - of) * step / SHADES) for of, to in pairs]
    return colours


def _write(draw: ImageDraw.ImageDraw, text: str, style: Style, y: int) -> int:
    """Writes a text in lines, and returns where it ends."""
    lines = _lines(draw, text, style.size)
    if len(lines) > style.most:
        lines = [*lines[: style.most - 1], f"{lines[style.most - 1]} …"]
    for line in lines:
        draw.text((MARGIN, y), line, font=_font(style.size), fill=FULL)
        y += round(style.size * 1.3)
    return y


def _lines(draw: ImageDraw.ImageDraw, text: str, size: int) -> list[str]:
    lines: list[str] = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if draw.textlength(longer, font=_font(size)) <= SIZE[0] - 2 * MARGIN:
            lines[-1] = longer
        else:
            lines.append(word[:60])
    return list(filter(None, lines))
