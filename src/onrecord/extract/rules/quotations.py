"""Quotation marks: which characters of a paragraph stand between them.

Curly and straight marks may be mixed; an opening mark that is never closed runs to the paragraph's end.
"""

import re
from collections.abc import Iterator

Span = tuple[int, int]
"""Character offsets, end exclusive."""

OPENING, CLOSING = "“«„", "”»"
MARKS = re.compile(
    r"[“”„«»\"]|``|''|(?<![\w.,!?])[‘'](?=\w)|(?<=[\w.,!?…])[’'](?!\w)"
)

CLOSES_SINGLE = re.compile(r"[^‘\n]{1,200}?[\w.,!?…][’'](?!\w)")
NEXT_MARK = re.compile(r'(?<!\d)"')


def quotations(paragraph: str) -> list[Span]:
    """The quoted spans of a paragraph, marks included, in their order; nested ones belong to the outer one."""
    return list(_spans(paragraph))


def _spans(text: str) -> Iterator[Span]:
    start: int | None = None
    single = False
    for mark in MARKS.finditer(text):
        sign = mark.group()
        if sign in "‘’'":
            if (
                start is None
                and sign != "’"
                and text[mark.end() : mark.end() + 1].isalnum()
                and _closes_single(text, mark.end())
            ):
                start, single = mark.start(), True
            elif (
                start is not None
                and single
                and sign != "‘"
                and mark.start() > start
            ):
                yield start, mark.end()
                start, single = None, False
            continue
        if sign == '"' and _is_inch_mark(
            text, mark.start(), is_open=start is not None
        ):
            continue
        if start is None:
            if sign not in CLOSING or _opens_wrongly(
                text, mark.start(), mark.end()
            ):
                start = mark.start()
        elif not single and not _opens_within(
            sign, text, mark.start(), mark.end()
        ):
            yield start, mark.end()
            start = None
    if start is not None and not single:
        yield start, len(text.rstrip())


def _opens_within(sign: str, text: str, start: int, end: int) -> bool:
    """Whether a mark met inside a quotation opens a nested one."""
    if sign in OPENING:
        return True
    return (
        sign in {'"', "''"}
        and start > 0
        and text[start - 1].isspace()
        and text[end : end + 1].isalnum()
    )


def _is_inch_mark(text: str, place: int, *, is_open: bool) -> bool:
    """Whether a straight mark behind a number is one of inches: the 27" screen.

    Inside a quotation it is where the next mark closes that one; outside it always is,
    since no quotation opens behind a number.
    """
    if not (place and text[place - 1].isdigit()):
        return False
    if not is_open:
        return True
    following = NEXT_MARK.search(text, place + 1)
    if following is None:
        return False
    before = text[following.start() - 1]
    after = text[following.end() : following.end() + 1]
    return not before.isspace() and not after.isalnum()


def _closes_single(text: str, start: int) -> bool:
    """A single mark before a word opens a quotation if another one can close it soon; else it is an apostrophe."""
    return CLOSES_SINGLE.match(text, start) is not None


def _opens_wrongly(text: str, start: int, end: int) -> bool:
    """Whether a closing mark stands where only an opening one can."""
    return (start == 0 or text[start - 1].isspace()) and text[
        end : end + 1
    ].isalnum()
