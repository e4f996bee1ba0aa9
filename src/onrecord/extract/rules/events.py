"""What actors did, by verbs, nouns and possessives: uses of AI, releases, suits, deals; and who leads what."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.extract.rules.contexts import ParagraphContext
from onrecord.extract.rules.mentions import Mention
from onrecord.extract.rules.sources import child, is_passive, owner_of, source_of
from onrecord.extract.rules.uses import Event, uses

if TYPE_CHECKING:
    from spacy.tokens import Token


def events(context: ParagraphContext) -> Iterator[Event]:
    """The events of a paragraph, outside quotation marks."""
    for token in context.paragraph.doc:
        if context.paragraph.quoted(token):
            continue
        if token.pos_ == "VERB" or token.tag_ == "VBN":
            yield from _verb(context, token)
        elif token.pos_ == "NOUN":
            yield from _noun(context, token)
        yield from uses(context, token)
        yield from _maker(context, token)


def _verb(context: ParagraphContext, verb: "Token") -> Iterator[Event]:
    particle = child(verb, "prt")
    lemma = verb.lemma_.lower()
    word = f"{lemma} {particle.lower_}" if particle is not None else lemma
    rows = context.lexicon.events.get((word, "verb"), ())
    actor = source_of(verb) if rows else None
    for row in rows:
        target = _target(verb, row.place)
        found = _object(context, target, row.classes) if target is not None else None
        if actor is not None and found is not None:
            yield Event(actor, verb, row.relation, found)


def _target(verb: "Token", place: str) -> "Token | None":
    if place == "obj":
        return child(verb, "nsubjpass") if is_passive(verb) else child(verb, "dobj")
    prep = next(
        (
            each
            for each in verb.children
            if each.dep_ == "prep" and each.lower_ == place
        ),
        None,
    )
    return child(prep, "pobj") if prep is not None else None


def _object(
    context: ParagraphContext, target: "Token", classes: frozenset[str]
) -> Mention | None:
    """The entity that an object names: itself, or beside its kind ("its video model, Sora 2")."""
    if target.lower_ in {"which", "that"}:
        pointed = context.resolve(target)
        return pointed if pointed is not None and pointed.cls in classes else None
    for each in (
        target,
        *(near for near in target.children if near.dep_ in {"appos", "compound"}),
    ):
        found = context.at(each)
        if found is not None and found.cls in classes:
            return found
    return None


def _noun(context: ParagraphContext, noun: "Token") -> Iterator[Event]:
    """Deeds as nouns: "OpenAI's release of Sora 2", "a partnership with the studio"."""
    for row in context.lexicon.events.get((noun.lemma_.lower(), "noun"), ()):
        holders = (
            (noun, noun.head) if noun.dep_ == "dobj" else (noun,)
        )  # "signed a deal with" hangs on either
        targets = [
            each
            for each in (_target(holder, row.place) for holder in holders)
            if each is not None
        ]
        found = next(
            filter(None, (_object(context, each, row.classes) for each in targets)),
            None,
        )
        actor = owner_of(noun) if found is not None else None
        if actor is not None:
            yield Event(actor, noun, row.relation, found, rule="nominal event")


def _maker(context: ParagraphContext, token: "Token") -> Iterator[Event]:
    """Whose a system is develops it: "Studio Nine's Painter 2", "its video model, Painter 2"."""
    found = context.at(token)
    if found is None or found.cls != "AISystem":
        return
    kind = token.head if token.dep_ == "appos" else token
    owner = child(kind, "poss")
    named = context.resolve(owner) if owner is not None else None
    if (
        owner is not None
        and named is not None
        and named.cls in {"Company", "Organization"}
        and owner.i != token.i
    ):
        yield Event(owner, token, "develops", found, rule="maker")
