"""What the graph can hold: addresses, dates, texts; the same for records and for articles."""

import datetime as dt
import re
from urllib.parse import urlsplit

import pyoxigraph as ox

from onrecord.model import CONTROL
from onrecord.model.dates import is_date

ADDRESS = re.compile(r"(?i:https?)://[^\s<>\"{}|\\^`]+")
DATE = "a date like 2025, 2025-10 or 2025-10-21"
MOST_ADDRESS = 2000


def is_address(text: str) -> bool:
    """Whether a text begins as an address of the web; the case of its scheme says nothing (RFC 3986, section 3.1)."""
    return text[: len("https://")].lower().startswith(("http://", "https://"))


def plain_address(text: str) -> str:
    """An address with its scheme in small letters, as everything else that reads one expects it."""
    scheme, mark, rest = text.partition("://")
    return f"{scheme.lower()}{mark}{rest}" if is_address(text) else text


def address_fault(text: str) -> str | None:
    """Why a text is no address of the web, by the engine's own parser of IRIs (RFC 3987); None for a good one."""
    if not ADDRESS.fullmatch(text) or len(text) > MOST_ADDRESS:
        return f"{text[:MOST_ADDRESS]!r} is not an address like https://news.example/article"
    try:
        ox.NamedNode(text)
        parts = urlsplit(text)
        has_host = bool(parts.hostname) and parts.port != 0
    except ValueError as error:
        return f"{text!r} is no address: {error}"
    if "@" in parts.netloc:
        return f"the address at {parts.hostname} holds a name or a password; leave them out"
    return None if has_host else f"{text!r} is no address: it names no host"


def date_fault(text: str) -> str | None:
    """Why a text is no date; None for a good one."""
    if not re.fullmatch(r"\d{4}(?:-\d\d){0,2}", text):
        return f"{text!r} is not {DATE}"
    return None if is_date(text) else f"{text!r} is no date of the calendar"


def published_fault(text: str) -> str | None:
    """Why nothing can have been published on a date; next year's issues come out in this one."""
    if fault := date_fault(text):
        return fault
    is_ahead = int(text[:4]) > dt.datetime.now(tz=dt.UTC).year + 1
    return f"{text!r} lies years ahead" if is_ahead else None


def text_fault(text: str) -> str | None:
    """Why a text cannot be kept; None for a good one."""
    match = CONTROL.search(text)
    if match is None:
        return None
    return f"holds the control character U+{ord(match[0]):04X}; take it out"
