"""A discourse network → one HTML page: who stands with whom, slice by slice, with the statements behind each tie.

Places are worked out once for all slices, so that only ties come and go.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from onrecord.discourse.choice import DiscourseNetwork
from onrecord.discourse.tables import stance_name
from onrecord.discourse.ties import Ties
from onrecord.model.errors import BadInput
from onrecord.networks.layout import layout
from onrecord.networks.model import EdgeStatement, Network
from onrecord.page.look import KINDS, STANCES, kind_label
from onrecord.page.shell import coalitions_script, environment, policy, style
from onrecord.workspace.texts import FieldTexts

HERE = Path(__file__).parent
MOST_ACTORS, MOST_TIES = 60, 120
LETTER, LINE, MOST_LETTERS = 6.4, 15.0, 22
AGREE, DISAGREE = "agree", "disagree"
Pair = tuple[int, int, float]


def coalitions(
    discourse: DiscourseNetwork, network: Network, texts: FieldTexts
) -> str:
    """The page of a one-mode network; the same network gives the same text.

    `network` has its actors as nodes and the statements that were counted (as `measured` gives it), `texts` the names
    of kinds.

    Without slices it has one moment, the whole time. At most 60 actors are shown, those with the strongest ties over
    all slices, and of each slice the 120 strongest ties among them. Raises BadInput for a network without ties.
    """
    if discourse.ties is None:
        message = (
            "a page of coalitions shows ties: choose "
            "congruence, conflict, subtract or ignore"
        )
        raise BadInput(message)
    slices = _slices(discourse)
    all_ties = [ties for _, _, ties in slices]
    shown = _shown(all_ties)
    chosen = [_strongest(ties, shown) for ties in all_ties]
    places = _places(shown, all_ties, chosen)
    evidence = _Evidence(network, discourse)
    actors = []
    for label in shown:
        actor = [label, evidence.kind(label), *places[label]]
        actors.append(actor)
    moments = []
    for (label, count, ties), pairs in zip(slices, chosen, strict=True):
        rows = [evidence.tie(ties, *pair, shown) for pair in pairs]
        moments.append([label, count, rows])
    data = {
        "title": _title(discourse),
        "facts": f"{network.facts}. {_note(discourse, len(shown))}",
        "actors": actors,
        "moments": moments,
        "statements": evidence.statements,
        "kinds": _kinds(texts),
        "stances": _stances(),
    }
    script = coalitions_script()
    template = environment().get_template("coalitions.html")
    own = (HERE / "coalitions.css").read_text(encoding="utf-8")
    return template.render(
        data=data, script=script, style=style() + own, policy=policy([script])
    )


def _kinds(texts: FieldTexts) -> dict[str, list[str]]:
    """By the key of each kind its label and its fill."""
    kinds = {}
    for kind in KINDS:
        kinds[kind.key] = [kind_label(kind, texts), kind.fill]
    return kinds


def _stances() -> dict[str, list[str]]:
    """By the key of each stance its colour on light and on dark ground, and its mark."""
    stances = {}
    for stance in STANCES:
        stances[stance.key] = [stance.light, stance.dark, stance.mark]
    return stances


def _slices(discourse: DiscourseNetwork) -> list[tuple[str, int, Ties]]:
    """Each slice of time as its label, its number of statements and its ties; without slices, the whole time."""
    slices = []
    for at, slot in enumerate(discourse.slots):
        slices.append((_label(discourse, at), slot.slice.statements, slot.ties))
    if not slices and discourse.ties is not None:
        return [("whole time", len(discourse.tensor.rows), discourse.ties)]
    return slices


def _title(discourse: DiscourseNetwork) -> str:
    words = {
        "congruence": "Who takes the same side",
        "conflict": "Who takes opposite sides",
        "subtract": "Who takes the same side, and who opposite ones",
        "ignore": "Who speaks on the same",
    }
    title = words[discourse.choice.method]
    topic = discourse.choice.topic
    return f"{title}: {topic}" if topic else title


def _note(discourse: DiscourseNetwork, shown: int) -> str:
    """How many of all are shown, and what the network itself says of its making."""
    tensor = discourse.tensor
    is_of_actors = discourse.choice.of == "actors"
    total = len(tensor.actors if is_of_actors else tensor.concepts)
    sentences = []
    if shown < total:
        sentences.append(f"The {shown} most tied of {total:,} are shown.")
    for note in discourse.notes:
        sentence = f"{note[0].upper()}{note[1:]}."
        sentences.append(sentence)
    return " ".join(sentences)


def _label(discourse: DiscourseNetwork, at: int) -> str:
    window = discourse.slots[at].slice
    return (
        f"{window.moment}"
        if discourse.choice.kernel
        else f"{window.first} to {window.last}"
    )


def _shown(slices: list[Ties]) -> list[str]:
    """The actors with the strongest ties, summed over the slices, in the order of their labels."""
    strength: defaultdict[str, float] = defaultdict(float)
    for ties in slices:
        for one, two, weight in ties.pairs():
            strength[ties.labels[one]] += abs(weight)
            strength[ties.labels[two]] += abs(weight)
    strongest = sorted(strength, key=lambda label: (-strength[label], label))
    return sorted(strongest[:MOST_ACTORS])


def _strongest(ties: Ties, shown: list[str]) -> list[Pair]:
    """The strongest ties between two of those shown."""
    return list(islice(_between(ties, set(shown)), MOST_TIES))


def _between(ties: Ties, wanted: set[str]) -> Iterator[Pair]:
    """The ties both of whose ends are wanted, the strongest first."""
    for pair in ties.pairs():
        one, two, _ = pair
        if {ties.labels[one], ties.labels[two]} <= wanted:
            yield pair


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


class _Evidence:
    """The statements behind the ties, each once, by number."""

    def __init__(self, network: Network, discourse: DiscourseNetwork) -> None:
        self.network, self.discourse = network, discourse
        self.kinds: dict[str, str] = {}
        for node in network.nodes.values():
            self.kinds[node.label] = node.drawn_as
        self.numbers: dict[str, int] = {}
        self.statements: list[list[object]] = []
        self.levels: dict[str, str] = {}
        for row, _, _, level in discourse.tensor.rows:
            key = str(discourse.tensor.ids[row])
            self.levels[key] = stance_name(discourse, int(level))

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
        ordered = sorted(
            set(ids),
            key=lambda key: (
                self.discourse.discourse.dates.get(key) or "",
                key,
            ),
            reverse=True,
        )
        return list(map(self._number, ordered))

    def _number(self, key: str) -> int:
        if key not in self.numbers:
            self.numbers[key] = len(self.statements)
            self.statements.append(self._statement(self.network.proofs[key]))
        return self.numbers[key]

    def _statement(self, proof: EdgeStatement) -> list[object]:
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
