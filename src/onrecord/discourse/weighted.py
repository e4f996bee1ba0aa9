"""A network with numbers: what exports write beside nodes and links. Any network has them, so no numpy here."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from onrecord.networks.model import Network

Key = tuple[str, str, str]
"""A link by source, relation and target."""
Value = str | int | float | bool


@dataclass(frozen=True, slots=True)
class Spell:
    """From when to when a link stands, as ISO dates, and how strongly."""

    start: str
    end: str
    weight: float


@dataclass(frozen=True, slots=True)
class MeasuredNetwork:
    """A network with numbers: each link's weight, each node's measures by name, each link's spells of time."""

    network: Network
    weights: Mapping[Key, float]
    measures: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    spells: Mapping[Key, tuple[Spell, ...]] = field(default_factory=dict)
    directed: bool = False


def of_entities(network: Network) -> MeasuredNetwork:
    """The network of the direct edges with its numbers: statements a link, and a spell a dated statement."""
    weights: dict[Key, float] = {}
    spells: dict[Key, tuple[Spell, ...]] = {}
    for link in network.links:
        key = (link.source, link.relation, link.target)
        weights[key] = len(link.evidence)
        dates = [network.proofs[number].date for number in link.evidence]
        days = sorted(filter(None, dates))
        if days:
            spells[key] = tuple(Spell(day, day, 1.0) for day in days)
    return MeasuredNetwork(network, weights, {}, spells, directed=True)
