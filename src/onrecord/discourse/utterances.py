"""Statements of several documents that report one utterance: proposed by program, kept after a person's review."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product

from onrecord.editing.editor import editing
from onrecord.model import Statement
from onrecord.model.dates import are_near
from onrecord.model.errors import BadInput
from onrecord.model.iris import BASE, digest, local
from onrecord.model.likeness import ALIKE, DAYS, contained, jaccard, words_of
from onrecord.networks.edge_statements import edge_statements
from onrecord.networks.model import EdgeStatement
from onrecord.querying.ask import Graph
from onrecord.workspace import Workspace, find

LINKED = """
SELECT ?statement ?utterance {
  ?statement :utterance ?utterance
} ORDER BY ?utterance ?statement
"""
ONE_ACT = 0.5
"""The likeness of two reports that agree on relation, object and date alone."""
ALIKE_GISTS = 0.5


@dataclass(frozen=True, slots=True)
class Utterance:
    """Statements that report one saying or deed, or seem to.

    `near` is the likeness (0..1) of the two that are least alike; 0 for those that are linked in the graph already.
    """

    iri: str
    actors: tuple[str, ...]
    statements: tuple[EdgeStatement, ...]
    near: float


def utterances(*, workspace: Workspace | None = None) -> list[Utterance]:
    """Proposes utterances: one actor, in different documents, near in time and in words; the largest first.

    Two statements are near in time where their dates, as far as known, are three days apart at most; a date that is not
    known speaks neither for it nor against. They are near in words where the share of common words in their gists is
    0.5 (Jaccard), or where their quotations have three words in common and three quarters of the shorter one's. They
    share relation and object, or a topic and the stance. Whatever the words, those that agree on relation, object and
    the date of the act itself are proposed too. Statements that are linked already are left out.
    """
    graph = Graph(workspace or find())
    statements = dict(edge_statements(graph))
    for group in kept(graph):
        for linked in group.statements:
            statements.pop(linked.id, None)
    return _grouped(graph, statements)


def kept(graph: Graph) -> list[Utterance]:
    """The utterances that a person accepted, which are in the graph, the largest first."""
    known = edge_statements(graph)
    groups: defaultdict[str, list[EdgeStatement]] = defaultdict(list)
    for row in graph.ask(LINKED):
        key = local(str(row["statement"]))
        if key in known:
            groups[str(row["utterance"])].append(known[key])
    names = _names(graph)
    return _ordered(
        _utterance(iri, group, names, 0.0) for iri, group in groups.items()
    )


def _names(graph: Graph) -> dict[str, str]:
    """The label of each entity by its node id."""
    entities = graph.registry.entities.values()
    return {local(entity.iri): entity.label for entity in entities}


def accept(
    chosen: Iterable[Utterance], *, workspace: Workspace | None = None
) -> int:
    """Keeps utterances in the graph: links each statement to its utterance; returns how many statements were linked.

    Raises NoWorkspace and NotWritten.
    """
    links: dict[str, str] = {}
    documents: set[str] = set()
    for utterance in chosen:
        for proof in utterance.statements:
            links[proof.id] = utterance.iri
            documents.add(proof.document)

    def linked(statement: Statement) -> Statement:
        iri = links.get(statement.id or "", statement.utterance)
        return replace(statement, utterance=iri)

    with editing(workspace) as editor:
        changes: dict[str, bytes | None] = {}
        for key in sorted(documents):
            changes |= editor.change(key, linked)[0]
        if changes:
            editor.commit(
                changes, f"linking of {len(links)} statements to utterances"
            )
    return len(links)


def numbered(text: str, most: int) -> list[int]:
    """The numbers that a person means by `1,3-5` or `all`, from 1; raises BadInput."""
    if text.strip() == "all":
        return [*range(1, most + 1)]
    numbers: list[int] = []
    for part in text.split(","):
        first, _, last = part.strip().partition("-")
        if not first.isdigit() or (last and not last.isdigit()):
            message = (
                f"{part!r} is no number of an utterance; write 1,3-5 or all"
            )
            raise BadInput(message)
        numbers += range(int(first), int(last or first) + 1)
    for number in numbers:
        if not 1 <= number <= most:
            message = f"there is no utterance {number}; there are {most}"
            raise BadInput(message)
    return numbers


def _grouped(
    graph: Graph, statements: Mapping[str, EdgeStatement]
) -> list[Utterance]:
    names = _names(graph)
    grouped: list[Utterance] = []
    for group, least in _cliques(_near_pairs(statements.values())):
        iri = f"{BASE}utterance/{digest(*group)}"
        members = [statements[key] for key in group]
        grouped.append(_utterance(iri, members, names, least))
    return _ordered(grouped)


def _near_pairs(
    statements: Iterable[EdgeStatement],
) -> dict[tuple[str, str], float]:
    """How near two statements of one actor in different documents are, for those that are near, by their ids."""
    by_actor: defaultdict[str, list[EdgeStatement]] = defaultdict(list)
    for proof in statements:
        for actor in proof.actors:
            by_actor[actor].append(proof)
    pairs: dict[tuple[str, str], float] = {}
    for own in by_actor.values():
        own.sort(key=lambda proof: proof.id)
        for one, two in combinations(own, 2):
            if one.document == two.document:
                continue
            near = _near(one, two)
            if near:
                pairs[one.id, two.id] = near
    return pairs


def _cliques(
    pairs: dict[tuple[str, str], float],
) -> list[tuple[tuple[str, ...], float]]:
    """Groups in which every two are near, the likest pairs first: a chain of likenesses makes no group."""
    groups: dict[str, list[str]] = {}
    for one, two in sorted(pairs, key=lambda pair: (-pairs[pair], pair)):
        first, second = (
            groups.setdefault(one, [one]),
            groups.setdefault(two, [two]),
        )
        across = map(_in_order, product(first, second))
        if first is second or not all(pair in pairs for pair in across):
            continue
        first += second
        for key in second:
            groups[key] = first
    cliques = {
        tuple(sorted(group)) for group in groups.values() if len(group) > 1
    }
    return [(group, _least(group, pairs)) for group in sorted(cliques)]


def _in_order(pair: tuple[str, str]) -> tuple[str, str]:
    return min(pair), max(pair)


def _least(
    group: Sequence[str], pairs: Mapping[tuple[str, str], float]
) -> float:
    """How near those two are that are the least near."""
    return min(pairs[pair] for pair in combinations(group, 2))


def _utterance(
    iri: str,
    statements: Iterable[EdgeStatement],
    names: dict[str, str],
    near: float,
) -> Utterance:
    ordered = tuple(
        sorted(statements, key=lambda proof: (proof.date or "~", proof.id))
    )
    shared = set.intersection(*(set(proof.actors) for proof in ordered))
    actors = sorted(names.get(actor, actor) for actor in shared)
    return Utterance(iri, tuple(actors), ordered, round(near, 2))


def _ordered(reports: Iterable[Utterance]) -> list[Utterance]:
    return sorted(reports, key=_largest_first)


def _largest_first(utterance: Utterance) -> tuple[int, float, str]:
    return -len(utterance.statements), -utterance.near, utterance.iri


def _near(one: EdgeStatement, two: EdgeStatement) -> float:
    """How alike the words are, 0 where anything speaks against one utterance."""
    if one.negated != two.negated or not _about_the_same(one, two):
        return 0.0
    if not _near_in_time(one, two):
        return 0.0
    near = ONE_ACT if _is_one_act(one, two) else 0.0
    gists = jaccard(words_of(one.gist), words_of(two.gist))
    if gists >= ALIKE_GISTS:
        near = max(near, gists)
    quotations = contained(words_of(one.quote or ""), words_of(two.quote or ""))
    if quotations >= ALIKE:
        near = max(near, quotations)
    return near


def _is_one_act(one: EdgeStatement, two: EdgeStatement) -> bool:
    """Whether relation, object and the date of the act agree, however it is told."""
    same = (one.relation, one.object) == (two.relation, two.object)
    return same and bool(one.said and two.said)


def _about_the_same(one: EdgeStatement, two: EdgeStatement) -> bool:
    if (one.relation, one.object) == (two.relation, two.object):
        return True
    return one.stance == two.stance and bool({*one.topics} & {*two.topics})


def _near_in_time(one: EdgeStatement, two: EdgeStatement) -> bool:
    first = one.said or one.published
    second = two.said or two.published
    return first is None or second is None or are_near(first, second, DAYS)
