"""What an attribution means, and who speaks in it."""

from dataclasses import dataclass

from onrecord.extract.rules.mentions import Mention

STANCES = {"+": "supportive", "-": "critical", "?": "conditional"}


OPPOSITES = {"supportive": "critical", "critical": "supportive"}


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks, by IRIs; whether they were charged; what the words tell of others.

    `place` is where the noun stands that names them.
    """

    entities: set[str]
    is_charged: bool = False
    others: frozenset[str] = frozenset()
    place: int = -1


@dataclass(frozen=True, slots=True)
class Meaning:
    """A relation with what is known of its object; `told` is the sentence that tells it, if it is one of several."""

    relation: str
    stance: str | None
    negated: bool = False
    modality: str = "actual"
    object: Mention | None = None
    rule: str = "cue"
    told: str = ""
