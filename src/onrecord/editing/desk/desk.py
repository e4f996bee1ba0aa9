"""One workspace at the desk: what coders see of it, and what they change."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from threading import Lock

from onrecord.editing import curation
from onrecord.editing.coding import Coded, add_entity, code, put_back
from onrecord.editing.desk.names import likely_one, name_rows, pair_of
from onrecord.editing.desk.queue import Line, is_anothers, page, read_lines
from onrecord.editing.editor import undo
from onrecord.editing.fields import FIELDS, shown
from onrecord.editing.reviewing import Item, Reader, Verdict, judge, version
from onrecord.ingest.faults import CODED
from onrecord.model import Statement
from onrecord.model.errors import (
    BadInput,
    BadRecord,
    Conflict,
    OnRecordError,
    UnknownName,
)
from onrecord.model.iris import entity_iri, local
from onrecord.querying.ask import Graph
from onrecord.workspace import Workspace, has_document, own_file, read_file

Answer = dict[str, object]
MOST_NAMES = 12
REMEMBERED = 2000
"""How many changes can be taken back at the desk."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a coder changed: the statement before, and its version after."""

    document: str
    was: Statement | None
    version: str
    by: str


class Desk:
    """Answers what the desk's page asks; used by one thread at a time."""

    def __init__(self, where: Workspace, *, blind: bool = False) -> None:
        self.where, self.blind = where, blind
        self.vocabulary = Graph(where).vocabulary
        self.lock = Lock()
        self.lines = read_lines(where)
        self.reader = Reader(where)
        self.names_read = read_file(own_file(where.home, "entities.ttl"))
        self.changes: dict[str, Change] = {}
        self.renamed: list[tuple[str, str]] = []
        self.apart: set[frozenset[str]] = set()

    def queue(
        self, coder: str, order: str, text: str, offset: int, *, waiting: bool
    ) -> Answer:
        """A page of what waits, or of all."""
        lines = [line for line in self.lines.values() if self._is_shown(line, coder)]
        return page(lines, order, text, offset, waiting=waiting)

    def _is_shown(self, line: Line, coder: str) -> bool:
        return not (self.blind and is_anothers(line, coder))

    def document(self, key: str, coder: str) -> Answer:
        """A document with its text and its statements; raises UnknownName."""
        if not has_document(self.where.home, key):
            message = f"no document is called {key!r}"
            raise UnknownName(message)
        opened = self.reader.opened(key)
        seen = [item for item in opened.items if self._may_see(item, coder)]
        statements = list(map(self._card, seen))
        described = opened.document
        return {
            "id": key,
            "title": described.title or described.publisher,
            "publisher": described.publisher,
            "published": described.published or "",
            "url": described.url or "",
            "text": opened.text,
            "statements": statements,
        }

    def documents(self) -> Answer:
        """Every document by its title, also one without statements."""
        table = Graph(self.where).ask(
            "SELECT ?document ?title { ?document a :Document ; rdfs:label ?title }"
            " ORDER BY ?title"
        )
        rows = [(local(str(row["document"])), str(row["title"])) for row in table]
        known = [row for row in rows if has_document(self.where.home, row[0])]
        return {"documents": [{"id": key, "title": title} for key, title in known]}

    def _may_see(self, item: Item, coder: str) -> bool:
        line = self.lines.get(item.statement.id or "")
        return line is None or self._is_shown(line, coder)

    def _card(self, item: Item) -> Answer:
        value = item.statement
        words = value.evidence
        review = value.review
        line = self.lines.get(value.id or "")
        return {
            "id": value.id,
            "version": version(value),
            "says": item.says,
            "fields": {name: self.named(value, name) for name in FIELDS},
            "words": words.exact if words else "",
            "start": words.start if words else None,
            "end": words.end if words else None,
            "status": review.status if review else "unreviewed",
            "by": (review.by if review else None) or "",
            "note": (review.note if review else None) or "",
            "made_by": line.made_by if line else item.made_by,
            "is_machine": line.is_machine if line else False,
            "revisions": list(map(asdict, value.revisions)),
        }

    def named(self, value: Statement, field: str) -> str:
        """A field of a statement, the ids of entities in it as their names."""
        text = shown(value, field)
        if not text.startswith(":"):
            return text
        return "; ".join(map(self._name, text.split("; ")))

    def says(self, key: str) -> str:
        """The sentence that a statement reads as."""
        line = self.lines.get(key)
        return line.says if line else key

    def _name(self, part: str) -> str:
        entity = self.reader.entities.get(entity_iri(part.removeprefix(":")))
        return entity.name if entity and part.startswith(":") else part

    def judge(self, verdicts: list[Verdict]) -> list[Answer]:
        """Writes verdicts; one that is refused says why, and what stands now."""
        before = {verdict.id: self._standing(verdict) for verdict in verdicts}
        try:
            judge(verdicts, self.where)
            faults: dict[str, OnRecordError] = {}
        except OnRecordError as error:
            faults = {verdicts[0].id: error}
            if len(verdicts) > 1:
                answers: list[Answer] = []
                for verdict in verdicts:
                    answers += self.judge([verdict])
                return answers
        self._read_again()
        return [
            self._judged(verdict, before[verdict.id], faults.get(verdict.id))
            for verdict in verdicts
        ]

    def _standing(self, verdict: Verdict) -> Statement | None:
        """The statement as it stands, where its document is known."""
        if not verdict.document or not has_document(self.where.home, verdict.document):
            return None
        item = self._item(verdict.document, verdict.id)
        return item.statement if item else None

    def _judged(
        self, verdict: Verdict, was: Statement | None, fault: OnRecordError | None
    ) -> Answer:
        item = self._item(verdict.document or "", verdict.id)
        if item is None:
            return {"id": verdict.id, "error": str(fault or "it is gone")}
        if fault is not None:
            answer = {"id": verdict.id, "error": _told(fault), "card": self._card(item)}
            return answer | {"conflict": isinstance(fault, Conflict)}
        self._note(item, was, verdict.by or "")
        return {"id": verdict.id, "card": self._card(item)}

    def _note(self, item: Item, was: Statement | None, by: str) -> None:
        """Keeps what is needed to take a change back, and the queue as it is now."""
        value = item.statement
        key, document = value.id or "", item.document.id or ""
        self.changes.pop(key, None)
        self.changes[key] = Change(document, was, version(value), by)
        if len(self.changes) > REMEMBERED:
            self.changes.pop(next(iter(self.changes)))
        line = self.lines.get(key)
        review = value.review
        status = review.status if review else "unreviewed"
        if line is not None:
            note = (review.note if review else "") or ""
            self.lines[key] = replace(line, says=item.says, status=status, note=note)

    def _item(self, document: str, key: str) -> Item | None:
        items = self.reader.items(document) if document else []
        return next((item for item in items if item.statement.id == key), None)

    def add(self, new: Coded) -> Answer:
        """Adds a statement by hand."""
        key = code(new, self.where)
        self._read_again()
        item = self._item(new.document, key)
        assert item is not None  # noqa: S101  it was written just now
        self.lines[key] = _own_line(item, new.by)
        self._note(item, None, new.by)
        return {"id": key, "card": self._card(item)}

    def take_back(self, key: str, by: str) -> Answer:
        """Makes a statement what it was before its last change at this desk."""
        change = self.changes.get(key)
        if change is None or change.by != by:
            message = "nothing of yours to take back there"
            raise BadInput(message)
        put_back(change.document, key, change.was, change.version, self.where)
        del self.changes[key]
        self._read_again()
        item = self._item(change.document, key)
        if item is None:
            self.lines.pop(key, None)
            return {"id": key, "gone": True}
        line = self.lines.get(key)
        if line is not None:
            status = item.statement.review
            now = status.status if status else "unreviewed"
            self.lines[key] = replace(line, says=item.says, status=now)
        return {"id": key, "document": change.document, "card": self._card(item)}

    def names(self, text: str) -> Answer:
        """Entities whose name or alias holds a text, those that begin with it first."""
        wanted = text.casefold().strip()
        hits: list[tuple[bool, str, str, str]] = []
        for iri, entity in self.reader.entities.items():
            names = [entity.name.casefold(), *map(str.casefold, entity.aliases)]
            if any(wanted in name for name in names):
                begins = any(name.startswith(wanted) for name in names)
                hits.append((not begins, entity.name, entity.type, local(iri)))
        hits.sort()
        return {
            "names": [
                {"name": name, "type": kind, "id": key}
                for _, name, kind, key in hits[:MOST_NAMES]
            ]
        }

    def words(self) -> Answer:
        """The codebook: relations with their definitions, topics, types, codes."""
        vocabulary = self.vocabulary
        relations = vocabulary.stated
        definitions = self._definitions()
        types = [cls for cls in vocabulary.classes.items() if cls[1].assignable]
        return {
            "fields": list(FIELDS),
            "relations": [
                {
                    "key": key,
                    "label": relation.label,
                    "definition": definitions.get(key, ""),
                }
                for key, relation in relations.items()
            ],
            "topics": [
                {"key": key, "label": topic.label}
                for key, topic in vocabulary.topics.items()
            ],
            "types": [{"key": key, "label": cls.label} for key, cls in types],
            "codes": {
                name: list(vocabulary.codes[prop]) for name, prop in CODED.items()
            },
        }

    def _definitions(self) -> Mapping[str, str]:
        table = Graph(self.where).ask(
            "SELECT ?relation ?text { ?relation a :Relation ; skos:definition ?text }"
        )
        return {local(str(row["relation"])): str(row["text"]) for row in table}

    def add_name(self, name: str, kind: str, description: str) -> Answer:
        """Adds an entity."""
        key = add_entity(name, kind, description, self.where)
        self._read_again()
        return {"id": key, "name": name}

    def merge(self, keep: str, gone: str, by: str) -> Answer:
        """Makes one entity of two."""
        done = curation.merge(keep, gone, workspace=self.where)
        return self._renamed(done.what, by)

    def rename(self, name: str, new: str, kind: str | None, by: str) -> Answer:
        """Gives an entity another name or type."""
        done = curation.rename(name, new, kind=kind, workspace=self.where)
        return self._renamed(done.what, by)

    def _renamed(self, what: str, by: str) -> Answer:
        self.renamed.append((what, by))
        return self._told_anew(what)

    def take_back_name(self, by: str) -> Answer:
        """Takes back the last merge or rename of a coder; raises BadInput."""
        mine = [change for change in self.renamed if change[1] == by]
        if not mine:
            message = "no change of a name of yours to take back"
            raise BadInput(message)
        what, _ = mine[-1]
        undo(what=what, workspace=self.where)
        self.renamed.remove(mine[-1])
        return self._told_anew(f"{what}, taken back")

    def _told_anew(self, what: str) -> Answer:
        self.lines = read_lines(self.where)
        self._read_again()
        return {"done": what}

    def keep_apart(self, one: str, two: str) -> Answer:
        """Takes note that two entities are two, as long as the desk stands."""
        self.apart.add(pair_of(one, two))
        return {"done": "they stay two"}

    def entities(self) -> Answer:
        """Every entity, with where statements name it, and those that may be one."""
        entities = self.reader.entities
        rows = name_rows(self.where, entities, self.lines)
        pairs = likely_one(entities, rows, self.apart)
        return {"entities": list(rows.values()), "alike": list(pairs)}

    def _read_again(self) -> None:
        """Reads the names anew where they have changed."""
        content = read_file(own_file(self.where.home, "entities.ttl"))
        if content != self.names_read:
            self.names_read = content
            self.reader = Reader(self.where)


def _told(fault: OnRecordError) -> str:
    """What is wrong with a field, without where: it is on the screen."""
    if not isinstance(fault, BadRecord):
        return str(fault)
    return "; ".join(text.partition(": ")[2] for text in fault.faults)


def _own_line(item: Item, by: str) -> Line:
    value, document = item.statement, item.document
    start = (value.evidence.start if value.evidence else 0) or 0
    return Line(
        id=value.id or "",
        says=item.says,
        document=document.id or "",
        title=document.title or document.publisher,
        status=value.review.status if value.review else "unreviewed",
        sure=value.confidence,
        made_by=by,
        is_machine=False,
        start=start,
        actor=item.says,
        by=by,
        note="",
    )
