"""What a workspace holds: documents by address and hash of the text, statements by document; asked one by one."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from onrecord.model import Document
from onrecord.model.iris import (
    BASE,
    OURS,
    PREFIXES,
    document_iri,
    local,
    mint,
    slug,
    statement_iri,
)
from onrecord.workspace import has_document

LONGEST_NAME = 120
"""Of a document, whose id is a file's name."""
URL = ox.NamedNode(PREFIXES["schema"] + "url")
HASH, BORNE = ox.NamedNode(BASE + "sha256"), ox.NamedNode(BASE + "document")
DISPUTES = ox.NamedNode(BASE + "disputes")


@dataclass(slots=True)
class Holdings:
    """The ids of documents and statements, as the store has them and as records come in.

    Only documents with a file in `home` can be changed; `removed` are the marks of tombstones.
    """

    store: ox.Store
    home: Path
    removed: frozenset[str]
    _owners: dict[str, str | None] = field(default_factory=dict)
    _minted: set[str] = field(default_factory=set)

    def has(self, document: str) -> bool:
        """Whether the document of this id has a file here."""
        return has_document(self.home, document)

    def find(self, document: Document) -> str | None:
        """The id of the document that this is: by its id in the graph, its address, or the hash of its text."""
        if document.id and self.has(document.id):
            return document.id
        return next(self._marked(document), None)

    def _marked(self, document: Document) -> Iterator[str]:
        if document.url:
            with suppress(ValueError):  # no IRI, and so no document's address
                yield from self._with(URL, ox.NamedNode(document.url))
        if document.sha256:
            yield from self._with(HASH, ox.Literal(document.sha256))

    def _with(
        self, predicate: ox.NamedNode, value: ox.NamedNode | ox.Literal
    ) -> list[str]:
        """The documents here of which this is said."""
        quads = self.store.quads_for_pattern(None, predicate, value, None)
        iris = [str(quad.subject.value) for quad in quads]  # type: ignore[union-attr]  # no triple terms
        documents = [local(iri) for iri in iris if iri.startswith(OURS["doc"])]
        return sorted(filter(self.has, documents))

    def mint(self, document: Document) -> str:
        """Publisher, date, and the first words of the title or the last part of the address."""
        title = (
            document.title
            or (document.url or "").rstrip("/").rpartition("/")[2]
        )
        words = " ".join(slug(title).split("-")[:4])
        name = f"{slug(document.publisher)} {document.published or 'undated'} {words}"
        minted = mint(name[:LONGEST_NAME].lower(), "document", _Taken(self))
        self._minted.add(minted)
        return minted

    def is_taken(self, document: str) -> bool:
        """Whether no new document may have this id."""
        if document in self._minted or document in self.removed:
            return True
        return self._any(ox.NamedNode(document_iri(document)), None, None)

    def bearer(self, statement: str) -> str | None:
        """The id of the document that bears a statement; None of one that is not there."""
        if statement not in self._owners:
            self._owners[statement] = self._found(statement)
        return self._owners[statement]

    def _found(self, statement: str) -> str | None:
        with suppress(ValueError):  # no IRI, and so no statement's id
            node = ox.NamedNode(statement_iri(statement))
            for quad in self.store.quads_for_pattern(node, BORNE, None, None):
                if isinstance(quad.object, ox.NamedNode):
                    return local(quad.object.value)
        return None

    def is_disputed(self, statement: str) -> bool:
        """Whether another statement disputes this one."""
        node = ox.NamedNode(statement_iri(statement))
        return self._any(None, DISPUTES, node)

    def forget(self, ids: Iterable[str]) -> None:
        """Takes statements out whose document is about to be written anew."""
        self._owners |= dict.fromkeys(ids)

    def clashes(self, where: str, ids: Iterable[str], key: str) -> list[str]:
        """Faults of statements whose id another document's statement has; those of the others are noted."""
        faults = []
        for statement in ids:
            owner = self.bearer(statement) or key
            self._owners[statement] = owner
            if owner != key:
                other = f"which belongs to {document_iri(owner)}"
                fault = (
                    f"{where}: a statement has the id {statement!r}, {other}"
                )
                faults.append(fault)
        return faults

    def _any(
        self,
        subject: ox.NamedNode | None,
        predicate: ox.NamedNode | None,
        value: ox.NamedNode | None,
    ) -> bool:
        quads = self.store.quads_for_pattern(subject, predicate, value, None)
        return next(quads, None) is not None


@dataclass(frozen=True, slots=True)
class _Taken:
    """The ids that no new document may have."""

    holdings: Holdings

    def __contains__(self, document: object) -> bool:
        return isinstance(document, str) and self.holdings.is_taken(document)


@dataclass(frozen=True, slots=True)
class Disputed:
    """The ids of statements that others dispute."""

    holdings: Holdings

    def __contains__(self, statement: object) -> bool:
        return isinstance(statement, str) and self.holdings.is_disputed(
            statement
        )
