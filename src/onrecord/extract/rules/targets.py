"""Whom or what a report is against or for, and whom it asks for something."""

from dataclasses import replace

from onrecord.extract.rules.actors import ActorResolver
from onrecord.extract.rules.aims import is_setting
from onrecord.extract.rules.contexts import ParagraphContext
from onrecord.extract.rules.frames import Candidate
from onrecord.extract.rules.meanings import Meaning
from onrecord.extract.rules.mentions import (
    AGENTS,
    COMPANIES,
    WORKS,
    Mention,
)
from onrecord.extract.rules.objects import (
    addressees,
    root_of,
    subject_target,
)
from onrecord.extract.rules.passages import asked_about
from onrecord.extract.rules.quotations import Span
from onrecord.extract.rules.sources import child
from onrecord.extract.rules.stances import BOUND, SYSTEMS

ASKING = frozenset({"urges", "callsFor"})
WISHING = frozenset({"want", "like", "wish", "hope"})
"""Verbs by which nobody is asked."""
AIMED = {
    "accuses": AGENTS,
    "criticizes": AGENTS | WORKS | SYSTEMS | BOUND,
    "urges": AGENTS,
    "threatens": AGENTS,
    "rejects": AGENTS | {"AISystem"},
    "supports": WORKS | SYSTEMS | BOUND,
    "opposes": WORKS | SYSTEMS | BOUND,
}
"""Classes that the object of a relation may have where the words name it."""


def as_asked(
    resolver: ActorResolver,
    context: ParagraphContext,
    candidate: Candidate,
    meant: Meaning,
    actors: list[Mention],
) -> Meaning:
    """A demand on somebody urges them: "asked the studio to …", "urged fans to …"."""
    entry = candidate.entry
    is_asking = entry.relation in ASKING and entry.word not in WISHING
    if meant.relation != "callsFor" or not is_asking:
        return meant
    own = {actor.entity for actor in actors}
    for word in addressees(candidate.cue):
        named = resolver.of_words(context, word)
        if word.lower_ == "them" and not named:
            place = context.place(word)
            last = resolver.state.latest(COMPANIES, place)
            named = [last] if last is not None else []
        if not named or named[0].cls not in AGENTS:
            continue
        if named[0].entity not in own:
            return replace(meant, relation="urges", object=named[0])
    return meant


def target_of(
    context: ParagraphContext,
    candidate: Candidate,
    meant: Meaning,
    actors: list[Mention],
    place: Span,
) -> Mention | None:
    """Whom or what it is against or for: as the grammar says, else as the words name it."""
    own: set[str] = set()
    for actor in actors:
        firm = context.state.posts.get(actor.entity, "")
        own |= {actor.entity, firm}
    target = _by_grammar(context, candidate, meant)
    if target is not None and is_setting(context, target):
        target = None
    if target is not None:
        target = None if target.entity in own else target
    elif meant.rule != "opinion" and meant.relation in AIMED:
        own |= _doers(context, candidate, meant)
        target = _by_words(context, meant, own, place)
    return target or asked_about(context, meant, candidate, place[0])


def _by_grammar(
    context: ParagraphContext, candidate: Candidate, meant: Meaning
) -> Mention | None:
    """Whom the cue or the subject of what is said names."""
    if meant.object is not None:
        return meant.object
    if meant.rule == "opinion" or meant.relation not in AIMED:
        return None
    subject = subject_target(context, candidate)
    wanted = AIMED[meant.relation] - WORKS
    if subject is not None and subject.cls in wanted:
        return subject
    return None


def _doers(
    context: ParagraphContext, candidate: Candidate, meant: Meaning
) -> set[str]:
    """Who is to do what somebody threatens or refuses to do, and so no target of it."""
    root = root_of(candidate)
    if meant.relation not in {"rejects", "threatens"} or root is None:
        return set()
    subject = child(root, "nsubj")
    doers = () if subject is None else (subject, *subject.conjuncts)
    named = (context.at(doer) for doer in doers)
    return {mention.entity for mention in named if mention is not None}


ADDRESSED = frozenset({"threatens", "urges"})


def _is_trait(context: ParagraphContext, mention: Mention) -> bool:
    """Whether a name only tells which one a noun means: "his Iron Man character"."""
    token = context.token(mention)
    if token is None or token.dep_ not in {"compound", "nmod"}:
        return False
    return token.head.pos_ == "NOUN"


def _by_words(
    context: ParagraphContext, meant: Meaning, own: set[str], place: Span
) -> Mention | None:
    """The one whom the words name that the relation may have for its object."""
    wanted = AIMED[meant.relation] - {"Group"}
    named: dict[str, Mention] = {}
    for mention in context.within(*place):
        if mention.entity in own or is_setting(context, mention):
            continue
        if meant.relation in ADDRESSED and _is_trait(context, mention):
            continue
        if mention.cls in wanted:
            named[mention.entity] = mention
    return next(iter(named.values())) if len(named) == 1 else None
