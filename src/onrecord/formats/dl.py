"""Network → UCINET DL: a list of edges, one a relation."""

from collections.abc import Iterable, Iterator

from onrecord.discourse.weighted import MeasuredNetwork
from onrecord.formats.pajek import quoted


def dl(drawn: MeasuredNetwork) -> bytes:
    """The network in UCINET's DL, `edgelist1`, a matrix a relation, each after the first behind a "!".

    Ties without direction stand both ways. Source: the UCINET user's guide, "DL file format".
    """
    return ("\n".join(_lines(drawn)) + "\n").encode()


def _lines(drawn: MeasuredNetwork) -> Iterator[str]:
    network = drawn.network
    order = sorted(network.nodes)
    number = {key: at for at, key in enumerate(order, 1)}
    relations = sorted({link.relation for link in network.links}) or ["ties"]
    yield f"dl n={len(order)} nm={len(relations)} format=edgelist1"
    yield "labels:"
    if order:
        yield _listed(network.nodes[key].label for key in order)
    yield "matrix labels:"
    yield _listed(relations)
    yield "data:"
    for at, relation in enumerate(relations):
        if at:
            yield "!"
        for (source, kind, target), weight in sorted(drawn.weights.items()):
            if kind != relation:
                continue
            one, two = number[source], number[target]
            yield f"{one} {two} {weight:g}"
            if one != two and not drawn.directed:
                yield f"{two} {one} {weight:g}"


def _listed(names: Iterable[str]) -> str:
    """Names in quotation marks, a line each, with commas between them."""
    return ",\n".join(map(quoted, names))
