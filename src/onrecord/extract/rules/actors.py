"""Who says or does it: the entities that the words before a verb stand for, groups among them."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.extract.rules.attributions import AttributionDraft
from onrecord.extract.rules.contexts import ParagraphContext
from onrecord.extract.rules.matcher import EntityMatcher
from onrecord.extract.rules.mentions import AGENTS, WORKS, DiscourseState, Mention
from onrecord.extract.rules.sources import child
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
        return self.of_words(context, found.candidate.source)

    def of_words(self, context: ParagraphContext, source: "Token") -> list[Mention]:
        """Everybody whom the words around a head name: itself and those joined to it."""
        heads = [source]
        for head in heads:
            heads += [each for each in head.children if each.dep_ == "conj"]
        found = [
            each
            for each in (self._one(context, head) for head in heads)
            if each is not None
        ]
        found += _joined(context, found)
        return list(
            {each.entity: each for each in found if each.cls in SPEAKING}.values()
        )

    def _one(self, context: ParagraphContext, token: "Token") -> Mention | None:
        if any(
            each.lower_ in NOBODY and each.dep_ in {"det", "amod", "neg", "advmod"}
            for each in token.children
        ):
            return None
        if token.tag_ == "NNS" and self._belong(
            context, token
        ):  # "fans of Ada Example" are not all fans
            return self._makers(context, token)
        return (
            self._makers(context, token)
            or self._group(context, token)
            or context.resolve(token)
        )

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
        """People of an agent ("Studio Nine's executives"), and "many artists" where the registry has them."""
        if token.tag_ != "NNS":
            return None
        place = context.place(token)
        owner = next(
            (each for each in token.children if each.dep_ in {"poss", "compound"}), None
        )
        named = context.at(owner) if owner is not None else None
        if named is not None and named.cls in AGENTS:
            return self._named(
                f"{self.label(named)} {token.lower_}", "Group", place, len(token)
            )
        known = self.matcher.forms.get(token.lower_)
        plain = all(
            each.dep_ not in {"prep", "poss", "relcl"} for each in token.children
        )
        if (
            known is None
            or not plain
            or self.matcher.names.entities[known].cls != "Group"
        ):
            return None
        return Mention(place, place + len(token), known, "Group")

    def _named(self, name: str, cls: str, place: int, length: int) -> Mention:
        known = self.matcher.known(name)
        if known is None:
            self.state.proposed.setdefault(name, Entity(name, cls))
        return Mention(place, place + length, known or name, cls)


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
