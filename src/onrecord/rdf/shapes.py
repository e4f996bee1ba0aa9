"""The shapes of the ontology (SHACL Core), held against a graph.

The engine names the few nodes that may break a shape, and pyshacl judges these alone. It judges all nodes by a shape
that the engine cannot be asked for. A workspace's own shapes may hold queries (SHACL, section 5), which reach no
network.
"""

from collections.abc import Iterator
from typing import NoReturn

from rdflib import Graph, URIRef
from rdflib.namespace import SH
from rdflib.plugins.sparql import CUSTOM_EVALS
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.plugins.sparql.sparql import QueryContext
from rdflib.term import Node

from onrecord.model.errors import BadGraph
from onrecord.model.iris import PARTS
from onrecord.rdf import turtle
from onrecord.rdf.files import EDGES, Files, Finding
from onrecord.rdf.suspects import TARGETS, translated
from onrecord.workspace import Workspace
from onrecord.workspace.offline import is_offline, run_offline

SHIPPED_ONLY = "shipped-shapes.ttl"


def shape_findings(files: Files) -> Iterator[Finding]:
    """Each result of the validation as a finding about the node in focus; raises BadGraph for a malformed shape."""
    shapes = _shapes(files.workspace)
    _narrow(shapes, files)
    if not any((None, target, None) in shapes for target in TARGETS):
        return
    report = run_offline(lambda: _report(files, shapes))
    for result in report.objects(None, SH.result):
        yield _finding(files, report, result)


def _narrow(shapes: Graph, files: Files) -> None:
    """Has each shape that the engine understands aim at the nodes that may break it."""
    edges = files.ask(
        f"SELECT DISTINCT ?edge {{ GRAPH <{EDGES}> {{ ?a ?edge ?b }} }}"
    )
    derived = {URIRef(str(row["edge"])) for row in edges}
    for suspects in [*translated(shapes, derived)]:
        nodes = [row["this"] for row in files.ask(suspects.query)]
        for target in TARGETS:
            shapes.remove((suspects.shape, target, None))
        for node in nodes:
            if node is not None:
                shapes.add((suspects.shape, SH.targetNode, node))


def _report(files: Files, shapes: Graph) -> Graph:
    from pyshacl import validate  # noqa: PLC0415  slow to import
    from pyshacl.errors import (  # noqa: PLC0415
        ReportableRuntimeError,
        ShapeLoadError,
        ValidationFailure,
    )

    CUSTOM_EVALS["onrecord"] = _refuse_service
    try:
        _, report, _ = validate(files.union, shacl_graph=shapes, inplace=True)
    except (ReportableRuntimeError, ShapeLoadError) as error:
        message = f"the shapes of the ontology cannot be used: {error}"
        raise BadGraph(message) from error
    if isinstance(report, ValidationFailure):
        message = f"the shapes of the ontology cannot be used: {report}"
        raise BadGraph(message)
    assert isinstance(report, Graph)  # noqa: S101  what is no failure is one
    return report


def _refuse_service(_: QueryContext, part: CompValue) -> NoReturn:
    """A hook that rdflib calls for each part of a query; by NotImplementedError, rdflib evaluates the part itself."""
    if part.name == "ServiceGraphPattern" and is_offline():
        message = (
            "a query in the shapes of the ontology "
            "calls SERVICE, which reaches the network"
        )
        raise BadGraph(message)
    raise NotImplementedError


def _shapes(workspace: Workspace) -> Graph:
    """All shape files of the ontology; what only the shipped graph must keep to is asked of no other."""
    shapes = Graph(bind_namespaces="none")
    for path in workspace.shape_files():
        if path.name != SHIPPED_ONLY or workspace.is_shipped:
            for triple in turtle.read(path):
                shapes.add(triple)
    return shapes


def _finding(files: Files, report: Graph, result: Node) -> Finding:
    focus: Node = report.value(result, SH.focusNode)  # type: ignore[assignment]  # every result has one
    value = report.value(result, SH.value)
    is_warning = report.value(result, SH.resultSeverity) == SH.Warning
    severity = "warning" if is_warning else "error"
    message = str(report.value(result, SH.resultMessage))
    if value is not None and files.holds(value) and not files.holds(focus):
        focus, value = value, None
    shown = (
        f": {files.name(value)}" if value is not None and value != focus else ""
    )
    return files.finding(severity, _shown(focus), message + shown)


def _shown(node: Node) -> Node:
    """The node to name in a message: for a statement's evidence and its selectors the statement, else the node."""
    if isinstance(node, URIRef) and str(node).endswith(PARTS):
        return URIRef(str(node).rpartition("/")[0])
    return node
