"""Unnamed people who act together: "Studio Nine's executives", "400 artists", "Nordic composers"."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.extract.rules.contexts import ParagraphContext
from onrecord.extract.rules.mentions import AGENTS, WORKS, Mention
from onrecord.extract.rules.naming import Namer
from onrecord.extract.rules.sources import child

if TYPE_CHECKING:
    from onrecord.extract.rules.tokens import Token

PARTS = frozenset(
    [
        "group",
        "coalition",
        "band",
        "crowd",
        "number",
        "handful",
        "likes",
        "majority",
        "host",
        "%",
        "array",
        "chorus",
        "contingent",
        "dozens",
        "pair",
        "percent",
        "raft",
        "slew",
        "trio",
        "scores",
        "hundreds",
        "thousands",
    ]
)
"""Nouns for so and so many of those who follow with "of"."""
VAGUE = frozenset(
    [
        "other",
        "some",
        "many",
        "several",
        "such",
        "certain",
        "most",
        "same",
    ]
)
COMPARING = frozenset({"JJR", "JJS"})
"""Tags of words that rank people and do not say what they are: "biggest"."""
PARTIES = frozenset({"defendants", "plaintiffs"})
"""Those of a suit, who are nobody where it is not known whose it is."""
URGING = frozenset(
    [
        "allowing",
        "asking",
        "compelling",
        "enabling",
        "encouraging",
        "forcing",
        "leaving",
        "letting",
        "named",
        "obliging",
        "ordering",
        "pressing",
        "pushing",
        "requiring",
        "urging",
    ]
)
"""Participles that tell what somebody does to people, and not what they are."""
NEAR = 40
"""Characters between "the team behind" and its work."""
KNOWING = frozenset({"familiar", "briefed", "close"})
"""Words behind people who tell what they know of others and are not named."""
DESCRIBING = frozenset({"compound", "amod", "nummod", "nmod"})
JOINING = frozenset({"det", "cc", "conj", "punct"})


@dataclass(frozen=True, slots=True)
class GroupResolver:
    """Finds groups that have no name of their own."""

    namer: Namer

    def makers(
        self, context: ParagraphContext, token: "Token"
    ) -> Mention | None:
        """The team behind a work are its makers."""
        if token.lower_ not in context.lexicon.nouns["team"]:
            return None
        place = context.place(token)
        for mention in context.within(place + 1, place + NEAR):
            if mention.cls in WORKS:
                return self.namer.makers(mention)
        return None

    def group(
        self, context: ParagraphContext, token: "Token"
    ) -> Mention | None:
        """Unnamed people: "Studio Nine's executives", "400 artists", "many artists"."""
        is_plural = token.tag_ in {"NNS", "NNPS"}
        if not is_plural or _is_named(context, token):
            return None
        if _is_unnamed_source(token):
            return None
        return (
            self._owned(context, token)
            or self._counted(context, token)
            or self._described(context, token)
        )

    def _owned(
        self, context: ParagraphContext, token: "Token"
    ) -> Mention | None:
        """Somebody's people: "Studio Nine's executives"."""
        owner = child(token, "poss", "compound")
        whose = context.at(owner) if owner is not None else None
        if whose is None or whose.cls not in AGENTS:
            return None
        if whose == context.at(token):
            return whose  # "AI companies" are the group of that name
        if not _is_of_people(context, token):
            return None
        name = f"{self.namer.label(whose)} {token.lower_}"
        place = context.place(token)
        return self.namer.mention(name, "Group", place, len(token))

    def _counted(
        self, context: ParagraphContext, token: "Token"
    ) -> Mention | None:
        """A number of people: "more than 400 musicians"; they have no other name."""
        number = child(token, "nummod")
        if number is None or not _is_of_people(context, token):
            return None
        first = min(word.i for word in number.subtree)
        span = token.doc[first : token.i + 1]
        start = context.place(span[0])
        return self._by_words(span.text, start)

    def _described(
        self, context: ParagraphContext, token: "Token"
    ) -> Mention | None:
        """A group of the registry, or people by what they are: "Nordic composers"."""
        known = self.namer.matcher.forms.get(token.lower_)
        if known is not None and _is_bare(token):
            return self._known(context, token, known)
        if not _is_of_people(context, token) or token.lower_ in PARTIES:
            return None
        first = phrase_start(token)
        if first == token and _is_definite(token):
            return self._last_group(token)
        start = context.place(first)
        end = context.place(token) + len(token)
        return self._by_words(context.state.text[start:end], start)

    def _known(
        self, context: ParagraphContext, token: "Token", entity: str
    ) -> Mention | None:
        """A group of the registry by its name."""
        known = self.namer.matcher.names.entities[entity]
        if known.cls != "Group":
            return None
        place = context.place(token)
        return Mention(place, place + len(token), entity, "Group")

    def _by_words(self, words: str, start: int) -> Mention:
        """A group that is called as the text describes it."""
        name = words[:1].upper() + words[1:]
        return self.namer.mention(name, "Group", start, len(words))

    def _last_group(self, token: "Token") -> Mention | None:
        """The group that "the musicians" points back to: whose name ends so, else nobody."""
        state, word = self.namer.state, token.lower_
        for mention in reversed(state.recent):
            is_group = mention.cls == "Group"
            if is_group and mention.entity.lower().endswith(word):
                return mention
        place, length = token.idx, len(token)
        for name, entity in reversed(state.proposed.items()):
            is_group = entity.type == "Group"
            if is_group and name.lower().endswith(word):
                return Mention(place, place + length, name, "Group")
        name = token.text.capitalize()
        return self.namer.mention(name, "Group", place, length)


def members(token: "Token") -> "Token | None":
    """Those of whom a noun counts some: "a group of 200 actors", "dozens of fans", "four of the agencies"."""
    if token.lower_ not in PARTS and token.pos_ != "NUM":
        return None
    for word in token.children:
        if word.lower_ == "of":
            return child(word, "pobj")
    return None


def phrase_start(noun: "Token") -> "Token":
    """Where the words begin that say what people are, without articles and numbers of few."""
    first = noun
    for word in reversed(list(noun.lefts)):
        if word.dep_ not in DESCRIBING or word.lower_ in VAGUE:
            break
        if child(word, "cc") is not None:
            break
        if word.tag_ in COMPARING or word.lower_ in URGING:
            break
        first = word.left_edge
    return first


def _is_of_people(context: ParagraphContext, token: "Token") -> bool:
    return token.lower_ in context.lexicon.nouns["people"]


def _is_named(context: ParagraphContext, token: "Token") -> bool:
    """Whether a plural is a name, or part of one: "Lilt Labs"."""
    mention = context.at(token)
    if mention is None:
        return False
    return mention.cls != "Group" or token.pos_ == "PROPN"


def _is_unnamed_source(token: "Token") -> bool:
    """Whether people only pass on what they know: "two people familiar with the matter"."""
    return any(word.lower_ in KNOWING for word in token.rights)


def _is_bare(token: "Token") -> bool:
    """Whether a noun has no words that describe it."""
    return all(word.dep_ in JOINING for word in token.children)


def _is_definite(noun: "Token") -> bool:
    definite = {"the", "those", "these"}
    return any(word.lower_ in definite for word in noun.children)
