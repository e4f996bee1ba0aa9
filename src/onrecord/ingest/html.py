"""A page of HTML → its article's text, title, author, date and publisher."""

from onrecord.ingest.plain import clean
from onrecord.model import Document
from onrecord.model.errors import BadInput, MissingExtra


def html(data: bytes, name: str, url: str | None = None) -> Document:
    """Reads a page, whatever is broken in it; raises BadInput where it has no article, MissingExtra."""
    try:
        from trafilatura import bare_extraction  # noqa: PLC0415  slow, for pages alone
    except ImportError as error:
        what = "trafilatura, which finds the article in a page,"
        raise MissingExtra(what, "extract") from error
    found = bare_extraction(
        data, url=url, with_metadata=True, include_comments=False, include_tables=False
    )
    text = "" if found is None or isinstance(found, dict) else clean(found.text or "")
    if found is None or isinstance(found, dict) or not text:
        message = f"{name}: no article's text was found in this page"
        raise BadInput(message)
    return Document(
        publisher=found.sitename or "",
        url=url,
        title=_line(found.title),
        author=_line(found.author),
        published=_line(found.date),
        text=text,
    )


def _line(value: str | None) -> str | None:
    return " ".join(clean(value).split()) or None if value else None
