"""Bans in other words: "will no longer accept scripts by AI", "said that AI songs would not be allowed"."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.extract.rules.contexts import ParagraphContext
from onrecord.extract.rules.factuality import is_negated, is_owed
from onrecord.extract.rules.frames import Candidate
from onrecord.extract.rules.meanings import Meaning
from onrecord.extract.rules.mentions import AGENTS, Mention
from onrecord.extract.rules.objects import root_of
from onrecord.extract.rules.references import resolve
from onrecord.extract.rules.sources import child, is_passive, source_of
from onrecord.extract.rules.uses import Event

if TYPE_CHECKING:
    from onrecord.extract.rules.tokens import Token

ADMITTING = frozenset({
    "accept", "admit", "allow", "carry", "distribute", "host", "permit", "publish", "screen", "stock", "tolerate",
})  # fmt: skip
"""Verbs that, denied, tell a ban."""
BANNING = frozenset({
    "ban", "bar", "block", "disqualify", "exclude", "forbid", "outlaw", "prohibit",
})  # fmt: skip
RULING = AGENTS - {"Person", "Group"} | {"Event"}
"""Those who can keep something out."""
TOLD = frozenset(
    ["acknowledges", "denies", "opposes", "promises", "rejects", "states"]
)
"""What a ban is taken for that somebody tells in passing."""


def as_barred(
    context: ParagraphContext,
    candidate: Candidate,
    meant: Meaning,
    actors: Sequence[Mention],
) -> Meaning:
    """A body that says that something is not allowed keeps it out."""
    root = root_of(candidate)
    if root is None or meant.relation not in TOLD or meant.negated:
        return meant
    if candidate.entry.relation != "states" or is_negated(candidate.cue):
        return meant
    if any(actor.cls not in RULING for actor in actors) or is_owed(root):
        return meant
    words = " ".join(word.text for word in candidate.content)
    if not _keeps_out(root) or not context.lexicon.is_about_ai(words):
        return meant
    return replace(meant, relation="restricts", object=None, stance=None)


def refusals(context: ParagraphContext, verb: "Token") -> Iterator[Event]:
    """Who does not let something in: "the festival does not accept films made with AI"."""
    if not refuses(verb) or is_passive(verb) or is_owed(verb):
        return
    actor, thing = source_of(verb), child(verb, "dobj")
    named = resolve(context, actor) if actor is not None else None
    if named is None or thing is None or named.cls not in RULING:
        return
    words = " ".join(word.text for word in thing.subtree)
    if context.lexicon.is_about_ai(words):
        yield Event(actor, verb, "restricts", None, rule="topical event")


def refuses(verb: "Token") -> bool:
    """Whether a verb of letting in is denied, and so tells a ban."""
    return verb.lemma_.lower() in ADMITTING and is_negated(verb)


def _keeps_out(root: "Token") -> bool:
    """Whether words say that something is not allowed, barred, or not eligible."""
    if is_passive(root):
        is_banned = root.lemma_.lower() in BANNING and not is_negated(root)
        return is_banned or refuses(root)
    trait = child(root, "acomp")
    if trait is None:
        return False
    is_out = trait.lower_ == "ineligible" and not is_negated(root)
    return is_out or (trait.lower_ == "eligible" and is_negated(root))
