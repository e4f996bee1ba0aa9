"""A mail (.eml, RFC 5322) → its text, subject, sender and day."""

import re
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage, MIMEPart
from email.utils import parseaddr

from onrecord.ingest.days import day
from onrecord.ingest.html import html
from onrecord.ingest.plain import decode
from onrecord.model import Document
from onrecord.model.errors import BadInput

KINDS = ("plain", "html")
FLOWING = re.compile(r"(?<!^--) \n(?:>* )?", re.MULTILINE)
"""A line that goes on in the next one (RFC 3676); two hyphens and a space begin a signature."""


def mail(data: bytes, name: str) -> Document:
    """Reads the plain text of a mail, else its page; raises BadInput for one without text."""
    try:
        message = message_from_bytes(data, policy=policy.default)
        body = _body(message)
        content = body.get_payload(decode=True) if body is not None else None
        charset = body.get_content_charset() if body is not None else None
        joint = _joint(body) if body is not None else None
        title, author, headers = (
            _header(message, key) for key in ("Subject", "From", "Date")
        )
    except (
        MessageError,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
    ) as error:
        fault = f"{name}: the mail cannot be read: {error}"
        raise BadInput(fault) from error
    if body is None or not isinstance(content, bytes):
        fault = f"{name}: the mail holds no text"
        raise BadInput(fault)
    if body.get_content_type() == "text/html":
        text = html(content, name, None, charset).text
    else:
        text = decode(content, name, charset)
        text = text if joint is None else FLOWING.sub(joint, text)
    sender = parseaddr(author or "")[0]
    return Document(
        "",
        title=title,
        author=sender or None,
        published=day(headers or ""),
        text=text,
    )


def _joint(body: MIMEPart) -> str | None:
    """What stands where a line goes on in the next one: a space, or none (RFC 3676, section 4)."""
    if str(body.get_param("format")).lower() != "flowed":
        return None
    return "" if str(body.get_param("delsp")).lower() == "yes" else " "


def _body(message: EmailMessage) -> MIMEPart | None:
    """The plain text, or the page where there is none or it holds nothing."""
    if message.get_content_type() == "message/rfc822":
        return _body(message.get_content())
    plain, page = (message.get_body(preferencelist=(kind,)) for kind in KINDS)
    content = plain.get_payload(decode=True) if plain is not None else None
    is_text = isinstance(content, bytes) and content.strip() != b""
    return plain if is_text or page is None else page


def _header(message: EmailMessage, key: str) -> str | None:
    value = message.get(key)
    return " ".join(str(value).split()) or None if value else None
