"""Coding databases → the graphs of their studies, and the texts by hash."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from onrecord.editing.editor import editing
from onrecord.editing.intake import Added
from onrecord.editing.shared import again
from onrecord.ingest.coded import coded_sheet, qdpx
from onrecord.ingest.dna import coding
from onrecord.model import Coding
from onrecord.rdf.coding import study, study_files, text_hash
from onrecord.workspace import Workspace
from onrecord.workspace.paths import text_path


def _read(path: Path) -> Coding:
    """The coding of a file, by its suffix."""
    suffix = path.suffix.lower()
    if suffix == ".qdpx":
        return qdpx(path)
    return coding(path) if suffix == ".dna" else coded_sheet(path)


@again
def add_codings(
    databases: Iterable[Path], where: Workspace, *, dry_run: bool
) -> Added:
    """Adds codings (.dna, .qdpx, sheets of coded segments), their graphs and their texts by hash.

    Each stands in the place of one of its name.
    """
    home = where.home
    documents: Counter[str] = Counter()
    coded: Counter[str] = Counter()
    changes: dict[str, bytes | None] = {}
    notes: list[str] = []
    for path in databases:
        of = study(path.stem, _read(path))
        files = study_files(of)
        known = (home / "documents").glob(f"{of.key}-[0-9]*.ttl")
        old = {f"documents/{document.name}" for document in known}
        changes |= dict.fromkeys(old - files.keys()) | files
        for document in of.coding.documents:
            changes[text_path(text_hash(document))] = document.text.encode()
        for name in files:
            if name.startswith("documents/"):
                documents["updated" if name in old else "added"] += 1
        coded["coded"] += len(of.coding.statements)
        notes += [f"{path}: {note}" for note in of.coding.notes]
    if not dry_run:
        count = documents.total()
        with editing(where) as editor:
            editor.commit(changes, f"addition of {count} coded documents")
    return Added(documents, coded, notes=tuple(notes))
