"""Whose words a paragraph is by its form: `PENCE: …`, `Ada Example, The Herald: “…”`, `“…” — Ada Example`."""

import re

from onrecord.extract.rules.drafts import AttributionDraft, moved
from onrecord.extract.rules.parsing import Paragraph
from onrecord.extract.rules.quotations import Span

TRANSCRIPT = re.compile(
    r"[“\"]?((?:[A-Z][\w.'’-]*)(?: [A-Z][\w.'’-]*){0,4})(?: \([^)]*\))?(:) (?=\S+ \S+ )"
)
FIRST_PERSON = re.compile(
    r"\b(?:I|you|your|[Ww]e|[Mm]y|[Oo]ur|[Ll]et|it[’']s|that[’']s|thank)\b",
    re.IGNORECASE,
)
NO_SPEAKER = frozenset(
    {
        "update",
        "correction",
        "note",
        "photo",
        "video",
        "watch",
        "related",
        "latest",
        "breaking",
    }
)


def transcript(paragraph: Paragraph) -> AttributionDraft | None:
    """`PENCE: …`, and a headline's `Guild: …`: a name, a colon, and what was said."""
    match = TRANSCRIPT.match(paragraph.text)
    if match is None or NO_SPEAKER & set(match[1].lower().split()):
        return None
    is_one = not match[1].isupper() and " " not in match[1]
    if is_one and not _is_named(paragraph):  # "Out: …"
        return None
    if (is_one or match[1].isupper()) and not FIRST_PERSON.search(
        paragraph.text
    ):  # a date line
        return None
    said = match.end(), len(paragraph.text)
    return _turn(paragraph, match.span(1), match.span(2), said)


def _is_named(paragraph: Paragraph) -> bool:
    """Whether a paragraph begins with a name."""
    return len(paragraph.doc) > 0 and paragraph.doc[0].pos_ == "PROPN"


OUTLET = re.compile(
    r"(?:^|[.!?] )(?:[A-Z][a-z]+ )??((?:[A-Z][\w'’-]+ ){1,3}[A-Z][\w'’-]+), "
    r"(?:The )?[A-Z][\w'’ &-]{2,30}(:) (?=[“\"])"
)


def of_outlet(paragraph: Paragraph) -> AttributionDraft | None:
    """`Ada Example, The Herald: “…”`, where a paragraph quotes what stood elsewhere."""
    match = OUTLET.search(paragraph.text)
    if match is None:
        return None
    said = match.end(), len(paragraph.text)
    return _turn(paragraph, match.span(1), match.span(2), said)


_NAME = r"[A-Z][\w.'’-]*"
SIGNED = re.compile(
    rf"[”\"]\s*([—–―]|--)\s*({_NAME}(?:[ \u00a0]{_NAME}){{0,4}})\s*$"
)


def signed(paragraph: Paragraph) -> AttributionDraft | None:
    """`“…” — Ada Example`: a paragraph that is one quotation, and a name after a dash."""
    match = SIGNED.search(paragraph.text)
    if (
        match is None
        or len(paragraph.quotes) != 1
        or paragraph.quotes[0][0] != 0
    ):
        return None
    said = 0, match.start() + 1
    return _turn(paragraph, match.span(2), match.span(1), said)


def _turn(
    paragraph: Paragraph, source: Span, cue: Span, said: Span
) -> AttributionDraft:
    """An attribution by its places in a paragraph."""
    by = paragraph.start
    draft = AttributionDraft(
        paragraph, None, moved([source], by), moved([cue], by)
    )
    draft.claim(paragraph, said)
    return draft
