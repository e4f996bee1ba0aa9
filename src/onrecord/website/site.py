"""`onrecord site`: the pages of a graph as a folder of files, for any web host."""

import hashlib
import multiprocessing
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from onrecord.model.errors import BadInput
from onrecord.querying.ask import Graph
from onrecord.querying.question import questions
from onrecord.website import folder
from onrecord.website.publication import Publication, publish, published, speak
from onrecord.website.static_links import apart
from onrecord.website.static_pages import (
    WholeGraphFile,
    files_of,
    look,
    subject_files,
    whole_graph,
)
from onrecord.website.subjects import Subject, subjects
from onrecord.workspace import Workspace, find

A_CHUNK = 40
"""Subjects that a worker takes at a time."""
FEW = 120
"""Subjects for which no second process is worth its start."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did: pages and files in all, how many were written anew, how many removed, and bytes."""

    pages: int
    files: int
    written: int
    removed: int
    size: int


def site(  # noqa: PLR0913  each is one choice of the one who publishes
    target: Path | str,
    *,
    base: str = "",
    title: str | None = None,
    ancestors: Sequence[str] = (),
    workers: int | None = None,
    workspace: Workspace | None = None,
) -> Report:
    """Writes the graph as a static site: `onrecord site public/` is `onrecord.site("public")`.

    `base` is the address at which it will stand, `ancestors` are the origins that may frame its embed pages. What is
    there already and did not change is kept as it is; the folder is whole at any moment. Raises BadInput, NotWritten.
    """
    by = Publication(title, _base(base), is_static=True, ancestors=tuple(ancestors))
    where = workspace or find()
    speak(where.texts())
    return _Run(where, Path(target), by, workers).write()


def _base(given: str) -> str:
    parts = urlsplit(given)
    if given and (parts.scheme not in {"http", "https"} or not parts.netloc):
        message = f"--base {given}: write it as https://example.org/discourse/"
        raise BadInput(message)
    if parts.query or parts.fragment:
        message = f"--base {given}: an address without ? and #"
        raise BadInput(message)
    return f"{given.rstrip('/')}/" if given else ""


class _Run:
    """One writing of a site."""

    def __init__(
        self, workspace: Workspace, target: Path, by: Publication, workers: int | None
    ) -> None:
        self.graph = Graph(workspace)
        self.target, self.by = target, by
        self.workers = workers or min(os.cpu_count() or 1, 8)
        self.before, self.now = folder.record_of(target), folder.Written()
        self.changed = 0

    def write(self) -> Report:
        """Writes it beside the target, and swaps it in."""
        every = subjects(self.graph)
        self.by = replace(self.by, apart=tuple(apart(_paths(self.graph, every))))
        with published(self.by), folder.beside(self.target) as made:
            wholes = whole_graph(self.graph, every)
            files = frozenset(_names(every, wholes))
            todo = [
                subject
                for subject in every
                if not self._kept(made, subject.iri, self._fingerprint(subject))
            ]
            for unit, content in self._rendered(todo, files):
                self._put(made, unit, content)
            of_all = self._whole_fingerprint(every)
            for whole in wholes:
                if not self._kept(made, whole.name, of_all):
                    self._put(made, whole.name, whole.files(self.graph, files))
            folder.save(made, self.now)
            return self._report(made)

    def _fingerprint(self, subject: Subject) -> str:
        """What changes with anything that a subject's files are made of."""
        return f"{subject.fingerprint[:32]}-{look(self.graph, self.by)}"

    def _whole_fingerprint(self, every: Sequence[Subject]) -> str:
        """What changes with anything that a file of the whole graph is made of: all subjects, all questions."""
        sha = hashlib.sha256(look(self.graph, self.by).encode())
        for subject in every:
            sha.update(
                f"{subject.iri} {subject.location} {subject.fingerprint}\n".encode()
            )
        for question in questions(self.graph.workspace):
            sha.update(f"{question.name}\n{question.sparql}\n".encode())
        return sha.hexdigest()[:32]

    def _kept(self, made: Path, unit: str, fingerprint: str) -> bool:
        """Takes over the files of a unit of work where nothing changed that they tell of."""
        self.now.prints[unit] = fingerprint
        files = self.before.files.get(unit)
        if not files or self.before.prints.get(unit) != fingerprint:
            return False
        if not folder.keep(self.target, made, files):
            return False
        self.now.files[unit] = files
        return True

    def _put(self, made: Path, unit: str, content: Mapping[str, bytes]) -> None:
        before, now = self.before.files.get(unit, {}), dict[str, str]()
        for name, data in content.items():
            known = before.get(name)
            now[name] = folder.put(self.target, made, name, data, known)
            self.changed += now[name] != known
        self.now.files[unit] = now

    def _rendered(
        self, todo: Sequence[Subject], files: frozenset[str]
    ) -> Iterator[tuple[str, Mapping[str, bytes]]]:
        """The files of each subject, made in several processes where there are many."""
        if len(todo) <= FEW or self.workers == 1:
            for subject in todo:
                yield subject.iri, subject_files(self.graph, subject, files)
            return
        chunks = [todo[at : at + A_CHUNK] for at in range(0, len(todo), A_CHUNK)]
        start = (self.graph.workspace, self.by, files)
        with ProcessPoolExecutor(
            self.workers, multiprocessing.get_context("spawn"), _open, start
        ) as pool:
            for result in pool.map(_work, chunks):
                yield from result

    def _report(self, made: Path) -> Report:
        names = {name for files in self.now.files.values() for name in files}
        gone = {name for files in self.before.files.values() for name in files} - names
        return Report(
            pages=sum(name.endswith(".html") for name in names),
            files=len(names),
            written=self.changed,
            removed=len(gone),
            size=sum((made / name).stat().st_size for name in names),
        )


def _paths(graph: Graph, every: Sequence[Subject]) -> list[str]:
    """The path of every subject; those of entities first, which most links lead to."""
    entities = graph.registry.entities
    ordered = sorted(every, key=lambda subject: subject.iri not in entities)
    return [subject.address.removeprefix("/") for subject in ordered]


def _names(every: Sequence[Subject], wholes: Sequence[WholeGraphFile]) -> Iterator[str]:
    """Every file to which a link may lead; of several pages the first stands for all."""
    for subject in every:
        yield from files_of(subject)
    for whole in wholes:
        yield whole.name


_opened: tuple[Graph, frozenset[str]]
"""The graph of a worker process, and the names of all files; set by `_open`."""


def _open(workspace: Workspace, by: Publication, files: frozenset[str]) -> None:
    global _opened  # noqa: PLW0603  a pool's worker keeps what it was started with
    publish(by)
    speak(workspace.texts())
    _opened = (Graph(workspace), files)


def _work(chunk: Sequence[Subject]) -> list[tuple[str, dict[str, bytes]]]:
    graph, files = _opened
    return [(subject.iri, subject_files(graph, subject, files)) for subject in chunk]
