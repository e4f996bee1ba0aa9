"""Names in a row beside the noun of what they are: "labels, including Northgate and Lumo", "Lilt and other firms"."""

import re
from collections.abc import Iterator
from functools import lru_cache

from onrecord.extract.rules.lexicon import Lexicon
from onrecord.extract.rules.parsing import Paragraph
from onrecord.extract.rules.person_signs import PARTICLES, UPPER

_CAPITAL = rf"[{UPPER}0-9](?:[\w&+-]|[’'](?=\w)(?!s\b))*"
_NAME = rf"(?:[Tt]he )?[{UPPER}](?:[\w&+-]|[’'](?=\w)(?!s\b))*(?: (?:(?:&|of|{PARTICLES}) )?{_CAPITAL}){{0,4}}"
_ROW = rf"(?P<row>{_NAME}(?:, {_NAME})*(?:,? and {_NAME})?)(?![\w’'-])"
HEADED = re.compile(
    r"\b(?P<noun>[a-z-]+)(?: and (?P<other>[a-z-]+))?,? (?:including|such as|among them|notably) "
    + _ROW
)
"""What they are, then their names."""
CLOSED = re.compile(
    rf"(?P<row>{_NAME}(?:, {_NAME})*),? (?:and|or) (?:[a-z]+ )?(?:of )?other (?:[a-z-]+ )??(?P<noun>[a-z-]+s)\b"
)
"""Names, then what they and others are."""
NAME = re.compile(_NAME)
Listed = tuple[int, int, str, str]
"""A name by its place in a paragraph, its words, and the class of what it names."""


def listed_names(paragraph: Paragraph, lexicon: Lexicon) -> Iterator[Listed]:
    """The names in rows of which a noun tells what they are."""
    for form in (HEADED, CLOSED):
        for match in form.finditer(paragraph.text):
            cls = _class_of(match, lexicon)
            if cls is not None:
                yield from _in_row(paragraph, match.span("row"), cls, lexicon)


def _class_of(match: re.Match[str], lexicon: Lexicon) -> str | None:
    """The class that all the nouns beside a row tell."""
    nouns = (noun for noun in match.groupdict().items() if noun[0] != "row")
    told = {_told_by(noun, lexicon) for _, noun in nouns if noun is not None}
    return next(iter(told)) if len(told) == 1 else None


@lru_cache(maxsize=512)
def _told_by(noun: str, lexicon: Lexicon) -> str | None:
    """What a noun in the plural tells of each."""
    rows = lexicon.kinds["before"]
    singular = noun.removesuffix("s")
    if noun == singular:
        return None
    if noun.endswith("ies"):
        singular = f"{noun.removesuffix('ies')}y"
    kind = rows.get(singular)
    return kind.cls if kind is not None else None


def _in_row(
    paragraph: Paragraph, place: tuple[int, int], cls: str, lexicon: Lexicon
) -> Iterator[Listed]:
    start, end = place
    for match in NAME.finditer(paragraph.text, start, end):
        text = re.sub("^[Tt]he ", "", match[0])
        first = match.end() - len(text)
        words = paragraph.doc.touching(first, match.end())
        is_named = words is not None and any(w.pos_ == "PROPN" for w in words)
        if is_named and not lexicon.is_about_ai(text):
            yield first, match.end(), text, cls
