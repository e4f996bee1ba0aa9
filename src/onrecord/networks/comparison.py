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
from onrecord.networks.rank import spoken_on
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
            for proof in topic.one:
                yield _row(topic.topic, self.one.label, proof)
            for proof in topic.other:
                yield _row(topic.topic, self.other.label, proof)

    def _repr_html_(self) -> str:
        """The two side by side for notebooks; every value is escaped."""
        head = "<th>topic</th>"
        for node in (self.one, self.other):
            head += f"<th>{escape(node.label)}</th>"
        body = "".join(map(_line_html, self.topics))
        table = f"<table><tr>{head}</tr>{body}</table>"
        linked = (
            self.way._repr_html_()
            if self.way
            else "<p>They are not linked.</p>"
        )
        return f"{table}<h4>How they are linked</h4>{linked}"


def _row(topic: str, who: str, proof: EdgeStatement) -> dict[str, Value]:
    fields = asdict(proof)
    dated = proof.dated
    row: dict[str, Value] = {name: fields.get(name) for name in COLUMNS}
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
    row = f"<th>{escape(topic.topic)}</th>"
    for side in (topic.one, topic.other):
        row += f"<td>{_cell_html(side)}</td>"
    return f"<tr>{row}</tr>"


def _cell_html(proofs: Iterable[EdgeStatement]) -> str:
    return "".join(f"<p>{proof_html(proof)}</p>" for proof in proofs)


def compare(
    one: str, other: str, *, workspace: Workspace | None = None
) -> Comparison:
    """What two entities say on the topics of both, side by side, and how they are linked.

    `onrecord compare "James Cameron" "Ben Affleck"` is `onrecord.compare("James Cameron", "Ben Affleck")`. Raises
    UnknownName, AmbiguousName, and BadInput for two names of one entity.
    """
    graph = Graph(workspace or find())
    return comparison(graph, network(graph), (one, other))


def comparison(
    graph: Graph, whole: Network, names: tuple[str, str]
) -> Comparison:
    """Two entities of the whole network of an opened graph; as `compare`."""
    one, other = map(graph.registry.find, names)
    if one.iri == other.iri:
        both = f"{names[0]!r} and {names[1]!r}"
        message = f"{both} stand for the same entity: {one.label}"
        raise BadInput(message)
    iris = one.iri, other.iri
    return Comparison(
        whole.nodes[local(one.iri)],
        whole.nodes[local(other.iri)],
        tuple(_topics(whole, local(one.iri), local(other.iri))),
        tuple(_between(graph, whole, iris)),
        _way(graph, whole, iris),
    )


def _between(
    graph: Graph, whole: Network, iris: tuple[str, str]
) -> Iterator[EdgeStatement]:
    """What one says of the other or does to it, the newest first."""
    one, other = map(ox.NamedNode, iris)
    terms = {"one": one, "other": other, "dating": DATING}
    for row in graph.ask(BETWEEN % terms):
        key = local(str(row["statement"]))
        if key in whole.proofs:
            yield whole.proofs[key]


def _topics(whole: Network, one: str, other: str) -> list[OnTopic]:
    """The topics of both, those with most statements first."""
    by_one = _by_topic(whole.proofs, one)
    by_other = _by_topic(whole.proofs, other)
    topics = []
    for key in by_one.keys() & by_other.keys():
        label = _label(whole, key)
        topic = OnTopic(label, tuple(by_one[key]), tuple(by_other[key]))
        topics.append(topic)
    return sorted(topics, key=lambda topic: (-_number(topic), topic.topic))


def _number(topic: OnTopic) -> int:
    """How many statements tell of a topic; one by both counts once."""
    return len({proof.id for proof in (*topic.one, *topic.other)})


def _by_topic(
    proofs: Mapping[str, EdgeStatement], actor: str
) -> dict[str, list[EdgeStatement]]:
    """What an actor says by topic, the newest first."""
    own = [proof for proof in proofs.values() if actor in proof.actors]
    own.sort(key=lambda proof: proof.id)
    own.sort(key=lambda proof: proof.date or "", reverse=True)
    topics: defaultdict[str, list[EdgeStatement]] = defaultdict(list)
    for proof in own:
        for topic in spoken_on(proof):
            topics[topic].append(proof)
    return dict(topics)


def _label(whole: Network, topic: str) -> str:
    node = whole.nodes.get(topic)
    return node.label if node else topic.removeprefix("topic/")


def _way(graph: Graph, whole: Network, names: tuple[str, str]) -> Way:
    """The shortest way from one to the other; without steps where there is none."""
    try:
        return find_path(graph, whole, names)
    except BadInput:
        return Way()
