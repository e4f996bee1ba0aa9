"""Network → Pajek: numbered nodes, and every parallel edge on a line of its own with its relation and stances."""

from collections.abc import Iterator

from onrecord.discourse.weighted import MeasuredNetwork
from onrecord.networks.model import Link, Network
from onrecord.networks.summary import stance_counts


def pajek(drawn: MeasuredNetwork) -> bytes:
    """The network in Pajek's .net: `*Vertices`, then `*Arcs` or, where ties have no direction, `*Edges`.

    A line of an edge is `from to weight l "relation; stances"`. Labels stand in quotation marks, theirs become
    apostrophes. Source: the Pajek reference manual.
    """
    return ("\r\n".join(_lines(drawn)) + "\r\n").encode()


def _lines(drawn: MeasuredNetwork) -> Iterator[str]:
    network = drawn.network
    number = {key: at for at, key in enumerate(sorted(network.nodes), 1)}
    yield f"*Vertices {len(number)}"
    for key, at in number.items():
        yield f"{at} {quoted(network.nodes[key].label)}"
    yield "*Arcs" if drawn.directed else "*Edges"
    for link in network.links:
        weight = drawn.weights[link.source, link.relation, link.target]
        label = quoted(_label(link, network))
        yield f"{number[link.source]} {number[link.target]} {weight:g} l {label}"


def quoted(text: str) -> str:
    """A text in quotation marks, on one line."""
    return '"' + " ".join(text.replace('"', "'").split()) + '"'


def _label(link: Link, network: Network) -> str:
    """The relation in words, and the stances of the statements behind it."""
    proofs = map(network.proofs.__getitem__, link.evidence)
    counts = stance_counts(proofs, ", ")
    return f"{link.label}; {counts}" if counts else link.label
