"""Statements in the making, as rules propose them."""

from dataclasses import dataclass

from onrecord.extract.rules.mentions import Mention
from onrecord.extract.rules.quotations import Span


@dataclass(frozen=True, slots=True)
class DraftStatement:
    """A statement in the making: `target` or the first of `topics` is its object.

    `cue` is the place of the word that it goes by.
    """

    actors: tuple[Mention, ...]
    relation: str
    target: Mention | None
    topics: tuple[str, ...]
    place: Span
    rule: str
    cue: int = -1
    matters: bool = True


@dataclass(frozen=True, slots=True)
class Manner:
    """How something is stated: in whose words, on which side, how surely, by what means."""

    wording: str
    negated: bool = False
    stance: str | None = None
    modality: str = "actual"
    basis: str = "press-report"
    instrument: str | None = None
    stage: str | None = None
    according_to: str | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a rule makes of a clause."""

    draft: DraftStatement
    manner: Manner
