"""What a workspace holds: documents by address and hash of the text, statements by document."""

from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.model import Document
from onrecord.model.iris import document_iri, mint, slug

LONGEST_NAME = 120
"""Of a document, whose id is a file's name."""


@dataclass(slots=True)
class Holdings:
    """The ids of documents and statements, as they stand and as records come in.

    `marks` leads from addresses and hashes to documents, `statements` from a statement to its document; `disputed` are
    the statements that others dispute, `taken` the ids that no new document may have.
    """

    documents: set[str]
    marks: dict[str, str]
    statements: dict[str, str]
    disputed: set[str]
    taken: set[str]

    def find(self, document: Document) -> str | None:
        """The id of the document that this is: by its id in the graph, its address, or the hash of its text."""
        if document.id in self.documents:
            return document.id
        return self.marks.get(document.url or "") or self.marks.get(
            document.sha256 or ""
        )

    def mint(self, document: Document) -> str:
        """Publisher, date, and the first words of the title or the last part of the address."""
        title = document.title or (document.url or "").rstrip("/").rpartition("/")[2]
        words = " ".join(slug(title).split("-")[:4])
        name = f"{slug(document.publisher)} {document.published or 'undated'} {words}"
        key = mint(name[:LONGEST_NAME].lower(), "document", self.taken)
        self.taken.add(key)
        return key

    def forget(self, ids: Iterable[str]) -> None:
        """Takes statements out whose document is about to be written anew."""
        for key in ids:
            self.statements.pop(key, None)

    def clashes(self, where: str, ids: Iterable[str], key: str) -> list[str]:
        """Faults of statements whose id another document's statement has; those of the others are noted."""
        return [
            f"{where}: a statement has the id {known!r}, which belongs to {document_iri(owner)}"
            for known in ids
            if (owner := self.statements.setdefault(known, key)) != key
        ]
