"""How entities hang together: paths, comparisons and discourse networks, of an opened graph."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import pyoxigraph as ox

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
from onrecord.model.dates import DATING
from onrecord.model.errors import BadInput
from onrecord.model.iris import OURS, local
from onrecord.networks.graph import network as whole_network
from onrecord.networks.path import Step, find_path
from onrecord.querying.ask import Graph
from onrecord.website.memo import memo

ENDS = 2
TOPICS_A_PAGE = A_PAGE // ENDS - 1
"""Of each the newest statement of both, and room for two that pass between them."""
TIES_A_PAGE = A_PAGE // ENDS
METHODS = ("congruence", "conflict")
SPOKEN = """
SELECT DISTINCT ?statement ?actor ?topic ?stance ?date WHERE {
  VALUES ?actor { %(one)s %(other)s }
  ?statement :actor ?actor ; :topic ?topic ; :reviewStatus ?status ; :document ?document .
  FILTER (?status NOT IN (code:rejected, code:superseded))
  OPTIONAL { ?statement :stanceOnAI ?stance }
  %(dating)s
}
"""
BETWEEN = """
SELECT DISTINCT ?statement ?date WHERE {
  VALUES (?one ?other) { (%(one)s %(other)s) (%(other)s %(one)s) }
  ?statement :actor ?one ; :object|:recipient ?other ; :reviewStatus ?status ; :document ?document .
  FILTER (?status NOT IN (code:rejected, code:superseded))
  %(dating)s
} ORDER BY DESC(?date) ?statement LIMIT 2
"""


@dataclass(frozen=True, slots=True)
class _Spoken:
    """What one of the two says on a topic."""

    statement: str
    actor: str
    topic: str
    stance: str
    date: str


def path(graph: Graph, start: str, end: str, *, through_topics: bool) -> PathResult:
    """The shortest way between two entities; raises BadInput where there is none."""
    whole = memo(graph, "whole network", whole_network)
    steps = find_path(graph, whole, (start, end), through_topics=through_topics)
    each_step = max(1, A_PAGE // len(steps)) if steps else 1
    return PathResult(tuple(_step(graph, step, each_step) for step in steps))


def _step(graph: Graph, step: Step, most: int) -> PathStep:
    ordered = sorted(step.proofs, key=lambda proof: proof.date or "", reverse=True)
    iris = [OURS["st"] + proof.id for proof in ordered[:most]]
    return PathStep(
        step.start.label, step.end.label, len(step.proofs), records(graph, iris)
    )


def compare(graph: Graph, one: str, other: str, page: int) -> Comparison:
    """The topics on which two entities speak, those with most statements first, and what passes between them."""
    known = [find_entity(graph, name) for name in (one, other)]
    if known[0].iri == known[1].iri:
        message = f"{one!r} and {other!r} stand for the same entity: {known[0].label}"
        raise BadInput(message)
    ends = {"one": ox.NamedNode(known[0].iri), "other": ox.NamedNode(known[1].iri)}
    topics = list(_shared(graph, ends))
    pages = max(1, -(-len(topics) // TOPICS_A_PAGE))
    page = min(page, pages)
    shown = topics[(page - 1) * TOPICS_A_PAGE : page * TOPICS_A_PAGE]
    rows = graph.ask(BETWEEN % (ends | {"dating": DATING}))
    between = [str(row["statement"]) for row in rows]
    sides = (known[0].iri, known[1].iri)
    return Comparison(
        one=known[0].label,
        other=known[1].label,
        page=page,
        pages=pages,
        topics=tuple(_compared(graph, spoken, sides) for spoken in shown),
        between=records(graph, between),
    )


def _shared(graph: Graph, ends: dict[str, ox.NamedNode]) -> Iterator[list[_Spoken]]:
    """What is said on each topic that both speak on, the most spoken of first."""
    rows = graph.ask(SPOKEN % (ends | {"dating": DATING}))
    said = [
        _Spoken(
            str(row["statement"]),
            str(row["actor"]),
            str(row["topic"]),
            local(str(row["stance"] or "none")),
            str(row["date"] or ""),
        )
        for row in rows
    ]
    said.sort(key=lambda spoken: (spoken.topic, spoken.statement))
    groups = [list(group) for _, group in groupby(said, lambda spoken: spoken.topic)]
    groups.sort(key=len, reverse=True)
    for group in groups:
        if len({spoken.actor for spoken in group}) == ENDS:
            yield group


def _compared(
    graph: Graph, said: Sequence[_Spoken], sides: tuple[str, str]
) -> TopicComparison:
    by_side = [[spoken for spoken in said if spoken.actor == side] for side in sides]
    newest = (max(side, key=lambda spoken: spoken.date) for side in by_side)
    iris = dict.fromkeys(spoken.statement for spoken in newest)
    one, other = (dict(Counter(spoken.stance for spoken in side)) for side in by_side)
    topic = said[0].topic
    label = graph.vocabulary.labels.get(topic, local(topic))
    return TopicComparison(label, one, other, records(graph, [*iris]))


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
    )
    from onrecord.discourse.choice import network as choose  # noqa: PLC0415
    from onrecord.discourse.tables import several  # noqa: PLC0415

    if method not in METHODS:
        message = f"no network is called {method!r}; there are {' and '.join(METHODS)}"
        raise BadInput(message)
    chosen = choose(
        graph,
        Choice(method, actors=actors, topic=topic, since=since, until=until),
    )
    ties = chosen.ties
    assert ties is not None  # noqa: S101  both methods tie actors
    pairs = ties.pairs()
    shown = pairs[(page - 1) * TIES_A_PAGE : page * TIES_A_PAGE]
    listed = []
    for one, two, weight in shown:
        sides = ties.statements(one, two)
        listed.append(
            Tie(
                one=ties.labels[one],
                two=ties.labels[two],
                weight=round(weight, 2),
                on=several(ties.concepts(one, two)),
                number=len({*sides[0], *sides[1]}),
                statements=_newest(graph, sides, chosen.discourse.dates),
            )
        )
    return TiesResult(method, len(pairs), page, tuple(listed), chosen.notes)


def _newest(
    graph: Graph, sides: Iterable[Sequence[str]], dates: object
) -> tuple[StatementRecord, ...]:
    """The newest statement of each side of a tie."""
    assert isinstance(dates, dict)  # noqa: S101  as the discourse has them
    keys = dict.fromkeys(
        max(sorted(side), key=lambda key: dates.get(key) or "")
        for side in sides
        if side
    )
    return records(graph, [statement_iri_of(key) for key in keys])
