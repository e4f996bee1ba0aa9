"""One workspace at the desk: what coders see of it, and what they change."""

from dataclasses import asdict, dataclass, replace
from threading import Lock

from onrecord.editing import curation
from onrecord.editing.coding import Coded, add_entity, code, put_back
from onrecord.editing.desk import blind
from onrecord.editing.desk.codebook import codebook
from onrecord.editing.desk.names import likely_one, name_rows, new_names
from onrecord.editing.desk.queue import (
    Line,
    line_now,
    own_line,
    page,
    read_lines,
    read_named,
)
from onrecord.editing.editor import undo
from onrecord.editing.fields import FIELDS, shown
from onrecord.editing.reviewing import Item, Reader, Verdict, judge, version
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

    def __init__(self, where: Workspace, *, is_blind: bool = False) -> None:
        self.where, self.blind = where, is_blind
        self.vocabulary = Graph(where).vocabulary
        self.lock = Lock()
        self.names_in: dict[str, frozenset[str]] | None = None
        self._read_lines()
        self.reader = Reader(where)
        self.names_read = read_file(own_file(where.home, "entities.ttl"))
        self.changes: dict[str, Change] = {}
        self.renamed: list[tuple[str, str]] = []

    def queue(
        self, coder: str, order: str, text: str, offset: int, *, waiting: bool
    ) -> Answer:
        """A page of what waits, or of all; raises BadInput for an unknown order."""
        if not offset and self.articles != self._articles():
            self._read_lines()
        lines = list(self._seen_lines(coder).values())
        if order == "new":
            lines = self._with_new_names(lines)
        total, shown_lines = page(lines, order, text, offset, waiting=waiting)
        told = [asdict(self._as_made(line, coder)) for line in shown_lines]
        return {"total": total, "offset": offset, "lines": told}

    def _as_made(self, line: Line, coder: str) -> Line:
        """A line without what another has edited, where that is not to be seen."""
        if line.by == self.lines[line.id].by:
            return line
        opened = self.reader.opened(line.document)
        items = (item for item in opened.items if item.statement.id == line.id)
        seen = [self._seen(item, coder, opened.text) for item in items]
        return replace(line, says=seen[0].says) if seen and seen[0] else line

    def _with_new_names(self, lines: list[Line]) -> list[Line]:
        new = new_names(self.reader.entities, self._named(), self.lines)
        return [replace(line, new=new.get(line.id, "")) for line in lines]

    def _named(self) -> dict[str, frozenset[str]]:
        """What each statement names."""
        if self.names_in is None:
            self.names_in = read_named(self.where)
        return self.names_in

    def _seen_lines(self, coder: str) -> dict[str, Line]:
        """The lines that a coder may see, as he may see them."""
        if not self.blind:
            return self.lines
        seen = (
            blind.seen_line(line, coder, self.lines) for line in self.lines.values()
        )
        return {line.id: line for line in seen if line is not None}

    def document(self, key: str, coder: str) -> Answer:
        """A document with its text and its statements; raises UnknownName."""
        if not has_document(self.where.home, key):
            message = f"no document is called {key!r}"
            raise UnknownName(message)
        self._read_again()
        opened = self.reader.opened(key)
        if not self.lines.keys() >= {item.statement.id for item in opened.items}:
            self._read_lines()
        seen = (self._seen(item, coder, opened.text) for item in opened.items)
        statements = [self._card(item) for item in seen if item is not None]
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

    def _seen(self, item: Item, coder: str, text: str) -> Item | None:
        """A statement as a coder may see it; None for one that he may not."""
        line = self.lines.get(item.statement.id or "")
        if line is None or not self.blind:
            return item
        if blind.seen_line(line, coder, self.lines) is None:
            return None
        if not blind.is_judged_by_another(item.statement, coder):
            return item
        value = blind.made_anew(item.statement, text)
        return replace(item, statement=value, says=self.reader.namer.sentence(value))

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
        """Writes verdicts; one that is refused says why, and what stands now.

        Where coding is blind, a verdict on what another has judged stands beside it.
        """
        beside = [verdict for verdict in verdicts if self._is_beside(verdict)]
        rest = [verdict for verdict in verdicts if verdict not in beside]
        answers = {answer["id"]: answer for answer in self._judge(rest)}
        answers |= {verdict.id: self._judge_beside(verdict) for verdict in beside}
        return [answers[verdict.id] for verdict in verdicts]

    def _is_beside(self, verdict: Verdict) -> bool:
        line = self.lines.get(verdict.id)
        if not self.blind or line is None or not line.is_machine:
            return False
        standing = self._standing(verdict)
        return standing is not None and blind.is_judged_by_another(
            standing, verdict.by or ""
        )

    def _judge_beside(self, verdict: Verdict) -> Answer:
        try:
            key = blind.judge_beside(verdict, self.where)
        except OnRecordError as error:
            return {"id": verdict.id, "error": _told(error)}
        card = self._added(verdict.document or "", key, verdict.by or "")
        return {"id": verdict.id, "card": card}

    def _judge(self, verdicts: list[Verdict]) -> list[Answer]:
        before = {verdict.id: self._standing(verdict) for verdict in verdicts}
        try:
            judge(verdicts, self.where)
            faults: dict[str, OnRecordError] = {}
        except OnRecordError as error:
            faults = {verdicts[0].id: error}
            if len(verdicts) > 1:
                answers: list[Answer] = []
                for verdict in verdicts:
                    answers += self._judge([verdict])
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
        if self.names_in is not None:
            self.names_in[key] = value.references
        if key in self.lines:
            self.lines[key] = line_now(self.lines[key], item)

    def _item(self, document: str, key: str) -> Item | None:
        items = self.reader.items(document) if document else []
        return next((item for item in items if item.statement.id == key), None)

    def add(self, new: Coded) -> Answer:
        """Adds a statement by hand."""
        key = code(new, self.where)
        return {"id": key, "card": self._added(new.document, key, new.by)}

    def _added(self, document: str, key: str, by: str) -> Answer:
        """The card of a statement that a coder just made."""
        self._read_again()
        item = self._item(document, key)
        assert item is not None  # noqa: S101  it was written just now
        self.lines[key] = own_line(item, by)
        self._note(item, None, by)
        return self._card(item)

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
        if key in self.lines:
            self.lines[key] = line_now(self.lines[key], item)
            self.names_in = None
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
        return codebook(Graph(self.where))

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
        """Takes back the last change of names by a coder; raises BadInput."""
        mine = [change for change in self.renamed if change[1] == by]
        if not mine:
            message = "no change of a name of yours to take back"
            raise BadInput(message)
        what, _ = mine[-1]
        undo(what=what, workspace=self.where)
        self.renamed.remove(mine[-1])
        return self._told_anew(f"{what}, taken back")

    def _told_anew(self, what: str) -> Answer:
        self._read_lines()
        self._read_again()
        return {"done": what}

    def keep_apart(self, one: str, two: str, by: str) -> Answer:
        """Takes note that two entities are two."""
        done = curation.keep_apart(one, two, workspace=self.where)
        self.renamed.append((done.what, by))
        return {"done": done.what}

    def entities(self, coder: str) -> Answer:
        """Every entity, with where statements name it, and those that may be one."""
        entities = self.reader.entities
        seen = self._seen_lines(coder).items()
        lines = {key: line for key, line in seen if line is self.lines[key]}
        rows = name_rows(entities, self._named(), lines)
        pairs = likely_one(entities, rows, self.reader.folder.apart())
        return {"entities": list(rows.values()), "alike": list(pairs)}

    def _read_lines(self) -> None:
        """Reads every statement anew, as others may have added some."""
        self.articles = self._articles()
        self.lines = read_lines(self.where)
        self.names_in = None

    def _articles(self) -> frozenset[str]:
        paths = (self.where.home / "documents").glob("*.ttl")
        return frozenset(path.stem for path in paths)

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
