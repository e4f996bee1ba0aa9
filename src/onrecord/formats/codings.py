"""The graph → a coding database: the coded statements of a study as they came in, or the record's own statements."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby, product
from operator import attrgetter
from typing import TypeVar

from onrecord.editing.coding import CODING
from onrecord.model import (
    CodedDocument,
    CodedEntity,
    CodedStatement,
    CodedValue,
    Coding,
    Variable,
)
from onrecord.model.dates import ordinal
from onrecord.model.errors import BadInput
from onrecord.model.iris import BASE, local
from onrecord.networks.edge_statements import edge_statements
from onrecord.networks.model import EdgeStatement
from onrecord.querying.ask import Graph
from onrecord.querying.table import Iri, Value
from onrecord.workspace import kept_words

EPOCH = ordinal("1970-01-01")
TYPE = 1
FIELDS = (
    *(
        ("actor", "short text"),
        ("topic", "short text"),
        ("stance", "integer"),
        ("negated", "boolean"),
    ),
    *(
        ("relation", "short text"),
        ("object", "short text"),
        ("gist", "long text"),
        ("words", "long text"),
    ),
    ("statement", "long text"),
    *((name, "short text") for name in ("modality", "basis", "date")),
    *((name, "short text") for name in ("stage", "tool", "status")),
)
NUMBERS = {name: number for number, (name, _) in enumerate(FIELDS, 1)}
TEXT_NOTE = "kept texts; where none is, gists and words, one statement a line"
STANCES = {"critical": -1, "conditional": 0, "supportive": 1}
CODED = """
SELECT ?statement ?modality ?basis ?by ?run ?start ?end ?hash {
  ?statement a :Statement ; :document ?document ; :modality/skos:notation ?modality ;
    :reportBasis/skos:notation ?basis ; prov:wasGeneratedBy/rdfs:label ?run .
  OPTIONAL { ?document :sha256 ?hash }
  OPTIONAL { ?statement :reviewedBy ?by }
  OPTIONAL { ?statement :evidence/oa:hasSelector ?place .
    ?place oa:start ?start ; oa:end ?end }
} ORDER BY ?statement
"""
ADMIN = "Admin"
IN_STUDY = "SELECT ?it ?how ?what { ?it :inCoding ?coding ; ?how ?what } ORDER BY ?it ?how ?what"
WHOLE = "SELECT ?it ?how ?what { ?it a :Coding ; ?how ?what } ORDER BY ?it ?how ?what"
Values = Mapping[str, list[Value]]
ValuesBySubject = Mapping[str, Values]
Place = tuple[int, int]
Numbered = TypeVar("Numbered", Variable, CodedEntity, CodedDocument, CodedStatement)


def coding_of(graph: Graph) -> Coding:
    """The study that was added to the graph, or, where there is none, the record's statements as one.

    Raises BadInput where the graph holds several studies, since one database cannot.
    """
    wholes = _described(graph, WHOLE)
    if not wholes:
        return _of_statements(graph)
    if len(wholes) > 1:
        names = ", ".join(sorted(map(local, wholes)))
        message = f"the graph holds several coding databases ({names}); export from a workspace that holds one"
        raise BadInput(message)
    (whole,) = wholes.values()
    return _of_study(graph, whole)


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


def _of_study(graph: Graph, whole: Values) -> Coding:
    study = _Study(graph)
    settings = [str(text).partition("=")[::2] for text in whole.get("setting", ())]
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
        self.attributes = {
            iri: _text(self.described[iri], "label") for iri in attributes
        }
        self.variables = self._of_kind("CodingVariable")

    def _of_kind(self, kind: str) -> list[str]:
        """The IRIs of what is of a kind."""
        cls = BASE + kind
        return [iri for iri, values in self.described.items() if cls in _types(values)]

    def pairs(self, kind: str) -> tuple[tuple[int, str], ...]:
        """The number and label of each of a kind, by number."""
        iris = self._of_kind(kind)
        pairs = [
            (self.numbers[iri], _text(self.described[iri], "label")) for iri in iris
        ]
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
        keys = values.keys() & self.attributes.keys()
        attributes = [(self.attributes[key], str(values[key][0])) for key in keys]
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
        keys = list(filter(values.get, self.variables))
        coded = [(self.numbers[key], self._coded(values[key][0])) for key in keys]
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


def _of_statements(graph: Graph) -> Coding:
    """The record's statements: one coded statement for each actor and topic, in the order of documents and ids."""
    statements = _Statements(graph)
    ordered = sorted(edge_statements(graph).values(), key=attrgetter("document", "id"))
    for _, group in groupby(ordered, key=attrgetter("document")):
        statements.add_document(list(group))
    variables = []
    for number, (name, kind) in enumerate(FIELDS, 1):
        variables.append(Variable(number, name, kind, TYPE))
    return Coding(
        types=((TYPE, "Statement"),),
        variables=tuple(variables),
        coders=tuple((number, name) for name, number in statements.coders.items()),
        entities=tuple(statements.entities.by_value.values()),
        documents=tuple(statements.documents),
        statements=tuple(statements.coded),
        settings=(("text", TEXT_NOTE),),
    )


class _Statements:
    """The record's statements as they are coded, document by document."""

    def __init__(self, graph: Graph) -> None:
        self.root = graph.workspace.root
        self.rows = {local(str(row["statement"])): row for row in graph.ask(CODED)}
        self.coders = {ADMIN: 1}
        self.entities = _Entities(graph)
        self.documents: list[CodedDocument] = []
        self.coded: list[CodedStatement] = []

    def add_document(self, group: Sequence[EdgeStatement]) -> None:
        """Adds a document with all its statements."""
        text, places = self._placed(group)
        self.documents.append(_document(len(self.documents) + 1, group[0], text))
        for proof, place in zip(group, places, strict=True):
            for actor, topic in product(proof.actors, proof.topics or ("",)):
                self._add(proof, place, actor, topic)

    def _add(self, proof: EdgeStatement, place: Place, actor: str, topic: str) -> None:
        number, document = len(self.coded) + 1, len(self.documents)
        row = self.rows[proof.id]
        values = self.entities.values(proof, actor, topic)
        values |= self.entities.codes(proof, row)
        coder, told = self._coder(row), tuple(sorted(values.items()))
        statement = CodedStatement(number, TYPE, document, *place, coder, told)
        self.coded.append(statement)

    def _coder(self, row: Mapping[str, Value]) -> int:
        """The number of the person who coded or reviewed a statement; else of Admin."""
        run = str(row["run"])
        name = run.removeprefix(CODING) if run.startswith(CODING) else row["by"]
        return self.coders.setdefault(str(name or ADMIN), len(self.coders) + 1)

    def _placed(self, group: Sequence[EdgeStatement]) -> tuple[str, list[Place]]:
        """The kept text with the statements' places; else a text of gists."""
        rows = [self.rows[proof.id] for proof in group]
        text = kept_words(self.root, rows[0]["hash"])
        if not text:
            return _gists(group)
        return text, [_span(text, row["start"], row["end"]) for row in rows]


def _span(text: str, start: Value, end: Value) -> Place:
    """A place in UTF-16 units; a statement without one stands at the beginning."""
    if start is None or end is None:
        return 0, 0
    points = _int(start), _int(end)
    one, two = (len(text[:point].encode("utf-16-le")) // 2 for point in points)
    return one, two


def _gists(group: Iterable[EdgeStatement]) -> tuple[str, list[Place]]:
    """A text of a line a statement, its gist and its words, and where each line lies, in UTF-16 units."""
    lines, places, at = [], [], 0
    for proof in group:
        line = proof.gist + (f" “{proof.quote}”" if proof.quote else "")
        size = len(line.encode("utf-16-le")) // 2
        lines.append(line)
        places.append((at, at + size))
        at += size + 1
    return "\n".join(lines), places


def _document(number: int, proof: EdgeStatement, text: str) -> CodedDocument:
    """A document without a date has that of 1970-01-01, and says so in its notes."""
    day = proof.published or proof.said or proof.not_before
    time = (ordinal(day) - EPOCH) * 86_400 if day else 0
    notes = "; ".join(filter(None, ["" if day else "undated", proof.url]))
    return CodedDocument(
        number,
        proof.title[:190],
        text,
        time,
        1,
        "",
        proof.publisher[:190],
        "",
        notes,
        "",
    )


class _Entities:
    """Values of short text variables, each with a number of its own."""

    def __init__(self, graph: Graph) -> None:
        self.vocabulary = graph.vocabulary
        self.by_value: dict[tuple[int, str], CodedEntity] = {}
        entities = graph.registry.entities.values()
        self.known = {local(entity.iri): entity for entity in entities}

    def values(
        self, proof: EdgeStatement, actor: str, topic: str
    ) -> dict[int, CodedValue]:
        """The values of one coded statement by variable; one without a stance has none."""
        vocabulary = self.vocabulary
        entity = self.known.get(actor)
        kind = vocabulary.classes[entity.cls].label if entity else ""
        values: dict[int, CodedValue] = {
            1: self._number(1, self._label(actor), (("Type", kind),)),
            2: self._number(2, vocabulary.topics[topic].label if topic else ""),
            4: proof.negated,
            5: self._number(5, vocabulary.relations[proof.relation].label),
            6: self._number(6, self._object_label(proof.object)),
            7: proof.gist,
            8: proof.quote or "",
            9: proof.id,
        }
        if proof.stance in STANCES:
            values[3] = STANCES[proof.stance]
        return values

    def codes(
        self, proof: EdgeStatement, row: Mapping[str, Value]
    ) -> dict[int, CodedValue]:
        """The values that are the same for every actor and topic; what is not given has none."""
        tool = proof.tool and self._label(proof.tool)
        texts = {
            "modality": row["modality"],
            "basis": row["basis"],
            "date": proof.said,
            "stage": proof.stage,
            "tool": tool,
            "status": proof.status,
        }
        told = {NUMBERS[name]: str(text) for name, text in texts.items() if text}
        return {number: self._number(number, text) for number, text in told.items()}

    def _object_label(self, key: str) -> str:
        topic = key.removeprefix("topic/")
        return self._label(key) if topic == key else self.vocabulary.topics[topic].label

    def _label(self, key: str) -> str:
        return self.known[key].label if key in self.known else key

    def _number(
        self, variable: int, value: str, attributes: tuple[tuple[str, str], ...] = ()
    ) -> int:
        key = (variable, value[:190])
        if key not in self.by_value:
            number = len(self.by_value) + 1
            self.by_value[key] = CodedEntity(number, variable, key[1], attributes)
        return self.by_value[key].id
