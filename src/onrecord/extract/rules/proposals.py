"""Statements in the making, as rules propose them."""

from dataclasses import dataclass

from onrecord.extract.rules.mentions import Mention
from onrecord.extract.rules.quotations import Span
from onrecord.model import Statement


@dataclass(frozen=True, slots=True)
class DraftStatement:
    """A statement in the making: `target` or the first of `topics` is its object."""

    actors: tuple[Mention, ...]
    relation: str
    target: Mention | None
    topics: tuple[str, ...]
    place: Span
    rule: str
    cue: int = -1
    matters: bool = True


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a rule makes of a clause; `cue` is the place of the word that it goes by."""

    draft: DraftStatement
    statement: Statement
