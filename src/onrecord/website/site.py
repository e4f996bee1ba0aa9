"""`onrecord site`: the pages of a graph as a folder of files, for any web host."""

import gc
import hashlib
import multiprocessing
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    Future,
    ProcessPoolExecutor,
    as_completed,
    wait,
)
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import chain
from pathlib import Path
from urllib.parse import urlsplit

from onrecord.model.errors import BadInput
from onrecord.querying.ask import Graph
from onrecord.querying.question import questions
from onrecord.website import folder
from onrecord.website.kept_quads import digests, lines_since
from onrecord.website.memo import memo
from onrecord.website.publication import Publication, publish, published, speak
from onrecord.website.quads import in_memory
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
from onrecord.workspace.offline import run_offline

Task = Sequence[Subject] | Sequence[str]
"""Subjects, or names of files of the whole graph, that a worker makes at a time."""
Made = list[tuple[str, dict[str, bytes]]]
AHEAD = 3
"""Tasks that wait for each worker."""
A_CHUNK = 40
"""Subjects that a worker takes at a time."""
FEW = 120
"""Subjects for which no second process is worth its start."""
RARELY = 100_000
"""New objects after which Python looks for garbage among them."""


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
    by = Publication(
        title, _base(base), is_static=True, ancestors=tuple(ancestors)
    )
    where = workspace or find()
    speak(where.texts())
    with _rarely_collected():
        return _Run(where, Path(target), by, workers).write()


@contextmanager
def _rarely_collected() -> Iterator[None]:
    """Has Python look for garbage less often: what is read of a graph stays, and all of it is looked through."""
    before = gc.get_threshold()
    gc.set_threshold(RARELY)
    try:
        yield
    finally:
        gc.set_threshold(*before)


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
        self,
        workspace: Workspace,
        target: Path,
        by: Publication,
        workers: int | None,
    ) -> None:
        self.target, self.by = target, by
        self.workers = workers or min(os.cpu_count() or 1, 8)
        self.before, self.now = folder.record_of(target), folder.Written()
        self.graph = self._opened(Graph(workspace))
        self.changed = 0

    def _opened(self, graph: Graph) -> Graph:
        """The graph with its lines read, as far as the site does not hold them."""
        self.now.graphs = digests(graph)
        lines = lines_since(graph, self.target, self.before, self.now.graphs)
        return in_memory(graph, lines)

    def write(self) -> Report:
        """Writes it beside the target, and swaps it in."""
        every = run_offline(partial(subjects, self.graph))
        self.by = replace(
            self.by, apart=tuple(apart(_paths(self.graph, every)))
        )
        with published(self.by), folder.beside(self.target) as made:
            wholes = whole_graph(self.graph, every)
            files = frozenset(_names(every, wholes))
            new = [
                subject for subject in every if not self._is_kept(made, subject)
            ]
            changed = self._changed(made, every, wholes)
            for unit, content in self._rendered(new, changed, files):
                self._put(made, unit, content)
            folder.save(made, self.now)
            return self._report(made)

    def _is_kept(self, made: Path, subject: Subject) -> bool:
        return self._kept(made, subject.iri, self._fingerprint(subject))

    def _changed(
        self,
        made: Path,
        every: Sequence[Subject],
        wholes: Sequence[WholeGraphFile],
    ) -> list[WholeGraphFile]:
        """Those files of the whole graph that cannot be taken over."""
        of_all, shared = self._whole_fingerprint(every), self._look
        changed = []
        for whole in wholes:
            made_of = f"{whole.made_of}-{shared}" if whole.made_of else of_all
            if not self._kept(made, whole.name, made_of):
                changed.append(whole)
        return changed

    def _fingerprint(self, subject: Subject) -> str:
        """What changes with anything that a subject's files are made of."""
        return f"{subject.fingerprint[:32]}-{self._look}"

    @cached_property
    def _look(self) -> str:
        """What changes with all that pages share; asked for by every subject."""
        return look(self.graph, self.by)

    def _whole_fingerprint(self, every: Sequence[Subject]) -> str:
        """What changes with anything that a file of the whole graph is made of: all subjects, all questions."""
        sha = hashlib.sha256(self._look.encode())
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
        self,
        new: Sequence[Subject],
        wholes: Sequence[WholeGraphFile],
        files: frozenset[str],
    ) -> Iterator[tuple[str, Mapping[str, bytes]]]:
        """The files of each unit of work, made in several processes where there are many."""
        alone = len(new) <= FEW or self.workers == 1
        for whole in wholes:
            if alone or whole.needs_subjects:
                yield whole.name, whole.files(self.graph, files)
        if alone:
            for subject in new:
                yield subject.iri, subject_files(self.graph, subject, files)
            return
        yield from self._spread(_tasks(new, wholes), files)

    def _spread(
        self, tasks: Iterable[Task], files: frozenset[str]
    ) -> Iterator[tuple[str, Mapping[str, bytes]]]:
        """Does tasks in processes of their own, a few at a time, so that no results pile up."""
        start = (self.graph.workspace, self.by, files)
        with ProcessPoolExecutor(
            self.workers, multiprocessing.get_context("spawn"), _open, start
        ) as pool:
            waiting: set[Future[Made]] = set()
            for task in tasks:
                waiting.add(pool.submit(_work, task))
                if len(waiting) > AHEAD * self.workers:
                    done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                    yield from chain.from_iterable(map(Future.result, done))
            for future in as_completed(waiting):
                yield from future.result()

    def _report(self, made: Path) -> Report:
        names = {name for files in self.now.files.values() for name in files}
        gone = {
            name for files in self.before.files.values() for name in files
        } - names
        return Report(
            pages=sum(name.endswith(".html") for name in names),
            files=len(names),
            written=self.changed,
            removed=len(gone),
            size=sum(folder.sizes(made, names)),
        )


def _paths(graph: Graph, every: Sequence[Subject]) -> list[str]:
    """The path of every subject; those of entities first, which most links lead to."""
    entities = graph.registry.entities
    ordered = sorted(every, key=lambda subject: subject.iri not in entities)
    return [subject.address.removeprefix("/") for subject in ordered]


def _names(
    every: Sequence[Subject], wholes: Sequence[WholeGraphFile]
) -> Iterator[str]:
    """Every file to which a link may lead; of several pages the first stands for all."""
    for subject in every:
        yield from files_of(subject)
    for whole in wholes:
        yield whole.name


def _tasks(
    new: Sequence[Subject], wholes: Sequence[WholeGraphFile]
) -> Iterator[Task]:
    """What a worker does at a time, the longest first."""
    names = [whole.name for whole in wholes if not whole.needs_subjects]
    maps = [name for name in names if name.endswith("network.html")]
    lists = [name for name in names if name.startswith("-/statements")]
    yield from (
        maps,
        lists,
        [name for name in names if name not in {*maps, *lists}],
    )
    for at in range(0, len(new), A_CHUNK):
        yield new[at : at + A_CHUNK]


_opened: tuple[Graph, frozenset[str]]
"""The graph of a worker process, and the names of all files; set by `_open`."""


def _open(workspace: Workspace, by: Publication, files: frozenset[str]) -> None:
    global _opened  # noqa: PLW0603  a pool's worker keeps what it was started with
    gc.set_threshold(RARELY)
    publish(by)
    speak(workspace.texts())
    _opened = (in_memory(Graph(workspace)), files)


def _by_name(graph: Graph) -> dict[str, WholeGraphFile]:
    return {whole.name: whole for whole in whole_graph(graph, ())}


def _work(task: Task) -> Made:
    graph, files = _opened
    units = memo(graph, "files of the whole graph", _by_name)
    made: Made = []
    for unit in task:
        if isinstance(unit, str):
            made.append((unit, units[unit].files(graph, files)))
        else:
            made.append((unit.iri, subject_files(graph, unit, files)))
    return made
