"""Quads → JSON-LD that reads like JSON: names by the bundled context, each named graph a member of `@graph`.

The context stands in the file, so that nobody has to fetch it. It is read as JSON-LD 1.1 means it (sections 4.1 and
9.15), as far as the bundled one goes: prefixes, `@vocab`, aliases of keywords, terms with a type or a language.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from onrecord.formats.turtle import Term
from onrecord.model.iris import BASE, LOCAL_NAME, PREFIXES

XSD = PREFIXES["xsd"]
TYPE = PREFIXES["rdf"] + "type"


@dataclass(frozen=True, slots=True)
class Name:
    """A term definition of the context: what a property is called, and the type or language of its plain values."""

    key: str
    type: str | None = None
    language: str | None = None


class Context:
    """A JSON-LD context, and how it compacts IRIs; relative IRIs are resolved against our base."""

    def __init__(self, path: Path) -> None:
        given: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["@context"]
        self.text = {**given, "@base": BASE}
        self.vocab: str = given.get("@vocab", "")
        plain = {
            key: value
            for key, value in given.items()
            if isinstance(value, str) and not key.startswith("@")
        }
        self.prefixes = {
            key: value for key, value in plain.items() if value.endswith(("/", "#"))
        }
        self.keywords = {
            value: key for key, value in plain.items() if value.startswith("@")
        }
        terms = {key: value for key, value in given.items() if isinstance(value, dict)}
        self.names = {
            self._expand(value.get("@id", key)): self._name(key, value)
            for key, value in terms.items()
        }

    def _name(self, key: str, value: Mapping[str, str]) -> Name:
        kind = value.get("@type")
        return Name(
            key,
            self._expand(kind) if kind and not kind.startswith("@") else kind,
            value.get("@language"),
        )

    def _expand(self, text: str) -> str:
        prefix, colon, rest = text.partition(":")
        return (
            self.prefixes[prefix] + rest
            if colon and prefix in self.prefixes
            else text
            if colon
            else self.vocab + text
        )

    def keyword(self, word: str) -> str:
        """The alias of a keyword, else the keyword."""
        return self.keywords.get(word, word)

    def name(self, predicate: str) -> Name:
        """What a property is called."""
        return self.names.get(predicate) or Name(self.term(predicate))

    def term(self, iri: str) -> str:
        """A property or a class, from the vocabulary's base, unless the context calls another one so."""
        rest = iri.removeprefix(self.vocab)
        return iri if rest in self.text else self._shorten(iri, self.vocab)

    def id(self, iri: str) -> str:
        """Any other node, from our base."""
        return self._shorten(iri, BASE)

    def _shorten(self, iri: str, base: str) -> str:
        if base and LOCAL_NAME.fullmatch(iri.removeprefix(base)):
            return iri.removeprefix(base)
        fitting = (
            prefix for prefix, start in self.prefixes.items() if iri.startswith(start)
        )
        best = max(fitting, key=lambda prefix: len(self.prefixes[prefix]), default=None)
        rest = iri.removeprefix(self.prefixes[best]) if best else ""
        return f"{best}:{rest}" if rest and not rest.startswith("/") else iri


def jsonld(quads: Iterable[ox.Quad], context: Context) -> Iterator[str]:
    """JSON-LD of sorted quads: `{"@context": …, "@graph": [{"id": GRAPH, "@graph": [NODE, …]}, …]}`, a line a node."""
    entries = (
        f"{json.dumps(key)}: {json.dumps(value)}" for key, value in context.text.items()
    )
    yield '{"@context": {\n' + ",\n".join(entries) + '\n},\n"@graph": ['
    for number, (graph, group) in enumerate(
        groupby(quads, lambda quad: quad.graph_name)
    ):
        nodes = (
            _node(subject, list(mine), context)
            for subject, mine in groupby(group, lambda quad: quad.subject)
        )
        lines = ",\n".join(json.dumps(node, ensure_ascii=False) for node in nodes)
        head = f"{json.dumps(context.keyword('@id'))}: {json.dumps(context.id(graph.value))}"
        yield ("," if number else "") + f'\n{{{head}, "@graph": [\n{lines}\n]}}'
    yield "\n]}\n"


def _node(subject: Term, quads: list[ox.Quad], context: Context) -> dict[str, Any]:
    node: dict[str, Any] = {context.keyword("@id"): _reference(subject, context)}
    for predicate, group in groupby(quads, lambda quad: quad.predicate):
        if predicate.value == TYPE:
            node[context.keyword("@type")] = _one_or_all(
                [context.term(str(quad.object).strip("<>")) for quad in group]
            )
            continue
        name = context.name(predicate.value)
        node[name.key] = _one_or_all(
            [_value(quad.object, name, context) for quad in group]
        )
    return node


def _one_or_all(values: list[Any]) -> Any:  # noqa: ANN401  JSON
    return values[0] if len(values) == 1 else values


def _reference(node: Term, context: Context) -> str:
    return context.id(node.value) if isinstance(node, ox.NamedNode) else str(node)


def _value(term: Term, name: Name, context: Context) -> Any:  # noqa: ANN401  JSON
    if not isinstance(term, ox.Literal):
        reference = _reference(term, context)
        return reference if name.type == "@id" else {context.keyword("@id"): reference}
    kind = (
        None
        if term.language or term.datatype.value == f"{XSD}string"
        else term.datatype.value
    )
    if (kind, term.language) == (name.type, name.language):
        return (
            term.value == "true"
            if kind == f"{XSD}boolean" and term.value in {"true", "false"}
            else term.value
        )
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if kind is None:
        return {"@value": term.value}
    return {"@value": term.value, "@type": context.term(kind)}
