"""The canonical form of a graph: the same values are the same lines, however a file or a store writes them.

Numbers, booleans, times and language tags are put into the engine's own normal form, which keeps values and not their
spelling: `0.90` is `0.9`, `"1"^^xsd:boolean` is `true`, an `xsd:int` is the `xsd:integer` that it is by derivation (XML
Schema 1.1, part 2, section 3.4). Blank nodes are named by their place in the graph (RDF Dataset Canonicalization,
RDFC-1.0). Nothing is left out: what a store really changed, such as a decimal that it cut, is another line.
"""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping

import pyoxigraph as ox

from onrecord.model.errors import BadGraph
from onrecord.model.iris import PREFIXES, compact

INTEGER = ox.NamedNode(PREFIXES["xsd"] + "integer")
DECIMAL = ox.NamedNode(PREFIXES["xsd"] + "decimal")
WHOLE = re.compile(r"-?[0-9]+")
NARROW = range(-(2**31), 2**31)
"""The integers that Virtuoso gives back as integers, others as decimals of the same value."""
MOST_DIGITS = 11
"""Of an integer among them, with its sign."""
END_OF_INTEGER = rf'"\^\^<{re.escape(INTEGER.value)}>'
LONG_INTEGER = re.compile(rf"{END_OF_INTEGER}(?<=[0-9]{{10}}{END_OF_INTEGER})")
"""What an integer that may not be among them ends in; looked for by its end, which is in few places."""
MOST_ALIKE = 7
"""Blank nodes that only their neighbours tell apart: to name them takes a time that grows with every order of them."""

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Lines = frozenset[str]


def canonical(
    quads: Iterable[ox.Quad], dialects: Iterable[str] = (), *, name: str = ""
) -> Lines:
    """The triples of one graph as lines of canonical N-Triples, without their closing dots.

    `dialects` are the profiles of the stores that the graph comes from or is compared with, whose own ways of writing
    a value are known; `name` is the graph's, to be told. Raises BadGraph for blank nodes that are too alike.
    """
    store = ox.Store()
    store.extend(quads)
    return canonical_of(store, dialects, name=name)


def canonical_of(
    store: ox.Store, dialects: Iterable[str] = (), *, name: str = ""
) -> Lines:
    """The same of a store that holds nothing else; raises BadGraph."""
    rules = [RULES[dialect] for dialect in dialects if dialect in RULES]
    text = _text(store)
    if "_:" in text or (rules and LONG_INTEGER.search(text)):
        return _lines(store, rules, name)
    lines = text.removesuffix(" .\n")
    return frozenset(lines.split(" .\n")) if lines else frozenset()


def _text(store: ox.Store) -> str:
    """The triples of all graphs of a store as N-Triples, which the engine writes in a third of the time."""
    graphs = (ox.DefaultGraph(), *store.named_graphs())
    form = ox.RdfFormat.N_TRIPLES
    parts = [store.dump(format=form, from_graph=graph) for graph in graphs]
    return b"".join(part or b"" for part in parts).decode()


def _lines(
    store: ox.Store,
    rules: list[Callable[[ox.Literal], ox.Literal]],
    name: str,
) -> Lines:
    """The same where blank nodes are to be named, or values to be ruled."""
    named = [
        ox.Quad(quad.subject, quad.predicate, _ruled(quad.object, rules))
        for quad in store
    ]
    if any(
        isinstance(term, ox.BlankNode)
        for quad in named
        for term in (quad.subject, quad.object)
    ):
        named = _named(named, name)
    return frozenset(map(str, named))


def fingerprint(lines: Lines) -> str:
    """The SHA-256 of a graph's canonical form, in hex."""
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def _ruled(
    term: Term, rules: Iterable[Callable[[ox.Literal], ox.Literal]]
) -> Term:
    if isinstance(term, ox.Literal):
        for rule in rules:
            term = rule(term)
    return term


def _wide_integer(term: ox.Literal) -> ox.Literal:
    is_integer = term.datatype == INTEGER and WHOLE.fullmatch(term.value)
    if is_integer and (
        len(term.value) > MOST_DIGITS or int(term.value) not in NARROW
    ):
        return ox.Literal(term.value, datatype=DECIMAL)
    return term


RULES: Mapping[str, Callable[[ox.Literal], ox.Literal]] = {
    "virtuoso": _wide_integer
}
"""What a store writes in another datatype, though of the same value."""


def _named(quads: list[ox.Quad], name: str) -> list[ox.Quad]:
    """The quads with their blank nodes named by their place; refused where a hostile graph would take for ever."""
    if (
        sum(
            number
            for number in Counter(_places(quads).values()).values()
            if number > 1
        )
        > MOST_ALIKE
    ):
        message = f"{compact(name) or 'the graph'}: blank nodes are too alike to be compared; give them IRIs"
        raise BadGraph(message)
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return [*dataset]


def _places(quads: Iterable[ox.Quad]) -> Mapping[ox.BlankNode, tuple[str, ...]]:
    """What each blank node's own triples say of it (RDFC-1.0, section 4.6: its first degree)."""
    places: defaultdict[ox.BlankNode, list[str]] = defaultdict(list)
    for quad in quads:
        ends = (quad.subject, quad.object)
        for blank in {end for end in ends if isinstance(end, ox.BlankNode)}:
            shown = (
                "_:a"
                if end == blank
                else "_:z"
                if isinstance(end, ox.BlankNode)
                else str(end)
                for end in ends
            )
            places[blank].append(f"{quad.predicate} {' '.join(shown)}")
    return {node: tuple(sorted(lines)) for node, lines in places.items()}
