"""Whose words a paragraph is by its form: `PENCE: …`, `Ada Example, The Herald: “…”`, `“…” — Ada Example`."""

import re

from onrecord.extract.rules.drafts import AttributionDraft, moved
from onrecord.extract.rules.parsing import Paragraph

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
    if not match[1].isupper() and " " not in match[1]:  # "Out: …"
        return None
    if match[1].isupper() and not FIRST_PERSON.search(
        paragraph.text
    ):  # a date line
        return None
    by = paragraph.start
    draft = AttributionDraft(
        paragraph,
        None,
        moved([match.span(1)], by),
        moved([match.span(2)], by),
    )
    draft.claim(paragraph, (match.end(), len(paragraph.text)))
    return draft


OUTLET = re.compile(
    r"(?:^|[.!?] )(?:[A-Z][a-z]+ )??((?:[A-Z][\w'’-]+ ){1,3}[A-Z][\w'’-]+), "
    r"(?:The )?[A-Z][\w'’ &-]{2,30}(:) (?=[“\"])"
)


def of_outlet(paragraph: Paragraph) -> AttributionDraft | None:
    """`Ada Example, The Herald: “…”`, where a paragraph quotes what stood elsewhere."""
    match = OUTLET.search(paragraph.text)
    if match is None:
        return None
    by = paragraph.start
    source, cue = ((match.span(part),) for part in (1, 2))
    draft = AttributionDraft(paragraph, None, moved(source, by), moved(cue, by))
    draft.claim(paragraph, (match.end(), len(paragraph.text)))
    return draft


SIGNED = re.compile(
    r"[”\"]\s*([—–―]|--)\s*((?:[A-Z][\w.'’-]*[ \u00a0]?){1,5})\s*$"
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
    by = paragraph.start
    draft = AttributionDraft(
        paragraph,
        None,
        moved([match.span(2)], by),
        moved([match.span(1)], by),
    )
    draft.claim(paragraph, (0, match.start() + 1))
    return draft
