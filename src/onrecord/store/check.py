"""Is the graph as it should be? The shapes of the ontology, and what no shape can say."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pyoxigraph as ox

from onrecord.model import vocabulary as words
from onrecord.model.errors import BadGraph
from onrecord.model.iris import GRAPHS, compact
from onrecord.rdf.audit import audit_findings
from onrecord.rdf.files import Files, Finding
from onrecord.rdf.shapes import shape_findings
from onrecord.store.build import graph_names, parse
from onrecord.store.cache import open_workspace
from onrecord.store.last_check import (
    LastCheck,
    Touched,
    changed_since,
    keep_last,
    part,
    read_last,
)
from onrecord.workspace import Workspace, find

__all__ = ["Finding", "Report", "check", "check_store"]

COUNTED = {
    "documents": "?node a :Document",
    "statements": "?node a :Statement",
    "entities": "GRAPH graph:entities { ?node a ?class }",
}


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found, errors first, and how many documents, statements and entities there are.

    Of so many files as are `unchanged` it tells what the last check found.
    """

    findings: tuple[Finding, ...]
    counts: Mapping[str, int]
    unchanged: int = 0

    @property
    def passed(self) -> bool:
        """Whether there is no error; a warning is none."""
        return all(finding.severity != "error" for finding in self.findings)


def check(workspace: Workspace | None = None, *, whole: bool = False) -> Report:
    """Checks a workspace's graph against the shapes (SHACL), and its statements for their evidence.

    `onrecord check` is `onrecord.check()`, `--all` is `whole`: else it looks at the files that changed since the last
    check, and at those that name what changed. A file that is no Turtle is a finding, and the only kind then, since
    all others might follow from it. Raises BadGraph for a faulty ontology or shape.
    """
    where = workspace or find()
    words.read(where.ontology_files())
    try:
        store, key = _kept(where)
    except BadGraph:
        broken = [*_broken(where)]
        if not broken:
            raise
        return Report(tuple(broken), dict.fromkeys(COUNTED, 0))
    files = _files(where, store, _paths(where))
    report = _check(files) if whole else _check_changed(files, key)
    keep_last(where, key, report.findings)
    return report


def check_store(
    workspace: Workspace, store: ox.Store, paths: Mapping[str, Sequence[Path]]
) -> Report:
    """Checks a store that holds the ontology and the graphs of files, each with its `paths`; raises BadGraph."""
    return _check(_files(workspace, store, paths))


def _kept(where: Workspace) -> tuple[ox.Store, str]:
    """The workspace's store, kept where it can be, and its key."""
    opened = open_workspace(where)
    if opened.keep:
        opened.keep()
    return opened.store, opened.files.key


def _paths(where: Workspace) -> dict[str, list[Path]]:
    """The files of each graph."""
    paths = defaultdict(list)
    ontology = {*where.ontology_files()}
    for path, graph in graph_names(where):
        if path not in ontology:
            paths[graph].append(path)
    return paths


def _files(
    workspace: Workspace, store: ox.Store, paths: Mapping[str, Sequence[Path]]
) -> Files:
    return Files(
        workspace, words.read(workspace.ontology_files()), store, paths
    )


def _check(files: Files) -> Report:
    return _report(_findings(files), _counts(files))


def _check_changed(files: Files, key: str) -> Report:
    """A check of what changed since the last one, of everything where that is not to be told."""
    last = read_last(files.workspace)
    touched = changed_since(last, files.store, key) if last else None
    if last is None or touched is None:
        return _check(files)
    return _check_again(files, touched, last)


def _check_again(files: Files, touched: Touched, last: LastCheck) -> Report:
    """A check of what is touched; what the last one found in all other files, and of all other entities, stands."""
    few = _files(files.workspace, part(files.store, touched), files.paths)
    others: set[str] = set()
    for graph in files.paths.keys() - touched.graphs:
        others.update(map(files.shown, files.paths[graph]))
    places = set(_places(files, touched.entities))
    findings: set[Finding] = set()
    for finding in last.findings:
        if finding.file in others and finding.where not in places:
            findings.add(finding)
    for finding in _findings(few):
        if finding.file not in others or finding.where in places:
            findings.add(finding)
    return _report(findings, _counts(files), len(others))


def _places(files: Files, entities: Iterable[str]) -> Iterator[str]:
    """Where findings about entities of the registry stand."""
    registries = map(files.shown, files.paths.get(GRAPHS["entities"], ()))
    for registry, entity in product(registries, entities):
        yield f"{registry}: {compact(entity)}"


def _findings(files: Files) -> set[Finding]:
    return {*shape_findings(files), *audit_findings(files)}


def _counts(files: Files) -> dict[str, int]:
    return {what: _count(files, pattern) for what, pattern in COUNTED.items()}


def _report(
    findings: Iterable[Finding], counts: Mapping[str, int], unchanged: int = 0
) -> Report:
    return Report(tuple(sorted(findings, key=_rank)), counts, unchanged)


def _broken(workspace: Workspace) -> Iterator[Finding]:
    """The files that are no Turtle."""
    root = workspace.graphs[0].parent
    for path in workspace.graph_files():
        try:
            for _ in parse(path):
                pass
        except BadGraph as error:
            where, _, message = (
                str(error).removeprefix(f"{path}").partition(": ")
            )
            shown = (
                path.relative_to(root) if path.is_relative_to(root) else path
            )
            yield Finding("error", f"{shown}{where}", message)


def _count(files: Files, pattern: str) -> int:
    (row,) = files.ask(f"SELECT (COUNT(DISTINCT ?node) AS ?n) {{ {pattern} }}")
    return int(str(row["n"]))


def _rank(finding: Finding) -> tuple[bool, str, str]:
    return finding.severity != "error", finding.where, finding.message
