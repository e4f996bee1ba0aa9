"""Fills in a question's parameters: what a person gives becomes an RDF term, and only the term goes into the SPARQL."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from onrecord.model.dates import is_date
from onrecord.model.errors import BadInput, UnknownName
from onrecord.model.iris import BASE, local, topic_iri
from onrecord.model.names import fold, nearest
from onrecord.model.vocabulary import Vocabulary
from onrecord.querying.question import Parameter, Question

if TYPE_CHECKING:
    from onrecord.model.registry import Registry

WHOLE = re.compile(r"[+-]?[0-9]{1,18}")
PLACE = re.compile(r"VALUES\s*\?(\w+)\s*\{\s*UNDEF\s*\}", re.IGNORECASE)
"""Where a parameter stands: VALUES ?name { UNDEF }."""


@dataclass(frozen=True, slots=True)
class Names:
    """What names stand for: the ontology and the entities, each read only if a value needs it."""

    vocabulary: Callable[[], Vocabulary]
    registry: Callable[[], "Registry"]


def bind(question: Question, given: Mapping[str, object], names: Names) -> str:
    """The question's SPARQL with each `VALUES ?name { UNDEF }` filled from `given` or the default, else taken out.

    A place left open says nothing, and Virtuoso 7.2.5 loses rows by it where it stands in a query within a query.
    Raises UnknownName for a parameter that the question does not have, BadInput for a value that is not of its kind,
    UnknownName and AmbiguousName for names.
    """
    if not given and not question.has_defaults:
        return PLACE.sub("", question.sparql)
    known = {parameter.name: parameter for parameter in question.parameters}
    for name in given:
        if name not in known:
            raise UnknownName(_no_parameter(question, name, known))
    terms = {}
    for name, parameter in known.items():
        value = given.get(name, parameter.default)
        if value is not None:
            terms[name] = _term(parameter, str(value), names)
    _hold_places(question, terms)
    # In one go, so that a value that looks like a place is none.
    return PLACE.sub(lambda place: _filled(place[1], terms), question.sparql)


def _no_parameter(question: Question, name: str, known: Collection[str]) -> str:
    has = f"it has {', '.join(known)}" if known else "it has none"
    near = nearest(name, known)
    hint = f"did you mean {' or '.join(near)}?" if near else has
    return f"the question {question.name} has no parameter {name!r}; {hint}"


def _hold_places(question: Question, given: Collection[str]) -> None:
    places = {place[1] for place in PLACE.finditer(question.sparql)}
    for name in given:
        if name not in places:
            message = (
                f"the question {question.name} has no VALUES "
                f"?{name} {{ UNDEF }} for its parameter {name!r}"
            )
            raise BadInput(message)


def _filled(name: str, terms: Mapping[str, ox.NamedNode | ox.Literal]) -> str:
    return f"VALUES ?{name} {{ {terms[name]} }}" if name in terms else ""


def _term(
    parameter: Parameter, value: str, names: Names
) -> ox.NamedNode | ox.Literal:
    if parameter.kind in {"entity", "topic", "relation", "stance"}:
        return ox.NamedNode(_iri(parameter.kind, value, names))
    if parameter.kind == "integer":
        if not WHOLE.fullmatch(value):
            message = f"{parameter.name}={value!r} is no whole number"
            raise BadInput(message)
        return ox.Literal(int(value))
    if parameter.kind == "date" and not is_date(value):
        message = f"{parameter.name}={value!r} is no date like 2025, 2025-10 or 2025-10-21"
        raise BadInput(message)
    return ox.Literal(value)


def _iri(kind: str, value: str, names: Names) -> str:
    if kind == "entity":
        return names.registry().find(value).iri
    words = names.vocabulary()
    key = key_of(kind, value, words)
    if kind == "stance":
        return words.code("stanceOnAI", key)
    return topic_iri(key) if kind == "topic" else BASE + key


def key_of(kind: str, value: str, words: Vocabulary) -> str:
    """The key of the topic, relation or stance that a person means by a key, an IRI, a prefixed name or a label.

    Raises UnknownName with the nearest.
    """
    labels = _labels(kind, words)
    names = {fold(label): key for key, label in labels.items()}
    names |= {fold(key): key for key in labels}
    key = local(value) if value.startswith(BASE) else value.rpartition(":")[2]
    meant = names.get(fold(value)) or names.get(fold(key))
    if meant is None:
        message = f"no {kind} is called {value!r}; {_hint(kind, value, labels)}"
        raise UnknownName(message)
    return meant


def is_topic(name: str, words: Vocabulary) -> bool:
    """Whether a topic has this key or label, in whatever letters."""
    labels = _labels("topic", words)
    return fold(name) in map(fold, [*labels, *labels.values()])


def _hint(kind: str, value: str, labels: Mapping[str, str]) -> str:
    """What may have been meant, or where the names are shown."""
    near = nearest(value, [*labels.values(), *labels])
    if near:
        return f"did you mean {' or '.join(map(repr, near))}?"
    if kind == "stance":
        return f"there are {', '.join(labels)}"
    return f"`onrecord list {kind}s` shows them"


def _labels(kind: str, words: Vocabulary) -> dict[str, str]:
    """The label of each topic, relation or stance by its key."""
    if kind == "stance":
        return {key: key for key in words.codes["stanceOnAI"]}
    terms = words.topics if kind == "topic" else words.relations
    return {key: term.label for key, term in terms.items()}
