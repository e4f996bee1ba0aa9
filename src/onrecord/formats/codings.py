"""The graph → a coding database: the coded statements of a study as they came in, or the record's own statements."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

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
from onrecord.networks.model import Proof
from onrecord.networks.proofs import proofs
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
)
STANCES = {"critical": -1, "conditional": 0, "supportive": 1}
TOLD = "SELECT ?it ?how ?what { ?it :inCoding ?coding ; ?how ?what } ORDER BY ?it ?how ?what"
CODED = "SELECT ?it ?how ?what { ?it a :CodedStatement ; ?how ?what } ORDER BY ?it ?how ?what"
WHOLE = "SELECT ?it ?how ?what { ?it a :Coding ; ?how ?what } ORDER BY ?it ?how ?what"
Told = Mapping[str, Mapping[str, list[Value]]]


def coding_of(graph: Graph) -> Coding:
    """The study that was added to the graph, or, where there is none, the record's statements as one.

    Raises BadInput where the graph holds several studies, since one database cannot.
    """
    wholes = _told(graph, WHOLE)
    if not wholes:
        return _of_statements(graph)
    if len(wholes) > 1:
        names = ", ".join(sorted(local(each) for each in wholes))
        message = f"the graph holds several coding databases ({names}); export from a workspace that holds one"
        raise BadInput(message)
    (whole,) = wholes.values()
    return _of_study(graph, whole)


def _told(graph: Graph, query: str) -> Told:
    found: defaultdict[str, defaultdict[str, list[Value]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for row in graph.ask(query):
        found[str(row["it"])][_short(str(row["how"]))].append(row["what"])
    return found


def _short(iri: str) -> str:
    """A property by its last part; a variable or an attribute by its IRI."""
    return (
        iri
        if iri.startswith(f"{BASE}coding/")
        else iri.rpartition("/")[2].rpartition("#")[2]
    )


def _of_study(graph: Graph, whole: Mapping[str, list[Value]]) -> Coding:
    told = _told(graph, TOLD)
    number = {
        iri: _int(values["number"][0])
        for iri, values in told.items()
        if "number" in values
    }
    kinds = {
        kind: [(iri, told[iri]) for iri in told if _is(told[iri], kind)]
        for kind in KINDS
    }
    names = {iri: str(values["label"][0]) for iri, values in kinds["CodingAttribute"]}
    variables = {iri: number[iri] for iri, _ in kinds["CodingVariable"]}
    return Coding(
        types=_sorted(
            (number[iri], str(each["label"][0])) for iri, each in kinds["CodingType"]
        ),
        variables=tuple(
            sorted(
                (
                    Variable(
                        number[iri],
                        _text(each, "label"),
                        _text(each, "dataType"),
                        number[str(each["codedAs"][0])],
                    )
                    for iri, each in kinds["CodingVariable"]
                ),
                key=lambda each: each.id,
            )
        ),
        coders=_sorted(
            (number[iri], str(each["label"][0])) for iri, each in kinds["Coder"]
        ),
        entities=tuple(
            sorted(
                (
                    _entity(iri, each, number, names)
                    for iri, each in kinds["CodedEntity"]
                ),
                key=_by_id,
            )
        ),
        documents=tuple(
            sorted(
                (
                    _document(graph, iri, each, number)
                    for iri, each in kinds["Document"]
                ),
                key=_by_id,
            )
        ),
        statements=tuple(
            sorted(
                (
                    _statement(iri, each, number, variables)
                    for iri, each in kinds["CodedStatement"]
                ),
                key=_by_id,
            )
        ),
        settings=_sorted(str(each).partition("=")[::2] for each in whole["setting"])
        if "setting" in whole
        else (),
        regexes=tuple(sorted(map(str, whole.get("regex", ())))),
    )


KINDS = (
    "CodingType",
    "CodingVariable",
    "CodingAttribute",
    "Coder",
    "CodedEntity",
    "Document",
    "CodedStatement",
)


def _is(told: Mapping[str, list[Value]], kind: str) -> bool:
    return any(
        str(each) == BASE + kind
        for each in told.get("type", told.get("22-rdf-syntax-ns#type", ()))
    )


def _sorted(pairs: Iterable[tuple]) -> tuple:  # type: ignore[type-arg]  # pairs of either kind
    return tuple(sorted(pairs))


def _by_id(each: CodedEntity | CodedDocument | CodedStatement) -> int:
    return each.id


def _int(value: Value) -> int:
    return int(str(value))


def _text(told: Mapping[str, list[Value]], name: str) -> str:
    return str(told[name][0]) if told.get(name) else ""


def _maybe(
    told: Mapping[str, list[Value]], name: str, number: Mapping[str, int]
) -> int | None:
    return number[str(told[name][0])] if told.get(name) else None


def _entity(
    iri: str,
    told: Mapping[str, list[Value]],
    number: Mapping[str, int],
    names: Mapping[str, str],
) -> CodedEntity:
    red, green, blue = map(int, _text(told, "colour").split())
    attributes = tuple(
        sorted(
            (names[key], str(values[0])) for key, values in told.items() if key in names
        )
    )
    variable = number[str(told["valueOf"][0])]
    return CodedEntity(
        number[iri],
        variable,
        _text(told, "label"),
        attributes,
        (red, green, blue),
        _maybe(told, "childOf", number),
    )


def _document(
    graph: Graph, iri: str, told: Mapping[str, list[Value]], number: Mapping[str, int]
) -> CodedDocument:
    """A document with its text, which lies in the workspace's `texts`; without it the text is empty."""
    key = local(iri)
    title, publisher = _text(told, "label"), _text(told, "publisher")
    text = kept_words(graph.workspace.root, _text(told, "sha256"))
    study = key.rpartition("-")[0]
    return CodedDocument(
        id=number[iri],
        title="" if title == key else title,
        text=text,
        time=_int(told["unixTime"][0]),
        coder=_maybe(told, "codedBy", number),
        author=_text(told, "creator"),
        source="" if publisher == study else publisher,
        section=_text(told, "section"),
        notes=_text(told, "notes"),
        type=_text(told, "documentType"),
    )


def _statement(
    iri: str,
    told: Mapping[str, list[Value]],
    number: Mapping[str, int],
    variables: Mapping[str, int],
) -> CodedStatement:
    values = sorted(
        (variables[key], _coded(each[0], number))
        for key, each in told.items()
        if key in variables
    )
    return CodedStatement(
        number[iri], number[str(told["codedAs"][0])], number[str(told["document"][0])],
        _int(told["startsAt"][0]), _int(told["stopsAt"][0]), _maybe(told, "codedBy", number), tuple(values),
    )  # fmt: skip


def _coded(value: Value, number: Mapping[str, int]) -> CodedValue:
    if isinstance(value, Iri):
        return number[str(value)]
    assert isinstance(value, bool | int | str)  # noqa: S101  what a coder gave
    return value


def _of_statements(graph: Graph) -> Coding:
    """The record's statements: one coded statement for each actor and topic, in the order of documents and ids."""
    told = sorted(proofs(graph).values(), key=lambda proof: (proof.document, proof.id))
    entities = _Entities(graph)
    documents: list[CodedDocument] = []
    statements: list[CodedStatement] = []
    by_document: defaultdict[str, list[Proof]] = defaultdict(list)
    for proof in told:
        by_document[proof.document].append(proof)
    for at, mine in enumerate(by_document.values(), 1):
        text, places = _gists(mine)
        documents.append(_paper(at, mine[0], text))
        for proof, (start, stop) in zip(mine, places, strict=True):
            for actor in proof.actors:
                for topic in proof.topics or ("",):
                    values = tuple(sorted(entities.values(proof, actor, topic).items()))
                    statements.append(
                        CodedStatement(
                            len(statements) + 1, TYPE, at, start, stop, 1, values
                        )
                    )
    return Coding(
        types=((TYPE, "Statement"),),
        variables=tuple(
            Variable(at, name, kind, TYPE) for at, (name, kind) in enumerate(FIELDS, 1)
        ),
        coders=((1, "Admin"),),
        entities=tuple(entities.found.values()),
        documents=tuple(documents),
        statements=tuple(statements),
        settings=(
            (
                "text",
                "gists and words, one statement a line; the texts themselves are not in the graph",
            ),
        ),
    )


def _gists(mine: Iterable[Proof]) -> tuple[str, list[tuple[int, int]]]:
    """A text of a line a statement, its gist and its words, and where each line lies, in UTF-16 units."""
    lines, places, at = [], [], 0
    for proof in mine:
        line = proof.gist + (f" “{proof.quote}”" if proof.quote else "")
        size = len(line.encode("utf-16-le")) // 2
        lines.append(line)
        places.append((at, at + size))
        at += size + 1
    return "\n".join(lines), places


def _paper(number: int, proof: Proof, text: str) -> CodedDocument:
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
        self.graph = graph
        self.found: dict[tuple[int, str], CodedEntity] = {}
        self.labels = {
            local(each.iri): each for each in graph.registry.entities.values()
        }

    def values(self, proof: Proof, actor: str, topic: str) -> dict[int, CodedValue]:
        """The values of one coded statement by variable; one without a stance has none."""
        topics = self.graph.vocabulary.topics
        known = self.labels.get(actor)
        kind = self.graph.vocabulary.classes[known.cls].label if known else ""
        target = proof.object.removeprefix("topic/")
        told = (
            topics[target].label
            if proof.object.startswith("topic/")
            else self._label(target)
        )
        found: dict[int, CodedValue] = {
            1: self._entity(1, self._label(actor), (("Type", kind),)),
            2: self._entity(2, topics[topic].label if topic else ""),
            4: proof.negated,
            5: self._entity(5, self.graph.vocabulary.relations[proof.relation].label),
            6: self._entity(6, told),
            7: proof.gist,
            8: proof.quote or "",
            9: proof.id,
        }
        return found | ({3: STANCES[proof.stance]} if proof.stance in STANCES else {})

    def _label(self, key: str) -> str:
        return self.labels[key].label if key in self.labels else key

    def _entity(
        self, variable: int, value: str, attributes: tuple[tuple[str, str], ...] = ()
    ) -> int:
        key = (variable, value[:190])
        if key not in self.found:
            self.found[key] = CodedEntity(
                len(self.found) + 1, variable, key[1], attributes
            )
        return self.found[key].id
