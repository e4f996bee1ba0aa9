"""One statement of an answer, in the form but not yet believed, and what speaks against it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from onrecord.extract.llm.parties import Party
from onrecord.extract.llm.source import plain
from onrecord.model.names import fold

MOST_TOPICS = 3
BLAMED = re.compile(
    r"\b(?:accus|blam|su|charg|alleg|criticiz|criticis|slamm?|urg)(?:es|ed|ing|e)\s+(?:that\s+)?"
    r"|\b(?:complaint|lawsuit|suit|charge|case|petition|protest)s?\s+against\s+",
    re.IGNORECASE,
)
"""What stands before the one who is blamed."""
WAS_BLAMED = re.compile(
    r"(?:,\s+(?:who|which))?\s+(?:(?:has|have|had)\s+)?(?:(?:is|are|was|were|been|being)\s+)+(?:\w+ly\s+)?"
    r"(?:accused|blamed|sued|charged|criticized|criticised|slammed|urged|investigated)\b",
    re.IGNORECASE,
)
"""What stands after the one who is blamed."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of an answer, in the form but not yet believed."""

    row: Mapping[str, object]
    parties: Mapping[str, Party]

    def text(self, key: str) -> str:
        """A field as text."""
        return str(self.row[key])

    def maybe(self, key: str) -> str | None:
        """A field as text; None where it is empty."""
        value = self.row[key]
        return str(value) if value else None

    def party(self, key: str) -> Party | None:
        """The party that a field names, if it is known."""
        value = self.row[key]
        return self.parties.get(key_of(str(value))) if value else None

    def parties_of(self, key: str) -> list[Party]:
        """All that a list names; nobody if one of them is not there."""
        names = cast("list[str]", self.row[key])
        parties = [self.parties.get(key_of(name)) for name in names]
        return [] if None in parties else [party for party in parties if party]

    def named(self) -> list[Party]:
        """The parties of all fields that name one."""
        keys = ("object", "recipient", "instrument", "according_to")
        parties = [self.party(key) for key in keys]
        return [party for party in parties if party]


def key_of(name: str) -> str:
    """A name as the parties of an answer are looked up by."""
    return fold(" ".join(name.split()))


def objects_of(value: object) -> list[Mapping[str, object]]:
    """The objects of a list; what is none is left out."""
    return (
        [row for row in value if isinstance(row, dict)]
        if isinstance(value, list)
        else []
    )


def reference_of(party: Party | None) -> str | None:
    """How a party is referred to; None for nobody."""
    return party.reference if party else None


def instrument_of(claim: Claim) -> str | None:
    """The AI system that a statement uses, if it is one."""
    party = claim.party("instrument")
    return party.reference if party and party.cls == "AISystem" else None


def topics_of(claim: Claim, first: str | None) -> tuple[str, ...]:
    """At most three topics, the object first where it is one."""
    given = cast("list[str]", claim.row["topics"])
    return tuple(dict.fromkeys([first, *given] if first else given))[
        :MOST_TOPICS
    ]


def is_name_of_other(
    speaker: str, actors: Sequence[Party], parties: Mapping[str, Party]
) -> bool:
    """Whether a reference is just the name of another party that is none of the actors."""
    wanted = fold(speaker)
    own = {fold(form) for actor in actors for form in actor.forms}
    if wanted in own:
        return False
    others = [party for party in parties.values() if party not in actors]
    return any(wanted == fold(form) for party in others for form in party.forms)


def is_labelled(turn: str, actor: Party) -> bool:
    """Whether a turn's label names an actor, in capitals or by the last name."""
    label = set(re.findall(r"\w+", turn.casefold()))
    return any(
        label & set(re.findall(r"\w{2,}", form.casefold()))
        for form in actor.forms
    )


def is_blamed(actor: Party, sentence: str) -> bool:
    """Whether a sentence puts the blame on an actor wherever it names him."""
    places = [
        mark
        for form in actor.forms
        for mark in re.finditer(
            rf"(?<!\w){re.escape(plain(form))}(?!\w)", sentence
        )
    ]
    return bool(places) and all(
        _is_blamed_at(mark, sentence) for mark in places
    )


def _is_blamed_at(mark: re.Match[str], sentence: str) -> bool:
    before = sentence[: mark.start()]
    blamed = list(BLAMED.finditer(before))
    near = bool(blamed) and len(before[blamed[-1].end() :].split()) <= 3  # noqa: PLR2004  "the AI firm X"
    return near or WAS_BLAMED.match(sentence, mark.end()) is not None
