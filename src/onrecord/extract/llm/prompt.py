"""The prompt of a language model: the coding rules with the ontology's definitions, then a passage of a text."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from onrecord.extract.llm.names import Candidates, Names, full_names
from onrecord.extract.llm.windows import Window
from onrecord.model import Document
from onrecord.model.errors import BadInput
from onrecord.model.iris import BASE, OURS
from onrecord.model.vocabulary import Relation, Vocabulary
from onrecord.workspace import Workspace, refuse_links

FILE = "lexicon/llm-prompt.md"
MOST_NAMED = 40
"""How many names from earlier in a text are listed with a later window."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """The coding rules that every request begins with."""

    text: str

    @property
    def fingerprint(self) -> str:
        """Twelve hex digits of the SHA-256 of the rules."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:12]


def read_prompt(workspace: Workspace, vocabulary: Vocabulary) -> Prompt:
    """The workspace's own prompt file, else the one that ships, filled with the ontology's definitions.

    Raises BadInput where the file cannot be read.
    """
    text = _file(workspace)
    parts = {
        "speech": _relations(vocabulary, "speech"),
        "deeds": _relations(vocabulary, "action"),
        "structure": _relations(vocabulary, "structural"),
        "topics": _topics(vocabulary),
        "classes": _classes(vocabulary),
    }
    for name, part in parts.items():
        text = text.replace(f"{{{{{name}}}}}", part)
    return Prompt(text)


def passage(document: Document, window: Window, names: Names) -> str:
    """The message that shows one window of a text: its heading, then the passage between two marks.

    The marks hold a hash of the text, so that no text can close its own passage.
    """
    text = document.text or ""
    mark = f"passage-{hashlib.sha256(text.encode()).hexdigest()[:8]}"
    heading = "\n".join(_heading(document, window, names))
    return f"Heading:\n{heading}\n\n<{mark}>\n{window.text}\n</{mark}>"


def _file(workspace: Workspace) -> str:
    """The text of the prompt file; a workspace's own is never read through a link."""
    *own, shipped = workspace.ontology
    for folder in own:
        path = folder / FILE
        refuse_links(folder, path)
        if path.is_file():
            return _read(path)
    return _read(shipped / FILE)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path}: the prompt cannot be read: {error}"
        raise BadInput(message) from error


def _heading(document: Document, window: Window, names: Names) -> Iterable[str]:
    text = document.text or ""
    named = names.candidates(f"{document.publisher}\n{window.text}")
    yield f"Publisher: {document.publisher or 'unknown'}"
    yield f"Title: {document.title or 'unknown'}"
    if document.author:
        yield f"Author: {document.author}"
    if document.published:
        yield f"Published: {document.published}"
    yield f"Known names: {_known(named)}"
    for form, candidates in named.unsure.items():
        yield f"“{form}” may be {', '.join(candidates)} or something else"
    if window.start:
        earlier = full_names(text[: window.start])[:MOST_NAMED]
        yield f"Named earlier in the text: {', '.join(earlier) or 'nobody'}"


def _known(named: Candidates) -> str:
    names = [f"{entity.label} ({entity.cls})" for entity in named.entities]
    return "; ".join(names) or "none"


def _relations(vocabulary: Vocabulary, family: str) -> str:
    return "\n".join(
        f"- {relation.key}: {_definition(vocabulary, relation)}"
        for relation in vocabulary.stated.values()
        if relation.family == family
    )


def _definition(vocabulary: Vocabulary, relation: Relation) -> str:
    return vocabulary.definitions.get(BASE + relation.key, relation.label)


def _topics(vocabulary: Vocabulary) -> str:
    definitions = vocabulary.definitions
    lines = []
    for key, topic in vocabulary.topics.items():
        indent = "  " if topic.family else ""
        meaning = definitions.get(OURS["topic"] + key, topic.label)
        lines.append(f"{indent}- {key}: {meaning}")
    return "\n".join(lines)


def _classes(vocabulary: Vocabulary) -> str:
    return "\n".join(
        f"- {key}: {vocabulary.definitions.get(BASE + key, cls.label)}"
        for key, cls in vocabulary.classes.items()
        if cls.assignable
    )
