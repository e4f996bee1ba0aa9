"""Network → Pajek: numbered nodes, and every parallel edge on a line of its own with its relation and stances."""

from collections import Counter
from collections.abc import Iterator

from onrecord.discourse.weighted import MeasuredNetwork
from onrecord.networks.model import Link, Network


def pajek(drawn: MeasuredNetwork) -> bytes:
    """The network in Pajek's .net: `*Vertices`, then `*Arcs` or, where ties have no direction, `*Edges`.

    A line of an edge is `from to weight l "relation; stances"`. Labels stand in quotation marks, theirs become
    apostrophes. Source: the Pajek reference manual.
    """
    return "".join(f"{line}\r\n" for line in _lines(drawn)).encode()


def _lines(drawn: MeasuredNetwork) -> Iterator[str]:
    network = drawn.network
    number = {key: at for at, key in enumerate(sorted(network.nodes), 1)}
    yield f"*Vertices {len(number)}"
    for key, at in number.items():
        yield f"{at} {quoted(network.nodes[key].label)}"
    yield "*Arcs" if drawn.directed else "*Edges"
    for link in network.links:
        weight = drawn.weights[link.source, link.relation, link.target]
        yield f"{number[link.source]} {number[link.target]} {weight:g} l {quoted(_label(link, network))}"


def quoted(text: str) -> str:
    """A text in quotation marks, on one line."""
    return '"' + " ".join(text.replace('"', "'").split()) + '"'


def _label(link: Link, network: Network) -> str:
    """The relation in words, and the stances of the statements behind it."""
    stances = Counter(
        stance for key in link.evidence if (stance := network.proofs[key].stance)
    )
    shown = ", ".join(f"{stance} {count}" for stance, count in sorted(stances.items()))
    return f"{link.label}; {shown}" if shown else link.label
