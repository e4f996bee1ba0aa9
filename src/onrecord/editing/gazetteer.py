"""The names that texts are searched for, read from the registries alone: no store is asked."""

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from onrecord.editing.folder import Folder
from onrecord.ingest.articles import KnownNames
from onrecord.model.registry import Known
from onrecord.model.vocabulary import Vocabulary
from onrecord.querying.lookup import empty_registry
from onrecord.workspace import Workspace, shipped


def known_names(where: Workspace, vocabulary: Vocabulary) -> KnownNames:
    """A workspace's own names before those that ship; raises BadGraph."""
    places = [where] if where.is_shipped else [shipped(), where]
    known = [_known(place.graphs, vocabulary) for place in places]
    unsure = [empty_registry(vocabulary, place).ambiguous for place in places]
    return KnownNames(
        dict(chain.from_iterable(known)),
        dict(chain.from_iterable(row.items() for row in unsure)),
    )


def _known(
    folders: Sequence[Path], vocabulary: Vocabulary
) -> Iterator[tuple[str, Known]]:
    """The entities of folders by IRI, in order; those of the first before another's."""
    registries = [Folder(path, vocabulary).entities() for path in folders]
    rows = chain.from_iterable(row.items() for row in reversed(registries))
    for iri, entity in sorted(dict(rows).items()):
        yield iri, Known(iri, entity.name, entity.type, entity.aliases)
