"""Bytes → text: character sets, line ends, and what no graph can carry."""

import codecs
import re

from onrecord.model import CONTROL
from onrecord.model.errors import BadInput

MOST_BYTES = 10_000_000
"""A longer text is no article."""
MARKS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe\x00\x00": "utf-32",
    b"\x00\x00\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
"""Byte order marks, the longer ones before those that they begin with."""
DECLARED = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)"
    rb"|<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)",
    re.IGNORECASE,
)
FIRST_BYTES = 4096
WINDOWS = {"iso8859-1", "ascii"}
"""What browsers read as Windows-1252 (WHATWG Encoding, section 4.2)."""


def decode(data: bytes, name: str, charset: str | None = None) -> str:
    """The text of bytes, clean; `charset` is what a server or a mail says of it.

    Raises BadInput for what is empty, too large or no text.
    """
    if len(data) > MOST_BYTES:
        message = f"{name}: {len(data) // 1_000_000} MB; an article has at most {MOST_BYTES // 1_000_000} MB"
        raise BadInput(message)
    text = clean(decoded(data, name, charset))
    if not text:
        message = f"{name}: holds no text"
        raise BadInput(message)
    return text


def decoded(data: bytes, name: str, charset: str | None = None) -> str:
    """The text of bytes as it stands: by its mark, what is said, UTF-8, else Windows-1252."""
    for mark, marked in MARKS.items():
        if data.startswith(mark):
            return data.decode(marked, errors="replace")
    if b"\x00" in data[:FIRST_BYTES]:
        message = f"{name}: is no text; give an article as text, Markdown, HTML, PDF, DOCX, ODT, RTF or EML"
        raise BadInput(message)
    known = _known(charset)
    if known is not None:
        return data.decode(known, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def decoded_page(data: bytes, name: str, charset: str | None = None) -> str:
    """The text of a page: its mark and its server speak before the page itself."""
    found = DECLARED.search(data[:FIRST_BYTES])
    own = (found[1] or found[2]).decode("ascii") if found else None
    said = charset if _known(charset) else own
    return decoded(data, name, None if _is_wrongly_utf8(data, said) else said)


def clean(text: str) -> str:
    """Text with plain line ends and without control characters; what is left keeps its words and order."""
    for line_end in ("\r\n", "\r", "\x0c", "\x0b", "\x85", "\u2028", "\u2029"):
        text = text.replace(line_end, "\n")
    return CONTROL.sub("", text).strip()


def _known(charset: str | None) -> str | None:
    """The character set as Python names it; None for one that nobody knows."""
    if not charset:
        return None
    try:
        name = codecs.lookup(charset.strip("\"' ")).name
        b"a".decode(name)
    except (LookupError, UnicodeError, ValueError, TypeError):
        return None
    return "cp1252" if name in WINDOWS else name


def _is_wrongly_utf8(data: bytes, said: str | None) -> bool:
    """Whether what says to be UTF-8 is not: then it is no charset to go by."""
    if _known(said) != "utf-8":
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return False
