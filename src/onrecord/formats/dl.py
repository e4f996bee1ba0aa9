"""Network → UCINET DL: a list of edges, one a relation."""

from collections.abc import Iterable, Iterator

from onrecord.discourse.weighted import MeasuredNetwork
from onrecord.formats.pajek import quoted


def dl(drawn: MeasuredNetwork) -> bytes:
    """The network in UCINET's DL, `edgelist1`, a matrix a relation, each after the first behind a "!".

    Ties without direction stand both ways. Source: the UCINET user's guide, "DL file format".
    """
    return "".join(f"{line}\n" for line in _lines(drawn)).encode()


def _lines(drawn: MeasuredNetwork) -> Iterator[str]:
    network = drawn.network
    order = sorted(network.nodes)
    number = {key: at for at, key in enumerate(order, 1)}
    relations = sorted({link.relation for link in network.links}) or ["ties"]
    yield f"dl n={len(order)} nm={len(relations)} format=edgelist1"
    yield "labels:"
    yield from _listed(network.nodes[key].label for key in order)
    yield "matrix labels:"
    yield from _listed(relations)
    yield "data:"
    for at, relation in enumerate(relations):
        if at:
            yield "!"
        for (source, kind, target), weight in sorted(drawn.weights.items()):
            if kind == relation:
                yield f"{number[source]} {number[target]} {weight:g}"
                if not drawn.directed and source != target:
                    yield f"{number[target]} {number[source]} {weight:g}"


def _listed(names: Iterable[str]) -> Iterator[str]:
    """Names in quotation marks, a line each, with commas between them."""
    quotations = list(map(quoted, names))
    yield from (f"{quotation}," for quotation in quotations[:-1])
    yield from quotations[-1:]
