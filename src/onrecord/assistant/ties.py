"""How entities hang together: paths, comparisons and discourse networks, of an opened graph."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from onrecord.assistant.lookup import find_entity
from onrecord.assistant.records import records, statement_iri_of
from onrecord.assistant.results import (
    A_PAGE,
    Comparison,
    PathResult,
    PathStep,
    StatementRecord,
    Tie,
    TiesResult,
    TopicComparison,
)
from onrecord.model.errors import BadInput
from onrecord.model.iris import OURS
from onrecord.networks.comparison import OnTopic, comparison
from onrecord.networks.graph import network as whole_network
from onrecord.networks.model import EdgeStatement, Network
from onrecord.networks.path import Step, find_path
from onrecord.querying.ask import Graph
from onrecord.website.memo import memo

ENDS = 2
"""A path, a comparison and a tie have two ends, each with a statement of its own."""
TOPICS_A_PAGE = A_PAGE // ENDS - 1
"""Of each the newest statement of both, and room for two that pass between them."""
TIES_A_PAGE = A_PAGE // ENDS
METHODS = ("congruence", "conflict")


def path(
    graph: Graph, start: str, end: str, *, through_topics: bool
) -> PathResult:
    """The shortest way between two entities; raises BadInput where there is none."""
    steps = find_path(
        graph, _whole(graph), (start, end), through_topics=through_topics
    )
    each_step = max(1, A_PAGE // len(steps)) if steps else 1
    return PathResult(tuple(_step(graph, step, each_step) for step in steps))


def _whole(graph: Graph) -> Network:
    """The whole network, made once of a graph."""
    return memo(graph, "whole network", whole_network)


def _step(graph: Graph, step: Step, most: int) -> PathStep:
    """A step of a path with its newest statements, at most so many."""
    ordered = sorted(
        step.proofs, key=lambda proof: proof.date or "", reverse=True
    )
    evidence = _records(graph, ordered[:most])
    return PathStep(
        step.start.label, step.end.label, len(step.proofs), evidence
    )


def compare(graph: Graph, one: str, other: str, page: int) -> Comparison:
    """The topics on which two entities speak, those with most statements first, and what passes between them."""
    for name in (one, other):
        find_entity(graph, name)
    both = comparison(graph, _whole(graph), (one, other))
    pages = max(1, -(-len(both.topics) // TOPICS_A_PAGE))
    page = min(page, pages)
    shown = both.topics[(page - 1) * TOPICS_A_PAGE : page * TOPICS_A_PAGE]
    return Comparison(
        one=both.one.label,
        other=both.other.label,
        page=page,
        pages=pages,
        topics=tuple(_compared(graph, topic) for topic in shown),
        between=_records(graph, both.between[:ENDS]),
    )


def _compared(graph: Graph, topic: OnTopic) -> TopicComparison:
    """A topic of both: how many statements take which stance, and the newest of each."""
    one, other = _stances(topic.one), _stances(topic.other)
    newest = (topic.one[0], topic.other[0])
    return TopicComparison(topic.topic, one, other, _records(graph, newest))


def _stances(proofs: Iterable[EdgeStatement]) -> dict[str, int]:
    """How many statements take which stance."""
    return dict(Counter(proof.stance or "none" for proof in proofs))


def _records(
    graph: Graph, proofs: Iterable[EdgeStatement]
) -> tuple[StatementRecord, ...]:
    iris = dict.fromkeys(OURS["st"] + proof.id for proof in proofs)
    return records(graph, [*iris])


def network(  # noqa: PLR0913  each is one choice
    graph: Graph,
    method: str,
    *,
    topic: str | None,
    actors: str,
    since: str | None,
    until: str | None,
    page: int,
) -> TiesResult:
    """A page of the strongest ties between actors, each with the newest statement of either end."""
    from onrecord.discourse.choice import (  # noqa: PLC0415  numpy, for this alone
        Choice,
        discourse_for,
        network_of,
        refuse_odd,
    )
    from onrecord.discourse.tables import several  # noqa: PLC0415

    if method not in METHODS:
        message = f"no network is called {method!r}; there are {' and '.join(METHODS)}"
        raise BadInput(message)
    choice = Choice(
        method, actors=actors, topic=topic, since=since, until=until
    )
    refuse_odd(choice)
    if topic is None:
        name = f"discourse of {actors}"
        discourse = memo(graph, name, lambda _: discourse_for(graph, choice))
    else:
        discourse = discourse_for(graph, choice)
    chosen = network_of(choice, discourse)
    ties = chosen.ties
    assert ties is not None  # noqa: S101  both methods tie actors
    pairs = ties.pairs()
    shown = pairs[(page - 1) * TIES_A_PAGE : page * TIES_A_PAGE]
    listed = []
    for one, two, weight in shown:
        sides = ties.statements(one, two)
        tie = Tie(
            one=ties.labels[one],
            two=ties.labels[two],
            weight=round(weight, 2),
            on=several(ties.concepts(one, two)),
            number=len({*sides[0], *sides[1]}),
            statements=_newest(graph, sides, chosen.discourse.dates),
        )
        listed.append(tie)
    return TiesResult(method, len(pairs), page, tuple(listed), chosen.notes)


def _newest(
    graph: Graph,
    sides: Iterable[Sequence[str]],
    dates: Mapping[str, str | None],
) -> tuple[StatementRecord, ...]:
    """The newest statement of each side of a tie."""
    iris: dict[str, None] = {}
    for side in sides:
        if side:
            newest = max(sorted(side), key=lambda key: dates.get(key) or "")
            iris[statement_iri_of(newest)] = None
    return records(graph, list(iris))
