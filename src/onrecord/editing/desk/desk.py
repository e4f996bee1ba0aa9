"""One workspace at the desk: what coders see of it, and what they change."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from threading import Lock

from onrecord.editing import curation
from onrecord.editing.coding import Coded, add_entity, code, put_back
from onrecord.editing.desk import blind, typed
from onrecord.editing.desk.codebook import codebook
from onrecord.editing.desk.names import Row, likely_one, name_rows, new_names
from onrecord.editing.desk.queue import Queue, Wanted, read_named
from onrecord.editing.editor import undo
from onrecord.editing.fields import FIELDS, shown
from onrecord.editing.reviewing import (
    Item,
    Opened,
    Reader,
    Verdict,
    judge,
    version,
)
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
MOST_EXAMPLES = 2
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
        self.reader = Reader(where)
        self._read_lines()
        self.names_read = read_file(own_file(where.home, "entities.ttl"))
        self.changes: dict[str, Change] = {}
        self.renamed: list[tuple[str, str]] = []

    def queue(self, coder: str, wanted: Wanted) -> Answer:
        """A page of what waits, or of all; raises BadInput for an unknown order."""
        if not wanted.offset and self.articles != self._articles():
            self._read_lines()
        if wanted.order == "new":
            wanted = replace(wanted, new=self._new_names(coder))
        total, lines = self.lines.page(coder, wanted)
        told = list(map(asdict, lines))
        return {"total": total, "offset": wanted.offset, "lines": told}

    def _new_names(self, coder: str) -> dict[str, str]:
        """The new name in each statement, as a coder may see it."""
        named = self._named()
        status = self.lines.columns.all("status")
        accepted = [key for key, value in status.items() if value == "accepted"]
        if self.blind:
            keys = [key for key in named if self.lines.hides(key, coder)]
            made = {key: self.lines.as_made(key) for key in keys}
            named = named | {
                key: item[0].statement.references
                for key, item in made.items()
                if item
            }
            accepted = [key for key in accepted if key not in made]
        return new_names(self.reader.entities, named, accepted)

    def _named(self) -> dict[str, frozenset[str]]:
        """What each statement names."""
        if self.names_in is None:
            self.names_in = read_named(self.where)
        return self.names_in

    def document(self, key: str, coder: str) -> Answer:
        """A document with its text and its statements; raises UnknownName."""
        if not has_document(self.where.home, key):
            message = f"no document is called {key!r}"
            raise UnknownName(message)
        self._read_again()
        opened = self.reader.opened(key)
        self._know(opened)
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

    def _know(self, opened: Opened) -> None:
        """Reads anew what coding hides, where others have added statements."""
        ids = {item.statement.id for item in opened.items}
        if self.blind and not self.lines.columns.all("document").keys() >= ids:
            self._read_lines()

    def documents(self) -> Answer:
        """Every document by its title, also one without statements."""
        table = Graph(self.where).ask(
            "SELECT ?document ?title { ?document a :Document ; rdfs:label ?title }"
            " ORDER BY ?title"
        )
        rows = [
            (local(str(row["document"])), str(row["title"])) for row in table
        ]
        known = [row for row in rows if has_document(self.where.home, row[0])]
        return {
            "documents": [{"id": key, "title": title} for key, title in known]
        }

    def _seen(self, item: Item, coder: str, text: str) -> Item | None:
        """A statement as a coder may see it; None for one that he may not."""
        if not self.blind:
            return item
        key = item.statement.id or ""
        if not self.lines.sees(key, coder):
            return None
        if self.lines.hides(key, coder):
            return blind.item_as_made(item, text, self.reader.namer)
        return replace(item, statement=replace(item.statement, past_reviews=()))

    def _card(self, item: Item) -> Answer:
        value = item.statement
        words = value.evidence
        review = value.review
        made_by, is_machine = self.lines.maker(item.made_by)
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
            "made_by": made_by,
            "is_machine": is_machine,
            "revisions": list(map(asdict, value.revisions)),
            "past": list(map(asdict, value.past_reviews)),
        }

    def named(self, value: Statement, field: str) -> str:
        """A field of a statement, the ids of entities in it as their names."""
        text = shown(value, field)
        if not text.startswith(":"):
            return text
        return "; ".join(map(self._name, text.split("; ")))

    def labelled(self, value: Statement, field: str) -> str:
        """A field of a statement as its codebook calls what stands in it."""
        relations, topics = self.vocabulary.relations, self.vocabulary.topics
        if field == "relation" and value.relation in relations:
            return relations[value.relation].label
        if field == "topics" or (field == "object" and value.object_is_topic):
            keys = value.topics if field == "topics" else (value.object,)
            return ", ".join(topics[key].label for key in keys if key in topics)
        return self.named(value, field)

    def says(self, value: Statement) -> str:
        """The sentence that a statement reads as."""
        return self.reader.namer.sentence(value)

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
        answers |= {
            verdict.id: self._judge_beside(verdict) for verdict in beside
        }
        return [answers[verdict.id] for verdict in verdicts]

    def _is_beside(self, verdict: Verdict) -> bool:
        item = self._standing_item(verdict) if self.blind else None
        if item is None:
            return False
        _, is_machine = self.lines.maker(item.made_by)
        by = verdict.by or ""
        return is_machine and blind.is_judged_by_another(item.statement, by)

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
        item = self._standing_item(verdict)
        return item.statement if item else None

    def _standing_item(self, verdict: Verdict) -> Item | None:
        """The statement as it stands, where its document is known."""
        if not verdict.document or not has_document(
            self.where.home, verdict.document
        ):
            return None
        return self._item(verdict.document, verdict.id)

    def _judged(
        self,
        verdict: Verdict,
        was: Statement | None,
        fault: OnRecordError | None,
    ) -> Answer:
        item = self._item(verdict.document or "", verdict.id)
        if item is None:
            return {"id": verdict.id, "error": str(fault or "it is gone")}
        if fault is not None:
            answer = {
                "id": verdict.id,
                "error": _told(fault),
                "card": self._card(item),
            }
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
        self.lines.note(item)

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
            self.lines.drop(key)
            return {"id": key, "gone": True}
        self.lines.note(item)
        if self.names_in is not None:
            self.names_in[key] = item.statement.references
        return {
            "id": key,
            "document": change.document,
            "card": self._card(item),
        }

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

    def sentence(self, fields: Mapping[str, str]) -> Answer:
        """What fields read as while they are typed."""
        entities = self.reader.entities
        return {"says": typed.sentence(fields, entities, self.vocabulary)}

    def examples(self, coder: str) -> Answer:
        """Accepted statements of each relation, where coding is blind the coder's own."""
        columns = self.lines.columns
        relation, says = columns.all("relation"), columns.all("says")
        document, by = columns.all("document"), columns.all("by")
        examples: dict[str, list[Row]] = {}
        for key, status in columns.all("status").items():
            rows = examples.setdefault(relation.get(key, ""), [])
            is_seen = not self.blind or by.get(key) == coder
            if status == "accepted" and is_seen and len(rows) < MOST_EXAMPLES:
                place: Row = {"id": key, "says": says[key]}
                rows.append(place | {"document": document[key]})
        return {"examples": examples}

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
        self._read_again()
        self._read_lines()
        return {"done": what}

    def keep_apart(self, one: str, two: str, by: str) -> Answer:
        """Takes note that two entities are two."""
        done = curation.keep_apart(one, two, workspace=self.where)
        self.renamed.append((done.what, by))
        return {"done": done.what}

    def entities(self, coder: str) -> Answer:
        """Every entity, with where statements name it, and those that may be one."""
        entities = self.reader.entities
        rows = name_rows(entities, self._named(), self._places(coder))
        pairs = likely_one(entities, rows, self.reader.folder.apart())
        return {"entities": list(rows.values()), "alike": list(pairs)}

    def _places(self, coder: str) -> dict[str, Row]:
        """What is shown of the statements that a coder sees as they stand."""
        columns = self.lines.columns
        says, document = columns.all("says"), columns.all("document")
        keys = self.lines.seen(coder)
        if self.blind:
            keys = [key for key in keys if not self.lines.hides(key, coder)]
        return {
            key: {"id": key, "says": says[key], "document": document[key]}
            for key in keys
        }

    def _read_lines(self) -> None:
        """Forgets what was read of all statements, as others may have added some."""
        self.articles = self._articles()
        self.lines = Queue(self.where, self.reader, is_blind=self.blind)
        self.names_in = None

    def _articles(self) -> frozenset[str]:
        paths = (self.where.home / "documents").glob("*.ttl")
        return frozenset(path.stem for path in paths)

    def _read_again(self) -> None:
        """Reads the names anew where they have changed."""
        content = read_file(own_file(self.where.home, "entities.ttl"))
        if content != self.names_read:
            self.names_read = content
            self.reader = self.lines.reader = Reader(self.where)


def _told(fault: OnRecordError) -> str:
    """What is wrong with a field, without where: it is on the screen."""
    if not isinstance(fault, BadRecord):
        return str(fault)
    return "; ".join(text.partition(": ")[2] for text in fault.faults)
