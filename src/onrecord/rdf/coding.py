"""A coding database → triples: one graph of what it is made of, and one a document, with what was marked in it."""

import datetime as dt
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from rdflib import Literal, URIRef

from onrecord.model import (
    CONTROL,
    CodedDocument,
    CodedEntity,
    CodedStatement,
    Coding,
    Variable,
)
from onrecord.model.iris import BASE, document_iri, slug, statement_iri
from onrecord.rdf import turtle
from onrecord.rdf.encode import Triple
from onrecord.rdf.namespaces import DCTERMS, RDF, RDFS, REC, XSD

REPORT = URIRef(f"{BASE}code/report-source")


class Study:
    """A coding database with the IRIs of its parts, all below its key: the slug of its file's name in lower case."""

    def __init__(self, key: str, coding: Coding) -> None:
        self.key, self.coding = key, coding
        self.kinds = {
            variable.id: variable.kind for variable in coding.variables
        }
        variables = [
            (variable.id, variable.name) for variable in coding.variables
        ]
        self._variables = _slugs(variables)
        self.attributes = _attributes(coding)
        named = _slugs(enumerate(self.attributes))
        self._attributes = dict(
            zip(self.attributes, named.values(), strict=True)
        )

    def node(self, *parts: object) -> URIRef:
        """A part of the coding: `coding/KEY/entity/7`."""
        return URIRef("/".join([f"{BASE}coding/{self.key}", *map(str, parts)]))

    def variable(self, number: int) -> URIRef:
        """A variable, which is a property."""
        return self.node("variable", self._variables[number])

    def attribute(self, name: str) -> URIRef:
        """An attribute of entities, which is a property too."""
        return self.node("attribute", self._attributes[name])

    def document(self, number: int) -> str:
        """A document's key, which is the name of its file."""
        return f"{self.key}-{number}"

    def statement(self, number: int) -> URIRef:
        """A coded statement."""
        return URIRef(statement_iri(f"{self.key}-{number}"))


def _attributes(coding: Coding) -> list[str]:
    """The names of all attributes that entities have, sorted."""
    names: set[str] = set()
    for entity in coding.entities:
        names.update(name for name, _ in entity.attributes)
    return sorted(names)


def _slugs(pairs: Iterable[tuple[int, str]]) -> dict[int, str]:
    """A readable last part of an IRI for each number; the number is added where names are alike."""
    names: dict[int, str] = {}
    taken: set[str] = set()
    for number, name in pairs:
        plain = slug(name) or "unnamed"
        names[number] = (
            plain if plain.lower() not in taken else f"{plain}-{number}"
        )
        taken.add(names[number].lower())
    return names


def study(name: str, coding: Coding) -> Study:
    """A coding database with its IRIs, whose key comes from the name of its file."""
    return Study(slug(name).lower() or "study", coding)


def frame(of: Study) -> Iterator[Triple]:
    """What the database is made of: types, variables, coders, entities, settings."""
    coding, whole = of.coding, of.node()
    yield whole, RDF.type, REC.Coding
    yield whole, RDFS.label, Literal(of.key)
    for name, value in coding.settings:
        yield whole, REC.setting, Literal(clean(f"{name}={value}"))
    for regex in coding.regexes:
        yield whole, REC.regex, Literal(clean(regex))
    for number, label in coding.types:
        yield from _numbered(
            of, of.node("type", number), REC.CodingType, number, label
        )
    for number, name in coding.coders:
        yield from _numbered(
            of, of.node("coder", number), REC.Coder, number, name
        )
    for variable in coding.variables:
        yield from _variable(of, variable)
    for name in of.attributes:
        node = of.attribute(name)
        yield node, RDF.type, REC.CodingAttribute
        yield node, RDFS.label, Literal(clean(name))
        yield node, REC.inCoding, whole
    for entity in coding.entities:
        yield from _entity(of, entity)


def _numbered(
    of: Study, node: URIRef, kind: URIRef, number: int, label: str
) -> Iterator[Triple]:
    yield node, RDF.type, kind
    yield node, RDFS.label, Literal(clean(label))
    yield node, REC.number, Literal(number)
    yield node, REC.inCoding, of.node()


def _variable(of: Study, variable: Variable) -> Iterator[Triple]:
    node = of.variable(variable.id)
    yield from _numbered(
        of, node, REC.CodingVariable, variable.id, variable.name
    )
    yield node, REC.dataType, Literal(variable.kind)
    yield node, REC.codedAs, of.node("type", variable.type)


def _entity(of: Study, entity: CodedEntity) -> Iterator[Triple]:
    node = of.node("entity", entity.id)
    yield from _numbered(of, node, REC.CodedEntity, entity.id, entity.value)
    yield node, REC.valueOf, of.variable(entity.variable)
    yield node, REC.colour, Literal(" ".join(map(str, entity.colour)))
    if entity.child_of is not None:
        yield node, REC.childOf, of.node("entity", entity.child_of)
    for name, value in entity.attributes:
        yield node, of.attribute(name), Literal(clean(value))


def document(of: Study, value: CodedDocument) -> Iterator[Triple]:
    """A document; its text is kept by its hash."""
    key = of.document(value.id)
    node = URIRef(document_iri(key))
    yield from _numbered(of, node, REC.Document, value.id, value.title or key)
    yield node, DCTERMS.publisher, Literal(clean(value.source or of.key))
    yield node, REC.sourceKind, REPORT
    yield node, REC.sha256, Literal(text_hash(value))
    yield node, REC.unixTime, Literal(value.time)
    day = dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(
        seconds=value.time
    )
    date = Literal(day.date().isoformat(), datatype=XSD.date, normalize=False)
    yield node, DCTERMS.issued, date
    if value.coder is not None:
        yield node, REC.codedBy, of.node("coder", value.coder)
    for predicate, text in (
        (DCTERMS.creator, value.author),
        (REC.section, value.section),
        (REC.notes, value.notes),
        (REC.documentType, value.type),
    ):
        if text:
            yield node, predicate, Literal(clean(text))


def text_hash(value: CodedDocument) -> str:
    """What a document's text is kept by."""
    return hashlib.sha256(value.text.encode()).hexdigest()


def statement(of: Study, value: CodedStatement) -> Iterator[Triple]:
    """A coded statement: its span, its coder, and one property a variable."""
    node = of.statement(value.id)
    yield node, RDF.type, REC.CodedStatement
    yield node, REC.number, Literal(value.id)
    yield node, REC.inCoding, of.node()
    yield node, REC.codedAs, of.node("type", value.type)
    yield node, REC.document, URIRef(document_iri(of.document(value.document)))
    yield node, REC.startsAt, Literal(value.start)
    yield node, REC.stopsAt, Literal(value.stop)
    if value.coder is not None:
        yield node, REC.codedBy, of.node("coder", value.coder)
    for variable, coded in value.values:
        kind = of.kinds[variable]
        text = clean(coded) if isinstance(coded, str) else coded
        is_entity = kind == "short text"
        target = of.node("entity", coded) if is_entity else Literal(text)
        yield node, of.variable(variable), target


def clean(text: str) -> str:
    """A text with what no export could carry as U+FFFD; a text of a document is kept as it is, elsewhere."""
    return re.sub(CONTROL, "�", text)


def study_files(of: Study) -> dict[str, bytes]:
    """The files of a study by their path below `graphs/`: its frame, and one a document with what was marked in it."""
    files = {f"coding-{of.key}.ttl": turtle.write(frame(of))}
    marked: defaultdict[int, list[CodedStatement]] = defaultdict(list)
    for passage in of.coding.statements:
        marked[passage.document].append(passage)
    for paper in of.coding.documents:
        triples = list(document(of, paper))
        for passage in marked[paper.id]:
            triples += statement(of, passage)
        files[f"documents/{of.document(paper.id)}.ttl"] = turtle.write(triples)
    return files
