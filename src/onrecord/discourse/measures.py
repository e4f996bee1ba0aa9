"""Clusters, camps and centralities of a found network, by actor and as tables."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from onrecord.discourse.centrality import NAMES, centralities
from onrecord.discourse.choice import DiscourseNetwork
from onrecord.discourse.clusters import clusters
from onrecord.discourse.polarization import Polarization, polarization
from onrecord.discourse.tables import several
from onrecord.discourse.weighted import Value
from onrecord.model.errors import BadInput
from onrecord.querying.table import Table
from onrecord.querying.table import Value as Cell

SHOWN = 8
"""Members of a group that a table names."""


@dataclass(frozen=True, slots=True)
class Measures:
    """What was measured: the cluster of each actor, free and balanced camps, centralities; empty where not asked."""

    clusters: Mapping[str, int] = field(default_factory=dict)
    free: Polarization | None = None
    balanced: Polarization | None = None
    centralities: Mapping[str, Mapping[str, float]] = field(
        default_factory=dict
    )

    def by_actor(self) -> dict[str, dict[str, Value]]:
        """Each actor's measures by name, for exports."""
        by_actor: dict[str, dict[str, Value]] = {}
        for label, number in self.clusters.items():
            by_actor.setdefault(label, {})["cluster"] = number
        for name, camps in (
            ("camp", self.free),
            ("balanced_camp", self.balanced),
        ):
            for label, camp in (
                zip(camps.labels, camps.camps, strict=True) if camps else ()
            ):
                by_actor.setdefault(label, {})[name] = camp
        for label, values in self.centralities.items():
            by_actor.setdefault(label, {}).update(values)
        return by_actor


def measure(
    network: DiscourseNetwork,
    *,
    by: str | None = None,
    camps: bool = False,
    central: bool = False,
) -> Measures:
    """Measures a one-mode network: its clusters `by` a method, its two camps, its actors' centralities.

    Raises BadInput for a two-mode network or an unknown method.
    """
    if network.ties is None:
        if by or camps or central:
            message = "clusters, polarization and centralities are of ties; take congruence, conflict, subtract or ignore"  # noqa: E501
            raise BadInput(message)
        return Measures()
    side = network.tensor
    if network.choice.of != "actors":
        side = side.transposed()
    return Measures(
        clusters(network.ties, by) if by else {},
        polarization(side) if camps else None,
        polarization(side, balanced=True) if camps else None,
        centralities(network.ties) if central else {},
    )


def tables_of(
    network: DiscourseNetwork, measures: Measures, most: int
) -> list[Table]:
    """A table for each measure: the clusters, the camps, the most central actors."""
    tables = []
    strength: dict[str, float] = {}
    if network.ties:
        values = map(float, network.ties.strength())
        strength = dict(zip(network.ties.labels, values, strict=True))
    if measures.clusters:
        tables.append(_groups("cluster", measures.clusters, strength))
    if measures.free and measures.balanced:
        camps = {"free": measures.free, "balanced": measures.balanced}
        tables.append(_camps(camps, strength))
    if measures.centralities:
        tables.append(_most_central(measures.centralities, most))
    return tables


def _most_central(
    centralities: Mapping[str, Mapping[str, float]], most: int
) -> Table:
    """A row an actor with its centralities, those with the strongest ties first."""
    order = sorted(centralities)
    order.sort(key=lambda label: centralities[label]["strength"], reverse=True)
    rows: list[dict[str, Cell]] = []
    for label in order[:most]:
        row: dict[str, Cell] = {"actor": label}
        rows.append(row | dict(centralities[label]))
    return Table(("actor", *NAMES), rows)


def _groups(
    name: str, groups: Mapping[str, int], strength: Mapping[str, float]
) -> Table:
    """A row a group: its number, how many are in it, and the most tied of them; those without ties are no group."""
    members: dict[int, list[str]] = {}
    for label, number in groups.items():
        members.setdefault(number, []).append(label)
    rows: list[dict[str, Cell]] = []
    for number, labels in sorted(members.items()):
        if not number:
            continue
        row: dict[str, Cell] = {
            name: number,
            "members": len(labels),
            "most tied": _most_tied(labels, strength),
        }
        rows.append(row)
    return Table((name, "members", "most tied"), rows)


def _camps(
    camps: Mapping[str, Polarization], strength: Mapping[str, float]
) -> Table:
    rows: list[dict[str, Cell]] = []
    for name, polarized in camps.items():
        for camp in (0, 1):
            members = polarized.members(camp)
            row: dict[str, Cell] = {
                "camps": name,
                "polarization": None
                if camp
                else round(polarized.normalized, 4),
                "size": len(members),
                "most tied": _most_tied(members, strength),
            }
            rows.append(row)
    return Table(("camps", "polarization", "size", "most tied"), rows)


def _most_tied(
    members: list[str] | tuple[str, ...], strength: Mapping[str, float]
) -> str:
    order = sorted(
        members, key=lambda label: (-abs(strength.get(label, 0.0)), label)
    )
    return several(order, SHOWN)
