"""The normal form that a text is read in, and the way back to the text as it is kept.

Extractors see one form: composed characters (Unicode NFC), plain spaces, hyphens and
apostrophes, no invisible characters, no line broken inside a paragraph. Evidence is
given in offsets of the kept text, which stays as it came.
"""

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from onrecord.ingest.marks import marks
from onrecord.ingest.wrapping import continuations
from onrecord.model import Evidence, Statement

CONTEXT = 60
INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
HYPHENS = "\u2010\u2011\u2043\ufe63\uff0d"
DASHES = "\u2012\u2212"
"""Signs for other things that stand for a hyphen between letters."""
APOSTROPHES = "\u2019\u02bc\u2018\u201b\u00b4\u2032\uff07\u02bb\ua78c`"
TURNED = "\u2018\u201b\u00b4\u2032\uff07`"
"""What some write for the apostrophe behind "the studios"."""
RAISED = "\u00b9\u00b2\u00b3\u2070\u2074-\u2079"
"""Figures that lead to a note; "m\u00b2" has fewer letters before it."""
RIGHTS = "\u00a9\u00ae\u2120\u2122"
"""Signs behind a name that is a trade mark."""
BULLETS = "\u2022\u2023\u25aa\u25cf\u25e6\u25a0\u00b7\uf0b7"
"""What stands before the items of a list."""
LIGATURES = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
}
PIECES = re.compile(
    rf"(?P<gone>(?<=[^\W\d_]{{3}})[{RIGHTS}{RAISED}]+|(?<=[.,;:!?”\"])[{RAISED}]+(?!\w)|\u00ad[ \t]*\n"
    rf"|[{INVISIBLE}]+|(?m:^[ \t]*[{BULLETS}][{SPACES}\t ]+))"
    r"|(?P<entity>&(?:quot|amp|apos|nbsp|shy|[lr][sd]quo|[mn]dash|hellip|#\d{2,5}|#x[0-9a-fA-F]{2,4});)"
    rf"|(?P<space>[{SPACES}\t ]{{2,}}|[{SPACES}\t])"
    rf"|(?P<hyphen>[{HYPHENS}]|(?<=[^\W\d_])[{DASHES}](?=[^\W\d_])"
    r"|(?<=[^\W\d_])\u2013(?=[A-Z])|(?<=[A-Z]{2})\u2013(?=[^\W\d_]))"
    rf"|(?P<apostrophe>(?<=[^\W\d_])[{APOSTROPHES}](?=[^\W\d_])|(?<=s)[{TURNED}](?=\s))"
    r"|(?P<wide>[\uff01-\uff5e\U0001d400-\U0001d7ff])"
    r"|(?P<ligature>[\ufb00-\ufb06])"
    r"|(?P<accents>\w[\u0300-\u036f]+)"
)
"""What the normal form writes in another way than the kept text."""
SPACE = re.compile(rf"[{SPACES}]")
LINE = re.compile(r"[^\n]+")
SENTENCE = re.compile(r"[.!?][\"'”’]? ")
LONGEST = 5_000
"""Characters; no person writes a longer paragraph, and a parser's memory grows with its length."""
PLAIN = {"gone": "", "space": " ", "hyphen": "-", "apostrophe": "'"}


@dataclass(frozen=True, slots=True)
class NormalText:
    """A text in normal form.

    `starts[i]` and `ends[i]` bound, in the kept text, what character `i` stands for.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The offsets in the kept text of a passage of the normal form."""
        return self.starts[start], self.ends[end - 1]


def normal_text(kept: str) -> NormalText:
    """A kept text in normal form."""
    text: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end, plain in _pieces(kept):
        text.append(plain)
        if len(plain) == end - start:
            starts += range(start, end)
            ends += range(start + 1, end + 1)
        else:
            starts += [start] * len(plain)
            ends += [end] * len(plain)
    return NormalText("".join(text), tuple(starts), tuple(ends))


def in_kept_text(
    statement: Statement, normal: NormalText, kept: str
) -> Statement:
    """A statement found in a normal form, with its evidence in words of the kept text."""
    evidence = statement.evidence
    if evidence is None or evidence.start is None or not evidence.end:
        return statement
    start, end = normal.place(evidence.start, evidence.end)
    moved = Evidence(
        kept[start:end],
        kept[max(0, start - CONTEXT) : start] if evidence.prefix else None,
        kept[end : end + CONTEXT] if evidence.suffix else None,
        start,
        end,
    )
    return replace(statement, evidence=moved)


def _pieces(kept: str) -> Iterator[tuple[int, int, str]]:
    """The text piece by piece: where each stands, and what stands for it."""
    breaks = continuations(kept)
    place = 0
    for start, end, plain in _exceptions(kept, breaks):
        if start < place:
            continue
        if place < start:
            yield place, start, kept[place:start]
        yield start, end, plain
        place = end
    yield place, len(kept), kept[place:]


def _exceptions(
    kept: str, breaks: dict[int, tuple[int, str]]
) -> list[tuple[int, int, str]]:
    """The pieces that are written in another way: where each begins and ends, and what stands for it."""
    pieces = [(start, end, plain) for start, (end, plain) in breaks.items()]
    pieces += [(place, place, "\n") for place in _splits(kept)]
    for match in PIECES.finditer(kept):
        pieces.append((match.start(), match.end(), _plain(match)))
    pieces += marks(kept)
    return sorted(pieces, key=lambda piece: (piece[0], -piece[1]))


def _splits(kept: str) -> Iterator[int]:
    """Where a line too long to parse at once is cut: behind a sentence, else a word, else anywhere."""
    for line in LINE.finditer(kept):
        place = line.start()
        while line.end() - place > LONGEST:
            window = kept[place : place + LONGEST]
            ends = [match.end() for match in SENTENCE.finditer(window)]
            place += ends[-1] if ends else window.rfind(" ") + 1 or LONGEST
            yield place


def _entity(match: re.Match[str]) -> str:
    """The character that an entity of HTML stands for, in its own plain form."""
    before = match.string[match.start() - 1 : match.start()]
    behind = match.string[match.end() : match.end() + 1]
    sign = html.unescape(match.group())
    if sign in APOSTROPHES and before.isalpha() and behind.isalpha():
        return "'"
    return "" if sign == "\u00ad" else SPACE.sub(" ", sign)


def _plain(match: re.Match[str]) -> str:
    kind = match.lastgroup or ""
    if kind == "ligature":
        return LIGATURES[match.group()]
    if kind == "accents":
        return unicodedata.normalize("NFC", match.group())
    if kind == "entity":
        return _entity(match)
    if kind == "wide":
        return unicodedata.normalize("NFKC", match.group())
    return PLAIN[kind]
