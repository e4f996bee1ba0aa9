"""Two entities side by side: what each says on the topics of both, and how the two are linked."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from html import escape
from typing import TYPE_CHECKING

import pyoxigraph as ox

from onrecord.model.dates import DATING
from onrecord.model.errors import BadInput
from onrecord.model.iris import OURS, local
from onrecord.networks.graph import network
from onrecord.networks.model import EdgeStatement, Network, Node
from onrecord.networks.path import Way, find_path, proof_html
from onrecord.querying.ask import Graph
from onrecord.querying.table import Iri, Table, Value
from onrecord.workspace import Workspace, find

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    *("topic", "who", "date", "dated", "stance", "sentence", "gist", "words"),
    *("publisher", "title", "url", "statement"),
)
BETWEEN = """
SELECT DISTINCT ?statement WHERE {
  VALUES (?one ?other) { (%(one)s %(other)s) (%(other)s %(one)s) }
  ?statement :actor ?one ; :object|:recipient ?other ; :document ?document .
  %(dating)s
} ORDER BY DESC(?date) ?statement
"""


@dataclass(frozen=True, slots=True)
class OnTopic:
    """What either of two says on a topic, the newest first."""

    topic: str
    one: tuple[EdgeStatement, ...]
    other: tuple[EdgeStatement, ...]


@dataclass(frozen=True)
class Comparison:
    """Two entities: the topics of both, the most spoken of first; what passes between them; the way that links them.

    `way` has no steps where none leads from one to the other.
    """

    one: Node
    other: Node
    topics: tuple[OnTopic, ...]
    between: tuple[EdgeStatement, ...]
    way: Way

    @property
    def table(self) -> Table:
        """A row for each statement on each topic."""
        return Table(COLUMNS, self._rows())

    def to_pandas(self) -> "pd.DataFrame":
        """The rows as a data frame; needs the extra `notebook`."""
        return self.table.to_pandas()

    def _rows(self) -> Iterator[dict[str, Value]]:
        for topic in self.topics:
            for who, said in ((self.one, topic.one), (self.other, topic.other)):
                for proof in said:
                    yield _row(topic.topic, who.label, proof)

    def _repr_html_(self) -> str:
        """The two side by side for notebooks; every value is escaped."""
        names = (escape(node.label) for node in (self.one, self.other))
        head = "".join(f"<th>{name}</th>" for name in ("topic", *names))
        body = "".join(map(_line_html, self.topics))
        linked = self.way._repr_html_() if self.way else "<p>They are not linked.</p>"
        return (
            f"<table><tr>{head}</tr>{body}</table><h4>How they are linked</h4>{linked}"
        )


def _row(topic: str, who: str, proof: EdgeStatement) -> dict[str, Value]:
    told = asdict(proof)
    dated = proof.dated
    row: dict[str, Value] = {name: told.get(name) for name in COLUMNS}
    return row | {
        "topic": topic,
        "who": who,
        "date": dated.date,
        "dated": dated.kind,
        "words": proof.quote,
        "url": Iri(proof.url) if proof.url else None,
        "statement": Iri(OURS["st"] + proof.id),
    }


def _line_html(topic: OnTopic) -> str:
    cells = "".join(f"<td>{_cell_html(side)}</td>" for side in (topic.one, topic.other))
    return f"<tr><th>{escape(topic.topic)}</th>{cells}</tr>"


def _cell_html(said: Iterable[EdgeStatement]) -> str:
    return "".join(f"<p>{proof_html(proof)}</p>" for proof in said)


def compare(one: str, other: str, *, workspace: Workspace | None = None) -> Comparison:
    """What two entities say on the topics of both, side by side, and how they are linked.

    `onrecord compare "James Cameron" "Ben Affleck"` is `onrecord.compare("James Cameron", "Ben Affleck")`. Raises
    UnknownName, AmbiguousName, and BadInput for two names of one entity.
    """
    graph = Graph(workspace or find())
    return comparison(graph, network(graph), (one, other))


def comparison(graph: Graph, whole: Network, names: tuple[str, str]) -> Comparison:
    """Two entities of the whole network of an opened graph; as `compare`."""
    known = list(map(graph.registry.find, names))
    if known[0].iri == known[1].iri:
        message = (
            f"{names[0]!r} and {names[1]!r} stand for the same entity: {known[0].label}"
        )
        raise BadInput(message)
    one, other = (whole.nodes[local(entity.iri)] for entity in known)
    terms = {
        "one": ox.NamedNode(known[0].iri),
        "other": ox.NamedNode(known[1].iri),
        "dating": DATING,
    }
    passing = (local(str(row["statement"])) for row in graph.ask(BETWEEN % terms))
    return Comparison(
        one,
        other,
        tuple(_topics(whole, one.id, other.id)),
        tuple(whole.proofs[key] for key in passing if key in whole.proofs),
        _way(graph, whole, (known[0].iri, known[1].iri)),
    )


def _topics(whole: Network, one: str, other: str) -> list[OnTopic]:
    """The topics of both, those with most statements first."""
    sides = [_by_topic(whole.proofs, actor) for actor in (one, other)]
    topics = [
        OnTopic(_label(whole, key), tuple(sides[0][key]), tuple(sides[1][key]))
        for key in sides[0].keys() & sides[1].keys()
    ]
    return sorted(topics, key=lambda topic: (-_number(topic), topic.topic))


def _number(topic: OnTopic) -> int:
    """How many statements tell of a topic; one by both counts once."""
    return len({proof.id for proof in (*topic.one, *topic.other)})


def _by_topic(
    proofs: Mapping[str, EdgeStatement], actor: str
) -> dict[str, list[EdgeStatement]]:
    """What an actor says by topic, the newest first."""
    said = [proof for proof in proofs.values() if actor in proof.actors]
    said.sort(key=lambda proof: proof.id)
    said.sort(key=lambda proof: proof.date or "", reverse=True)
    topics: defaultdict[str, list[EdgeStatement]] = defaultdict(list)
    for proof in said:
        for topic in sorted(_topics_of(proof)):
            topics[topic].append(proof)
    return dict(topics)


def _topics_of(proof: EdgeStatement) -> set[str]:
    """The topics that a statement bears, and the one that it is about."""
    topics = {f"topic/{topic}" for topic in proof.topics}
    return topics | {proof.object} if proof.object.startswith("topic/") else topics


def _label(whole: Network, topic: str) -> str:
    node = whole.nodes.get(topic)
    return node.label if node else topic.removeprefix("topic/")


def _way(graph: Graph, whole: Network, names: tuple[str, str]) -> Way:
    """The shortest way from one to the other; without steps where there is none."""
    try:
        return find_path(graph, whole, names)
    except BadInput:
        return Way()
