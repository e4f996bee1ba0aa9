"""Blind coding: what one coder may see of a statement that another person has judged, and the coder's own verdict.

The first verdict stands on the program's statement. Whoever judges it after that sees it
as the program made it, and gets a version of his own beside it, as if coded by hand.
"""

from dataclasses import replace

from onrecord.editing.coding import CODING
from onrecord.editing.editor import editing
from onrecord.editing.fields import as_made
from onrecord.editing.reviewing import Item, Judging, Verdict
from onrecord.editing.shared import again
from onrecord.model import Run, Statement
from onrecord.model.errors import BadInput
from onrecord.model.iris import digest
from onrecord.rdf.label import Namer
from onrecord.workspace import Workspace, kept_words


def own_id(statement: str, coder: str) -> str:
    """The id of a coder's own version of a statement."""
    return digest(statement, coder)


def is_judged_by_another(value: Statement, coder: str) -> bool:
    """Whether another person than this coder has judged a statement."""
    review = value.review
    return review is not None and review.by not in {None, coder}


def made_anew(value: Statement, text: str) -> Statement:
    """A statement as its program made it, without what any person made of it."""
    made = replace(as_made(value), review=None, revisions=(), past_reviews=())
    words = made.evidence
    if words is None or words.start is not None or text.count(words.exact) != 1:
        return made
    start = text.index(words.exact)
    placed = replace(words, start=start, end=start + len(words.exact))
    return replace(made, evidence=placed)


def item_as_made(item: Item, text: str, namer: Namer) -> Item:
    """The same of a statement with its sentence."""
    value = made_anew(item.statement, text)
    return replace(item, statement=value, says=namer.sentence(value))


@again
def judge_beside(verdict: Verdict, workspace: Workspace) -> str:
    """Writes a coder's verdict beside another's, and gives the id of the statement that bears it.

    Raises UnknownName, BadInput where this coder has done so before, BadRecord.
    """
    coder = verdict.by or ""
    with editing(workspace) as editor:
        document = editor.holder(verdict.id, verdict.document)
        source, makers = editor.source(document)
        statements = {value.id: value for value in source.statements}
        key = own_id(verdict.id, coder)
        if key in statements:
            message = "you have judged it already; open the article again"
            raise BadInput(message)
        text = kept_words(workspace.root, source.document.sha256)
        made = replace(made_anew(statements[verdict.id], text), id=key)
        own = Judging(editor).decided(
            made, replace(verdict, version=None), text
        )
        maker, runs = editor.folder.run_file(Run(CODING + coder, "curation"))
        now = replace(source, statements=(*source.statements, own))
        changes = {
            **editor.source_file(now, {**makers, key: maker}),
            "runs.ttl": runs,
        }
        editor.commit(
            {**changes, **editor.entities_file()}, "review of 1 statement"
        )
    return key
