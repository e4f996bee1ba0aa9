"""The shortest way between two entities, each step with its evidence."""

from collections import defaultdict
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from onrecord.model.errors import BadInput
from onrecord.model.iris import local
from onrecord.networks.graph import network
from onrecord.networks.model import EdgeStatement, Network, Node
from onrecord.networks.rank import is_topic
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
    return find_path(
        graph, network(graph), (start, end), through_topics=through_topics
    )


def find_path(
    graph: Graph,
    whole: Network,
    names: tuple[str, str],
    *,
    through_topics: bool = False,
) -> Way:
    """The shortest way between two entities in the whole network of an opened graph; as `path`."""
    import networkx as nx  # noqa: PLC0415  a part of a second, for this function alone

    start, end = map(graph.registry.find, names)
    evidence = _evidence_between(whole, through_topics=through_topics)
    ways = nx.Graph(sorted(evidence))
    try:
        shortest = nx.shortest_path(ways, local(start.iri), local(end.iri))
    except (nx.NetworkXNoPath, nx.NodeNotFound) as error:
        hint = "" if through_topics else "; --through-topics looks further"
        message = f"no edges link {start.label} and {end.label}{hint}"
        raise BadInput(message) from error
    way = Way()
    for one, two in pairwise(shortest):
        keys = evidence[min(one, two), max(one, two)]
        proofs = tuple(whole.proofs[key] for key in sorted(keys))
        way.append(Step(whole.nodes[one], whole.nodes[two], proofs))
    return way


def _evidence_between(
    whole: Network, *, through_topics: bool
) -> dict[tuple[str, str], set[str]]:
    """For each linked pair, in the order of their ids, the statements behind it."""
    pairs: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for link in whole.links:
        if not is_topic(link.target):
            one, two = sorted((link.source, link.target))
            pairs[one, two].update(link.evidence)
    if not through_topics:
        return pairs
    for key, proof in whole.proofs.items():
        if is_topic(proof.object):
            for actor in proof.actors:
                one, two = sorted((actor, proof.object))
                pairs[one, two].add(key)
    return pairs
