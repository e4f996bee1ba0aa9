"""Names that nobody knows yet, and what they name, by the words that they end with or that stand beside them.

The table is `kinds.tsv` of the lexicon.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from onrecord.extract.rules.beside_kinds import (
    NEAR,
    goes_by_trade,
    has_head,
    has_staff,
    kind_after,
    kind_before,
)
from onrecord.extract.rules.body_signs import is_body, is_union
from onrecord.extract.rules.lexicon import Kind, Lexicon
from onrecord.extract.rules.listed_names import listed_names
from onrecord.extract.rules.no_names import OF_STATE, begun_before
from onrecord.extract.rules.parsing import Paragraph
from onrecord.extract.rules.person_signs import (
    HUMAN,
    NOBLE,
    PARTICLES,
    UPPER,
    goes_by_last_name,
    goes_by_pronoun,
    trades,
)
from onrecord.extract.rules.sentences import is_headline, sentence_of
from onrecord.extract.rules.titles import after_name
from onrecord.extract.rules.whole_names import has_given_name, spelled_out

if TYPE_CHECKING:
    from onrecord.extract.rules.tokens import Words


@dataclass(frozen=True, slots=True)
class Name:
    """A name with its place in a paragraph, and the class of what it names."""

    start: int
    end: int
    text: str
    cls: str


_CAPITAL = rf"[{UPPER}](?:[\w&-]|[$!](?=\w)|[’'](?=\w)(?!s\b)|\.(?=\w))*"
_WORD = rf"(?:{_CAPITAL}|\d+(?:\.\d+)?)"
_SHORT = (
    r"(?:[A-Z]\.)+|(?:Dr|Gov|Hon|Mr|Mrs|Ms|Mt|Mx|Prof|Reps?|Rev|Sens?|St)\."
)


@lru_cache(maxsize=4)
def _run(lexicon: Lexicon) -> re.Pattern[str]:
    """Words with capitals, one after the other; a full stop ends them, but in what is cut short.

    An apostrophe does not, before what those who are named belong to: "the Writers’ Federation".
    """
    kinds = lexicon.kinds["last"].items()
    bodies = (re.escape(word) for word, kind in kinds if kind.cls in BODIES)
    body = "|".join(sorted({*bodies, "network"}))
    members = rf"(?:(?<=s)[’'](?= (?:[{UPPER}]\w+ ){{0,2}}(?i:{body})\b))?"
    first, word = rf"{_SHORT}|{_CAPITAL}{members}", rf"{_WORD}{members}"
    return re.compile(rf"(?:{first})(?: (?:& )?{word})*")


BODIES = frozenset({"Guild", "TradeBody", "Organization"})
"""What people belong to that is named after them."""
OF_MEMBERS = re.compile(r"s[’'] \w+$")
"""How such a name ends, whatever else its last word may be: "Animators' Network"."""
OF = re.compile(r" of (?:the )?[A-Z]\w+(?: [A-Z]\w+){0,2}")
"""What belongs to the name of a guild or an office: "Guild of Great Britain"."""
_PERSON = rf"(?:{HUMAN.pattern}|(?:[A-Z]\. ?)+ ?[{UPPER}][\w’'-]+)"
ROW = re.compile(rf"{_PERSON}(?:, {_PERSON})+,? and {_PERSON}(?! of\b|[’'])")
"""Three names and more in a row: "Ada Example, Rhea Sand and Jo Finch"."""
BILL = re.compile(
    r"\b(?:(?:Senate|House|Assembly) Bill|[AS]B|H\.?R\.?|S\.)[ -]\d{1,5}\b"
)
"""A bill by its number."""
ENTITIES = {"PERSON": "Person", "ORG": "Company"}
MADE_BY_AI = re.compile(r"AI-[a-z]+")
"""How something was made: "AI-read books"."""
OF_AI = re.compile(r" (?:of|on|about|over|for|with) AI\b")
"""Where a name ends that spaCy has run on: "told Variety of AI music"."""
OWNER = re.compile(rf"^{_CAPITAL}[’']s (?={_CAPITAL}$)")
"""Whose a firm is: "Comcast’s Universal"."""
BASED = re.compile(r"[\w’-]+-based ")
"""Where somebody is, which is no part of his name: "Oslo-based Studio Nine"."""
SPOKEN = re.compile(
    r"^([A-Z][A-Z’'.-]+(?: [A-Z][A-Z’'-]+){1,2})(?: \([^)]*\))?: ", re.MULTILINE
)
"""The speaker of a transcript in capitals."""
OWN = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur)\b")
OPENED = re.compile(r"(?:[“\"‘]|(?<!\w)')(?:[Tt]he )?$")
"""A quotation mark right before a name."""
TITLED = re.compile(
    r"(?:[“\"‘]|(?<!\w)')"
    r"((?:[A-Z0-9][\w’'&:-]*|of|the|a|an|and|in|on|to|for|&)(?: [\w’'&:-]+){0,5}?)[.,!?]?[”\"’'](?!\w)"
)


def names(paragraph: Paragraph, text: str, lexicon: Lexicon) -> Iterator[Name]:
    """Names that a paragraph of a text may hold; those that words tell of come before those that spaCy guesses."""
    yield from _spoken(paragraph, text)
    for bill in BILL.finditer(paragraph.text):
        yield Name(bill.start(), bill.end(), bill.group(), "Legislation")
    for run in _run(lexicon).finditer(paragraph.text):
        yield from _in_run(paragraph, run, text, lexicon)
    yield from _titles(paragraph, lexicon)
    for listed in listed_names(paragraph, lexicon):
        yield Name(*listed)
    for person in NOBLE.finditer(paragraph.text):
        whole = _without_trades(person[0], lexicon)
        yield Name(person.end() - len(whole), person.end(), whole, "Person")
    for row in ROW.finditer(paragraph.text):
        yield from _in_row(paragraph, row, lexicon)
    for span in paragraph.doc.ents:
        for words in spelled_out(span, lexicon):
            guess = _guessed(paragraph, words, text, lexicon)
            if guess is not None:
                yield guess


def _spoken(paragraph: Paragraph, text: str) -> Iterator[Name]:
    """`ADA EXAMPLE: …`, in a text that has several such lines."""
    match = SPOKEN.match(paragraph.text)
    if (
        match is not None
        and re.search(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur)\b", paragraph.text)
        and len(SPOKEN.findall(text)) > 1
    ):
        yield Name(0, match.end(1), match[1].title(), "Person")


def _in_run(
    paragraph: Paragraph, run: re.Match[str], text: str, lexicon: Lexicon
) -> Iterator[Name]:
    """The names in a run of capitals: what a word like "Pictures" ends, and people beside their post."""
    start, end = run.start(), run.start() + len(_without_stop(run.group()))
    for part in re.finditer(r"\S+", paragraph.text[start:end]):
        title = part.group().rstrip(".").lower()
        rest = paragraph.text[start + part.end() : end].strip()
        if title in PEERS and rest and " " not in rest:
            yield Name(start + part.start(), end, f"{part[0]} {rest}", "Person")
            return
        if title in _posts(lexicon) and rest and not _names_law(rest, lexicon):
            title_start = start + part.start()
            if OF_STATE.match(part[0]) is None:
                yield from _one(paragraph, start, title_start, text, lexicon)
            start += part.end() + 1
            break
    yield from _one(paragraph, start, end, text, lexicon)


def _names_law(rest: str, lexicon: Lexicon) -> bool:
    """Whether a trade is part of the name of a law: "the Performer Likeness Act"."""
    last = lexicon.kinds["last"].get(rest.rsplit(" ", 1)[-1].lower())
    return last is not None and last.cls == "Legislation"


PEERS = frozenset({"lord", "lady", "baroness", "baron", "dame", "sir"})
"""Titles that a last name alone does not go without."""
STOPPED = re.compile(r"(?:\b(?:Inc|Co|Corp|Ltd|Jr|Sr)|\.[A-Z])\.$")
"""What a name may end with, full stop and all."""


def _without_stop(run: str) -> str:
    return run if STOPPED.search(run) else run.rstrip(".")


def _one(
    paragraph: Paragraph, start: int, end: int, whole: str, lexicon: Lexicon
) -> Iterator[Name]:
    text = paragraph.text[start:end].rstrip()
    moved = begun_before(paragraph, start, text)
    start, text = start + moved, text[moved:]
    based = BASED.match(text)
    if based is not None:
        start, text = start + based.end(), text[based.end() :]
    end = start + len(text)
    last = lexicon.kinds["last"].get(text.rsplit(" ", 1)[-1].lower())
    if last is not None and " " in text and not text.isupper():
        is_of_members = OF_MEMBERS.search(text) and last.cls not in BODIES
        of = OF.match(paragraph.text, end) if last.cls != "Company" else None
        yield Name(
            start,
            of.end() if of else end,
            text + (of[0] if of else ""),
            "Organization" if is_of_members else last.cls,
        )
        return
    if text.lower() in _ends_of_posts(lexicon) or MADE_BY_AI.fullmatch(text):
        return
    before = kind_before(paragraph.text, start, lexicon)
    if before is not None and (before.cls != "Person" or HUMAN.fullmatch(text)):
        is_firm = (before.cls == "AISystem" and has_staff(whole, text)) or (
            before.cls == "Person" and has_head(text, whole, lexicon)
        )
        yield Name(start, end, text, "Company" if is_firm else before.cls)
    after = kind_after(paragraph.text, end, lexicon) if before is None else None
    if after is not None and (
        after.cls in MADE or _may_be_thing(paragraph, start, end, after)
    ):
        bare = text.removeprefix("The ")
        is_firm = after.cls == "AISystem" and has_staff(whole, bare)
        cls = "Company" if is_firm else after.cls
        yield Name(end - len(bare), end, bare, cls)
    elif (
        before is None
        and HUMAN.fullmatch(text)
        and after_name(lexicon).match(paragraph.text, end)
    ):
        yield Name(start, end, text, "Person")


@lru_cache(maxsize=4)
def _posts(lexicon: Lexicon) -> frozenset[str]:
    before = lexicon.kinds["before"].items()
    people = {word for word, kind in before if kind.cls == "Person"}
    return frozenset({"ceo", "cto", "cfo", *people})


@lru_cache(maxsize=4)
def _ends_of_posts(lexicon: Lexicon) -> frozenset[str]:
    """What a post may end with: "of staff", "staff"."""
    return frozenset(
        title[start:]
        for title in lexicon.titles
        for start in range(len(title) + 1)
    )


MADE = frozenset({"AISystem", "SyntheticPerformer"})
TIMES = frozenset({"DATE", "TIME", "GPE", "NORP"})
"""What stands before a comma and is not what follows it: "In March, a company …"."""


CLOSED = re.compile(r", the [\w -]{3,40}, ")
"""An apposition to its end, which only a name has: "Equal, the British union, said"."""


def _may_be_thing(
    paragraph: Paragraph, start: int, end: int, after: Kind
) -> bool:
    """Whether words with capitals, of which an apposition tells what they are, name a thing or a body."""
    words = paragraph.doc.touching(start, end)
    if words is None or after.cls == "Person":
        return False
    is_time = any(word.ent_type_ in TIMES for word in words)
    is_closed = CLOSED.match(paragraph.text, end) is not None
    may_be = {"PROPN", "ADJ", "NOUN"} if is_closed else {"PROPN"}
    return not is_time and words.root.pos_ in may_be


def _titles(paragraph: Paragraph, lexicon: Lexicon) -> Iterator[Name]:
    """Works by their kind: `the film “Dust”`."""
    for match in TITLED.finditer(paragraph.text):
        before = paragraph.text[max(0, match.start() - NEAR) : match.start()]
        near = re.search(r"((?:trailer )?[\w-]+) $", before)
        kind = lexicon.kinds["title"].get(near[1].lower()) if near else None
        if kind is not None:
            yield Name(match.start(1), match.end(1), match[1], kind.cls)


def _guessed(
    paragraph: Paragraph, span: "Words", text: str, lexicon: Lexicon
) -> Name | None:
    """What spaCy takes for a person or an organization."""
    if span.label_ not in ENTITIES:
        return None
    name = re.sub(
        r"[’']s?$",
        "",
        span.text.strip().removeprefix("the ").removeprefix("The "),
    )
    name = _without_stop(OF_AI.split(name)[0])
    name = OWNER.sub("", name)
    if len(name) < SHORTEST or "\n" in name or not _is_spelled(name):
        return None
    if _is_of_headline(span, name, text):
        return None
    if name.lower() in lexicon.roles or name.lower() in lexicon.titles:
        return None
    start = span.start_char + span.text.index(name)
    bare = _without_trades(name, lexicon)
    name, start = bare, start + len(name) - len(bare)
    is_title = OPENED.search(paragraph.text, 0, start) is not None
    if is_title or OF_STATE.match(paragraph.text, start + len(name) + 1):
        return None
    place = slice(start, start + len(name))
    cls = _class_of(paragraph, place, span.label_, text, lexicon)
    return Name(start, start + len(name), name, cls)


PARTICLE = re.compile(rf"(?:{PARTICLES})\b")
SHORTEST = 3


def _is_spelled(name: str) -> bool:
    """Whether words are spelled as names are: with a capital first, but for "al-" and "van"."""
    is_behind = PARTICLE.match(name) is not None and not name.islower()
    return name[:1].isupper() or is_behind


def _in_row(
    paragraph: Paragraph, row: re.Match[str], lexicon: Lexicon
) -> Iterator[Name]:
    """People in a row of names, of whom spaCy knows one for a person, and none of which ends as those of firms do."""
    people = []
    for match in re.finditer(_PERSON, row[0]):
        name = _without_trades(match[0], lexicon)
        end = row.start() + match.end()
        people.append(Name(end - len(name), end, name, "Person"))
    lasts = {person.text.rsplit(" ", 1)[-1].lower() for person in people}
    span = paragraph.doc.touching(*row.span())
    if span is None or lasts & lexicon.kinds["last"].keys():
        return
    if any(entity.label_ == "PERSON" for entity in span.ents):
        yield from people


def _without_trades(name: str, lexicon: Lexicon) -> str:
    """A name without the noun before it: "Actors Ada Example"."""
    first, _, rest = name.partition(" ")
    while rest and _is_trade(first.lower(), lexicon):
        if first.lower() in PEERS and " " not in rest:
            break
        name = rest
        first, _, rest = name.partition(" ")
    return name


def _is_trade(word: str, lexicon: Lexicon) -> bool:
    """Whether a word is the noun of what people are, of one or of several."""
    known = trades(lexicon)
    return word in known or word.removesuffix("s") in known


def _class_of(
    paragraph: Paragraph, place: slice, label: str, text: str, lexicon: Lexicon
) -> str:
    """The class of a name: by the whole or its last word, by the trade before it, else as spaCy guesses it."""
    name = paragraph.text[place]
    last = lexicon.kinds["last"].get(name.rsplit(" ", 1)[-1].lower())
    if " " not in name and goes_by_trade(name, text, lexicon):
        return "Person"
    first = lexicon.kinds["first"].get(name.partition(" ")[0].lower())
    if first is not None and " " in name and last is None:
        return first.cls
    whole = lexicon.kinds["whole"].get(name.lower().removeprefix("the "))
    after = kind_after(paragraph.text, place.stop, lexicon)
    is_thing = after is not None and after.cls != "Person"
    told = whole or last or (after if is_thing else None)
    if told is not None:
        return told.cls
    is_person = HUMAN.fullmatch(name) and (
        has_given_name(name, lexicon)
        or goes_by_last_name(name, text)
        or goes_by_pronoun(name, text, lexicon)
    )
    if is_person:
        return "Person"
    guessed = ENTITIES[label]
    if is_union(text, name):
        return "Guild"
    is_other = name.isupper() or is_body(text, name)
    return "Company" if guessed == "Person" and is_other else guessed


def _is_of_headline(span: "Words", name: str, text: str) -> bool:
    """Whether a name may be words of a headline alone: it has capitals throughout, and no other line names it."""
    if name.isupper() and " " in name:
        return True
    return is_headline(sentence_of(span[0])) and text.count(name) == 1
