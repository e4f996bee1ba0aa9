"""Quads → JSON-LD that reads like JSON: names by the bundled context, each named graph a member of `@graph`.

The context stands in the file, so that nobody has to fetch it. It is read as JSON-LD 1.1 means it (sections 4.1 and
9.15), as far as the bundled one goes: prefixes, `@vocab`, aliases of keywords, terms with a type or a language.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
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
        given: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))[
            "@context"
        ]
        self.text = {**given, "@base": BASE}
        self.vocab: str = given.get("@vocab", "")
        self.prefixes: dict[str, str] = {}
        self.keywords: dict[str, str] = {}
        terms: dict[str, Mapping[str, str]] = {}
        for key, value in given.items():
            if isinstance(value, dict):
                terms[key] = value
            elif not isinstance(value, str) or key.startswith("@"):
                continue
            elif value.startswith("@"):
                self.keywords[value] = key
            elif value.endswith(("/", "#")):
                self.prefixes[key] = value
        self.names: dict[str, Name] = {}
        for key, term in terms.items():
            iri = self._expand(term.get("@id", key))
            self.names[iri] = self._name(key, term)

    def _name(self, key: str, term: Mapping[str, str]) -> Name:
        kind = term.get("@type")
        if kind and not kind.startswith("@"):
            kind = self._expand(kind)
        return Name(key, kind, term.get("@language"))

    def _expand(self, text: str) -> str:
        prefix, colon, rest = text.partition(":")
        if not colon:
            return self.vocab + text
        if prefix in self.prefixes:
            return self.prefixes[prefix] + rest
        return text

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
        best, longest = "", ""
        for prefix, start in self.prefixes.items():
            if iri.startswith(start) and len(start) > len(longest):
                best, longest = prefix, start
        if not best:
            return iri
        rest = iri.removeprefix(longest)
        return f"{best}:{rest}" if rest and not rest.startswith("/") else iri


def jsonld(quads: Iterable[ox.Quad], context: Context) -> Iterator[str]:
    """JSON-LD of sorted quads: `{"@context": …, "@graph": [{"id": GRAPH, "@graph": [NODE, …]}, …]}`, a line a node."""
    entries = ",\n".join(
        _member(key, value) for key, value in context.text.items()
    )
    yield f'{{"@context": {{\n{entries}\n}},\n"@graph": ['
    comma = ""
    for graph, group in groupby(quads, attrgetter("graph_name")):
        lines = ",\n".join(_node_lines(group, context))
        head = _member(context.keyword("@id"), context.id(graph.value))
        yield f'{comma}\n{{{head}, "@graph": [\n{lines}\n]}}'
        comma = ","
    yield "\n]}\n"


def _member(key: str, value: object) -> str:
    return f"{json.dumps(key)}: {json.dumps(value)}"


def _node_lines(quads: Iterable[ox.Quad], context: Context) -> Iterator[str]:
    for subject, group in groupby(quads, attrgetter("subject")):
        node = _node(subject, group, context)
        yield json.dumps(node, ensure_ascii=False)


def _node(
    subject: Term, quads: Iterable[ox.Quad], context: Context
) -> dict[str, Any]:
    node: dict[str, Any] = {
        context.keyword("@id"): _reference(subject, context)
    }
    for predicate, group in groupby(quads, attrgetter("predicate")):
        objects = [quad.object for quad in group]
        if predicate.value == TYPE:
            key = context.keyword("@type")
            values = [context.term(str(term).strip("<>")) for term in objects]
        else:
            name = context.name(predicate.value)
            key = name.key
            values = [_value(term, name, context) for term in objects]
        node[key] = _one_or_all(values)
    return node


def _one_or_all(values: list[Any]) -> Any:  # noqa: ANN401  JSON
    return values[0] if len(values) == 1 else values


def _reference(node: Term, context: Context) -> str:
    return (
        context.id(node.value) if isinstance(node, ox.NamedNode) else str(node)
    )


def _value(term: Term, name: Name, context: Context) -> Any:  # noqa: ANN401  JSON
    if not isinstance(term, ox.Literal):
        reference = _reference(term, context)
        return (
            reference
            if name.type == "@id"
            else {context.keyword("@id"): reference}
        )
    kind: str | None = term.datatype.value
    if term.language or kind == f"{XSD}string":
        kind = None
    if (kind, term.language) == (name.type, name.language):
        is_truth = kind == f"{XSD}boolean" and term.value in {"true", "false"}
        return term.value == "true" if is_truth else term.value
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if kind is None:
        return {"@value": term.value}
    return {"@value": term.value, "@type": context.term(kind)}
