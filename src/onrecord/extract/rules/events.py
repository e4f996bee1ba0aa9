"""What actors did, by verbs, nouns and possessives: uses of AI, releases, suits, deals; and who leads what."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from onrecord.extract.rules.barring import refusals
from onrecord.extract.rules.contexts import ParagraphContext
from onrecord.extract.rules.factuality import modality
from onrecord.extract.rules.lexicon import EventPattern
from onrecord.extract.rules.mentions import AGENTS, Mention
from onrecord.extract.rules.references import joined_heads, resolve
from onrecord.extract.rules.role_nouns import is_paper
from onrecord.extract.rules.sources import (
    child,
    is_passive,
    owner_of,
    source_of,
    subject_of,
)
from onrecord.extract.rules.suits import are_judges
from onrecord.extract.rules.uses import Event, uses

if TYPE_CHECKING:
    from onrecord.extract.rules.tokens import Token


Estates = Callable[[ParagraphContext, "Token"], Mention | None]
"""Finds the estate or the family that a noun stands for."""


def events(context: ParagraphContext, estates: Estates) -> Iterator[Event]:
    """The events of a paragraph, outside quotation marks."""
    for token in context.paragraph.doc:
        if context.paragraph.quoted(token):
            continue
        if token.pos_ == "VERB" or token.tag_ == "VBN":
            ruled = (*_ruled(context, token), *_settled(context, token))
            yield from ruled or _verb(context, token, estates)
            yield from _deadline(context, token)
            yield from refusals(context, token)
        elif token.pos_ == "NOUN":
            yield from _noun(context, token, estates)
            yield from _sought(context, token)
            yield from _given(context, token, estates)
        yield from uses(context, token)
        yield from _maker(context, token)


SUING = frozenset({"sue", "suit", "lawsuit", "complaint", "action"})
"""Words that tell of a suit."""


def suits(context: ParagraphContext, estates: Estates) -> Iterator[Event]:
    """Who sues whom in a paragraph, outside quotation marks."""
    for token in context.paragraph.doc:
        if token.lemma_.lower() not in SUING:
            continue
        if context.paragraph.quoted(token):
            continue
        is_verb = token.pos_ == "VERB"
        told = (_verb if is_verb else _noun)(context, token, estates)
        yield from (event for event in told if event.relation == "sues")


def _verb(
    context: ParagraphContext, verb: "Token", estates: Estates
) -> Iterator[Event]:
    rows = _verb_rows(context, verb)
    actor = source_of(verb) if rows else None
    if actor is None:
        return
    topical: EventPattern | None = None
    for row in rows:
        target = _target(verb, row.place)
        if target is None:
            continue
        named = _objects(context, target, row.classes, estates)
        if named and row.relation == "releases":
            yield _rollout(context, verb, actor, named[0])
            return
        for entity in named:
            yield Event(actor, verb, row.relation, entity)
        if named:
            return
        if row.topical and topical is None and _is_of_ai(context, target):
            topical = row
    if topical is not None:
        yield Event(actor, verb, topical.relation, None, rule="topical event")


def _rollout(
    context: ParagraphContext, verb: "Token", actor: "Token", entity: Mention
) -> Event:
    """A release; who rolls a tool out to its own staff uses it."""
    staff = _target(verb, "to")
    is_staff = (
        staff is not None
        and staff.lemma_.lower() in context.lexicon.words["staff"]
        and entity.cls == "AISystem"
    )
    if is_staff:
        return Event(actor, verb, "usesAIIn", None, entity, "use")
    return Event(actor, verb, "releases", entity)


def _verb_rows(
    context: ParagraphContext, verb: "Token"
) -> tuple[EventPattern, ...]:
    lemma = verb.lemma_.lower()
    particle = child(verb, "prt") or _adverb_after(verb)
    events = context.lexicon.events
    if particle is not None:
        phrasal = events.get((f"{lemma} {particle.lower_}", "verb"), ())
        if phrasal or particle.dep_ == "prt":
            return phrasal
    return events.get((lemma, "verb"), ())


def _adverb_after(verb: "Token") -> "Token | None":
    for word in verb.children:
        if word.i == verb.i + 1 and word.dep_ in {"advmod", "prep"}:
            return word
    return None


def _is_of_ai(context: ParagraphContext, target: "Token") -> bool:
    """Whether the words of an object speak of AI, and not those of a clause beside it; a letter about AI is none."""
    apart = {
        word
        for clause in target.children
        if clause.dep_ in {"acl", "relcl"}
        for word in clause.subtree
    }
    words = " ".join(word.text for word in target.subtree if word not in apart)
    return not is_paper(context, target) and context.lexicon.is_about_ai(words)


def _target(verb: "Token", place: str) -> "Token | None":
    if place == "obj":
        return (
            child(verb, "nsubjpass")
            if is_passive(verb)
            else child(verb, "dobj")
        )
    for word in verb.children:
        if word.dep_ in {"prep", "agent", "dative"} and word.lower_ == place:
            return child(word, "pobj", "pcomp")
        if word.dep_ in {"prt", "advmod", "prep"} and word.i == verb.i + 1:
            inner = next((w for w in word.children if w.lower_ == place), None)
            if inner is not None:
                return child(inner, "pobj")
    return None


def _objects(
    context: ParagraphContext,
    target: "Token",
    classes: frozenset[str],
    estates: Estates,
) -> list[Mention]:
    """The entities that an object and those joined to it name: "sued Studio Nine and Lilt Labs"."""
    named: dict[str, Mention] = {}
    for head in joined_heads(context, target):
        entity = _object(context, head, classes, estates)
        if entity is not None:
            named.setdefault(entity.entity, entity)
    return list(named.values())


def _object(
    context: ParagraphContext,
    target: "Token",
    classes: frozenset[str],
    estates: Estates,
) -> Mention | None:
    """The entity that an object names: itself, or beside its kind."""
    near = [
        word for word in target.children if word.dep_ in {"appos", "compound"}
    ]
    for word in (target, *near):
        mention = context.at(word)
        if mention is not None and mention.cls in classes:
            return mention
    if context.at(target) is not None:
        return None
    pointed = estates(context, target) or resolve(context, target)
    return pointed if pointed is not None and pointed.cls in classes else None


def _noun(
    context: ParagraphContext, noun: "Token", estates: Estates
) -> Iterator[Event]:
    """Deeds as nouns: "OpenAI's release of Sora 2", "a partnership with the studio"; none that its verb ends."""
    if _is_ended(noun):
        return
    for row in _noun_rows(context, noun):
        holders = (
            (noun, noun.head) if noun.dep_ in {"dobj", "pobj"} else (noun,)
        )
        for holder in holders:
            target = _target(holder, row.place)
            if target is None:
                continue
            named = _objects(context, target, row.classes, estates)
            actor = owner_of(noun) if named else None
            if actor is None:
                continue
            for entity in named:
                yield Event(
                    actor, noun, row.relation, entity, rule="nominal event"
                )
            return
        if row.relation in MUTUAL:
            yield from _mutual(context, noun, row.relation)
            return


ENDING = frozenset(
    [
        "drop",
        "end",
        "dismiss",
        "lose",
        "resolve",
        "settle",
        "withdraw",
        "win",
    ]
)
"""Verbs of who sues, or has a deal, no longer."""


def _is_ended(noun: "Token") -> bool:
    """Whether a deed is over: "settled its lawsuit against the label"."""
    is_object = noun.dep_ in {"dobj", "nsubjpass"}
    return is_object and noun.head.lemma_.lower() in ENDING


MUTUAL = frozenset({"partnersWith", "negotiatesWith"})


def _mutual(
    context: ParagraphContext, noun: "Token", relation: str
) -> Iterator[Event]:
    """What two have with each other: "the studio and the guild announced a pact"."""
    owner = owner_of(noun)
    others = (
        [word for word in owner.conjuncts if word.i > owner.i] if owner else []
    )
    if owner is None or len(others) != 1:
        return
    other = resolve(context, others[0])
    if other is not None and other.cls in AGENTS:
        yield Event(owner, noun, relation, other, rule="nominal event")


RULING = frozenset(
    [
        "allow",
        "approve",
        "award",
        "certify",
        "deny",
        "dismiss",
        "grant",
        "order",
        "toss",
    ]
)
"""Verbs of what a judge does of a case."""


def _ruled(context: ParagraphContext, verb: "Token") -> Iterator[Event]:
    """What a judge or a court does of a case: "Judge Ada Example certified a class action"."""
    if verb.lemma_.lower() not in RULING:
        return
    actor = source_of(verb)
    named = resolve(context, actor) if actor is not None else None
    if named is not None and are_judges(context.state, [named]):
        yield Event(actor, verb, "decides", None, rule="topical event")


def _settled(context: ParagraphContext, verb: "Token") -> Iterator[Event]:
    """With whom a suit is settled: "settled its lawsuit against Studio Nine"."""
    suit = child(verb, "dobj") if verb.lemma_.lower() == "settle" else None
    actor = source_of(verb)
    if suit is None or actor is None or not is_paper(context, suit):
        return
    charging = child(suit, "acl")
    other = _target(suit, "against") or _target(suit, "with")
    if other is None and charging is not None:
        other = child(charging, "dobj")
    named = resolve(context, other) if other is not None else None
    if named is not None and named.cls in AGENTS:
        yield Event(actor, verb, "settlesWith", named)


SEEKING = frozenset({"demand", "pursue", "request", "seek", "want"})
"""Verbs of who goes to a court for something."""


def _sought(context: ParagraphContext, noun: "Token") -> Iterator[Event]:
    """What a court is asked for: "seeks an injunction", "are demanding damages"."""
    if noun.lemma_.lower() not in context.lexicon.words["remedy"]:
        return
    verb = noun.head
    if noun.dep_ != "dobj" or verb.lemma_.lower() not in SEEKING:
        return
    actor = source_of(verb)
    if actor is not None and modality(verb) == "actual":
        yield Event(actor, verb, "callsFor", None, rule="topical event")


def _deadline(context: ParagraphContext, verb: "Token") -> Iterator[Event]:
    """A threat: "gave the studio seven days to withdraw the film or face a suit"."""
    days, whom = child(verb, "dobj"), child(verb, "dative")
    actor = source_of(verb) if verb.lemma_.lower() == "give" else None
    if actor is None or days is None or whom is None:
        return
    threatened = resolve(context, whom)
    if threatened is None or threatened.cls not in AGENTS:
        return
    if days.lemma_.lower() in {"day", "hour", "week"}:
        yield Event(actor, verb, "threatens", threatened)


LACKING = frozenset({"lack", "lose", "need", "seek", "want"})
"""Verbs of who has no support."""


def _given(
    context: ParagraphContext, noun: "Token", estates: Estates
) -> Iterator[Event]:
    """What somebody has from others: "the bill has support from the guild"."""
    rows = context.lexicon.events.get((noun.lemma_.lower(), "given"), ())
    verb = noun.head.head if noun.dep_ == "pobj" else noun.head
    subject = (
        subject_of(verb) if rows and verb.pos_ in {"VERB", "AUX"} else None
    )
    if subject is None or verb.lemma_.lower() in LACKING:
        return
    taken = _taken_with(noun, verb) or subject
    for row in rows:
        actor = _target(noun, row.place) or _target(verb, row.place)
        if actor is None:
            continue
        entity = _object(context, taken, row.classes, estates)
        if entity is not None:
            yield Event(actor, noun, row.relation, entity, rule="nominal event")
        elif row.topical and _is_matter(context, taken):
            yield Event(actor, noun, row.relation, None, rule="topical event")


MATTERS = frozenset({
    "agreement", "announcement", "comment", "deal", "decision", "move", "partnership", "plan", "proposal", "remark",
})  # fmt: skip
"""What people praise or blame, and what a paragraph about AI says of it."""


def _is_matter(context: ParagraphContext, noun: "Token") -> bool:
    """Whether a noun speaks of AI, or of what was said or done about it."""
    if _is_of_ai(context, noun):
        return True
    is_about = context.lexicon.is_about_ai(context.paragraph.text)
    return noun.lemma_.lower() in MATTERS and is_about


def _taken_with(noun: "Token", verb: "Token") -> "Token | None":
    """What is done with others' support: "with support from the guild, senators introduced a bill"."""
    if noun.dep_ == "pobj" and noun.head.lower_ == "with":
        return child(verb, "dobj")
    if verb.dep_ == "advcl" and verb.tag_ == "VBG":
        return child(verb.head, "dobj")
    return None


def _noun_rows(
    context: ParagraphContext, noun: "Token"
) -> Iterator[EventPattern]:
    lemma = noun.lemma_.lower()
    before = noun.nbor(-1).lower_ if noun.i else ""
    events = context.lexicon.events
    yield from events.get((f"{before} {lemma}", "noun"), ())
    yield from events.get((lemma, "noun"), ())


def _maker(context: ParagraphContext, token: "Token") -> Iterator[Event]:
    """Whose a system is develops it: "Studio Nine's Painter 2", "its video model, Painter 2"."""
    yield from _maker_noun(context, token)
    system = context.at(token)
    if system is None or system.cls != "AISystem":
        return
    kind = token.head if token.dep_ == "appos" else token
    owner = child(kind, "poss")
    named = resolve(context, owner) if owner is not None else None
    if (
        owner is not None
        and named is not None
        and named.cls in {"Company", "Organization"}
        and owner.i != token.i
    ):
        yield Event(owner, token, "develops", system, rule="maker")


def _maker_noun(context: ParagraphContext, noun: "Token") -> Iterator[Event]:
    """Who is named as a system's maker: "Painter 2's developer, the firm Studio Nine"."""
    if noun.lemma_.lower() not in context.lexicon.words["maker"]:
        return
    owner = child(noun, "poss")
    system = context.at(owner) if owner is not None else None
    if owner is None or system is None or system.cls not in MADE:
        return
    end = context.place(noun) + len(noun)
    for mention in context.mentions:
        if 0 < mention.start - end < NEAR_MAKER and mention.cls == "Company":
            token = context.token(mention)
            if token is not None:
                yield Event(token, noun, "develops", system, rule="maker")
            return


MADE = frozenset({"AISystem", "SyntheticPerformer"})
NEAR_MAKER = 40
"""Characters between "maker" and the name of who it is."""
