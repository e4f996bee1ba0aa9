"""A DOCX → its text, title and author."""

import io

from onrecord.ingest.plain import clean
from onrecord.model import Document
from onrecord.model.errors import BadInput, MissingExtra


def docx(data: bytes, name: str) -> Document:
    """Reads the paragraphs of a DOCX; raises BadInput for one that is broken or without text, MissingExtra."""
    try:
        import docx as reader  # noqa: PLC0415  an extra
    except ImportError as error:
        what = "python-docx, which reads DOCX,"
        raise MissingExtra(what, "documents") from error
    try:
        found = reader.Document(io.BytesIO(data))
    except Exception as error:  # a broken file raises whatever its fault runs into
        message = f"{name}: the DOCX cannot be read: {error}"
        raise BadInput(message) from error
    text = clean(
        "\n\n".join(each.text for each in found.paragraphs if each.text.strip())
    )
    if not text:
        message = f"{name}: the DOCX holds no text"
        raise BadInput(message)
    about = found.core_properties
    return Document(
        publisher="", title=about.title or None, author=about.author or None, text=text
    )
