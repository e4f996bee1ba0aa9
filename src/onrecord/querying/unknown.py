"""Why a query may have found nothing: IRIs under `https://w3id.org/onrecord/` in it that the graph does not know."""

import re
from collections.abc import Iterator

import pyoxigraph as ox

from onrecord.model.iris import BASE, OURS, PREFIXES, compact
from onrecord.model.names import nearest
from onrecord.querying.ask import Graph
from onrecord.store.guard import TOKEN

DECLARED = re.compile(r"\bPREFIX\s+([\w.-]*):\s*<([^>]*)>", re.IGNORECASE)
USED = """
ASK { { %(term)s ?property ?value } UNION { ?subject %(term)s ?value } UNION { ?subject ?property %(term)s } }
"""


def unknown_terms(graph: Graph, sparql: str) -> list[str]:
    """A sentence on each IRI of this project that the graph does not know, with the nearest that it knows."""
    known = graph.vocabulary.terms
    iris = dict.fromkeys(iri for iri in _terms(sparql) if iri.startswith(BASE))
    missing = [iri for iri in iris if iri.removeprefix(BASE) not in known]
    return [
        _sentence_on(graph, iri) for iri in missing if not _is_used(graph, iri)
    ]


def _terms(sparql: str) -> Iterator[str]:
    """Every IRI that a query names, whole or by a prefix."""
    spaces = {"": BASE} | PREFIXES | dict(DECLARED.findall(sparql))
    prefix = ""
    text = DECLARED.sub("", sparql)
    for token in TOKEN.finditer(text):
        if token.lastgroup == "iri":
            yield token[0][1:-1]
        elif token.lastgroup == "local" and prefix in spaces:
            yield spaces[prefix] + token[0][1:].replace("\\", "").rstrip(".")
        prefix = token[0] if token.lastgroup == "prefix" else ""


def _is_used(graph: Graph, iri: str) -> bool:
    """Whether the graph says anything of a term; of a space's own address it need not."""
    if iri in OURS.values() or iri == BASE:
        return True
    try:
        term = ox.NamedNode(iri)
    except ValueError:
        return True
    return bool(graph.ask(USED % {"term": term})[0]["answer"])


def _sentence_on(graph: Graph, iri: str) -> str:
    space, name = _split(iri)
    near = nearest(name, list(_names(graph, space)))
    terms = " or ".join(compact(space + candidate) for candidate in near)
    hint = f"; did you mean {terms}?" if terms else ""
    return f"nothing is called {compact(iri)}{hint}"


def _split(iri: str) -> tuple[str, str]:
    """The space of a term and its name there: `topic/` and the key, or the base and the rest."""
    for space in sorted(OURS.values(), key=len, reverse=True):
        if iri.startswith(space):
            return space, iri.removeprefix(space)
    return BASE, iri.removeprefix(BASE)


def _names(graph: Graph, space: str) -> Iterator[str]:
    """The names of a space; of the base, those of terms and of entities."""
    iris = [BASE + term for term in graph.vocabulary.terms]
    if space == BASE:
        iris += graph.registry.entities
    for iri in sorted(iris):
        name = iri.removeprefix(space)
        if name != iri and "/" not in name:
            yield name
