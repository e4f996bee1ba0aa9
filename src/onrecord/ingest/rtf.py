"""An RTF file → its text."""

import re

from onrecord.ingest.plain import clean
from onrecord.model.errors import BadInput, MissingExtra

UNSEEN = re.compile(r"\{[^{}\\]*\\(?:deleted|v)(?![a-z0-9])[^{}]*\}")
"""Groups of deleted or hidden text."""


def rtf_text(data: bytes, name: str) -> str:
    """The text of an RTF file; raises BadInput for one that is broken or empty, MissingExtra."""
    try:
        from striprtf.striprtf import rtf_to_text  # noqa: PLC0415  an extra
    except ImportError as error:
        what = "striprtf, which reads RTF,"
        raise MissingExtra(what, "documents") from error
    try:
        seen = UNSEEN.sub("", data.decode("latin-1"))
        text = clean(str(rtf_to_text(seen, errors="replace")))  # type: ignore[no-untyped-call]
    except Exception as error:  # a broken file raises whatever its fault runs into
        message = f"{name}: the RTF cannot be read: {error}"
        raise BadInput(message) from error
    if not text:
        message = f"{name}: the RTF holds no text"
        raise BadInput(message)
    return text
