"""One workspace at the desk: what coders see of it, and what they change."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from threading import Lock

from onrecord.editing.coding import Coded, code, put_back
from onrecord.editing.desk import blind, typed
from onrecord.editing.desk.codebook import codebook
from onrecord.editing.desk.names import Row, new_names
from onrecord.editing.desk.naming import NameDesk
from onrecord.editing.desk.queue import Wanted
from onrecord.editing.desk.state import Answer, DeskState
from onrecord.editing.reviewing import Item, Verdict, judge, version
from onrecord.model import Statement
from onrecord.model.errors import (
    BadInput,
    BadRecord,
    Conflict,
    OnRecordError,
    UnknownName,
)
from onrecord.model.iris import local
from onrecord.querying.ask import Graph
from onrecord.workspace import Workspace, has_document

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
        self.lock = Lock()
        self.state = DeskState(where, is_blind=is_blind)
        self.names = NameDesk(self.state)
        self.changes: dict[str, Change] = {}

    def queue(self, coder: str, wanted: Wanted) -> Answer:
        """A page of what waits, or of all; raises BadInput for an unknown order."""
        if not wanted.offset:
            self.state.read_new_articles()
        if wanted.order == "new":
            wanted = replace(wanted, new=self._new_names(coder))
        total, lines = self.state.lines.page(coder, wanted)
        shown = list(map(asdict, lines))
        return {"total": total, "offset": wanted.offset, "lines": shown}

    def _new_names(self, coder: str) -> dict[str, str]:
        """The new name in each statement, as a coder may see it."""
        named = dict(self.state.named())
        status = self.state.lines.columns.all("status")
        accepted = [key for key, value in status.items() if value == "accepted"]
        if self.blind:
            keys = [key for key in named if self.state.lines.hides(key, coder)]
            made = {key: self.state.lines.as_made(key) for key in keys}
            for key, item in made.items():
                if item:
                    named[key] = item[0].statement.references
            accepted = [key for key in accepted if key not in made]
        return new_names(self.state.reader.entities, named, accepted)

    def document(self, key: str, coder: str) -> Answer:
        """A document with its text and its statements; raises UnknownName."""
        if not has_document(self.where.home, key):
            message = f"no document is called {key!r}"
            raise UnknownName(message)
        self.state.read_again()
        opened = self.state.reader.opened(key)
        self.state.know(opened)
        cards = []
        for item in opened.items:
            seen = self.state.seen(item, coder, opened.text)
            if seen is not None:
                cards.append(self.state.card(seen))
        described = opened.document
        return {
            "id": key,
            "title": described.title or described.publisher,
            "publisher": described.publisher,
            "published": described.published or "",
            "url": described.url or "",
            "text": opened.text,
            "statements": cards,
        }

    def documents(self) -> Answer:
        """Every document by its title, also one without statements."""
        table = Graph(self.where).ask(
            "SELECT ?document ?title { ?document a :Document ; rdfs:label ?title }"
            " ORDER BY ?title ?document"
        )
        rows = [
            (local(str(row["document"])), str(row["title"])) for row in table
        ]
        known = [row for row in rows if has_document(self.where.home, row[0])]
        return {
            "documents": [{"id": key, "title": title} for key, title in known]
        }

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
        item = self.state.standing_item(verdict) if self.blind else None
        if item is None:
            return False
        _, is_machine = self.state.lines.maker(item.made_by)
        by = verdict.by or ""
        return is_machine and blind.is_judged_by_another(item.statement, by)

    def _judge_beside(self, verdict: Verdict) -> Answer:
        try:
            key = blind.judge_beside(verdict, self.where)
        except OnRecordError as error:
            return {"id": verdict.id, "error": _without_place(error)}
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
        self.state.read_again()
        return [
            self._judged(verdict, before[verdict.id], faults.get(verdict.id))
            for verdict in verdicts
        ]

    def _standing(self, verdict: Verdict) -> Statement | None:
        item = self.state.standing_item(verdict)
        return item.statement if item else None

    def _judged(
        self,
        verdict: Verdict,
        was: Statement | None,
        fault: OnRecordError | None,
    ) -> Answer:
        item = self.state.item(verdict.document or "", verdict.id)
        if item is None:
            return {"id": verdict.id, "error": str(fault or "it is gone")}
        if fault is not None:
            answer = {
                "id": verdict.id,
                "error": _without_place(fault),
                "card": self.state.card(item),
            }
            return answer | {"conflict": isinstance(fault, Conflict)}
        self._note(item, was, verdict.by or "")
        return {"id": verdict.id, "card": self.state.card(item)}

    def _note(self, item: Item, was: Statement | None, by: str) -> None:
        """Keeps what is needed to take a change back, and the queue as it is now."""
        value = item.statement
        key, document = value.id or "", item.document.id or ""
        self.changes.pop(key, None)
        self.changes[key] = Change(document, was, version(value), by)
        if len(self.changes) > REMEMBERED:
            self.changes.pop(next(iter(self.changes)))
        if self.state.names_in is not None:
            self.state.names_in[key] = value.references
        self.state.lines.note(item)

    def add(self, new: Coded) -> Answer:
        """Adds a statement by hand."""
        key = code(new, self.where)
        return {"id": key, "card": self._added(new.document, key, new.by)}

    def _added(self, document: str, key: str, by: str) -> Answer:
        """The card of a statement that a coder just made."""
        self.state.read_again()
        item = self.state.item(document, key)
        assert item is not None  # noqa: S101  it was written just now
        self._note(item, None, by)
        return self.state.card(item)

    def take_back(self, key: str, by: str) -> Answer:
        """Makes a statement what it was before its last change at this desk."""
        change = self.changes.get(key)
        if change is None or change.by != by:
            message = "nothing of yours to take back there"
            raise BadInput(message)
        put_back(change.document, key, change.was, change.version, self.where)
        del self.changes[key]
        self.state.read_again()
        item = self.state.item(change.document, key)
        if item is None:
            self.state.lines.drop(key)
            return {"id": key, "gone": True}
        self.state.lines.note(item)
        if self.state.names_in is not None:
            self.state.names_in[key] = item.statement.references
        return {
            "id": key,
            "document": change.document,
            "card": self.state.card(item),
        }

    def words(self) -> Answer:
        """The codebook: relations with their definitions, topics, types, codes."""
        return codebook(Graph(self.where))

    def sentence(self, fields: Mapping[str, str]) -> Answer:
        """What fields read as while they are typed."""
        entities = self.state.reader.entities
        return {"says": typed.sentence(fields, entities, self.state.vocabulary)}

    def examples(self, coder: str) -> Answer:
        """Accepted statements of each relation, where coding is blind the coder's own."""
        columns = self.state.lines.columns
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


def _without_place(fault: OnRecordError) -> str:
    """What is wrong with a field, without where: it is on the screen."""
    if not isinstance(fault, BadRecord):
        return str(fault)
    return "; ".join(text.partition(": ")[2] for text in fault.faults)
