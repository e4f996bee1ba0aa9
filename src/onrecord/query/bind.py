"""Fills a question's places: what a person gives becomes an RDF term, and only the term goes into the SPARQL."""

import re
from collections.abc import Callable, Mapping

import pyoxigraph as ox

from onrecord.errors import BadInput, UnknownName
from onrecord.graph.registry import Registry
from onrecord.query.question import Parameter, Question
from onrecord.vocabulary import BASE, Vocabulary, fold, local, nearest, topic_iri

DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def bind(
    question: Question, given: Mapping[str, object], vocabulary: Vocabulary, registry: Callable[[], Registry]
) -> str:
    """The question's SPARQL with each `VALUES ?name { UNDEF }` filled from `given`, or from the default.

    `registry` is called only if an entity is given. Raises BadInput for a parameter that the question does not have
    or a value that is not of its kind, UnknownName and AmbiguousName for names.
    """
    known = {each.name: each for each in question.parameters}
    for name in given:
        if name not in known:
            has = f"it has {', '.join(known)}" if known else "it has none"
            message = f"the question {question.name} has no parameter {name!r}; {has}"
            raise BadInput(message)
    text = question.sparql
    for name, parameter in known.items():
        value = given.get(name, parameter.default)
        if value is not None:
            text = _fill(text, name, _term(parameter, str(value), vocabulary, registry), question.name)
    return text


def _fill(text: str, name: str, term: ox.NamedNode | ox.Literal, question: str) -> str:
    place = re.compile(rf"VALUES\s*\?{re.escape(name)}\s*\{{\s*UNDEF\s*\}}", re.IGNORECASE)
    filled, count = place.subn(lambda _: f"VALUES ?{name} {{ {term} }}", text)
    if not count:
        message = f"the question {question} has no VALUES ?{name} {{ UNDEF }} for its parameter {name!r}"
        raise BadInput(message)
    return filled


def _term(
    parameter: Parameter, value: str, vocabulary: Vocabulary, registry: Callable[[], Registry]
) -> ox.NamedNode | ox.Literal:
    match parameter.kind:
        case "entity":
            return ox.NamedNode(registry().find(value).iri)
        case "topic":
            return ox.NamedNode(topic_iri(_key(value, {key: t.label for key, t in vocabulary.topics.items()}, "topic")))
        case "relation":
            relations = {key: relation.label for key, relation in vocabulary.relations.items()}
            return ox.NamedNode(BASE + _key(value, relations, "relation"))
        case "stance":
            codes = vocabulary.codes["stanceOnAI"]
            return ox.NamedNode(codes[_key(value, {key: key for key in codes}, "stance")])
        case "date":
            return ox.Literal(
                _checked(value, DATE, f"{parameter.name}={value!r} is no date like 2025, 2025-10 or 2025-10-21")
            )
        case "integer":
            text = _checked(value, re.compile(r"[+-]?\d{1,18}"), f"{parameter.name}={value!r} is no whole number")
            return ox.Literal(int(text))
        case _:
            return ox.Literal(value)


def _key(value: str, labels: Mapping[str, str], kind: str) -> str:
    """The key that a person means by a key, an IRI, a prefixed name or a label."""
    names = {fold(label): key for key, label in labels.items()} | {fold(key): key for key in labels}
    found = names.get(fold(value)) or names.get(
        fold(local(value) if value.startswith(BASE) else value.rpartition(":")[2])
    )
    if found is None:
        near = nearest(value, [*labels.values(), *labels])
        hint = f"; did you mean {' or '.join(repr(each) for each in near)}?" if near else ""
        message = f"no {kind} is called {value!r}{hint}"
        raise UnknownName(message)
    return found


def _checked(value: str, form: re.Pattern[str], message: str) -> str:
    if not form.fullmatch(value):
        raise BadInput(message)
    return value
