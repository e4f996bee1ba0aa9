"""The shapes of the ontology (SHACL Core), held against a graph."""

from collections.abc import Iterator

from rdflib import Graph, URIRef
from rdflib.namespace import SH
from rdflib.term import Node

from onrecord.model.errors import BadGraph
from onrecord.rdf import turtle
from onrecord.rdf.files import Files, Finding
from onrecord.workspace import Workspace

SHIPPED_ONLY = "shipped-shapes.ttl"


def shape_findings(files: Files) -> Iterator[Finding]:
    """Each result of the validation as a finding about the node in focus; raises BadGraph for a shape that is none."""
    from pyshacl import validate  # noqa: PLC0415  slow to import
    from pyshacl.errors import ReportableRuntimeError, ShapeLoadError  # noqa: PLC0415

    try:
        _, report, _ = validate(
            files.union, shacl_graph=_shapes(files.workspace), inplace=True
        )
    except (ReportableRuntimeError, ShapeLoadError) as error:
        message = f"the shapes of the ontology cannot be used: {error}"
        raise BadGraph(message) from error
    for result in report.objects(None, SH.result):
        yield _finding(files, report, result)


def _shapes(workspace: Workspace) -> Graph:
    """All shape files of the ontology; what only the shipped graph must keep to is asked of no other."""
    shapes = Graph(bind_namespaces="none")
    for folder in workspace.ontology:
        for path in sorted(folder.glob("*shapes.ttl")):
            if path.name != SHIPPED_ONLY or workspace.is_shipped:
                for triple in turtle.read(path):
                    shapes.add(triple)
    return shapes


def _finding(files: Files, report: Graph, result: Node) -> Finding:
    focus: Node = report.value(result, SH.focusNode)  # type: ignore[assignment]  # every result has one
    value = report.value(result, SH.value)
    severity = (
        "warning" if report.value(result, SH.resultSeverity) == SH.Warning else "error"
    )
    message = str(report.value(result, SH.resultMessage))
    if value is not None and files.holds(value) and not files.holds(focus):
        focus, value = value, None
    shown = f": {files.name(value)}" if value is not None and value != focus else ""
    return files.finding(severity, _told(focus), message + shown)


def _told(node: Node) -> Node:
    """What a person knows a node by: the words of an evidence by their statement."""
    if isinstance(node, URIRef) and str(node).endswith(
        ("/words", "/place", "/evidence")
    ):
        return URIRef(str(node).rpartition("/")[0])
    return node
