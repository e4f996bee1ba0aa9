"""What actors did, by verbs, nouns and possessives: uses of AI, releases, suits, deals; and who leads what."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from onrecord.extract.rules.mentions import AGENTS, WORKS, Mention
from onrecord.extract.rules.scenes import Scene
from onrecord.extract.rules.sources import child, is_passive, owner_of, source_of
from onrecord.extract.rules.uses import Deed, uses

if TYPE_CHECKING:
    from spacy.tokens import Token

GROUPS: Mapping[str, frozenset[str]] = {"Agent": AGENTS, "CreativeWork": WORKS}


def deeds(scene: Scene) -> Iterator[Deed]:
    """The deeds of a paragraph, outside quotation marks."""
    for token in scene.paragraph.doc:
        if scene.paragraph.quoted(token):
            continue
        if token.pos_ == "VERB" or token.tag_ == "VBN":
            yield from _verb(scene, token)
        elif token.pos_ == "NOUN":
            yield from _noun(scene, token)
        yield from uses(scene, token)
        yield from _maker(scene, token)


@cache
def _table(kind: str) -> Mapping[str, tuple[tuple[str, str, frozenset[str]], ...]]:
    """The hand-written table: word → where the object stands, relation, classes of the object."""
    found: defaultdict[str, list[tuple[str, str, frozenset[str]]]] = defaultdict(list)
    for line in (
        files("onrecord.extract.rules")
        .joinpath("deeds.tsv")
        .read_text(encoding="utf-8")
        .splitlines()
    ):
        if line and not line.startswith("#"):
            word, its, place, relation, classes = line.split("\t")
            allowed = frozenset().union(
                *(GROUPS.get(each, frozenset({each})) for each in classes.split())
            )
            if its == kind:
                found[word].append((place, relation, allowed))
    return {word: tuple(rows) for word, rows in found.items()}


def _verb(scene: Scene, verb: "Token") -> Iterator[Deed]:
    particle = child(verb, "prt")
    lemma = verb.lemma_.lower()
    rows = _table("verb").get(
        f"{lemma} {particle.lower_}" if particle is not None else lemma, ()
    )
    actor = source_of(verb) if rows else None
    for place, relation, classes in rows:
        target = _target(verb, place)
        found = _object(scene, target, classes) if target is not None else None
        if actor is not None and found is not None:
            yield Deed(actor, verb, relation, found)


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


def _object(scene: Scene, target: "Token", classes: frozenset[str]) -> Mention | None:
    """The entity that an object names: itself, or beside its kind ("its video model, Sora 2")."""
    if target.lower_ in {"which", "that"}:
        pointed = scene.resolve(target)
        return pointed if pointed is not None and pointed.cls in classes else None
    for each in (
        target,
        *(near for near in target.children if near.dep_ in {"appos", "compound"}),
    ):
        found = scene.at(each)
        if found is not None and found.cls in classes:
            return found
    return None


def _noun(scene: Scene, noun: "Token") -> Iterator[Deed]:
    """Deeds as nouns: "OpenAI's release of Sora 2", "a partnership with the studio"."""
    for place, relation, classes in _table("noun").get(noun.lemma_.lower(), ()):
        holders = (
            (noun, noun.head) if noun.dep_ == "dobj" else (noun,)
        )  # "signed a deal with" hangs on either
        targets = [
            each
            for each in (_target(holder, place) for holder in holders)
            if each is not None
        ]
        found = next(
            filter(None, (_object(scene, each, classes) for each in targets)), None
        )
        actor = owner_of(noun) if found is not None else None
        if actor is not None:
            yield Deed(actor, noun, relation, found, rule="nominal deed")


def _maker(scene: Scene, token: "Token") -> Iterator[Deed]:
    """Whose a system is develops it: "Studio Nine's Painter 2", "its video model, Painter 2"."""
    found = scene.at(token)
    if found is None or found.cls != "AISystem":
        return
    kind = token.head if token.dep_ == "appos" else token
    owner = child(kind, "poss")
    named = scene.resolve(owner) if owner is not None else None
    if (
        owner is not None
        and named is not None
        and named.cls in {"Company", "Organization"}
        and owner.i != token.i
    ):
        yield Deed(owner, token, "develops", found, rule="maker")
