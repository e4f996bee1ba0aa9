"""Bytes → text: character sets, line ends, and what no graph can carry."""

import re

from onrecord.model import CONTROL
from onrecord.model.errors import BadInput

MOST_BYTES = 10_000_000
"""A longer text is no article."""
MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
MARKDOWN = re.compile(
    r"^(?:#{1,6}\s+|>\s?|[-*+]\s+|\d+\.\s+)|(\*\*|__|`)|!?\[([^\]]*)\]\([^)]*\)",
    re.MULTILINE,
)


def decode(data: bytes, name: str) -> str:
    """The text of bytes in whatever character set; raises BadInput for what is empty, too large or no text."""
    if len(data) > MOST_BYTES:
        message = f"{name}: {len(data) // 1_000_000} MB; an article has at most {MOST_BYTES // 1_000_000} MB"
        raise BadInput(message)
    text = clean(_decoded(data, name))
    if not text:
        message = f"{name}: holds no text"
        raise BadInput(message)
    return text


def clean(text: str) -> str:
    """Text with plain line ends and without control characters; what is left keeps its words and order."""
    return CONTROL.sub(
        "", text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n")
    ).strip()


def markdown(text: str) -> str:
    """Markdown's words without its marks; a link is its text."""
    return MARKDOWN.sub(lambda found: found[2] or "", text)


def _decoded(data: bytes, name: str) -> str:
    for mark, charset in MARKS.items():
        if data.startswith(mark):
            return data.decode(charset, errors="replace")
    if b"\x00" in data[:4096]:
        message = (
            f"{name}: is no text; give an article as text, Markdown, HTML, PDF or DOCX"
        )
        raise BadInput(message)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
