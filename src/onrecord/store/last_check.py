"""The last check of a workspace, so that the next one looks only at what changed since.

A file is looked at again where it changed, and where it names or tells of something that changed. Of a registry that
stands, so are the entities that a changed statement names or named, since an entity should be named somewhere. Every
other file, and every other entity, keeps its findings.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from operator import attrgetter
from pathlib import Path

import pyoxigraph as ox

from onrecord.model.iris import GRAPHS
from onrecord.rdf.files import Finding
from onrecord.rdf.view import graph_of
from onrecord.store.cache import kept_store, replace
from onrecord.store.files import lineage
from onrecord.store.manifest import changed_graphs, read_manifest
from onrecord.store.surroundings import (
    EDGES,
    ONTOLOGY,
    looks_near,
    namings,
    surroundings,
)
from onrecord.workspace import Workspace
from onrecord.workspace.homes import cache_home

ON_ALL = frozenset({"", GRAPHS["ontology"], GRAPHS["edges"]})
"""Graphs on which what is right anywhere may depend."""
VALUES = attrgetter(*(field.name for field in fields(Finding)))
"""The values of a finding, as they are: `astuple` copies each, of many thousands for seconds."""
ENTITIES = ox.NamedNode(GRAPHS["entities"])
Subject = ox.NamedNode | ox.BlankNode | ox.Triple


@dataclass(frozen=True, slots=True)
class LastCheck:
    """The key of the store that was checked, the digest of the shapes, and what was found."""

    key: str
    shapes: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Touched:
    """The graphs to look at again, and of a registry that is not one of them the entities, by their IRIs."""

    graphs: frozenset[str]
    entities: frozenset[str] = frozenset()


def read_last(workspace: Workspace) -> LastCheck | None:
    """The last check of the same folders; None where there is none, or it tells nothing of the next."""
    try:
        row = json.loads(_place(workspace).read_text(encoding="utf-8"))
        findings = tuple(Finding(*finding) for finding in row["findings"])
        last = LastCheck(row["key"], row["shapes"], findings)
    except (OSError, ValueError, TypeError, KeyError):
        return None
    is_same = last.shapes == _shapes(workspace) and looks_near(workspace)
    return last if is_same else None


def keep_last(
    workspace: Workspace, key: str, findings: Iterable[Finding]
) -> None:
    """Keeps what a check found; what cannot be kept is found again."""
    rows = list(map(VALUES, findings))
    row = {"key": key, "shapes": _shapes(workspace), "findings": rows}
    replace(_place(workspace), json.dumps(row, ensure_ascii=False))


def _place(workspace: Workspace) -> Path:
    return cache_home() / f"{lineage(workspace)}.checked"


def _shapes(workspace: Workspace) -> str:
    """A digest of all shapes, and of what only the shipped graph must keep to."""
    sha = hashlib.sha256(str(workspace.is_shipped).encode())
    for path in workspace.shape_files():
        sha.update(path.read_bytes())
    return sha.hexdigest()


def changed_since(last: LastCheck, store: ox.Store, key: str) -> Touched | None:
    """What to look at again in a store that is kept under a key.

    None where all must be: the ontology changed, or one of the two stores is kept no more.
    """
    old, home = kept_store(last.key), cache_home()
    before, after = read_manifest(home / last.key), read_manifest(home / key)
    graphs = changed_graphs(before, after)
    if old is None or not after or not graphs.isdisjoint(ON_ALL):
        return None
    changed: set[ox.Quad] = set()
    for graph in graphs:
        changed |= _changed(old, store, ox.NamedNode(graph))
    near: set[str] = set()
    for node in {quad.subject for quad in changed}:
        near.update(_naming(store, node))
    if ENTITIES.value in graphs | near:
        return Touched(graphs | near)
    return Touched(graphs | near, frozenset(_named(changed)))


def _changed(old: ox.Store, new: ox.Store, graph: ox.NamedNode) -> set[ox.Quad]:
    """What a graph says now and did not, or said and does not."""
    before = set(old.quads_for_pattern(None, None, None, graph))
    return before ^ set(new.quads_for_pattern(None, None, None, graph))


def _named(quads: Iterable[ox.Quad]) -> Iterator[str]:
    for quad in quads:
        if isinstance(quad.object, ox.NamedNode):
            yield quad.object.value


def _naming(store: ox.Store, node: Subject) -> Iterator[str]:
    """The graphs of files that name a node, or tell of it."""
    for quad in store.quads_for_pattern(node, None, None, None):
        yield from _of_files(quad)
    for quad in store.quads_for_pattern(None, None, node, None):
        yield from _of_files(quad)


def _of_files(quad: ox.Quad) -> Iterator[str]:
    if quad.graph_name not in {EDGES, ONTOLOGY}:
        yield graph_of(quad)


def part(store: ox.Store, touched: Touched) -> ox.Store:
    """A store of what is touched, and of as much of all else as its check looks at."""
    few = ox.Store()
    for graph in touched.graphs:
        few.extend(
            store.quads_for_pattern(None, None, None, ox.NamedNode(graph))
        )
    for entity in touched.entities:
        few.extend(
            store.quads_for_pattern(ox.NamedNode(entity), None, None, ENTITIES)
        )
    few.extend(surroundings(store, [*few]))
    registry = few.quads_for_pattern(None, None, None, ENTITIES)
    few.extend(namings(store, {quad.subject for quad in registry}))
    return few
