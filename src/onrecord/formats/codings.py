"""The graph → a coding database: the coded statements of a study as they came in, or the record's own statements."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby, product
from operator import attrgetter

from onrecord.editing.coding import CODING
from onrecord.formats.study import of_study, studies
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
from onrecord.model.iris import local
from onrecord.networks.edge_statements import edge_statements
from onrecord.networks.model import EdgeStatement
from onrecord.querying.ask import Graph
from onrecord.querying.table import Value
from onrecord.workspace import kept_words

EPOCH = ordinal("1970-01-01")
TYPE = 1
FIELDS = (
    ("actor", "short text"),
    ("topic", "short text"),
    ("stance", "integer"),
    ("negated", "boolean"),
    ("relation", "short text"),
    ("object", "short text"),
    ("gist", "long text"),
    ("words", "long text"),
    ("statement", "long text"),
    ("modality", "short text"),
    ("basis", "short text"),
    ("date", "short text"),
    ("stage", "short text"),
    ("tool", "short text"),
    ("status", "short text"),
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
Place = tuple[int, int]


def coding_of(graph: Graph) -> Coding:
    """The study that was added to the graph, or, where there is none, the record's statements as one.

    Raises BadInput where the graph holds several studies, since one database cannot.
    """
    known = studies(graph)
    if not known:
        return _of_statements(graph)
    if len(known) > 1:
        names = ", ".join(sorted(map(local, known)))
        message = (
            "the graph holds several coding databases "
            f"({names}); export from a workspace that holds one"
        )
        raise BadInput(message)
    (whole,) = known.values()
    return of_study(graph, whole)


def _of_statements(graph: Graph) -> Coding:
    """The record's statements: one coded statement for each actor and topic, in the order of documents and ids."""
    statements = _Statements(graph)
    ordered = sorted(
        edge_statements(graph).values(), key=attrgetter("document", "id")
    )
    for _, group in groupby(ordered, key=attrgetter("document")):
        statements.add_document(list(group))
    variables = []
    for number, (name, kind) in enumerate(FIELDS, 1):
        variables.append(Variable(number, name, kind, TYPE))
    return Coding(
        types=((TYPE, "Statement"),),
        variables=tuple(variables),
        coders=tuple(
            (number, name) for name, number in statements.coders.items()
        ),
        entities=tuple(statements.entities.by_value.values()),
        documents=tuple(statements.documents),
        statements=tuple(statements.coded),
        settings=(("text", TEXT_NOTE),),
    )


class _Statements:
    """The record's statements as they are coded, document by document."""

    def __init__(self, graph: Graph) -> None:
        self.root = graph.workspace.root
        self.rows = {
            local(str(row["statement"])): row for row in graph.ask(CODED)
        }
        self.coders = {ADMIN: 1}
        self.entities = _Entities(graph)
        self.documents: list[CodedDocument] = []
        self.coded: list[CodedStatement] = []

    def add_document(self, group: Sequence[EdgeStatement]) -> None:
        """Adds a document with all its statements."""
        text, places = self._placed(group)
        self.documents.append(
            _document(len(self.documents) + 1, group[0], text)
        )
        for proof, place in zip(group, places, strict=True):
            for actor, topic in product(proof.actors, proof.topics or ("",)):
                self._add(proof, place, actor, topic)

    def _add(
        self, proof: EdgeStatement, place: Place, actor: str, topic: str
    ) -> None:
        row = self.rows[proof.id]
        values = self.entities.values(proof, actor, topic)
        values |= self.entities.codes(proof, row)
        numbered = [(NUMBERS[name], value) for name, value in values.items()]
        statement = CodedStatement(
            len(self.coded) + 1,
            TYPE,
            len(self.documents),
            *place,
            self._coder(row),
            tuple(sorted(numbered)),
        )
        self.coded.append(statement)

    def _coder(self, row: Mapping[str, Value]) -> int:
        """The number of the person who coded or reviewed a statement; else of Admin."""
        run = str(row["run"])
        name = run.removeprefix(CODING) if run.startswith(CODING) else row["by"]
        return self.coders.setdefault(str(name or ADMIN), len(self.coders) + 1)

    def _placed(
        self, group: Sequence[EdgeStatement]
    ) -> tuple[str, list[Place]]:
        """The kept text with the statements' places; else a text of gists."""
        first = self.rows[group[0].id]
        text = kept_words(self.root, first["hash"])
        if not text:
            return _gists(group)
        places = []
        for proof in group:
            row = self.rows[proof.id]
            places.append(_span(text, row["start"], row["end"]))
        return text, places


def _span(text: str, start: Value, end: Value) -> Place:
    """A place in UTF-16 units; a statement without one stands at the beginning."""
    if start is None or end is None:
        return 0, 0
    return _units(text[: int(str(start))]), _units(text[: int(str(end))])


def _units(text: str) -> int:
    """How long a text is in UTF-16 units, in which DNA counts."""
    return len(text.encode("utf-16-le")) // 2


def _gists(group: Iterable[EdgeStatement]) -> tuple[str, list[Place]]:
    """A text of a line a statement, its gist and its words, and where each line lies, in UTF-16 units."""
    lines, places, at = [], [], 0
    for proof in group:
        line = proof.gist + (f" “{proof.quote}”" if proof.quote else "")
        size = _units(line)
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
        id=number,
        title=proof.title[:190],
        text=text,
        time=time,
        coder=1,
        author="",
        source=proof.publisher[:190],
        section="",
        notes=notes,
        type="",
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
    ) -> dict[str, CodedValue]:
        """The values of one coded statement by variable; one without a stance has none."""
        vocabulary = self.vocabulary
        entity = self.known.get(actor)
        kind = vocabulary.classes[entity.cls].label if entity else ""
        topic_label = vocabulary.topics[topic].label if topic else ""
        relation = vocabulary.relations[proof.relation].label
        values: dict[str, CodedValue] = {
            "actor": self._number(
                "actor", self._label(actor), (("Type", kind),)
            ),
            "topic": self._number("topic", topic_label),
            "negated": proof.negated,
            "relation": self._number("relation", relation),
            "object": self._number("object", self._object_label(proof.object)),
            "gist": proof.gist,
            "words": proof.quote or "",
            "statement": proof.id,
        }
        if proof.stance in STANCES:
            values["stance"] = STANCES[proof.stance]
        return values

    def codes(
        self, proof: EdgeStatement, row: Mapping[str, Value]
    ) -> dict[str, CodedValue]:
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
        values: dict[str, CodedValue] = {}
        for name, text in texts.items():
            if text:
                values[name] = self._number(name, str(text))
        return values

    def _object_label(self, key: str) -> str:
        topic = key.removeprefix("topic/")
        return (
            self._label(key)
            if topic == key
            else self.vocabulary.topics[topic].label
        )

    def _label(self, key: str) -> str:
        return self.known[key].label if key in self.known else key

    def _number(
        self,
        name: str,
        value: str,
        attributes: tuple[tuple[str, str], ...] = (),
    ) -> int:
        """The number of a variable's value, which is a new one where the value is new."""
        variable, value = NUMBERS[name], value[:190]
        if (variable, value) not in self.by_value:
            number = len(self.by_value) + 1
            entity = CodedEntity(number, variable, value, attributes)
            self.by_value[variable, value] = entity
        return self.by_value[variable, value].id
