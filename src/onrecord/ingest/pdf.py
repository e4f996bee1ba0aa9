"""A PDF → its text and title."""

import io
import re

from onrecord.ingest.plain import clean
from onrecord.model import Document
from onrecord.model.errors import BadInput, MissingExtra

MOST_PAGES = 300


def pdf(data: bytes, name: str) -> Document:
    """Reads the text of a PDF's pages; raises BadInput for one that is broken, locked or without text, MissingExtra."""
    try:
        import pypdf  # noqa: PLC0415  an extra
    except ImportError as error:
        what = "pypdf, which reads PDF,"
        raise MissingExtra(what, "documents") from error
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        pages = [page.extract_text() for page in reader.pages[:MOST_PAGES]]
        title = reader.metadata.title if reader.metadata else None
    except Exception as error:  # a broken file raises whatever its fault runs into
        message = f"{name}: the PDF cannot be read: {error}"
        raise BadInput(message) from error
    text = clean("\n\n".join(map(_paragraphs, pages)))
    if not text:
        message = f"{name}: the PDF holds no text; it may be a scan"
        raise BadInput(message)
    return Document(publisher="", title=title or None, text=text)


def _paragraphs(page: str) -> str:
    """A page with the line breaks of its layout taken out: a line that ends no sentence runs on."""
    joined = re.sub(r"(?<=[a-z])-\n(?=[a-z])", "", page)
    return re.sub(r"(?<![.!?:”\"\n])\n(?!\n)", " ", joined)
