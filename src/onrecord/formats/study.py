"""A study, that is a coding database (.dna) which was added to the graph → that database again."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import TypeVar

from onrecord.model import (
    CodedDocument,
    CodedEntity,
    CodedStatement,
    CodedValue,
    Coding,
    Variable,
)
from onrecord.model.iris import BASE, local
from onrecord.querying.ask import Graph
from onrecord.querying.table import Iri, Value
from onrecord.workspace import kept_words

IN_STUDY = "SELECT ?it ?how ?what { ?it :inCoding ?coding ; ?how ?what } ORDER BY ?it ?how ?what"
WHOLE = "SELECT ?it ?how ?what { ?it a :Coding ; ?how ?what } ORDER BY ?it ?how ?what"
Values = Mapping[str, list[Value]]
ValuesBySubject = Mapping[str, Values]
Numbered = TypeVar(
    "Numbered", Variable, CodedEntity, CodedDocument, CodedStatement
)


def studies(graph: Graph) -> ValuesBySubject:
    """What the graph says of each study that was added to it, by its IRI."""
    return _described(graph, WHOLE)


def of_study(graph: Graph, whole: Values) -> Coding:
    """The coding database of a study; `whole` is what the graph says of the study itself, as `studies` gives it."""
    study = _Study(graph)
    settings = []
    for text in whole.get("setting", ()):
        name, _, value = str(text).partition("=")
        settings.append((name, value))
    return Coding(
        types=study.pairs("CodingType"),
        variables=study.all("CodingVariable", study.variable),
        coders=study.pairs("Coder"),
        entities=study.all("CodedEntity", study.entity),
        documents=study.all("Document", study.document),
        statements=study.all("CodedStatement", study.statement),
        settings=tuple(sorted(settings)),
        regexes=tuple(sorted(map(str, whole.get("regex", ())))),
    )


def _described(graph: Graph, query: str) -> ValuesBySubject:
    """What the rows of a query say of each subject, by its IRI and the property's short name."""
    described: defaultdict[str, defaultdict[str, list[Value]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for row in graph.ask(query):
        described[str(row["it"])][_short(str(row["how"]))].append(row["what"])
    return described


def _short(iri: str) -> str:
    """A property by its last part; a variable or an attribute by its IRI."""
    if iri.startswith(f"{BASE}coding/"):
        return iri
    return iri.rpartition("/")[2].rpartition("#")[2]


class _Study:
    """A study that was added to the graph; what stands in it has the numbers that it came with."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.described = _described(graph, IN_STUDY)
        self.numbers: dict[str, int] = {}
        for iri, values in self.described.items():
            if "number" in values:
                self.numbers[iri] = _int(values["number"][0])
        attributes = self._of_kind("CodingAttribute")
        self.attributes = {iri: self._label(iri) for iri in attributes}
        self.variables = self._of_kind("CodingVariable")

    def _label(self, iri: str) -> str:
        return _text(self.described[iri], "label")

    def _of_kind(self, kind: str) -> list[str]:
        """The IRIs of what is of a kind."""
        cls = BASE + kind
        return [
            iri
            for iri, values in self.described.items()
            if cls in _types(values)
        ]

    def pairs(self, kind: str) -> tuple[tuple[int, str], ...]:
        """The number and label of each of a kind, by number."""
        iris = self._of_kind(kind)
        pairs = [(self.numbers[iri], self._label(iri)) for iri in iris]
        return tuple(sorted(pairs))

    def all(
        self, kind: str, made: Callable[[str, Values], Numbered]
    ) -> tuple[Numbered, ...]:
        """Each of a kind, by number."""
        items = (made(iri, self.described[iri]) for iri in self._of_kind(kind))
        return tuple(sorted(items, key=attrgetter("id")))

    def _number(self, values: Values, name: str) -> int:
        return self.numbers[_text(values, name)]

    def _number_if_any(self, values: Values, name: str) -> int | None:
        return self._number(values, name) if values.get(name) else None

    def variable(self, iri: str, values: Values) -> Variable:
        """A variable that statements are coded by."""
        return Variable(
            self.numbers[iri],
            _text(values, "label"),
            _text(values, "dataType"),
            self._number(values, "codedAs"),
        )

    def entity(self, iri: str, values: Values) -> CodedEntity:
        """A value of a variable, with its attributes."""
        red, green, blue = map(int, _text(values, "colour").split())
        attributes = []
        for key in values.keys() & self.attributes.keys():
            name = self.attributes[key]
            attributes.append((name, str(values[key][0])))
        return CodedEntity(
            self.numbers[iri],
            self._number(values, "valueOf"),
            _text(values, "label"),
            tuple(sorted(attributes)),
            (red, green, blue),
            self._number_if_any(values, "childOf"),
        )

    def document(self, iri: str, values: Values) -> CodedDocument:
        """A document with its text, which lies in the workspace's `texts`; without it the text is empty."""
        key = local(iri)
        title, publisher = _text(values, "label"), _text(values, "publisher")
        text = kept_words(self.graph.workspace.root, _text(values, "sha256"))
        study = key.rpartition("-")[0]
        return CodedDocument(
            id=self.numbers[iri],
            title="" if title == key else title,
            text=text,
            time=_int(values["unixTime"][0]),
            coder=self._number_if_any(values, "codedBy"),
            author=_text(values, "creator"),
            source="" if publisher == study else publisher,
            section=_text(values, "section"),
            notes=_text(values, "notes"),
            type=_text(values, "documentType"),
        )

    def statement(self, iri: str, values: Values) -> CodedStatement:
        """A coded statement with its place and its values."""
        coded = []
        for key in filter(values.get, self.variables):
            value = self._coded(values[key][0])
            coded.append((self.numbers[key], value))
        return CodedStatement(
            self.numbers[iri],
            self._number(values, "codedAs"),
            self._number(values, "document"),
            _int(values["startsAt"][0]),
            _int(values["stopsAt"][0]),
            self._number_if_any(values, "codedBy"),
            tuple(sorted(coded)),
        )

    def _coded(self, value: Value) -> CodedValue:
        if isinstance(value, Iri):
            return self.numbers[str(value)]
        assert isinstance(value, bool | int | str)  # noqa: S101  what a coder gave
        return value


def _types(values: Values) -> set[str]:
    types = values.get("type") or values.get("22-rdf-syntax-ns#type") or []
    return set(map(str, types))


def _int(value: Value) -> int:
    return int(str(value))


def _text(values: Values, name: str) -> str:
    return str(values[name][0]) if values.get(name) else ""
