"""A person's verdicts on statements: one by one, or all of a sheet at once."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace

from onrecord.editing.editor import Editor, editing
from onrecord.editing.fields import FieldEditor, changed_fields, shown
from onrecord.editing.folder import Folder
from onrecord.editing.shared import again
from onrecord.model import (
    CONTROL,
    Document,
    PastReview,
    Review,
    Revision,
    Statement,
)
from onrecord.model.errors import BadInput, BadRecord, Conflict
from onrecord.model.iris import digest, local
from onrecord.querying.ask import Graph
from onrecord.rdf.label import Namer
from onrecord.workspace import (
    Workspace,
    document_file,
    find,
    kept_words,
    read_file,
)

VERDICTS = ("accepted", "rejected", "unreviewed")
CONTEXT = 200
MOST_OPENED = 100
"""Documents that are kept parsed."""


@dataclass(frozen=True, slots=True)
class Item:
    """A statement, its sentence in words, who made it, and the text around its words."""

    document: Document
    statement: Statement
    says: str
    before: str = ""
    after: str = ""
    made_by: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person decided about the statement of this id; `edits` replaces fields.

    A `status` of None leaves the review as it is. `document` says where to look first;
    where `version` is given and the statement is no longer so, the verdict is refused.
    """

    id: str
    status: str | None
    by: str | None = None
    edits: Mapping[str, object] = field(default_factory=dict)
    note: str | None = None
    document: str | None = None
    version: str | None = None


def waiting(workspace: Workspace | None = None) -> list[Item]:
    """The unreviewed statements of a workspace, document by document, in the order of their places in the text."""
    where = workspace or find()
    reader = Reader(where)
    items: list[Item] = []
    for path in sorted((where.home / "documents").glob("*.ttl")):
        items += reader.items(path.stem)
    return [item for item in items if item.statement.is_waiting]


def version(value: Statement) -> str:
    """A digest of all that a statement holds: it changes whenever the statement does."""
    return digest(asdict(value))


def judge(
    verdicts: Iterable[Verdict], workspace: Workspace | None = None
) -> int:
    """Writes verdicts, all of them at once, and says how many changed something.

    Raises UnknownName for an id that no statement has, BadInput for an unknown verdict, BadRecord for an edit that
    names what nobody knows, Conflict where a statement has changed meanwhile.
    """
    return _judge(list(verdicts), workspace)


@again
def _judge(given: list[Verdict], workspace: Workspace | None) -> int:
    with editing(workspace) as editor:
        judging = Judging(editor)
        judging.take(given)
        count = judging.count
        if count:
            edits = any(verdict.status is None for verdict in given)
            kind = "edit" if edits else "review"
            what = f"{kind} of {count} statement{'s' * (count != 1)}"
            editor.commit({**judging.changes, **editor.entities_file()}, what)
    return count


def edit(
    statement: str,
    *,
    by: str | None = None,
    workspace: Workspace | None = None,
    **fields: object,
) -> int:
    """Changes fields of a statement, which keeps its id; says whether one differs (1 or 0).

    `onrecord edit st:0afab6f24db7 --stance critical` is
    `onrecord.edit("st:0afab6f24db7", stance="critical")`. Fields are those of a record,
    and `words`; an empty value takes one away. What a field held before is kept with the
    statement; `undo` takes the edit back. Raises UnknownName, BadInput, BadRecord.
    """
    if not fields:
        message = "edit: name at least one field, such as stance"
        raise BadInput(message)
    key = local(statement.removeprefix("st:"))
    return judge([Verdict(key, None, by, fields)], workspace)


class Judging:
    """One batch of verdicts, and the files that they change."""

    def __init__(self, editor: Editor) -> None:
        self.editor = editor
        linker = editor.linker()
        self.fields = FieldEditor(editor.workspace, editor.vocabulary, linker)
        self.changes: dict[str, bytes | None] = {}
        self.count = 0
        self.today = dt.datetime.now(tz=dt.UTC).date().isoformat()

    def take(self, given: Iterable[Verdict]) -> None:
        """Plans the files of all verdicts; raises UnknownName, BadRecord, Conflict."""
        by_document: dict[str, dict[str, Verdict]] = {}
        for verdict in given:
            key = self.editor.holder(verdict.id, verdict.document)
            by_document.setdefault(key, {})[verdict.id] = verdict
        faults: list[str] = []
        for key, verdicts in by_document.items():
            faults += self._take_document(key, verdicts)
        if faults:
            raise BadRecord(faults)

    def _take_document(
        self, key: str, verdicts: Mapping[str, Verdict]
    ) -> list[str]:
        source, _ = self.editor.source(key)
        text = kept_words(self.editor.workspace.root, source.document.sha256)
        faults: list[str] = []

        def decide(value: Statement) -> Statement:
            verdict = verdicts.get(value.id or "")
            if verdict is None:
                return value
            try:
                return self.decided(value, verdict, text)
            except BadRecord as error:
                faults.extend(error.faults)
                return value

        changes, count = self.editor.change(key, decide)
        self.changes |= changes
        self.count += count
        return faults

    def decided(
        self, value: Statement, verdict: Verdict, text: str
    ) -> Statement:
        """A statement with a verdict on it; raises BadRecord, BadInput, Conflict."""
        if verdict.version not in {None, version(value)}:
            message = f"{value.id} was changed meanwhile; look at it again"
            raise Conflict(message)
        _check(verdict)
        edited = value
        if verdict.edits:
            edited = self.fields.edited(value, verdict.edits, text)
            edited = self._with_revisions(value, edited, verdict.by)
        if verdict.status is None:
            return edited
        past = past_reviews(value, verdict.by)
        return replace(edited, review=self._review(verdict), past_reviews=past)

    def _review(self, verdict: Verdict) -> Review | None:
        if verdict.status == "unreviewed" and not verdict.note:
            return None
        return Review(
            verdict.status or "", verdict.by, self.today, verdict.note
        )

    def _with_revisions(
        self, old: Statement, new: Statement, by: str | None
    ) -> Statement:
        revisions = list(old.revisions)
        for name in changed_fields(old, new):
            before = shown(old, name)
            revisions.append(Revision(name, before, by, self.today))
        return replace(new, revisions=tuple(revisions))


def past_reviews(value: Statement, by: str | None) -> tuple[PastReview, ...]:
    """The verdicts of other coders, where this one judges now: of each the last."""
    review = value.review
    others = [past for past in value.past_reviews if past.by != by]
    if review is None or review.by in {None, by}:
        return tuple(others)
    rest = [past for past in others if past.by != review.by]
    last = PastReview(
        review.status,
        review.by or "",
        review.on,
        review.note,
        len(value.revisions),
    )
    return (*rest, last)


def _check(verdict: Verdict) -> None:
    """Raises BadInput for a control character and for an unknown status."""
    for text in (verdict.by, verdict.note):
        if text and CONTROL.search(text):
            message = f"{text!a} holds a control character; take it out"
            raise BadInput(message)
    if verdict.status not in {None, *VERDICTS}:
        message = f"{verdict.status!r} is none of {', '.join(VERDICTS)}"
        raise BadInput(message)


@dataclass(frozen=True, slots=True)
class Opened:
    """A document as its file's `content` tells it, and the text that is kept of it."""

    document: Document
    items: list[Item]
    text: str
    content: bytes = field(repr=False)


class Reader:
    """The workspace's documents, to be reviewed."""

    def __init__(self, where: Workspace) -> None:
        self.where = where
        vocabulary = Graph(where).vocabulary
        self.folder = Folder(where.home, vocabulary)
        self.entities = self.folder.entities()
        self.namer = Namer(vocabulary, self.entities)
        self._opened: dict[str, Opened] = {}

    def items(self, key: str) -> list[Item]:
        """A document's statements, in the order of their places, with the text around their words."""
        return self.opened(key).items

    def opened(self, key: str) -> "Opened":
        """A document with its statements; parsed anew where its file has changed."""
        content = read_file(document_file(self.where.home, key)) or b""
        known = self._opened.get(key)
        if known is None or known.content != content:
            known = self._open(key, content)
            self._opened[key] = known
            if len(self._opened) > MOST_OPENED:
                self._opened.pop(next(iter(self._opened)))
        return known

    def _open(self, key: str, content: bytes) -> "Opened":
        source, makers = self.folder.source(key)
        text = kept_words(self.where.root, source.document.sha256)
        items = []
        for value in source.statements:
            item = self._item(source.document, value, text, makers)
            items.append(item)
        items.sort(key=_place)
        return Opened(source.document, items, text, content)

    def _item(
        self,
        document: Document,
        value: Statement,
        text: str,
        makers: Mapping[str, str],
    ) -> Item:
        says, words = self.namer.sentence(value), value.evidence
        made_by = local(makers.get(value.id or "", ""))
        if words is None or words.start is None or words.end is None:
            return Item(document, value, says, made_by=made_by)
        before = text[max(0, words.start - CONTEXT) : words.start]
        after = text[words.end : words.end + CONTEXT]
        return Item(document, value, says, before, after, made_by)


def _place(item: Item) -> int:
    words = item.statement.evidence
    return (words.start or 0) if words else 0
