"""An RTF file → its text, as Word shows it with all markup accepted (RTF 1.9.1)."""

import re
import struct
from collections.abc import Iterable
from dataclasses import dataclass, replace

from onrecord.ingest.plain import clean, file_property
from onrecord.model import Document
from onrecord.model.errors import BadInput, MissingExtra

TOKEN = re.compile(
    r"\\(?P<word>[a-z]{1,32})(?P<number>-?\d{1,10})? ?|\\'[0-9a-fA-F]{2}|\\[^a-z]"
    r"|[{}]|[\r\n]+|[^\\{}\r\n]+"
)
UNSEEN = frozenset({"deleted", "v", "mvf"})
"""What is deleted, hidden or moved away."""
APART = frozenset({"footnote", "shptxt"})
"""Groups with paragraphs of their own: notes and boxes, which stand behind the rest."""
CELLS = frozenset({"cell", "nestcell", "row", "nestrow"})
ABOUT = re.compile(r"\{\\info\b(?:[^{}]|\{[^{}]*\})*\}")
BEYOND = re.compile(r"[^\x00-\x7f]")
PAGES = re.compile(r"\\ansicpg\d+")


@dataclass(frozen=True, slots=True)
class _Group:
    """A group of the file: what hides it, and the pieces that it adds to."""

    hidden: frozenset[str]
    pieces: list[str]


def rtf(data: bytes, name: str) -> Document:
    """Reads an RTF file; raises BadInput for one that is broken or empty, MissingExtra."""
    source = _source(data)
    try:
        text = "\n\n".join(filter(None, map(_text, _seen(source))))
        title, author = (_property(source, key) for key in ("title", "author"))
    except MissingExtra:
        raise
    except (
        Exception
    ) as error:  # a broken file raises whatever its fault runs into
        message = f"{name}: the RTF cannot be read: {error}"
        raise BadInput(message) from error
    if not text:
        message = f"{name}: the RTF holds no text"
        raise BadInput(message)
    return Document("", title=title, author=author, text=text)


def _source(data: bytes) -> str:
    """The file in ASCII, as RTF is to be: letters beyond it that a program wrote raw become their numbers."""
    try:
        return BEYOND.sub(_numbered, data.decode("utf-8"))
    except UnicodeDecodeError:
        return BEYOND.sub(_of_page, data.decode("latin-1"))


def _numbered(letter: re.Match[str]) -> str:
    units = letter[0].encode("utf-16-le")
    numbers = struct.unpack(f"<{len(units) // 2}h", units)
    return "".join(f"{{\\uc0\\u{number} }}" for number in numbers)


def _of_page(letter: re.Match[str]) -> str:
    return f"\\'{ord(letter[0]):02x}"


def _text(source: str) -> str:
    try:
        from striprtf.striprtf import rtf_to_text  # noqa: PLC0415  an extra
    except ImportError as error:
        what = "striprtf, which reads RTF,"
        raise MissingExtra(what, "documents") from error
    text = rtf_to_text(source, errors="replace")  # type: ignore[no-untyped-call]
    paired = str(text).encode("utf-16-le", errors="surrogatepass")
    return clean(paired.decode("utf-16-le", errors="replace"))


def _seen(source: str) -> list[str]:
    """The file without what is not seen, then its notes and boxes, each as a file."""
    files: list[list[str]] = [[]]
    group, around = _Group(frozenset(), files[0]), list[_Group]()
    for token in TOKEN.finditer(source):
        piece, word = token.group(), token["word"]
        if piece == "{":
            around.append(group)
        elif piece == "}" and around:
            group = around.pop()
        elif word in APART:
            files.append([])
            group = replace(group, pieces=files[-1])
            continue
        elif word in UNSEEN or word == "plain":
            group = replace(
                group, hidden=_hidden(group.hidden, word, token["number"])
            )
            continue
        if piece in {"{", "}"} or not group.hidden:
            group.pieces.append("\\par " if word in CELLS else piece)
    return [
        "".join(pieces) if at == 0 else _file(pieces, source)
        for at, pieces in enumerate(files)
    ]


def _hidden(
    hidden: frozenset[str], word: str, number: str | None
) -> frozenset[str]:
    """What hides the text after a control word, which a nought turns off; `plain` turns all off."""
    if word == "plain":
        return hidden - {"v"}
    return hidden - {word} if number == "0" else hidden | {word}


def _file(pieces: Iterable[str], source: str) -> str:
    """A part of a file as one of its own, in the same character set."""
    page = PAGES.search(source)
    return f"{{\\rtf1\\ansi{page.group() if page else ''} {''.join(pieces)}}}"


def _property(source: str, key: str) -> str | None:
    """What the file says of itself."""
    about = ABOUT.search(source)
    match = (
        re.search(rf"\{{\\{key} ([^{{}}]*)\}}", about.group())
        if about
        else None
    )
    return file_property(_text(_file([match[1]], source))) if match else None
