"""Which nodes come first: how much evidence each has, and the few that a map opens on."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping

from onrecord.networks.model import EdgeStatement, Link, Network

OPENS_ON = 60
"""How many nodes a map shows when it opens."""


def is_topic(node: str) -> bool:
    """Whether a node's id is that of a topic."""
    return node.startswith("topic/")


def spoken_on(proof: EdgeStatement) -> list[str]:
    """The node ids of the topics that a statement is on, its object among them."""
    topics = {f"topic/{key}" for key in proof.topics}
    if is_topic(proof.object):
        topics.add(proof.object)
    return sorted(topics)


def evidence(network: Network) -> Counter[str]:
    """How many statements each node acts in or is the object of."""
    counts: Counter[str] = Counter(dict.fromkeys(network.nodes, 0))
    for proof in network.proofs.values():
        ends = {*proof.actors, proof.object}
        counts.update(ends & network.nodes.keys())
    return counts


def strengths(links: Iterable[Link]) -> dict[tuple[str, str], float]:
    """For each linked pair, in the order of its ids, how many statements link it."""
    pairs: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for link in links:
        if link.source != link.target:
            one, two = sorted((link.source, link.target))
            pairs[one, two].update(link.evidence)
    strength = {}
    for pair, statements in sorted(pairs.items()):
        strength[pair] = float(len(statements))
    return strength


def best_evidenced(
    pairs: Mapping[tuple[str, str], float], most: int = OPENS_ON
) -> list[str]:
    """The nodes whose links to each other have most evidence, the best first.

    Nodes that would stand alone among them give way to the next ones, as long as there are any.
    """
    weight: Counter[str] = Counter()
    for pair, count in pairs.items():
        weight.update(dict.fromkeys(pair, round(count)))
    waiting = sorted(weight, key=lambda node: (-weight[node], node))
    chosen: list[str] = []
    while waiting and len(chosen) < most:
        room = most - len(chosen)
        chosen, waiting = chosen + waiting[:room], waiting[room:]
        linked = _linked(pairs, set(chosen))
        chosen = [node for node in chosen if node in linked]
    return chosen


def _linked(
    pairs: Iterable[tuple[str, str]], among: Collection[str]
) -> set[str]:
    """The nodes of the pairs that lie whole among some nodes."""
    linked = set()
    for one, two in pairs:
        if one in among and two in among:
            linked |= {one, two}
    return linked
