"""Names that only their capitals give away: "Orbita said", "a tool from Babelfin", “Dalawang Buwan”."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from onrecord.extract.rules.beside_kinds import goes_by_trade
from onrecord.extract.rules.kinds import Name
from onrecord.extract.rules.lexicon import Lexicon
from onrecord.extract.rules.no_names import OF_STATE
from onrecord.extract.rules.parsing import Paragraph
from onrecord.extract.rules.person_signs import (
    HUMAN,
    goes_by_last_name,
    goes_by_pronoun,
    trades,
)
from onrecord.extract.rules.sentences import is_headline, sentence_of
from onrecord.extract.rules.whole_names import has_given_name
from onrecord.model.dates import MONTHS, WEEKDAYS

if TYPE_CHECKING:
    from onrecord.extract.rules.tokens import Token, Words

KEPT = 4
"""Texts whose names inside sentences are kept."""
NAMED = re.compile(
    r"[A-Z][\w’'&+.-]*|\d[\w.]*|do|da|de|del|della|den|di|dos|du|la|ter|von|van|of|the"
)
PLACES = frozenset({"GPE", "LOC", "NORP", "DATE", "TIME", "LANGUAGE", "FAC"})
ARTICLES = frozenset({"la", "las", "los", "der", "den"})
"""What may stand behind a link: "de la", "van der"."""
LINKS = ARTICLES | frozenset(
    [
        *(
            "&",
            "al",
            "bin",
            "da",
            "de",
            "del",
            "della",
            "di",
            "do",
            "dos",
            "du",
            "el",
        ),
        *("ten", "ter", "van", "von"),
    ]
)
BEFORE_PLACE = frozenset({"in", "at", "near", "across", "around", "to"})
ACTING = frozenset(
    {"nsubj", "nsubjpass", "poss", "dobj", "pobj", "appos", "conj"}
)
LEADING = frozenset({"the", "a", "an"})
DAYS = frozenset(name.lower() for name in (*WEEKDAYS, *MONTHS))
FIRST = DAYS | {
    "spring",
    "summer",
    "autumn",
    "fall",
    "winter",
    "christmas",
    "easter",
    "i",
    "ai",
    "q1",
    "q2",
    "q3",
    "q4",
    "update",
    "photo",
}
"""Words with a capital that are no names."""
TITLED = re.compile(
    r"(?:[“\"‘]|(?<!\w)')(?P<title>(?:[A-Z0-9][\w’'&:!-]*)(?:,? (?:[A-Z0-9][\w’'&:!-]*|of|the|a|an|and|in|on"
    r"|to|for|de|la|do|des|du|&)){0,6})[.,!?]?[”\"’'](?!\w)"
)
"""A title in quotation marks: each word but the small ones has a capital."""
SAID = re.compile(
    r"(?<=[,.!?][”\"’]) (?:he|she|they|[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?) (?:said|says|told|wrote)\b"
)
"""What follows a quotation, and no title."""
SMALL = frozenset(
    [
        "of",
        "the",
        "a",
        "an",
        "and",
        "in",
        "on",
        "to",
        "for",
        "de",
        "la",
        "do",
        "des",
        "du",
    ]
)
WORKS = {
    "song": "Song",
    "single": "Song",
    "track": "Song",
    "album": "Album",
    "record": "Album",
    "series": "Series",
    "show": "Series",
    "soap": "Series",
    "season": "Series",
    "anime": "Series",
    "game": "VideoGame",
    "film": "Film",
    "movie": "Film",
    "drama": "Film",
    "picture": "Film",
    "director": "Film",
}
AGE = re.compile(r", (?:aged )?\d\d[,.]")
WHO = re.compile(
    r",? (?:who|whose (?:voice|face|song|book|film|album))\b|, (?:his|her)\b"
)


def capitals(
    paragraph: Paragraph, text: str, lexicon: Lexicon
) -> Iterator[Name]:
    """Runs of proper nouns that take part in a sentence, and titles in quotation marks."""
    yield from _titles(paragraph)
    doc = paragraph.doc
    at = 0
    while at < len(doc):
        end = _run_end(doc[at]) if _begins(doc[at], text) else at
        if end > at:
            name = _name(paragraph, doc[at:end], text, lexicon)
            if name is not None:
                yield name
        at = max(end, at + 1)


def _titles(paragraph: Paragraph) -> Iterator[Name]:
    for match in TITLED.finditer(paragraph.text):
        title = match["title"]
        words = title.split()
        if words[-1].lower() in SMALL or (
            len(words) == 1 and match[0][-2] in ".?!"
        ):
            continue
        if SAID.match(paragraph.text, match.end()):
            continue
        near = paragraph.text[
            max(0, match.start() - 60) : match.start()
        ].lower()
        kinds = [
            WORKS[word] for word in re.findall(r"\w+", near) if word in WORKS
        ]
        if len(words) > 1 or kinds:
            cls = kinds[-1] if kinds else "CreativeWork"
            yield Name(match.start("title"), match.end("title"), title, cls)


_CAPITALS = r"[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*"
BODY = re.compile(
    r"\b(?:(?!The\b)[A-Z][\w’'-]* )*?"
    r"(?P<kind>Association|Academy|Alliance|Guild|Society|Institute|Federation|Council|Union"
    r"|League|Coalition|Circle|Board|Committee|Ministry|Minister|Department|Office|Bureau"
    r"|House|Museum|Fellowship|Confederation|Syndicate|Court|Centre|Center|School|Estate)"
    rf" (?:of|for|(?<=Court )in) (?:the )?{_CAPITALS}(?:(?:,| and| &| of| for)(?: the)? {_CAPITALS})?"
)
"""A body named by what it is of or for: "Academy of Series Arts", "Coastal Guild of Actors"."""
JOINED = re.compile(rf"\b[Tt]he (?P<name>{_CAPITALS} (?:and|&) {_CAPITALS})")
"""Two names, or one body of both: "the Picture and Series Employers"."""
OF_BOTH = frozenset({"Guild", "TradeBody", "Organization", "GovernmentBody"})


def bodies(paragraph: Paragraph, lexicon: Lexicon) -> Iterator[Name]:
    """Bodies whose names hold small words, which end other names."""
    for match in BODY.finditer(paragraph.text):
        kind = lexicon.kinds["last"].get(match["kind"].lower())
        cls = kind.cls if kind is not None else "Organization"
        yield Name(match.start(), match.end(), match[0], cls)
    for match in JOINED.finditer(paragraph.text):
        name = match["name"]
        last = lexicon.kinds["last"].get(name.rsplit(" ", 1)[-1].lower())
        if last is not None and last.cls in OF_BOTH:
            yield Name(match.start("name"), match.end(), name, last.cls)


def _begins(token: "Token", text: str) -> bool:
    """Whether a name may begin with a word."""
    if not token.text[:1].isupper() or token.lower_ in FIRST | LEADING:
        return False
    if not token.text.isascii():
        return True
    if token.pos_ not in {"PROPN", "X", "NOUN", "ADJ", "NUM", "VERB"}:
        return False
    if _is_behind_hyphen(token):
        return False
    if token.pos_ == "PROPN" or not token.is_sent_start:
        return True
    takes_part = token.pos_ == "NOUN" and token.dep_ in ACTING | INSIDE
    return takes_part and token.text in named_inside(text)


def _is_behind_hyphen(token: "Token") -> bool:
    """Whether a word is the end of a longer one: "Khatibi" of "al-Khatibi"."""
    before = token.nbor(-1) if token.i else token
    return before.text == "-" and not before.whitespace_


INSIDE_SENTENCE = re.compile(r"(?<=\s)[a-z][\w’'-]*,? (?=(\w+)\b(?! [A-Z]))")
"""A small word, and the one behind it."""
AS_FIRM = re.compile(
    r"\b(\w+), an? (?:[\w-]+ ){0,3}(?:agency|company|developer|firm|guild|label|maker|platform"
    r"|publisher|start-?up|streamer|studio|union)\b"
)
"""A word, and that it is a firm."""


@lru_cache(KEPT)
def named_inside(text: str) -> frozenset[str]:
    """The words that have their capital inside a sentence too, so that they are names where one begins."""
    words = {*INSIDE_SENTENCE.findall(text), *AS_FIRM.findall(text)}
    return frozenset(word for word in words if word[0].isupper())


def _run_end(first: "Token") -> int:
    """Where the run of capitals that begins with a word ends."""
    doc, end = first.doc, first.i + 1
    while end < len(doc):
        step = _step(first, doc[end])
        if not step:
            break
        end += step
        if doc[end - 1].text.isdigit():
            break
    return end


def _step(first: "Token", word: "Token") -> int:
    """How many words a name goes on with from here: none, one, or two with a hyphen."""
    before = word.nbor(-1)
    after = word.nbor() if word.i + 1 < len(word.doc) else None
    if word.text == "-" and not before.whitespace_ and not word.whitespace_:
        return 2 if after is not None and after.is_alpha else 0
    if before.whitespace_ != " " or word.is_punct:
        return 0
    if word.text.isdigit():
        return int(word.i == first.i + 1 and len(word.text) < LONG_NUMBER)
    is_link = (
        word.lower_ in LINKS and after is not None and _goes_on(word, after)
    )
    return int(
        is_link or (word.text[:1].isupper() and word.lower_ not in FIRST)
    )


def _goes_on(link: "Token", after: "Token") -> bool:
    """Whether a capital follows a link, or the article that belongs to it: "de la Hoya"."""
    if link.lower_ in ARTICLES and link.nbor(-1).lower_ not in LINKS:
        return False
    is_more = after.lower_ in ARTICLES or after.text == "-"
    if not is_more or after.i + 1 >= len(after.doc):
        return after.text[:1].isupper()
    return after.nbor().text[:1].isupper()


LONG_NUMBER = 3
"""Digits of a number that is no part of a name: "Painter 2", not "Netflix 2026"."""
SHORTEST = 3
HANGING = frozenset(
    {"compound", "nmod", "oprd", "attr", "npadvmod", "amod", "dep", "ROOT"}
)
INSIDE = frozenset({"compound", "nmod", "amod"})


def _name(
    paragraph: Paragraph, span: "Words", text: str, lexicon: Lexicon
) -> Name | None:
    """A run as a name; None for places, dates and headings, and what takes no part."""
    span = _without_trade(span, lexicon)
    posts = lexicon.roles.keys() | lexicon.titles.keys()
    if not len(span) or span.text.lower() in posts:
        return None
    if (
        _is_no_name(span, text)
        or not _takes_part(span)
        or _is_place(span, span.root)
    ):
        return None
    if is_headline(sentence_of(span[0])) or _is_heading(span):
        return None
    last = lexicon.kinds["last"].get(span[-1].lower_)
    cls = _kind(paragraph, span, text, lexicon)
    if last is not None:
        cls = last.cls
    if len(span) == 1 and goes_by_trade(span.text, text, lexicon):
        cls = "Person"
    return Name(span.start_char, span.end_char, span.text, cls)


HEADED = frozenset({"different", "many", "other", "several", "various"})
"""Words that only a heading writes with a capital after a small word."""


def _is_heading(span: "Words") -> bool:
    """Whether a run begins a heading that was glued to its paragraph: "Practical Uses in Various Films Ada said"."""
    match [word.text for word in span.doc[span.end : span.end + 2]]:
        case [small, word]:
            is_headed = word.istitle() and word.lower() in HEADED
            return small.islower() and is_headed
    return False


OF_PARTY = re.compile(r"(?:Con|D|I|Lab|Lib|R)-\w+(?: \w+)*")
"""Of which party and from where a member of a parliament is: "R-Ohio"."""


def _is_no_name(span: "Words", text: str) -> bool:
    """Whether a run is too short, a heading in capitals, or the rest of a name."""
    if OF_PARTY.fullmatch(span.text):
        return True
    if OF_STATE.match(span.doc.text, span.end_char + 1):
        return True
    before = span.doc[span.start - 1] if span.start else None
    is_rest = before is not None and (before.text == "The" or before.like_num)
    return (
        len(span.text) < SHORTEST
        or (span.text.isupper() and len(span) > 1)
        or not any(
            word.pos_ == "PROPN" or word.text in named_inside(text)
            for word in span
        )
        or (is_rest and len(span) == 1)
    )


def _takes_part(span: "Words") -> bool:
    """Whether a sentence has a run for one of its parts."""
    is_misread = not span.root.text.isascii() and span.root.i == span.start
    return _is_part(span, span[-1] if is_misread else span.root)


def _is_part(span: "Words", root: "Token") -> bool:
    if root.dep_ in INSIDE and len(span) == 1 and root.head.pos_ != "NOUN":
        return False
    return root.dep_ in ACTING | HANGING or root.head.dep_ == "appos"


def _without_trade(span: "Words", lexicon: Lexicon) -> "Words":
    start = span.start
    while start < span.end and (
        span.doc[start].lower_ in trades(lexicon) and span.end - start > 1
    ):
        start += 1
    return span.doc[start : span.end]


def _is_place(span: "Words", root: "Token") -> bool:
    labels = {word.ent_type_ for word in span}
    if not labels & PLACES:
        return False
    if labels & {"NORP", "DATE", "TIME", "LANGUAGE"}:
        return True
    while root.dep_ == "conj" and root.head != root:
        root = root.head
    if root.dep_ in {"nsubj", "poss", "agent"}:
        return False
    if root.dep_ == "pobj":
        return (
            root.head.lower_ in BEFORE_PLACE | {"of", "from"}
            or root.head.dep_ == "ROOT"
        )
    return root.dep_ not in {"dobj", "nsubjpass", "oprd"}


MAKER = re.compile(r"[’']s? (?:creator|developer|maker)s?\b")
"""Behind the name of what somebody makes."""
LONGEST_PERSON = 4
"""Words of a person's name."""


def _kind(
    paragraph: Paragraph, span: "Words", text: str, lexicon: Lexicon
) -> str:
    """A tool where it has a number, a person where the text treats it so, else a company."""
    if any(letter.isdigit() for letter in span.text):
        return "AISystem"
    if len(span) == 1:
        is_made = MAKER.match(paragraph.text, span.end_char) is not None
        return "AISystem" if is_made else "Company"
    after = paragraph.text[span.end_char : span.end_char + 60]
    is_told = AGE.match(after) or WHO.match(after)
    is_person = is_told or any(word.ent_type_ == "PERSON" for word in span)
    if is_person or len(span) > LONGEST_PERSON:
        return "Person" if is_person else "Company"
    goes_so = (
        _is_named_so(span.text, lexicon)
        or goes_by_last_name(span.text, text)
        or goes_by_pronoun(span.text, text, lexicon)
    )
    return "Person" if goes_so else "Company"


def _is_named_so(name: str, lexicon: Lexicon) -> bool:
    """Whether a name has the form of a person's, and a first word that many have."""
    return has_given_name(name, lexicon) and bool(HUMAN.fullmatch(name))
