"""Pictures for who shares a page: a title, a line below it and the name of the site, drawn without a browser."""

import io
from dataclasses import dataclass
from functools import cache

from PIL import Image, ImageDraw, ImageFont

SIZE = (1200, 630)
GROUND, INK, QUIET, MARK = (255, 255, 255), (26, 28, 32), (88, 94, 104), (0, 90, 160)
MARGIN, LONG = 72, 90
COLOURS = 16


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is written: its size, its colour, and how many lines at most."""

    size: int
    fill: tuple[int, int, int]
    most: int


@cache
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def picture(title: str, below: str, site: str) -> bytes:
    """A PNG of 1200 by 630, as Open Graph wants it; the same words give the same bytes."""
    image = Image.new("RGB", SIZE, GROUND)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, SIZE[0], 14), fill=MARK)
    large = Style(60 if len(title) < LONG else 46, INK, 5)
    y = _write(draw, title, large, MARGIN)
    _write(draw, below, Style(32, QUIET, 3), y + 24)
    draw.text((MARGIN, SIZE[1] - 74), site[:70], font=_font(28), fill=MARK)
    file = io.BytesIO()
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()


def _write(draw: ImageDraw.ImageDraw, text: str, style: Style, y: int) -> int:
    """Writes a text in lines, and returns where it ends."""
    lines = _lines(draw, text, style.size)
    if len(lines) > style.most:
        lines = [*lines[: style.most - 1], f"{lines[style.most - 1]} …"]
    for line in lines:
        draw.text((MARGIN, y), line, font=_font(style.size), fill=style.fill)
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
