"""Is the graph as it should be? The shapes of the ontology, and what no shape can say."""

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass

from onrecord.model import vocabulary as words
from onrecord.rdf.audit import audit_findings
from onrecord.rdf.files import Files, Finding
from onrecord.rdf.namespaces import RDF, REC
from onrecord.rdf.shapes import shape_findings
from onrecord.workspace import Workspace, find, reading

__all__ = ["Finding", "Report", "check"]


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
    with ExitStack() as stack:
        for folder in where.graphs:
            stack.enter_context(reading(folder))
        files = Files(where, words.read(where.ontology_files()))
    findings = files.broken or [*shape_findings(files), *audit_findings(files)]
    return Report(tuple(sorted(set(findings), key=_rank)), _counts(files))


def _rank(finding: Finding) -> tuple[bool, str, str]:
    return finding.severity != "error", finding.where, finding.message


def _counts(files: Files) -> dict[str, int]:
    entities = [
        graph for path, graph in files.graphs.items() if path.stem == "entities"
    ]
    return {
        "documents": len(set(files.union.subjects(RDF.type, REC.Document))),
        "statements": len(set(files.union.subjects(RDF.type, REC.Statement))),
        "entities": len(
            {node for graph in entities for node in graph.subjects(RDF.type)}
        ),
    }
