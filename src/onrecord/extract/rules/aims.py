"""Whom or what a deed or a saying is aimed at, by the grammar around its cue."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.extract.rules.clauses import Clause
from onrecord.extract.rules.contexts import ParagraphContext
from onrecord.extract.rules.mentions import AGENTS, WORKS, Mention
from onrecord.extract.rules.noting import touches
from onrecord.extract.rules.references import name_after, resolve
from onrecord.extract.rules.representatives import ESTATES
from onrecord.extract.rules.sources import child, is_passive
from onrecord.extract.rules.suits import sued_by
from onrecord.extract.rules.uses import is_excepted

if TYPE_CHECKING:
    from onrecord.extract.rules.tokens import Token

INSTRUMENTS = frozenset(
    {"Legislation", "Lawsuit", "Agreement", "Policy", "OpenLetter", "Event"}
)
MADE = frozenset({"AISystem", "SyntheticPerformer"})
ANY = AGENTS | WORKS | INSTRUMENTS | MADE
OBJECTS = {
    "accuses": AGENTS,
    "sues": AGENTS,
    "urges": AGENTS,
    "threatens": AGENTS,
    "negotiatesWith": AGENTS,
    "partnersWith": AGENTS,
    "settlesWith": AGENTS,
    "licensesTo": AGENTS,
    "investsIn": AGENTS,
    "acquires": AGENTS | MADE,
    "represents": AGENTS | {"SyntheticPerformer"},
    "leads": AGENTS - {"Person", "Group"} | {"Event"},
    "worksFor": AGENTS - {"Person", "Group"} | {"Event"},
    "memberOf": AGENTS - {"Person"},
    "develops": MADE,
    "releases": MADE | WORKS,
    "discontinues": MADE | WORKS,
    "usesAIIn": WORKS | {"SyntheticPerformer"},
    "produces": WORKS | {"SyntheticPerformer"},
    "signs": INSTRUMENTS,
    "votesFor": INSTRUMENTS,
    "investigates": AGENTS | MADE,
    "protests": AGENTS | WORKS,
}
"""Classes of what relations take for an object; others take any."""
TOPICAL = frozenset(
    [
        "promises",
        "predicts",
        "states",
        "callsFor",
        "requires",
        "concernedAbout",
        "acknowledges",
        "discontinues",
        "protests",
    ]
)
"""Relations that seldom have an entity for their object."""
ATTITUDES = frozenset({"concernedAbout", "criticizes", "opposes", "supports"})
"""Relations to what is done, not to those to whom it is done."""
POSTS = frozenset(
    {"account", "livestream", "page", "post", "story", "thread", "video"}
)
TALKS = frozenset({"chat", "conversation", "interview", "statement", "talk"})
SPEAKING = frozenset({"chat", "speak", "talk"})
POSTING = frozenset({"post", "publish", "say", "share", "upload", "write"})
FILING = frozenset({"bring", "file", "lodge", "submit", "sue"})
PLACING = frozenset({"at", "during"})
PROTESTS = frozenset({"aim", "anger", "gather", "outrage", "picket", "protest", "rally", "swipe"})  # fmt: skip
"""What people do at an event that is against it."""
FIRST = ("dobj", "nsubjpass", "dative", "oprd", "attr")
PREPS = frozenset(
    [
        "against",
        "with",
        "to",
        "on",
        "in",
        "of",
        "over",
        "for",
        "at",
        "from",
        "by",
        "into",
        "behind",
    ]
)


def aim_of(clause: Clause, relation: str) -> Mention | None:
    """The entity that a clause is aimed at; None where its topic must stand for it."""
    wanted = OBJECTS.get(relation, ANY)
    own = {actor.entity for actor in clause.actors}
    own |= {clause.context.state.posts.get(actor, "") for actor in own}
    for mention in _named(clause, relation):
        is_new = mention.entity in clause.context.state.proposed
        is_guess = is_new and relation != "usesAIIn"
        if mention.entity in own or _is_beside(clause, mention):
            continue
        if is_new and clause.context.lexicon.is_about_ai(mention.entity):
            continue
        if relation in ATTITUDES and _is_of_deed(clause, mention):
            continue
        if mention.cls in wanted or is_guess:
            return mention
    if relation in TOPICAL or _addresses_others(clause, relation):
        return None
    within = {
        mention.entity: mention
        for mention in clause.context.within(*clause.place)
        if mention.cls in wanted
        and mention.entity not in own
        and not _speaks(clause, mention)
        and not _is_beside(clause, mention)
        and not (relation in ATTITUDES and _is_of_deed(clause, mention))
    }
    if len(within) == 1:
        return next(iter(within.values()))
    sued = sued_by(clause.context.state, clause.actors)
    return sued[0] if sued and relation == "accuses" else None


def _addresses_others(clause: Clause, relation: str) -> bool:
    """Whether a verb says whom it is that somebody asks, and that is nobody known: "urged the council to …"."""
    if clause.cue is None or relation != "urges":
        return False
    asked = child(clause.cue, "dobj")
    return asked is not None and asked.pos_ == "NOUN"


def _speaks(clause: Clause, mention: Mention) -> bool:
    """Whether somebody is, or is among, those of whom a clause says that they said something."""
    paragraph, cues = clause.context.paragraph, clause.context.lexicon.cues
    start, end = (
        place - paragraph.start for place in (mention.start, mention.end)
    )
    named = paragraph.doc.touching(start, end)
    if named is None:
        return False
    if _acts_apart(named.root):
        return True
    return any(
        word.dep_ == "nsubj"
        and word.head != clause.cue
        and (word.head.lemma_.lower(), "verb") in cues
        for word in (named.root, *named.root.ancestors)
    )


TELLING = frozenset({"tell", "inform", "remind", "assure"})
ADDRESSING = frozenset({"urges", "promises", "threatens", "negotiatesWith"})
"""Relations to whom one speaks to."""
PRESS = frozenset({"NewsOutlet", "Company"})
"""Who is told what somebody plans and is not promised it: papers and broadcasters, which are firms too."""


def _named(clause: Clause, relation: str) -> Iterator[Mention]:
    """The entities that the cue governs, the nearest first; whom somebody tells is not whom he blames."""
    cue = clause.cue
    if cue is None or clause.kind == "part":
        return
    is_telling = cue.lemma_.lower() in TELLING
    if is_telling and relation not in ADDRESSING:
        return
    for governed in _governed(cue):
        word = name_after(clause.context, governed) or governed
        mention = clause.context.at(word) or (
            resolve(clause.context, word) if word.pos_ == "NOUN" else None
        )
        hears = is_telling and relation == "promises"
        if mention is not None and not (hears and mention.cls in PRESS):
            yield mention


def _is_beside(clause: Clause, mention: Mention) -> bool:
    """Whether a mention names the actors themselves in other words, where they speak, or what is excepted."""
    if touches(clause.actors, mention.start, mention.end):
        return True
    context = clause.context
    is_without = mention.cls in WORKS and is_excepted(context, mention)
    if is_without or is_setting(context, mention):
        return True
    return _is_of_subject(clause, mention) or _is_doer(context, mention)


def _is_of_subject(clause: Clause, mention: Mention) -> bool:
    """Whether a mention belongs to those who act: "the actors' body sues"."""
    subject = child(clause.cue, "nsubj") if clause.cue is not None else None
    span = clause.context.span(mention.start, mention.end)
    if subject is None or span is None:
        return False
    return subject in (span.root, *span.root.ancestors)


def _is_doer(context: ParagraphContext, mention: Mention) -> bool:
    """Whether somebody is only said to have done what is spoken of: "a standard developed by the forum"."""
    span = context.span(mention.start, mention.end)
    if span is None or span.root.dep_ != "pobj":
        return False
    by = span.root.head
    return by.dep_ == "agent" and by.head.dep_ == "acl"


def _is_of_deed(clause: Clause, mention: Mention) -> bool:
    """Whether people are only those to whom something is done: "the replacement of actors"."""
    span = clause.context.span(mention.start, mention.end)
    if span is None or mention.cls != "Group" or span.root.dep_ != "pobj":
        return False
    prep = span.root.head
    return prep.lower_ == "of" and prep.head.pos_ == "NOUN"


def is_setting(context: ParagraphContext, mention: Mention) -> bool:
    """Whether somebody only speaks or sues there: "wrote on Instagram", "filed in a court", "said at the festival"."""
    span = context.span(mention.start, mention.end)
    if span is None:
        return False
    head = span.root.head
    if span.root.dep_ in {"compound", "nmod"}:
        return head.lemma_.lower() in POSTS
    if span.root.dep_ != "pobj":
        return False
    return _is_place(mention, head)


def _is_place(mention: Mention, prep: "Token") -> bool:
    """Whether what stands behind a preposition is where somebody speaks, files or appears."""
    verb = prep.head.lemma_.lower()
    if prep.lower_ in {"to", "with"} and verb in SPEAKING:
        return True
    if mention.cls == "Event" and prep.lower_ in PLACING:
        return verb not in PROTESTS
    if mention.cls == "NewsOutlet" and prep.head.lemma_ in TALKS:
        return True
    if mention.cls == "GovernmentBody":
        return prep.lower_ in {"in", "with"} and verb in FILING
    return prep.lower_ in {"on", "via", "to"} and verb in POSTING | POSTS


def _governed(cue: "Token") -> "Iterator[Token]":
    for dep in FIRST:
        word = child(cue, dep)
        if word is not None and not (
            dep == "nsubjpass" and not is_passive(cue)
        ):
            yield word
            yield from _inside(word)
    for prep in cue.children:
        if prep.dep_ in {"prep", "prt"} and prep.lower_ in PREPS:
            inner = child(prep, "pobj")
            if inner is not None and not _acts_apart(inner):
                yield inner
                yield from _inside(inner)
    if cue.pos_ == "NOUN" and cue.head.pos_ == "VERB":
        yield from (
            inner
            for prep in cue.head.children
            if prep.dep_ == "prep" and prep.lower_ in PREPS
            for inner in prep.children
            if inner.dep_ == "pobj"
        )


def _acts_apart(word: "Token") -> bool:
    """Whether somebody is only said to do something beside: "with Ada Example adding that …"."""
    acting = child(word, "acl")
    is_with = word.head.lower_ == "with"
    return is_with and acting is not None and acting.tag_ == "VBG"


def _inside(word: "Token") -> "Iterator[Token]":
    """Names beside and inside a noun: "the firm, Studio Nine", "the use of Painter 2".

    Whose an estate is has no part in what it does.
    """
    if word.lower_ in ESTATES:
        return
    for inner in word.children:
        if inner.dep_ in {"appos", "compound", "nmod", "poss"}:
            yield inner
        if inner.dep_ == "prep" and inner.lower_ in PREPS:
            yield from (
                named for named in inner.children if named.dep_ == "pobj"
            )
