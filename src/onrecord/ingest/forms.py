"""Which form of article a file has, by its first bytes and its name; what is none is refused by its name."""

import json
import re
from contextlib import suppress
from pathlib import PurePath

from onrecord.ingest.office import office_form
from onrecord.ingest.readers import foreign_form, form_by_magic, forms_by_suffix
from onrecord.model.errors import BadInput

REFUSED = {
    ".doc": "an old Word file, or one with a password; save it as .docx without one",
    ".docm": "a Word file with programs in it; save it as .docx",
    ".pages": "a Pages file; export it as .docx",
    ".epub": "a book; give its chapters as HTML",
    ".mobi": "a book; give its chapters as HTML",
    ".mht": "a web archive; save the page as HTML",
    ".mhtml": "a web archive; save the page as HTML",
    ".mbox": "a mailbox; save each mail as .eml",
    ".msg": "an Outlook mail; save it as .eml",
    ".ppt": "a presentation; export its text",
    ".pptx": "a presentation; export its text",
    ".xls": "an old Excel file; save it as .xlsx or .csv",
    ".xml": "XML of no known kind; give the article as HTML or text",
    ".zip": "an archive; unpack it and add the folder",
    ".gz": "packed; unpack it first",
    ".tex": "LaTeX; give the article as text or PDF",
    **dict.fromkeys(
        (".rst", ".adoc", ".org", ".wiki"),
        "a markup that is not read here; give the article as Markdown or HTML",
    ),
    **dict.fromkeys(
        (".srt", ".vtt", ".ass"), "subtitles; give what is spoken as text"
    ),
    **dict.fromkeys(
        (".ods", ".numbers", ".xlsm"), "a spreadsheet; save it as .xlsx or .csv"
    ),
    **dict.fromkeys((".odp", ".key"), "a presentation; export its text"),
    **dict.fromkeys(
        (".fodt", ".ott", ".dot", ".dotx", ".wpd"),
        "a text of another program; save it as .docx or .odt",
    ),
    **dict.fromkeys(
        (".ris", ".bib", ".enw", ".nbib"),
        "a list of references, without their texts; export it as .csv with the addresses",
    ),
    **dict.fromkeys(
        (".rss", ".atom", ".opml"),
        "a feed; follow its address: onrecord follow ADDRESS",
    ),
    **dict.fromkeys(
        (".geojson", ".yaml", ".yml", ".toml", ".ini", ".sql", ".log"),
        "data, and no article",
    ),
    **dict.fromkeys(
        (".py", ".r", ".js", ".css", ".sh"), "a program, and no article"
    ),
    **dict.fromkeys(
        (
            ".png",
            ".jpg",
            ".jpeg",
            ".gif",
            ".webp",
            ".tif",
            ".tiff",
            ".heic",
            ".svg",
        ),
        "a picture, which needs text recognition first",
    ),
    **dict.fromkeys(
        (".mp3", ".mp4", ".wav", ".m4a", ".mov"),
        "a recording; give its transcript as text",
    ),
    **dict.fromkeys(
        (".tar", ".tgz", ".bz2", ".xz", ".7z", ".rar"),
        "an archive; unpack it and add the folder",
    ),
}
"""Suffixes of what is no article that is read here, and what to do."""
NO_TEXT = {
    b"\xff\xd8\xff": ".jpg",
    b"\x89PNG": ".png",
    b"GIF8": ".gif",
    b"\x1f\x8b": ".gz",
    b"SQLite format": ".sql",
}
"""How files begin that are no articles, whatever their names; and the suffix that such files have."""
MAIL = re.compile(
    rb"(?:[A-Z][A-Za-z-]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)*?(?:MIME-Version|Message-ID):",
    re.IGNORECASE,
)
PROLOG = rb"(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*"
PAGE = re.compile(
    PROLOG
    + rb"<(?:!doctype html|html|head|body|script|h1|div|table|style|title|br|p|article|main|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
"""How a page begins (WHATWG MIME Sniffing, section 7.1)."""
WHOLE_PAGE = re.compile(
    PROLOG + rb"<(?:!doctype html|html)\b", re.IGNORECASE | re.DOTALL
)
FEED = re.compile(PROLOG + rb"<(?:rss|feed|rdf:RDF)\b", re.DOTALL)
FIRST_BYTES = 1000
ZIPPED = ("docx", "odt")
"""What a file of such a name is refused as where it is broken."""
OLE_SUFFIXES = frozenset({".xls", ".ppt", ".msg"})
OLE = b"\xd0\xcf\x11\xe0"


def form_of(data: bytes, name: str) -> str:
    """The form of an article by its first bytes, else by its name; raises BadInput for other things."""
    suffix = PurePath(name).suffix.lower()
    head = data[:FIRST_BYTES].lstrip(b"\xef\xbb\xbf \t\r\n")
    if form := foreign_form(suffix) or form_by_magic(head):
        return form
    if head.startswith(b"PK\x03\x04"):
        return _zipped(data, name)
    form = forms_by_suffix().get(suffix, "text")
    if (PAGE if form == "text" else WHOLE_PAGE).match(head):
        return "html"
    if other := _refused(suffix, head):
        message = f"{name}: is {REFUSED[other]}"
        raise BadInput(message)
    if form == "text" and _is_json(data):
        message = f"{name}: is JSON; name it .json, or .jsonl where it has an object a line"
        raise BadInput(message)
    return "eml" if form == "text" and MAIL.match(head) else form


def _is_json(data: bytes) -> bool:
    """Whether a text is JSON, or its first line is."""
    text = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    for part in (text.partition(b"\n")[0], text):
        if re.match(rb"\{\s*\"|\[\s*[\[{]", part):
            with suppress(ValueError, RecursionError):
                json.loads(part)
                return True
    return False


def _refused(suffix: str, head: bytes) -> str | None:
    """The suffix of what is not read here, as a file's own tells, or how it begins."""
    if head.startswith(OLE):
        return suffix if suffix in OLE_SUFFIXES else ".doc"
    if FEED.match(head):
        return ".rss"
    if head.startswith(b"<?xml"):
        return ".xml"
    forms = (
        other for magic, other in NO_TEXT.items() if head.startswith(magic)
    )
    return next(forms, suffix if suffix in REFUSED else None)


def _zipped(data: bytes, name: str) -> str:
    if form := office_form(data):
        return form
    suffix = PurePath(name).suffix.lower()
    if (form := forms_by_suffix().get(suffix)) in ZIPPED:
        return form
    message = f"{name}: is {REFUSED.get(suffix, REFUSED['.zip'])}"
    raise BadInput(message)
