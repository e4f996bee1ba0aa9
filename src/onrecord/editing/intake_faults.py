"""What is wrong with a batch as a whole: aliases of two entities, documents that come twice, disputes of nothing."""

from collections.abc import Iterable, Iterator, Mapping

from onrecord.editing.folder import document_marks
from onrecord.editing.holdings import Holdings
from onrecord.ingest.records import PlacedSource
from onrecord.model import Entity
from onrecord.model.iris import local
from onrecord.model.registry import shared_aliases

MOST_ALIASES = 10
"""Faults of aliases that are told one by one: two registries that were put together may have thousands."""


def shared_alias_faults(entities: Mapping[str, Entity]) -> list[str]:
    """A fault for each alias that two entities bear."""
    shared = list(shared_aliases(entities))
    more = len(shared) - MOST_ALIASES
    faults = [f"entity :{local(iri)}: {fault}" for iri, fault in shared]
    if more <= 0:
        return faults
    rest = f"entities: {more:,} more aliases belong to two entities or more"
    return [*faults[:MOST_ALIASES], rest]


def document_faults(
    sources: Iterable[PlacedSource], holdings: Holdings
) -> list[str]:
    """A fault for each document that nothing tells from others, and for each that comes twice."""
    unmarked: list[str] = []
    twice: list[str] = []
    places: dict[str, str] = {}
    for source in sources:
        where, document = source.where, source.document
        if not (document.url or document.sha256):
            needed = "an address (url), its text or the text's hash (sha256)"
            unmarked.append(f"{where}: doc: needs {needed}")
        for mark in document_marks(document):
            if mark == document.id and not holdings.has(mark):
                continue
            first = places.setdefault(mark, where)
            if first != where:
                same = f"is the same document ({mark}) as {first}"
                twice.append(f"{where}: {same}; put their statements together")
    return unmarked + twice


def dispute_faults(
    sources: Iterable[PlacedSource], holdings: Holdings
) -> Iterator[str]:
    """A fault for each statement that disputes what nobody has stated."""
    for source in sources:
        for where, statement in source.statements:
            other = statement.disputes
            if other and not holdings.bearer(other):
                yield f"{where}: disputes: no statement has the id {other!r}"
