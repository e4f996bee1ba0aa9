"""Who says or does it: the entities that the words before a verb stand for, groups among them."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.extract.rules.attributions import AttributionDraft
from onrecord.extract.rules.contexts import ParagraphContext, paper_kind
from onrecord.extract.rules.matcher import EntityMatcher
from onrecord.extract.rules.mentions import AGENTS, WORKS, DiscourseState, Mention
from onrecord.extract.rules.odd_names import new_name
from onrecord.extract.rules.sources import child, owner_of
from onrecord.model import Entity

if TYPE_CHECKING:
    from spacy.tokens import Token

SPEAKING = AGENTS | {
    "Legislation",
    "Lawsuit",
    "Agreement",
    "Policy",
    "OpenLetter",
    "Event",
}
"""Classes of entities that say or do something: agents, and instruments whose makers or signers speak."""
AND = re.compile(r"(?:, |,? and (?:(?!(?:of|for|at|in|by)\b)[a-z-]+ ){0,3}| & )$")
NOBODY = frozenset({"no", "few", "fewer", "not", "hardly"})
"""Words before a noun that keep it from factuality for those who do it."""
BOARDS = frozenset(
    [
        "board",
        "governors",
        "management",
        "leadership",
        "office",
        "members",
        "membership",
        "lawyers",
        "counsel",
        "account",
        "website",
        "committee",
        "delegates",
        "negotiators",
        "trustees",
        "bosses",
    ]
)
"""Nouns that speak or act for the organization that they belong to."""
OWNING = frozenset({"of", "for"})
PARTS = frozenset(
    [
        "group",
        "coalition",
        "band",
        "crowd",
        "number",
        "handful",
        "majority",
        "host",
        "dozens",
        "scores",
        "hundreds",
        "thousands",
    ]
)
"""Nouns for so and so many of those who follow with "of"."""
ESTATES = frozenset({"estate", "family", "heirs"})
"""Nouns for those who speak for a person, most often a dead one."""
BODIES = {
    "government": "GovernmentBody",
    "committee": "GovernmentBody",
    "commission": "GovernmentBody",
    "ministry": "GovernmentBody",
    "department": "GovernmentBody",
    "court": "GovernmentBody",
    "parliament": "GovernmentBody",
    "senate": "GovernmentBody",
    "regulator": "GovernmentBody",
    "union": "Guild",
    "guild": "Guild",
    "association": "TradeBody",
    "federation": "TradeBody",
    "academy": "Organization",
    "council": "Organization",
    "jury": "Organization",
    "festival": "Event",
}
"""Nouns that end the name of a body though they have no capital."""
NEAR = 40
"""Characters between "the team behind" and its work."""


@dataclass(slots=True)
class ActorResolver:
    """Finds actors in one document; what nobody knows yet is proposed to its state."""

    state: DiscourseState
    matcher: EntityMatcher

    def label(self, mention: Mention) -> str:
        """The name of an entity."""
        known = self.matcher.names.entities.get(mention.entity)
        return known.label if known is not None else mention.entity

    def publisher(self, name: str) -> Mention:
        """The outlet that a text comes from."""
        return self._named(name, "NewsOutlet", 0, 0)

    def is_charged(self, mention: Mention) -> bool:
        """Whether somebody, or the firm that he has a post in, was charged before."""
        charged = self.state.charged
        firm = self.state.posts.get(mention.entity)
        return mention.entity in charged or firm in charged

    def of_attribution(
        self, context: ParagraphContext, found: AttributionDraft
    ) -> list[Mention]:
        """Who an attribution belongs to; one without words of its own belongs to who spoke last."""
        if found.candidate is None:
            return [
                each
                for a, b in found.source
                for each in context.within(a, b)
                if each.cls in SPEAKING
            ][:1]
        if found.candidate.cue.doc is not context.paragraph.doc:
            return [self.state.speaker] if self.state.speaker else []
        beside = self._beside_cue(context, found)
        if beside is not None:
            return [beside]
        return self.of_words(context, found.candidate.source) or self._new(
            context, found.candidate.source
        )

    @staticmethod
    def _beside_cue(
        context: ParagraphContext, draft: AttributionDraft
    ) -> Mention | None:
        """Who stands right before a cue that follows what was said: "…, CEO Ada Example said"."""
        candidate = draft.candidate
        if candidate is None or not draft.content:
            return None
        place = context.place(candidate.cue)
        if min(a for a, _ in draft.content) > place:
            return None
        for mention in context.mentions:
            if mention.cls == "Person" and mention.end + 1 == place:
                return mention
        return None

    def _new(self, context: ParagraphContext, head: "Token") -> list[Mention]:
        """Somebody whose name has a shape that nothing else knows: "will.i.am said"."""
        name = new_name(context, head)
        if name is None:
            return []
        start, end = name
        text = context.state.text[start:end]
        known = self._same_person(text)
        if known is not None:
            return [Mention(start, end, known, "Person")]
        mention = self._named(text, "Person", start, end - start)
        context.state.recent.append(mention)
        return [mention]

    def _same_person(self, name: str) -> str | None:
        """The one person named so far whose name begins or ends so: "chairman Pyo"."""
        parts = name.split()
        people = {
            mention.entity
            for mention in self.state.recent
            if mention.cls == "Person"
            for words in [self.label(mention).split()]
            if words[: len(parts)] == parts or words[-len(parts) :] == parts
        }
        return next(iter(people)) if len(people) == 1 else None

    def of_words(self, context: ParagraphContext, source: "Token") -> list[Mention]:
        """Everybody whom the words around a head name: itself and those joined to it."""
        heads = [source]
        for head in heads:
            heads += [each for each in head.children if each.dep_ == "conj"]
        found: list[Mention] = []
        for head in heads:
            named = self._one(context, head)
            if named is not None:
                found.append(named)
            elif found and head.pos_ == "PROPN":
                found += self._new(context, head)
        found += _joined(context, found)
        return list(
            {each.entity: each for each in found if each.cls in SPEAKING}.values()
        )

    def _one(self, context: ParagraphContext, token: "Token") -> Mention | None:
        if any(
            word.lower_ in NOBODY and word.dep_ in {"det", "amod", "neg", "advmod"}
            for word in token.children
        ):
            return None
        members = _members(token)
        if members is not None and context.at(token) is None:
            return self._one(context, members)
        if token.lower_ in context.lexicon.nouns["spokesperson"]:
            return context.at(token) or self._spoken_for(context, token)
        if token.lower_ in BOARDS:
            of_whom = self._board(context, token)
            if of_whom is not None:
                return of_whom
        if token.tag_ == "NNS" and self._belong(
            context, token
        ):  # "fans of Ada Example" are not all fans
            return self._makers(context, token)
        return (
            self._makers(context, token)
            or self._estate(context, token)
            or self._group(context, token)
            or self._body(context, token)
            or context.resolve(token)
        )

    def _spoken_for(self, context: ParagraphContext, token: "Token") -> Mention | None:
        """Whose spokesperson it is; the organization that led last where none is named."""
        for word in token.subtree:
            named = context.at(word)
            if named is not None and named.cls in AGENTS - {"NewsOutlet"}:
                is_person = named.cls == "Person"
                return named if not is_person or word.dep_ == "pobj" else None
            is_role = word.lower_ in context.lexicon.roles
            role = context.resolve(word) if is_role else None
            if role is not None and word.dep_ in {"pobj", "poss"}:
                return role
        if any(word.lower_ == "same" for word in token.children):
            return self.state.speaker
        is_vague = token.lower_ in {"official", "account", "representative"}
        return None if is_vague else self._leading(context, context.place(token))

    @staticmethod
    def _board(context: ParagraphContext, token: "Token") -> Mention | None:
        """The organization whose board, office or lawyers it is."""
        of = next((word for word in token.children if word.lower_ in OWNING), None)
        owner = child(token, "poss") or (child(of, "pobj") if of is not None else None)
        owner = owner or child(token, "compound")
        whose = context.resolve(owner) if owner is not None else None
        is_body = whose is not None and whose.cls in AGENTS - {"Person", "Group"}
        return whose if is_body else None

    def _leading(self, context: ParagraphContext, before: int) -> Mention | None:
        """The organization that led a sentence of the paragraph last."""
        led = [
            mention
            for mention in context.mentions
            if mention.start in self.state.subjects
            and mention.start < before
            and mention.cls in AGENTS - {"Person", "Group", "NewsOutlet"}
        ]
        return led[-1] if led else None

    def note_papers(self, context: ParagraphContext) -> None:
        """Remembers who sent a letter, filed a suit or signed a petition."""
        papers = context.lexicon.nouns["paper"]
        for token in context.paragraph.doc:
            if token.lemma_.lower() not in papers or token.pos_ != "NOUN":
                continue
            owner = owner_of(token)
            if owner is None or owner.pos_ == "PRON":
                continue
            named = self._one(context, owner)
            if named is not None and named.cls in SPEAKING:
                kind = paper_kind(token.lemma_.lower())
                context.state.papers[kind] = named

    @staticmethod
    def _belong(context: ParagraphContext, token: "Token") -> bool:
        of = next(
            (
                each
                for each in token.children
                if each.dep_ == "prep" and each.lower_ == "of"
            ),
            None,
        )
        whose = child(of, "pobj") if of is not None else None
        return whose is not None and context.at(whose) is not None

    def _makers(self, context: ParagraphContext, token: "Token") -> Mention | None:
        """The team behind a work are its makers."""
        place = context.place(token)
        works = [
            each
            for each in context.mentions
            if each.cls in WORKS and 0 < each.start - place < NEAR
        ]
        if token.lower_ not in context.lexicon.nouns["team"] or not works:
            return None
        return self.makers(works[0])

    def makers(self, work: Mention) -> Mention:
        """Those who made a work, whoever they are."""
        return self._named(
            f"Makers of {self.label(work)}", "Group", work.start, work.end - work.start
        )

    def _group(self, context: ParagraphContext, token: "Token") -> Mention | None:
        """Unnamed people: "Studio Nine's executives", "400 artists", "many artists"."""
        if token.tag_ not in {"NNS", "NNPS"} or self._is_named(context, token):
            return None
        return (
            self._owned(context, token)
            or self._counted(context, token)
            or self._plain_group(context, token)
        )

    @staticmethod
    def _is_named(context: ParagraphContext, token: "Token") -> bool:
        """Whether a plural is a name, or part of one: "Lilt Labs"."""
        mention = context.at(token)
        return mention is not None and (mention.cls != "Group" or token.pos_ == "PROPN")

    def _owned(self, context: ParagraphContext, token: "Token") -> Mention | None:
        owner = child(token, "poss", "compound")
        named = context.at(owner) if owner is not None else None
        if named is None or named.cls not in AGENTS:
            return None
        name = f"{self.label(named)} {token.lower_}"
        return self._named(name, "Group", context.place(token), len(token))

    def _plain_group(self, context: ParagraphContext, token: "Token") -> Mention | None:
        """A group of the registry, or people by what they are: "Nordic composers"."""
        place = context.place(token)
        known = self.matcher.forms.get(token.lower_)
        bare = all(
            word.dep_ in {"det", "cc", "conj", "punct"} for word in token.children
        )
        if known is not None and bare:
            is_group = self._class(known) == "Group"
            end = place + len(token)
            return Mention(place, end, known, "Group") if is_group else None
        if token.lower_ not in context.lexicon.nouns["people"]:
            return None
        first = _phrase_start(token)
        if first == token and _is_definite(token):
            return self._last_group(token)
        start = context.place(first)
        words = context.state.text[start : place + len(token)]
        return self._named(words[:1].upper() + words[1:], "Group", start, len(words))

    def _last_group(self, token: "Token") -> Mention | None:
        """The group that "the musicians" points back to: whose name ends so, else nobody."""
        for mention in reversed(self.state.recent):
            if mention.cls == "Group" and mention.entity.lower().endswith(token.lower_):
                return mention
        for name, entity in reversed(self.state.proposed.items()):
            if entity.type == "Group" and name.lower().endswith(token.lower_):
                return Mention(token.idx, token.idx + len(token), name, "Group")
        return self._named(token.text.capitalize(), "Group", token.idx, len(token))

    def _estate(self, context: ParagraphContext, token: "Token") -> Mention | None:
        """Those who speak for a person: "the estate of Ada Example", "her family"."""
        if token.lower_ not in ESTATES:
            return None
        of = next((word for word in token.children if word.lower_ == "of"), None)
        owner = child(token, "poss") or (child(of, "pobj") if of is not None else None)
        whose = context.resolve(owner) if owner is not None else None
        kind = "Organization" if token.lower_ == "estate" else "Group"
        if whose is not None and whose.cls in {"Person", "MusicGroup"}:
            name = f"{token.text.capitalize()} of {self.label(whose)}"
            return self._named(name, kind, context.place(token), len(token))
        if owner is not None:
            return None
        for name, entity in reversed(self.state.proposed.items()):
            if name.startswith(f"{token.text.capitalize()} of "):
                place = context.place(token)
                return Mention(place, place + len(token), name, entity.type)
        return None

    def _body(self, context: ParagraphContext, token: "Token") -> Mention | None:
        """A body named with a capital and a noun: "the Brannock government"."""
        if token.tag_ != "NN" or token.lower_ not in BODIES:
            return None
        first = next(
            (
                w
                for w in token.children
                if w.dep_ in {"compound", "nmod", "amod"} and w.text[:1].isupper()
            ),
            None,
        )
        if first is None or first.i > token.i:
            return None
        start = context.place(
            first.left_edge if first.left_edge.text[:1].isupper() else first
        )
        words = context.state.text[start : context.place(token) + len(token)]
        return self._named(words, BODIES[token.lower_], start, len(words))

    def _class(self, entity: str) -> str:
        return self.matcher.names.entities[entity].cls

    def _counted(self, context: ParagraphContext, token: "Token") -> Mention | None:
        """A number of people: "more than 400 musicians"; they have no other name."""
        if token.lower_ not in context.lexicon.nouns["people"]:
            return None
        number = child(token, "nummod")
        if number is None:
            return None
        first = min(word.i for word in (number, *number.subtree))
        span = token.doc[first : token.i + 1]
        name = span.text[:1].upper() + span.text[1:]
        start = context.place(span[0])
        return self._named(name, "Group", start, len(span.text))

    def _named(self, name: str, cls: str, place: int, length: int) -> Mention:
        known = self.matcher.known(name)
        if known is None:
            self.state.proposed.setdefault(name, Entity(name, cls))
        mention = Mention(place, place + length, known or name, cls)
        self.state.note(mention)
        return mention


def _members(token: "Token") -> "Token | None":
    """Those of whom a noun counts some: "a group of 200 actors", "dozens of fans"."""
    if token.lower_ not in PARTS:
        return None
    of = next((word for word in token.children if word.lower_ == "of"), None)
    return child(of, "pobj") if of is not None else None


def _phrase_start(noun: "Token") -> "Token":
    """Where the words begin that say what people are, without articles and numbers of few."""
    first = noun
    for word in reversed(list(noun.lefts)):
        if (
            word.dep_ not in {"compound", "amod", "nummod", "nmod"}
            or word.lower_ in VAGUE
        ):
            break
        first = word.left_edge if word.dep_ == "nummod" else word
    return first


def _is_definite(noun: "Token") -> bool:
    return any(word.lower_ in {"the", "those", "these"} for word in noun.children)


VAGUE = frozenset(
    {"other", "some", "many", "several", "such", "certain", "most", "same"}
)


def _joined(context: ParagraphContext, found: list[Mention]) -> list[Mention]:
    """Names that follow with "and" where the parser has hung them elsewhere; commas, if an "and" ends them."""
    text, moved = context.paragraph.text, context.paragraph.start
    more: list[Mention] = []
    sure = 0
    last = found[-1] if found else None
    for each in context.mentions if last is not None else ():
        if last is not None and each.start > last.end and each.cls in AGENTS:
            gap = text[last.end - moved : each.start - moved]
            beside = gap != ", " or (last.cls == "Person") == (
                each.cls == "Person"
            )  # not "Ada, Studio Nine's head"
            if AND.match(gap) is None or not beside:
                break
            more += [each] if each not in found else []
            sure = len(more) if gap != ", " else sure
            last = each
    return more[:sure]
