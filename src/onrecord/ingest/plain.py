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
COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
FIRST_BYTES = 4096
PLACEHOLDER = re.compile(
    r"\(?(?:untitled|unknown|anonymous|author|user|owner|admin(?:istrator)?|title|unnamed|none|"
    r"python-docx|word document)\)?|(?:untitled|document) ?\d*|.*\.(?:docx?|odt|rtf|pdf|indd|qxd|tex|dvi|html?|pages)"
    r"|Microsoft Word - .*",
    re.IGNORECASE,
)
"""What programs put down as the title or the author of a file: none, or the file's name."""
WRONG = "\ufffd"
"""Stands for bytes that are none of a character set."""
FOREIGN = re.compile(r"[^\x00-\x7f]{3,}")
"""What letters of Cyrillic, Greek or Chinese look like in Windows-1252."""
LABELS = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254",
    "iso8859-11": "cp874", "tis-620": "cp874", "gb2312": "gb18030", "gbk": "gb18030",
    "euc_kr": "cp949", "shift_jis": "cp932", "x-sjis": "cp932", "x-gbk": "gb18030",
    "ks_c_5601-1987": "cp949", "x-mac-roman": "mac_roman", "x-cp1251": "cp1251",
    "x-cp1252": "cp1252", "unicode-1-1-utf-8": "utf-8", "x-euc-jp": "euc_jp",
}  # fmt: skip
"""What browsers read instead (WHATWG Encoding, section 4.2), by Python's name or by a label that it does not know."""


def decode(data: bytes, name: str, charset: str | None = None) -> str:
    """The text of bytes, clean; `charset` is what a server or a mail says of it.

    Raises BadInput for what is empty, too large or no text.
    """
    if len(data) > MOST_BYTES:
        message = (
            f"{name}: {len(data) // 1_000_000} MB; an article "
            f"has at most {MOST_BYTES // 1_000_000} MB"
        )
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
        if wide := wide_charset(data):
            return data.decode(wide, errors="replace")
        message = (
            f"{name}: is no text; give an article as text, "
            "Markdown, HTML, PDF, DOCX, ODT, RTF or EML"
        )
        raise BadInput(message)
    said = _known(charset)
    if said not in {None, "utf-8", "cp1252"}:
        return data.decode(str(said), errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _mended(data, name)


def wide_charset(data: bytes) -> str | None:
    """UTF-16 without its mark: in texts of Latin letters every other byte is a zero."""
    data = data[:FIRST_BYTES]
    for charset, high in (("utf-16-le", 1), ("utf-16-be", 0)):
        zeros = data[high::2].count(0)
        if zeros * 2 > len(data[high::2]) and data[1 - high :: 2].count(0) == 0:
            return charset
    return None


def _mended(data: bytes, name: str) -> str:
    """UTF-8 with a slip in it, such as a character cut in two; else Windows-1252."""
    text = data.decode("utf-8", errors="replace")
    beyond_ascii = sum(sign > "\x7f" for sign in text)
    if text.count(WRONG) * 2 <= beyond_ascii:
        return text
    text = data.decode("cp1252", errors="replace")
    beyond_ascii = sum(sign > "\x7f" for sign in text)
    if sum(map(len, FOREIGN.findall(text))) * 2 > beyond_ascii:
        message = (
            f"{name}: is neither UTF-8 nor a Western text; save it as UTF-8"
        )
        raise BadInput(message)
    return text


def decoded_page(data: bytes, name: str, charset: str | None = None) -> str:
    """The text of a page: its mark and its server speak before the page itself."""
    match = DECLARED.search(COMMENT.sub(b"", data[:FIRST_BYTES]))
    own = (match[1] or match[2]).decode("ascii") if match else None
    return decoded(data, name, charset if _known(charset) else own)


def clean(text: str) -> str:
    """Text with plain line ends and without control characters; what is left keeps its words and order."""
    for line_end in ("\r\n", "\r", "\x0c", "\x0b", "\x85", "\u2028", "\u2029"):
        text = text.replace(line_end, "\n")
    return CONTROL.sub("", text).strip()


def file_property(text: str | None) -> str | None:
    """What a file says of itself in one line; nothing where a program wrote it for want of anything."""
    line = " ".join(clean(text or "").split())
    return None if not line or PLACEHOLDER.fullmatch(line) else line


def _known(charset: str | None) -> str | None:
    """The character set as Python names it, and as browsers read it; None for one that nobody knows."""
    if not charset:
        return None
    label = charset.strip("\"' ").lower()
    try:
        name = codecs.lookup(LABELS.get(label, label)).name
        b"a".decode(name)
    except (LookupError, UnicodeError, ValueError, TypeError):
        return None
    return LABELS.get(name, name)
