"""Names for actors: what the registry calls an entity, and new ones, which are proposed to the document's state."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.extract.rules.contexts import ParagraphContext
from onrecord.extract.rules.matcher import EntityMatcher
from onrecord.extract.rules.mentions import DiscourseState, Mention
from onrecord.extract.rules.odd_names import new_name
from onrecord.model import Entity

if TYPE_CHECKING:
    from onrecord.extract.rules.tokens import Token


@dataclass(frozen=True, slots=True)
class Namer:
    """Names the entities of one document."""

    state: DiscourseState
    matcher: EntityMatcher

    def label(self, mention: Mention) -> str:
        """The name of an entity."""
        known = self.matcher.names.entities.get(mention.entity)
        return known.label if known is not None else mention.entity

    def mention(self, name: str, cls: str, place: int, length: int) -> Mention:
        """A place of the text where somebody is meant by a name; proposes who is not known."""
        known = self.matcher.known(name)
        if known is None:
            self.state.proposed.setdefault(name, Entity(name, cls))
        mention = Mention(place, place + length, known or name, cls)
        self.state.note(mention)
        return mention

    def makers(self, work: Mention) -> Mention:
        """Those who made a work, whoever they are."""
        name = f"Makers of {self.label(work)}"
        length = work.end - work.start
        return self.mention(name, "Group", work.start, length)

    def person(self, context: ParagraphContext, head: "Token") -> list[Mention]:
        """Somebody whose name has a shape that nothing else knows: "will.i.am said"."""
        place = new_name(context, head)
        if place is None:
            return []
        start, end = place
        name = context.state.text[start:end]
        known = self._same_person(name)
        if known is not None:
            return [Mention(start, end, known, "Person")]
        mention = self.mention(name, "Person", start, end - start)
        context.state.take(mention)
        return [mention]

    def _same_person(self, name: str) -> str | None:
        """The one person named so far whose name begins or ends so: "chairman Pyo"."""
        parts = name.split()
        people = {
            mention.entity: mention
            for mention in self.state.recent
            if mention.cls == "Person"
        }
        alike: list[str] = []
        for entity, mention in people.items():
            words = self.label(mention).split()
            ends = words[: len(parts)], words[-len(parts) :]
            if parts in ends:
                alike.append(entity)
        return alike[0] if len(alike) == 1 else None
