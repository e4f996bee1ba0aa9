"""A discourse network → one HTML page: who stands with whom, slice by slice, with the statements behind each tie.

Places are worked out once for all slices, so that only ties come and go.
"""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from onrecord.discourse.choice import Found
from onrecord.discourse.drawn import drawn
from onrecord.discourse.tables import stance_name
from onrecord.discourse.ties import Ties
from onrecord.networks.layout import layout
from onrecord.networks.model import Network, Proof
from onrecord.page.look import KINDS, STANCES, kind_label
from onrecord.page.shell import coalitions_script, environment, policy, style
from onrecord.querying.ask import Graph

HERE = Path(__file__).parent
MOST_ACTORS, MOST_TIES = 60, 120
LETTER, LINE, MOST_LETTERS = 6.4, 15.0, 22
AGREE, DISAGREE = "agree", "disagree"
Pair = tuple[int, int, float]


@dataclass(frozen=True, slots=True)
class Moment:
    """One slice as the page shows it: its label, its number of statements, its ties by actor numbers."""

    label: str
    statements: int
    ties: list[list[object]]


def coalitions(graph: Graph, found: Found) -> str:
    """The page of a one-mode network; the same network gives the same text.

    Without slices it has one moment, the whole time. At most 60 actors are shown, those with the strongest ties over
    all slices, and of each slice the 120 strongest ties among them.
    """
    assert found.ties is not None  # noqa: S101  a coalition is of ties
    network = drawn(graph, found).network
    slices = [
        (_label(found, at), slot.slice.statements, slot.ties)
        for at, slot in enumerate(found.slots)
    ]
    slices = slices or [("whole time", len(found.tensor.rows), found.ties)]
    shown = _shown([ties for _, _, ties in slices])
    chosen = [_strongest(ties, shown) for _, _, ties in slices]
    places = _places(shown, [ties for _, _, ties in slices], chosen)
    told = _Told(network, found)
    moments = [
        Moment(label, count, [told.tie(ties, *pair, shown) for pair in pairs])
        for (label, count, ties), pairs in zip(slices, chosen, strict=True)
    ]
    texts = graph.workspace.texts()
    data = {
        "title": _title(found),
        "facts": f"{network.facts}. {_note(found, len(shown))}",
        "actors": [[label, told.kind(label), *places[label]] for label in shown],
        "moments": [[each.label, each.statements, each.ties] for each in moments],
        "statements": told.statements,
        "kinds": {kind.key: [kind_label(kind, texts), kind.fill] for kind in KINDS},
        "stances": {each.key: [each.light, each.dark, each.mark] for each in STANCES},
    }
    script = coalitions_script()
    template = environment().get_template("coalitions.html")
    own = (HERE / "coalitions.css").read_text(encoding="utf-8")
    return template.render(
        data=data, script=script, style=style() + own, policy=policy([script])
    )


def _title(found: Found) -> str:
    words = {
        "congruence": "Who takes the same side",
        "conflict": "Who takes opposite sides",
        "subtract": "Who takes the same side, and who opposite ones",
        "ignore": "Who speaks on the same",
    }
    return words[found.choice.method] + (
        f": {found.choice.topic}" if found.choice.topic else ""
    )


def _note(found: Found, shown: int) -> str:
    everyone = len(
        found.tensor.actors if found.choice.of == "actors" else found.tensor.concepts
    )
    part = (
        f"The {shown} most tied of {everyone:,} are shown." if shown < everyone else ""
    )
    return " ".join(
        filter(None, [part, *(f"{note[0].upper()}{note[1:]}." for note in found.notes)])
    )


def _label(found: Found, at: int) -> str:
    window = found.slots[at].slice
    return (
        f"{window.moment}"
        if found.choice.kernel
        else f"{window.first} to {window.last}"
    )


def _shown(slices: list[Ties]) -> list[str]:
    """The actors with the strongest ties, summed over the slices, in the order of their labels."""
    strength: defaultdict[str, float] = defaultdict(float)
    for ties in slices:
        for one, two, weight in ties.pairs():
            strength[ties.labels[one]] += abs(weight)
            strength[ties.labels[two]] += abs(weight)
    return sorted(
        sorted(strength, key=lambda label: (-strength[label], label))[:MOST_ACTORS]
    )


def _strongest(ties: Ties, shown: list[str]) -> list[Pair]:
    wanted = set(shown)
    among = (
        each
        for each in ties.pairs()
        if ties.labels[each[0]] in wanted and ties.labels[each[1]] in wanted
    )
    return [pair for pair, _ in zip(among, range(MOST_TIES), strict=False)]


def _places(
    shown: list[str], slices: list[Ties], chosen: list[list[Pair]]
) -> dict[str, tuple[float, float]]:
    """Where each actor stands in all slices: near those it is tied to over the whole time."""
    pulls: defaultdict[tuple[str, str], float] = defaultdict(float)
    for ties, pairs in zip(slices, chosen, strict=True):
        for one, two, weight in pairs:
            if weight > 0:
                names = sorted((ties.labels[one], ties.labels[two]))
                pulls[names[0], names[1]] += weight
    return layout({label: _box(label) for label in shown}, pulls, wide=1.5)


def _box(label: str) -> tuple[float, float]:
    """The room of a circle with its label below it, broken after so many letters."""
    lines = -(-len(label) // MOST_LETTERS)
    return max(30.0, min(len(label), MOST_LETTERS) * LETTER), 26 + lines * LINE


class _Told:
    """The statements behind the ties, each once, by number."""

    def __init__(self, network: Network, found: Found) -> None:
        self.network, self.found = network, found
        self.kinds = {node.label: node.drawn_as for node in network.nodes.values()}
        self.numbers: dict[str, int] = {}
        self.statements: list[list[object]] = []
        self.levels = {
            str(found.tensor.ids[row]): stance_name(found, int(at))
            for row, _, _, at in found.tensor.rows
        }

    def kind(self, label: str) -> str:
        return self.kinds.get(label, "other")

    def tie(
        self, ties: Ties, one: int, two: int, weight: float, shown: list[str]
    ) -> list[object]:
        """Both ends by number, the weight, how, the concepts, and the statements of either end."""
        mine, theirs = ties.statements(one, two)
        apart = weight < 0 or ties.aggregation == "conflict"
        ends = [shown.index(ties.labels[end]) for end in (one, two)]
        on = ", ".join(ties.concepts(one, two))
        return [
            *ends,
            round(abs(weight), 4),
            DISAGREE if apart else AGREE,
            on,
            self._all(mine),
            self._all(theirs),
        ]

    def _all(self, ids: tuple[str, ...]) -> list[int]:
        told = sorted(
            set(ids),
            key=lambda key: (self.found.discourse.dates.get(key) or "", key),
            reverse=True,
        )
        return [self._number(key) for key in told]

    def _number(self, key: str) -> int:
        if key not in self.numbers:
            self.numbers[key] = len(self.statements)
            self.statements.append(self._statement(self.network.proofs[key]))
        return self.numbers[key]

    def _statement(self, proof: Proof) -> list[object]:
        url = (
            proof.url
            if proof.url and proof.url.startswith(("http://", "https://"))
            else ""
        )
        return [
            str(proof.dated),
            self.levels.get(proof.id, ""),
            proof.gist,
            proof.quote or "",
            proof.publisher,
            url,
        ]
