"""The organization that a text is at, where a post names none: "its founder, Ada Example"."""

from collections import Counter

from onrecord.extract.rules.contexts import ParagraphContext
from onrecord.extract.rules.mentions import Mention
from onrecord.extract.rules.references import resolve
from onrecord.extract.rules.role_forms import EMPLOYERS
from onrecord.extract.rules.sentences import root_before
from onrecord.extract.rules.sources import subject_of

BEFORE = 110
"""Characters before a name in which its post may begin."""
BODIES = EMPLOYERS - {"NewsOutlet"}
"""What "its" before a post may mean."""


def in_focus(context: ParagraphContext, before: int) -> Mention | None:
    """The organization that a text is at: the subject of the sentence, else the last subject."""
    recent = [
        mention
        for mention in context.state.recent
        if mention.cls in EMPLOYERS - {"NewsOutlet", "GovernmentBody"}
        and mention.start < before
    ]
    led = [
        mention for mention in recent if mention.start in context.state.subjects
    ]
    here = [
        mention for mention in led if mention.start >= context.paragraph.start
    ]
    led_before = _led_before(context, before)
    if led_before is not None and led_before.cls == "GovernmentBody":
        return led_before
    if here:
        return next(
            (m for m in here if m.start >= _sentence(context, before)), here[-1]
        )
    near = [m for m in recent if m.start >= context.paragraph.start]
    if len({mention.entity for mention in near}) == 1:
        return near[-1]
    ranked = Counter(mention.entity for mention in recent).most_common(2)
    if ranked and (len(ranked) == 1 or ranked[0][1] > 2 * ranked[1][1]):
        return next(m for m in reversed(recent) if m.entity == ranked[0][0])
    return led[-1] if led else None


def _led_before(context: ParagraphContext, before: int) -> Mention | None:
    """Who leads the sentence before: "The board said so. Its chairman, Ada Example, …"."""
    at = before - context.paragraph.start
    word = context.paragraph.doc.touching(at, at + 1)
    root = root_before(word[0]) if word is not None and len(word) else None
    subject = subject_of(root) if root is not None else None
    return resolve(context, subject) if subject is not None else None


def nearest(context: ParagraphContext, before: int) -> Mention | None:
    """The organization that "its" or "their" points back to.

    The one that the sentence names last, else what led the sentence before, else what was named last.
    """
    named = [
        mention
        for mention in context.mentions
        if mention.cls in BODIES and mention.start < before
    ]
    here = [m for m in named if m.start >= _sentence(context, before)]
    if here:
        return here[-1]
    led = _led_before(context, before)
    if led is not None and led.cls in BODIES:
        return led
    return named[-1] if named else in_focus(context, before)


def _sentence(context: ParagraphContext, place: int) -> int:
    """Where the sentence of a place begins."""
    at = place - context.paragraph.start
    word = context.paragraph.doc.touching(at, at + 1)
    if word is not None and len(word):
        return word[0].sentence.start + context.paragraph.start
    return context.paragraph.start
