"""What the desk has read of a workspace: its statements and names, and what of them a coder may see."""

from dataclasses import asdict, replace

from onrecord.editing.desk import blind
from onrecord.editing.desk.queue import Queue, read_named
from onrecord.editing.fields import FIELDS, shown
from onrecord.editing.reviewing import Item, Opened, Reader, Verdict, version
from onrecord.model import Statement
from onrecord.model.iris import entity_iri
from onrecord.querying.ask import Graph
from onrecord.workspace import Workspace, has_document, own_file, read_file

Answer = dict[str, object]


class DeskState:
    """The statements and names of a workspace as they were last read, and their reading anew."""

    def __init__(self, where: Workspace, *, is_blind: bool) -> None:
        self.where, self.blind = where, is_blind
        self.vocabulary = Graph(where).vocabulary
        self.names_in: dict[str, frozenset[str]] | None = None
        self.reader = Reader(where)
        self.read_lines()
        self.names_read = read_file(own_file(where.home, "entities.ttl"))

    def read_new_articles(self) -> None:
        """Forgets what was read of all statements where articles came or went."""
        if self.articles != self._articles():
            self.read_lines()

    def read_lines(self) -> None:
        """Forgets what was read of all statements, as others may have added some."""
        self.articles = self._articles()
        self.lines = Queue(self.where, self.reader, is_blind=self.blind)
        self.names_in = None

    def _articles(self) -> frozenset[str]:
        paths = (self.where.home / "documents").glob("*.ttl")
        return frozenset(path.stem for path in paths)

    def read_again(self) -> None:
        """Reads the names anew where they have changed."""
        content = read_file(own_file(self.where.home, "entities.ttl"))
        if content != self.names_read:
            self.names_read = content
            self.reader = self.lines.reader = Reader(self.where)

    def know(self, opened: Opened) -> None:
        """Reads anew what coding hides, where others have added statements."""
        ids = {item.statement.id for item in opened.items}
        if self.blind and not self.lines.columns.all("document").keys() >= ids:
            self.read_lines()

    def named(self) -> dict[str, frozenset[str]]:
        """What each statement names."""
        if self.names_in is None:
            self.names_in = read_named(self.where)
        return self.names_in

    def item(self, document: str, key: str) -> Item | None:
        """A statement of a document, as it stands; None where there is none."""
        items = self.reader.items(document) if document else []
        return next((item for item in items if item.statement.id == key), None)

    def standing_item(self, verdict: Verdict) -> Item | None:
        """The statement as it stands, where its document is known."""
        if not verdict.document or not has_document(
            self.where.home, verdict.document
        ):
            return None
        return self.item(verdict.document, verdict.id)

    def seen(self, item: Item, coder: str, text: str) -> Item | None:
        """A statement as a coder may see it; None for one that he may not."""
        if not self.blind:
            return item
        key = item.statement.id or ""
        if not self.lines.sees(key, coder):
            return None
        if self.lines.hides(key, coder):
            return blind.item_as_made(item, text, self.reader.namer)
        return replace(item, statement=replace(item.statement, past_reviews=()))

    def card(self, item: Item) -> Answer:
        """A statement as the page shows it."""
        value = item.statement
        words = value.evidence
        review = value.review
        made_by, is_machine = self.lines.maker(item.made_by)
        return {
            "id": value.id,
            "version": version(value),
            "says": item.says,
            "fields": {name: self.field_text(value, name) for name in FIELDS},
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

    def field_text(self, value: Statement, field: str) -> str:
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
        return self.field_text(value, field)

    def says(self, value: Statement) -> str:
        """The sentence that a statement reads as."""
        return self.reader.namer.sentence(value)

    def _name(self, part: str) -> str:
        entity = self.reader.entities.get(entity_iri(part.removeprefix(":")))
        return entity.name if entity and part.startswith(":") else part
