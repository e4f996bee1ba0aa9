"""Whom a role stands for: "renowned actor Ada Example", "the streamer", "the complaint"."""

import re
from typing import TYPE_CHECKING

from onrecord.extract.rules.contexts import ParagraphContext
from onrecord.extract.rules.mentions import (
    AGENTS,
    COMPANIES,
    DiscourseState,
    Mention,
)
from onrecord.extract.rules.sources import child

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from onrecord.extract.rules.tokens import Token

NEAR = 200
"""Characters before a role in which two names of its class leave open whom it means."""
PUBLIC = frozenset(
    [
        "agency",
        "bureau",
        "commission",
        "committee",
        "congress",
        "council",
        "court",
        "department",
        "government",
        "ministry",
        "office",
        "parliament",
        "senate",
    ]
)
"""Words that tell the kind of a public body."""
DEFINITE = frozenset({"the", "its", "this", "same"})
TRADES = (
    {
        "singer",
        "vocalist",
        "frontman",
        "frontwoman",
        "songwriter",
        "musician",
        "rapper",
    },
    {"actor", "actress", "star", "performer"},
    {"director", "filmmaker"},
    {"writer", "author", "novelist", "screenwriter", "playwright"},
    {"comedian", "comic"},
    {"artist", "illustrator", "painter"},
)
"""Nouns for people that may stand for each other."""
MUSICIANS = TRADES[0] | {"bassist", "drummer", "guitarist", "pianist"}
OF_MUSIC = frozenset({"crooner", "hitmaker", "popstar", "rocker", "songstress"})
"""Nouns for whoever makes music, whatever his instrument."""
NAMED_LIKE = {
    "broadcaster": {"broadcasting", "radio", "television", "tv"},
    "label": {"music", "recordings", "records"},
    "publisher": {"books", "press", "publishing"},
    "studio": {"animation", "films", "pictures", "studio", "studios"},
}
"""Words in the names of firms that a noun stands for: "the label" is Example Records."""
LEGAL = frozenset(
    [
        "action",
        "case",
        "charge",
        "complaint",
        "filing",
        "lawsuit",
        "suit",
        "motion",
        "brief",
        "appeal",
    ]
)
PRESS = frozenset({"newspaper", "publication", "publisher"})
"""Nouns that stand for an outlet before they stand for a firm."""
OF_RESULTS = frozenset({"earnings", "quarterly", "annual"})
LIKE = frozenset({"including", "like"})
"""Prepositions between people and those of them who are named."""
VENUE = 40
"""Characters before a name that may tell that somebody only speaks there."""
POSTED = re.compile(
    r"\b(?:accounts?|messages?|notes?|pages?|post(?:ed|ing|s)?|said|says|statement|stor(?:y|ies)"
    r"|threads?|tweet(?:ed|s)?|video|wrote|writes)(?: \w+)? (?:on|to|via) (?:(?:its|her|his) )?$"
)
"""Words that end before the name of a venue."""
NAMING = frozenset({"appos", "compound", "nmod"})


def named_beside(context: ParagraphContext, token: "Token") -> Mention | None:
    """A name beside its role: "renowned actor Ada Example", "the guild, Actors United"."""
    wanted = context.lexicon.roles.get(token.lower_, ())
    for word in sorted(token.children, key=_is_compound):
        if word.dep_ not in NAMING or word.pos_ != "PROPN":
            continue
        named = context.at(word)
        if named is not None and _may_be(word, named, wanted):
            return named
    called = _called_so(context, token)
    if called is not None:
        return called
    end = context.place(token) + len(token) + 1
    for mention in context.within(end, end + 1):
        if mention.cls in wanted:
            return mention
    return None


def _is_compound(word: "Token") -> bool:
    """Whether a name stands before a noun, where it may only tell whence: "a Hyderabad firm, Studio Nine"."""
    return word.dep_ != "appos"


def _called_so(context: ParagraphContext, token: "Token") -> Mention | None:
    """The name that a noun is said to have: "a company called Studio Nine"."""
    for word in token.children:
        if word.dep_ == "acl" and word.lower_ in {"called", "named"}:
            name = child(word, "oprd", "dobj", "attr")
            return context.at(name) if name is not None else None
    return None


def _may_be(word: "Token", mention: Mention, wanted: "Collection[str]") -> bool:
    """Whether a name beside a noun has one of its classes; an apposition is an agent's, but that of a suit."""
    if not wanted and word.dep_ == "appos":
        return mention.cls in AGENTS and word.head.lemma_ not in LEGAL
    return mention.cls in wanted


def example(context: ParagraphContext, noun: "Token") -> "Token | None":
    """The first of those whom a plural has for examples: "stars such as Ada Example and Jo Finch"."""
    kind = context.at(noun)
    is_one = kind is not None and kind.cls != "Group"
    if noun.tag_ != "NNS" or is_one:
        return None
    for prep in (*noun.rights, *_set_off(context, noun)):
        if prep.lower_ in LIKE or _is_such_as(prep):
            named = child(prep, "pobj")
            if named is not None and context.at(named) is not None:
                return named
    return None


def _set_off(context: ParagraphContext, noun: "Token") -> "Iterator[Token]":
    """An "including" that the parser hung on a thing beside people: "the critics of the act, including Ada"."""
    people = context.lexicon.nouns["people"]
    if noun.lower_ not in people:
        return
    for word in noun.subtree:
        is_behind = word.lower_ == "including" and word.head != noun
        is_set_off = is_behind and word.nbor(-1).text == ","
        if is_set_off and word.head.lower_ not in people:
            yield word


def _is_such_as(prep: "Token") -> bool:
    return prep.lower_ == "as" and prep.nbor(-1).lower_ == "such"


def named_by_role(context: ParagraphContext, token: "Token") -> Mention | None:
    """A role that stands for a name: "the streamer"; a paper speaks for its author."""
    if is_paper(context, token):
        return _owner_of_paper(context, token)
    if is_of_fame(token) and is_definite(token):
        return _of_trade(context.state, "famer", context.place(token))
    if token.lower_ not in context.lexicon.roles:
        return None
    return bearer(context, token) if is_definite(token) else None


def is_of_fame(token: "Token") -> bool:
    """Whether a word is that of the honour: "Hall" of "the Hall of Famer"."""
    words = token.doc[token.i : token.i + 3].text
    return words == "Hall of Famer"


def is_paper(context: ParagraphContext, token: "Token") -> bool:
    """Whether a noun is a letter, a complaint or another paper that speaks, or several of one kind."""
    papers = context.lexicon.nouns["paper"]
    return token.pos_ == "NOUN" and (
        token.lower_ in papers or token.lemma_.lower() in papers
    )


def paper_kind(word: str) -> str:
    """The kind of a paper, since a complaint is also a filing and a suit."""
    return "legal" if word in LEGAL else word


def _owner_of_paper(
    context: ParagraphContext, token: "Token"
) -> Mention | None:
    """Whose a letter, report or complaint is: its owner's, else whoever filed one before."""
    for word in token.children:
        owner = _owner_beside(context, word)
        if owner is not None:
            return owner
    if any(word.lower_ in OF_RESULTS for word in token.children):
        return context.state.latest(COMPANIES, context.place(token))
    if not is_definite(token):
        return None
    senders = context.state.papers.get(paper_kind(token.lemma_.lower()))
    return senders[0] if senders else None


def _owner_beside(context: ParagraphContext, word: "Token") -> Mention | None:
    """The agent that a word beside a paper names: "the guild's letter", "a letter by the guild"."""
    if word.dep_ == "poss" or (
        word.dep_ == "compound" and not _may_be_charged(word)
    ):
        return _agent_at(context, word)
    if word.dep_ not in {"prep", "agent"}:
        return None
    if word.lower_ not in {"by", "from"}:
        return None
    for named in word.children:
        agent = _agent_at(context, named)
        if agent is not None:
            return agent
    return None


def _may_be_charged(word: "Token") -> bool:
    """Whether a name before a suit may be theirs whom it is against: "the Studio Nine suit"."""
    suit = word.head
    return suit.lemma_.lower() in LEGAL and not any(
        beside.lower_ == "against" for beside in suit.children
    )


def _agent_at(context: ParagraphContext, word: "Token") -> Mention | None:
    named = context.at(word)
    return named if named is not None and named.cls in AGENTS else None


def is_definite(token: "Token") -> bool:
    """Whether a noun, or whose it is, has "the", "its" or "this"."""
    for word in token.children:
        if word.lower_ in DEFINITE:
            return True
        is_owner = word.dep_ in {"poss", "compound"}
        if is_owner and any(
            inner.lower_ in DEFINITE for inner in word.children
        ):
            return True
    return False


def bearer(context: ParagraphContext, token: "Token") -> Mention | None:
    """Whom "the studio" stands for: who is called so, was named last, or leads."""
    state, place = context.state, context.place(token)
    word = token.lower_
    wanted = context.lexicon.roles[word]
    called = _called(state, word, place)
    if called is not None:
        return called
    if word in PRESS:
        outlet = state.latest({"NewsOutlet"}, place)
        if outlet is not None:
            return outlet
    if wanted == {"Person"}:
        return _of_trade(state, word, place)
    if wanted == {"GovernmentBody"}:
        return _sole_body(state, word, place)
    near = _near(state, wanted, place)
    if len({mention.entity for mention in near}) <= 1:
        return _latest(state, wanted, place)
    led: dict[str, Mention] = {}
    for mention in near:
        if mention.start in state.subjects:
            led[mention.entity] = mention
    return _only(led)


def _near(
    state: DiscourseState, wanted: "Collection[str]", place: int
) -> list[Mention]:
    """The mentions of some classes that stand shortly before a place."""
    return [
        mention
        for mention in state.recent
        if mention.cls in wanted
        and place - NEAR < mention.start < place
        and not _is_venue(state, mention)
    ]


def _latest(
    state: DiscourseState, wanted: "Collection[str]", place: int
) -> Mention | None:
    """The one named last before a place that is no mere venue."""
    for mention in reversed(state.recent):
        is_before = mention.cls in wanted and mention.start < place
        if is_before and not _is_venue(state, mention):
            return mention
    return None


def _is_venue(state: DiscourseState, mention: Mention) -> bool:
    """Whether somebody only speaks there: "in a thread on Bluesky", "wrote on X"."""
    ahead = state.text[max(0, mention.start - VENUE) : mention.start]
    return POSTED.search(ahead) is not None


def _only(named: dict[str, Mention]) -> Mention | None:
    """The mention of the one entity of several mentions."""
    return next(iter(named.values())) if len(named) == 1 else None


def _sole_body(state: DiscourseState, word: str, place: int) -> Mention | None:
    """The one public body named so far whose name tells no other kind: "the government" is no court."""
    named: dict[str, Mention] = {}
    for mention in state.recent:
        if mention.cls != "GovernmentBody" or mention.start >= place:
            continue
        words = set(_name(state, mention).split())
        if not words & (PUBLIC - {word}):
            named[mention.entity] = mention
    return _only(named)


def _called(state: DiscourseState, word: str, place: int) -> Mention | None:
    """The one whose name holds the word, or one like it: "the League", "the label"."""
    named: dict[str, Mention] = {}
    alike = NAMED_LIKE.get(word, set()) | {word}
    for mention in state.recent:
        if mention.cls not in AGENTS or mention.start >= place:
            continue
        wanted = {word} if mention.cls == "Group" else alike
        if wanted.intersection(_name(state, mention).split()):
            named[mention.entity] = mention
    return _only(named)


def _name(state: DiscourseState, mention: Mention) -> str:
    """The words of a mention, in small letters."""
    return state.text[mention.start : mention.end].lower()


def _of_trade(state: DiscourseState, word: str, place: int) -> Mention | None:
    """The one person of a trade: "the singer" or "the vocalist" is singer Ada Example."""
    people: dict[str, Mention] = {}
    for mention in state.recent:
        if mention.cls == "Person" and mention.start < place:
            people[mention.entity] = mention
    fitting = _of_like_trade(state, word, people)
    if fitting:
        return people[fitting[0]] if len(fitting) == 1 else None
    near = {person.entity for person in _near(state, {"Person"}, place)}
    if any(word in trade for trade in TRADES):
        near = near.difference(state.posts) or near
    speaker = state.speaker
    if speaker is not None and near <= {speaker.entity}:
        return speaker if speaker.cls == "Person" else None
    is_trade = any(word in trade for trade in TRADES)
    if len(near) > 1 and not is_trade:
        near &= _led_by(state, place)
    return people[near.pop()] if len(near) == 1 else None


def _led_by(state: DiscourseState, place: int) -> set[str]:
    """Those who led sentences shortly before a place."""
    return {
        mention.entity
        for mention in _near(state, {"Person"}, place)
        if mention.start in state.subjects
    }


def _of_like_trade(
    state: DiscourseState, word: str, people: "Collection[str]"
) -> list[str]:
    """Those of some people who are of the trade of a noun, or of one like it."""
    alike = MUSICIANS if word in OF_MUSIC else {word}
    for trade in TRADES:
        if word in trade:
            alike = trade
    nobody: set[str] = set()
    return [
        person for person in people if alike & state.trades.get(person, nobody)
    ]
