"""Statements by hand: a coder marks words of a text and says who says what of whom."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from onrecord.editing.editor import Editor, editing
from onrecord.editing.fields import Edits, FieldEditor, Words
from onrecord.editing.reconcile import statement_id
from onrecord.editing.shared import again
from onrecord.model import CONTROL, Entity, Review, Run, Source, Statement
from onrecord.model.errors import BadInput, BadRecord, Conflict
from onrecord.model.iris import digest, entity_iri, local
from onrecord.model.registry import Known
from onrecord.workspace import Workspace, kept_words

CODING = "Coding by "
"""What the label of a coder's run begins with, before the name."""
RUN = "coding-by-"
"""What the id of such a run begins with."""
LONGEST_NAME = 200
SURE = 0.9
"""The confidence of what a person coded, where nothing else is said."""


@dataclass(frozen=True, slots=True)
class Coded:
    """A new statement of a person: where its words stand, its fields, who coded it."""

    document: str
    words: Words | None
    fields: Mapping[str, object]
    by: str


@again
def code(new: Coded, workspace: Workspace | None = None) -> str:
    """Adds a statement, which counts as its coder's and as accepted; gives its id.

    One passage may bear several. Raises BadInput, BadRecord, UnknownName.
    """
    with editing(workspace) as editor:
        source, makers = editor.folder.source(new.document)
        value = _made(editor, source, new)
        if value.id in {old.id for old in source.statements}:
            message = "you have coded just this of these words already"
            raise BadInput(message)
        maker, runs = editor.folder.run_file(Run(CODING + new.by, "curation"))
        makers[value.id or ""] = maker
        now = replace(source, statements=(*source.statements, value))
        changes = {**editor.source_file(now, makers), **editor.entities_file()}
        changes |= {"runs.ttl": runs}
        editor.commit(changes, "coding of 1 statement")
    return value.id or ""


def is_coding(run: str) -> bool:
    """Whether the run of this IRI is a coder's."""
    return local(run).startswith(RUN)


def coded_apart(
    old: Iterable[Statement],
    makers: Mapping[str, str],
    new: Iterable[tuple[str, Statement]],
) -> list[Statement]:
    """What coders made by hand and nothing new bears the id of: nobody else takes it out."""
    coming = {value.id for _, value in new}
    apart = []
    for value in old:
        maker = makers.get(value.id or "", "")
        if is_coding(maker) and value.id not in coming:
            apart.append(value)
    return apart


def _made(editor: Editor, source: Source, new: Coded) -> Statement:
    missing = sorted({"actors", "relation", "object"} - new.fields.keys())
    if missing:
        message = f"a statement needs {', '.join(missing)}"
        raise BadInput(message)
    fields = dict(new.fields)
    if new.words is not None:
        fields["words"] = new.words
    text = kept_words(editor.workspace.root, source.document.sha256)
    gist = str(fields.get("gist") or "").strip()
    if not gist and new.words is not None:
        gist = text[new.words.start : new.words.end]
    fields["gist"] = gist
    wording = "direct" if new.words is not None else "indirect"
    blank = Statement((), "", "", "", wording=wording, confidence=SURE)
    made = _edited(editor, blank, fields, text)
    start = new.words.start if new.words else None
    key = digest(statement_id(made, new.document), new.by, start)
    return replace(made, id=key, review=Review("accepted", new.by))


def _edited(
    editor: Editor, blank: Statement, fields: Edits, text: str
) -> Statement:
    writer = FieldEditor(editor.workspace, editor.vocabulary, editor.linker())
    try:
        return writer.edited(blank, fields, text)
    except BadRecord as error:
        faults = [
            fault.removeprefix("the statement: ") for fault in error.faults
        ]
        raise BadInput("; ".join(faults)) from error


@again
def put_back(
    document: str,
    key: str,
    was: Statement | None,
    version: str,
    workspace: Workspace | None = None,
) -> None:
    """Makes a statement what it was, or takes it out where it was not there.

    Raises Conflict where it is no longer of that version.
    """
    from onrecord.editing.reviewing import version as version_of  # noqa: PLC0415

    with editing(workspace) as editor:
        source, makers = editor.folder.source(document)
        now = {value.id: value for value in source.statements}
        if key not in now or version_of(now[key]) != version:
            message = f"{key} was changed meanwhile; look at it again"
            raise Conflict(message)
        now.pop(key)
        if was is not None:
            now[key] = was
        statements = tuple(
            sorted(now.values(), key=lambda value: value.id or "")
        )
        changed = replace(source, statements=statements)
        changes = editor.source_file(changed, makers)
        editor.commit(changes, "taking back of a verdict")


@again
def add_entity(
    name: str,
    kind: str,
    description: str = "",
    workspace: Workspace | None = None,
) -> str:
    """Adds an entity and gives its id; raises BadInput where the name is taken or none."""
    name = name.strip()
    if (
        not name
        or len(name) > LONGEST_NAME
        or CONTROL.search(name + description)
    ):
        message = f"{name[:40]!a} is no name"
        raise BadInput(message)
    with editing(workspace) as editor:
        registry = editor.registry
        cls = editor.vocabulary.classes.get(kind)
        if cls is None or not cls.assignable:
            message = f"no type is called {kind!r}"
            raise BadInput(message)
        if name in registry.labels():
            message = f"{name!r} is there already"
            raise BadInput(message)
        iri = registry.mint(name, kind)
        entity = Entity(
            name, kind, description=description or None, id=local(iri)
        )
        registry.add(Known(entity_iri(local(iri)), name, kind))
        editor.entities[iri] = entity
        editor.commit(editor.entities_file(), f"addition of {name}")
    return local(iri)
