"""A person's verdicts on statements: one by one, or by a sheet; each is written before the next is asked for."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from onrecord.editing.folder import Folder
from onrecord.editing.link import Linker
from onrecord.model import Document, Entity, Review, Source, Statement
from onrecord.model.errors import BadRecord, UnknownName
from onrecord.querying.ask import Graph
from onrecord.rdf.label import Namer
from onrecord.workspace import Workspace, find, kept_words, writing
from onrecord.workspace.log import logged

VERDICTS = ("accepted", "rejected", "unreviewed")
COLUMNS = (
    "id",
    "verdict",
    "actors",
    "relation",
    "object",
    "negated",
    "says",
    "words",
    "gist",
    "confidence",
    "document",
)
CONTEXT = 200


@dataclass(frozen=True, slots=True)
class Item:
    """A statement that waits for a verdict, its sentence in words, and the text around its evidence."""

    document: Document
    statement: Statement
    says: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person decided about the statement of this id; `edits` replaces fields of it."""

    id: str
    status: str
    by: str | None = None
    edits: Mapping[str, object] = field(default_factory=dict)


def waiting(workspace: Workspace | None = None) -> list[Item]:
    """The unreviewed statements of a workspace, document by document, in the order of their places in the text."""
    where = workspace or find()
    desk = _Desk(where)
    found = [
        item
        for path in sorted((where.home / "documents").glob("*.ttl"))
        for item in desk.items(path.stem)
    ]
    return [each for each in found if each.statement.review is None]


def judge(verdicts: Iterable[Verdict], workspace: Workspace | None = None) -> int:
    """Writes verdicts, all of them at once, and says how many changed something.

    Raises UnknownName for an id that no statement has, BadRecord for an edit that names what nobody knows.
    """
    where = workspace or find()
    given = {each.id: each for each in verdicts}
    with writing(where.home) as commit:
        desk = _Desk(where)
        changes, count = desk.judged(given)
        if changes:
            commit(
                logged(
                    where.home,
                    changes,
                    f"review of {count} statement{'s' * (count != 1)}",
                )
            )
    return count


def sheet(items: Iterable[Item]) -> str:
    """The items as CSV; a person fills the column "verdict" (accepted, rejected) and may mend the others."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for each in items:
        writer.writerow(_defused(cell) for cell in _cells(each))
    return out.getvalue()


def verdicts(
    text: str, by: str | None = None, workspace: Workspace | None = None
) -> list[Verdict]:
    """Reads a filled sheet; rows without a verdict are left waiting. Raises BadRecord with every fault."""
    standing = {each.statement.id: each for each in waiting(workspace)}
    found, faults = [], []
    for number, row in enumerate(csv.DictReader(io.StringIO(text)), 2):
        status = (row.get("verdict") or "").strip().lower()
        if status not in {"", *VERDICTS}:
            faults.append(
                f"line {number}: verdict: {status!r} is none of accepted, rejected, unreviewed"
            )
        elif status:
            item = standing.get(row.get("id") or "")
            found.append(
                Verdict(
                    row.get("id") or "", status, by, _edits(row, item) if item else {}
                )
            )
    if faults:
        raise BadRecord(faults)
    return found


def _cells(item: Item) -> Iterator[str]:
    value = item.statement
    yield from (
        value.id or "",
        "",
        "; ".join(value.actors),
        value.relation,
        value.object,
        str(value.negated).lower(),
    )
    yield from (
        item.says,
        value.evidence.exact if value.evidence else "",
        value.gist,
        f"{value.confidence:.2f}",
    )
    yield item.document.id or ""


def _edits(row: Mapping[str, str | None], item: Item) -> dict[str, object]:
    """What differs from the statement in the columns that may be mended."""
    old = dict(zip(COLUMNS, map(_defused, _cells(item)), strict=True))
    changed = {
        key
        for key in ("actors", "relation", "object", "negated", "gist")
        if (row.get(key) or old[key]) != old[key]
    }
    return {key: _value(key, row[key] or "") for key in changed}


def _value(key: str, text: str) -> object:
    if key == "actors":
        return tuple(each.strip() for each in text.split(";") if each.strip())
    return text.strip().lower() == "true" if key == "negated" else text.strip()


def _defused(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t"} else cell


class _Desk:
    """The workspace's documents, open for review."""

    def __init__(self, where: Workspace) -> None:
        self.where = where
        self.graph = Graph(where)
        self.folder = Folder(where.home, self.graph.vocabulary)
        self.entities: dict[str, Entity] = self.folder.entities()
        self.namer = Namer(self.graph.vocabulary, self.entities)

    def items(self, key: str) -> list[Item]:
        """A document's statements with the text around their words."""
        source, _ = self.folder.source(key)
        text = self._text(source.document)
        made = [self._item(source.document, each, text) for each in source.statements]
        return sorted(
            made,
            key=lambda each: (
                (each.statement.evidence and each.statement.evidence.start) or 0
            ),
        )

    def judged(
        self, given: Mapping[str, Verdict]
    ) -> tuple[dict[str, bytes | None], int]:
        """The files that change, and how many statements; raises UnknownName, BadRecord."""
        changes: dict[str, bytes | None] = {}
        left, count = set(given), 0
        linker = Linker(self.graph.registry, self.entities)
        for path in sorted((self.folder.path / "documents").glob("*.ttl")):
            if not any(each in path.read_text(encoding="utf-8") for each in left):
                continue
            source, makers = self.folder.source(path.stem)
            now = tuple(
                self._decided(each, given.get(each.id or ""), linker)
                for each in source.statements
            )
            left -= {each.id or "" for each in source.statements}
            count += sum(
                old != new for old, new in zip(source.statements, now, strict=True)
            )
            if now != source.statements and not linker.faults:
                content = self.folder.source_file(
                    Source(source.document, now), makers, self.entities
                )
                changes[f"documents/{path.name}"] = content
        if linker.faults:
            raise BadRecord(linker.faults)
        if left:
            message = (
                f"no statement of this workspace is called {', '.join(sorted(left))}"
            )
            raise UnknownName(message)
        return changes, count

    def _decided(
        self, value: Statement, verdict: Verdict | None, linker: Linker
    ) -> Statement:
        if verdict is None:
            return value
        today = dt.datetime.now(tz=dt.UTC).date().isoformat()
        review = (
            None
            if verdict.status == "unreviewed"
            else Review(verdict.status, verdict.by, today)
        )
        edited = replace(value, **verdict.edits)  # type: ignore[arg-type]
        if (
            "relation" in verdict.edits
            and edited.relation not in self.graph.vocabulary.stated
        ):
            linker.faults.append(
                f"{value.id}: relation: no relation is called {edited.relation!r}"
            )
            return value
        if "object" in verdict.edits:
            edited = replace(
                edited, object_is_topic=edited.object in self.graph.vocabulary.topics
            )
        return replace(linker.statement(value.id or "", edited), review=review)

    def _item(self, document: Document, value: Statement, text: str) -> Item:
        says, words = self.namer.sentence(value), value.evidence
        if words is None or words.start is None or words.end is None:
            return Item(document, value, says)
        return Item(
            document,
            value,
            says,
            text[max(0, words.start - CONTEXT) : words.start],
            text[words.end :][:CONTEXT],
        )

    def _text(self, document: Document) -> str:
        return kept_words(self.where.root, document.sha256)
