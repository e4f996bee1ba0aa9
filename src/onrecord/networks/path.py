"""The shortest way between two entities, each step with its evidence."""

from collections import defaultdict
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from onrecord.model.errors import BadInput
from onrecord.model.iris import local
from onrecord.networks.graph import is_topic_link, network
from onrecord.networks.model import EdgeStatement, Network, Node
from onrecord.querying.ask import Graph
from onrecord.workspace import Workspace, find


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path: two entities, and the statements that link them, either way."""

    start: Node
    end: Node
    proofs: tuple[EdgeStatement, ...]


class Way(list[Step]):
    """The steps from one entity to another; in a notebook, a list of them with their evidence."""

    def _repr_html_(self) -> str:
        """Each step with its statements and their sources; every value is escaped."""
        return f"<ol>{''.join(map(_step_html, self))}</ol>"


def _step_html(step: Step) -> str:
    rows = "".join(f"<li>{proof_html(proof)}</li>" for proof in step.proofs)
    ends = f"{escape(step.start.label)} – {escape(step.end.label)}"
    return f"<li><b>{ends}</b><ul>{rows}</ul></li>"


def proof_html(proof: EdgeStatement) -> str:
    """A statement with its source, as HTML; every value is escaped."""
    source = escape(f"{proof.publisher}, {proof.date or 'undated'}")
    if (proof.url or "").startswith(("http://", "https://")):
        address = escape(str(proof.url))
        source = f'<a href="{address}" rel="noopener noreferrer">{source}</a>'
    return f"{escape(proof.sentence)}: {escape(proof.gist)} ({source})"


def path(
    start: str,
    end: str,
    *,
    through_topics: bool = False,
    workspace: Workspace | None = None,
) -> Way:
    """The shortest way between two entities over edges in either direction, each step with its evidence.

    With `through_topics`, two that speak on the same topic are two steps apart. Raises BadInput where there is no way,
    UnknownName and AmbiguousName.
    """
    graph = Graph(workspace or find())
    return find_path(graph, network(graph), (start, end), through_topics=through_topics)


def find_path(
    graph: Graph,
    whole: Network,
    names: tuple[str, str],
    *,
    through_topics: bool = False,
) -> Way:
    """The shortest way between two entities in the whole network of an opened graph; as `path`."""
    import networkx as nx  # noqa: PLC0415  a part of a second, for this function alone

    ends = list(map(graph.registry.find, names))
    steps = _evidence_between(whole, through_topics=through_topics)
    ways = nx.Graph(sorted(steps))
    try:
        shortest = nx.shortest_path(ways, *(local(known.iri) for known in ends))
    except (nx.NetworkXNoPath, nx.NodeNotFound) as error:
        hint = "" if through_topics else "; --through-topics looks further"
        message = f"no edges link {ends[0].label} and {ends[1].label}{hint}"
        raise BadInput(message) from error
    return Way(
        _step(whole, one, two, steps[min(one, two), max(one, two)])
        for one, two in pairwise(shortest)
    )


def _step(whole: Network, one: str, two: str, keys: set[str]) -> Step:
    proofs = tuple(whole.proofs[key] for key in sorted(keys))
    return Step(whole.nodes[one], whole.nodes[two], proofs)


def _evidence_between(
    whole: Network, *, through_topics: bool
) -> dict[tuple[str, str], set[str]]:
    """For each linked pair, in the order of their ids, the statements behind it."""
    pairs: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for link in whole.links:
        if not is_topic_link(link):
            pairs[min(link.source, link.target), max(link.source, link.target)].update(
                link.evidence
            )
    for key, proof in whole.proofs.items() if through_topics else ():
        for actor in proof.actors if proof.object.startswith("topic/") else ():
            pairs[min(actor, proof.object), max(actor, proof.object)].add(key)
    return pairs
