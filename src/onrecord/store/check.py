"""Is the graph as it should be? The shapes of the ontology, and what no shape can say."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from onrecord.model import vocabulary as words
from onrecord.model.errors import BadGraph
from onrecord.rdf.audit import audit_findings
from onrecord.rdf.files import Files, Finding
from onrecord.rdf.shapes import shape_findings
from onrecord.store.build import graph_names, parse
from onrecord.store.cache import open_workspace
from onrecord.workspace import Workspace, find

__all__ = ["Finding", "Report", "check", "check_store"]

COUNTED = {
    "documents": "?node a :Document",
    "statements": "?node a :Statement",
    "entities": "GRAPH graph:entities { ?node a ?class }",
}


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found, errors first; `counts` says how many documents, statements and entities were looked at."""

    findings: tuple[Finding, ...]
    counts: Mapping[str, int]

    @property
    def passed(self) -> bool:
        """Whether there is no error; a warning is none."""
        return all(finding.severity != "error" for finding in self.findings)


def check(workspace: Workspace | None = None) -> Report:
    """Checks a workspace's graph against the shapes (SHACL), and its statements for their evidence.

    `onrecord check` is `onrecord.check()`. A file that is no Turtle is a finding, and the only kind then, since all
    others might follow from it. Raises BadGraph for a faulty ontology or shape.
    """
    where = workspace or find()
    words.read(where.ontology_files())
    try:
        store = open_workspace(where).store
    except BadGraph:
        broken = [*_broken(where)]
        if not broken:
            raise
        return Report(tuple(broken), dict.fromkeys(COUNTED, 0))
    paths = defaultdict(list)
    ontology = {*where.ontology_files()}
    for path, graph in graph_names(where):
        if path not in ontology:
            paths[graph].append(path)
    return check_store(where, store, paths)


def check_store(
    workspace: Workspace, store: ox.Store, paths: Mapping[str, list[Path]]
) -> Report:
    """Checks a store that holds the ontology and the graphs of files, each with its `paths`; raises BadGraph."""
    files = Files(workspace, words.read(workspace.ontology_files()), store, paths)
    findings = {*shape_findings(files), *audit_findings(files)}
    counts = {what: _count(files, pattern) for what, pattern in COUNTED.items()}
    return Report(tuple(sorted(findings, key=_rank)), counts)


def _broken(workspace: Workspace) -> Iterator[Finding]:
    """The files that are no Turtle."""
    root = workspace.graphs[0].parent
    for path in workspace.graph_files():
        try:
            for _ in parse(path):
                pass
        except BadGraph as error:
            where, _, message = str(error).removeprefix(f"{path}").partition(": ")
            shown = path.relative_to(root) if path.is_relative_to(root) else path
            yield Finding("error", f"{shown}{where}", message)


def _count(files: Files, pattern: str) -> int:
    (row,) = files.ask(f"SELECT (COUNT(DISTINCT ?node) AS ?n) {{ {pattern} }}")
    return int(str(row["n"]))


def _rank(finding: Finding) -> tuple[bool, str, str]:
    return finding.severity != "error", finding.where, finding.message
