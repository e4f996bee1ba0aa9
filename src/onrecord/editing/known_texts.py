"""The documents of a workspace by the hash of their text, each read from its file only when its text comes again."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.editing.folder import Folder
from onrecord.ingest.runs import rules
from onrecord.model import Run, Source
from onrecord.model.iris import local
from onrecord.querying.ask import Graph

HASHES = "SELECT ?document ?hash { ?document a :Document ; :sha256 ?hash }"
Made = tuple[Source, Mapping[str, str]]
"""A document with its statements, and which run made each."""


@dataclass
class KnownTexts(Mapping[str, Source]):
    """What is known of texts, by their hash, so that it is not forgotten."""

    folder: Folder
    ids: Mapping[str, str]
    _read: dict[str, Made] = field(default_factory=dict)

    @classmethod
    def of(cls, graph: Graph, folder: Folder) -> "KnownTexts":
        """Those of a graph whose document has a file in the folder."""
        here = {*_names(folder.path / "documents")}
        ids = {}
        for row in graph.ask(HASHES):
            key = local(str(row["document"]))
            if f"{key}.ttl" in here:
                ids[str(row["hash"])] = key
        return cls(folder, ids)

    def made(self, digest: str) -> Made:
        """The document and who made its statements; raises KeyError, BadGraph, Untrusted."""
        if digest not in self._read:
            self._read[digest] = self.folder.source(self.ids[digest])
        return self._read[digest]

    def __getitem__(self, digest: str) -> Source:
        return self.made(digest)[0]

    def __iter__(self) -> Iterator[str]:
        return iter(self.ids)

    def __len__(self) -> int:
        return len(self.ids)


@dataclass
class StandingTexts:
    """The texts that the same program, model and rules have read already.

    A text in which nothing was found names no run; it is taken for read where such a run was here at all.
    """

    texts: KnownTexts
    runs: frozenset[str]

    @classmethod
    def of(cls, texts: KnownTexts, run: Run) -> "StandingTexts":
        """Those that runs like this one have read."""
        runs = texts.folder.runs().items()
        same = (iri for iri, other in runs if _is_alike(other, run))
        return cls(texts, frozenset(same))

    def __contains__(self, digest: object) -> bool:
        if not self.runs or digest not in self.texts.ids:
            return False
        makers = {*self.texts.made(str(digest))[1].values()}
        return not makers or not makers.isdisjoint(self.runs)


def _names(folder: Path) -> list[str]:
    """The names in a folder, none where it is not there; as text, since ten thousand paths take a tenth of a second."""
    return os.listdir(folder) if folder.is_dir() else []  # noqa: PTH208


def _is_alike(one: Run, two: Run) -> bool:
    return (one.version, rules(one)) == (two.version, rules(two))
