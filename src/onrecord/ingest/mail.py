"""A mail (.eml, RFC 5322) → its text, subject, sender and day."""

from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import parseaddr

from onrecord.ingest.days import day
from onrecord.ingest.html import html
from onrecord.ingest.plain import decode
from onrecord.model import Document
from onrecord.model.errors import BadInput


def mail(data: bytes, name: str) -> Document:
    """Reads the plain text of a mail, else its page; raises BadInput for one without text."""
    try:
        message = message_from_bytes(data, policy=policy.default)
        body = message.get_body(preferencelist=("plain", "html"))
        content = body.get_payload(decode=True) if body is not None else None
        charset = body.get_content_charset() if body is not None else None
        title, author, told = (
            _header(message, key) for key in ("Subject", "From", "Date")
        )
    except (MessageError, ValueError, LookupError, TypeError, AttributeError) as error:
        fault = f"{name}: the mail cannot be read: {error}"
        raise BadInput(fault) from error
    if body is None or not isinstance(content, bytes):
        fault = f"{name}: the mail holds no text"
        raise BadInput(fault)
    if body.get_content_type() == "text/html":
        text = html(content, name, None, charset).text
    else:
        text = decode(content, name, charset)
    sender = parseaddr(author or "")[0]
    return Document(
        "", title=title, author=sender or None, published=day(told or ""), text=text
    )


def _header(message: EmailMessage, key: str) -> str | None:
    value = message.get(key)
    return " ".join(str(value).split()) or None if value else None
