"""Grows a graph of any size in the shipped shape: the real ontology, and copies of what ships under made-up names."""

import math
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from onrecord.model.iris import BASE, OURS
from onrecord.store.build import parse
from onrecord.workspace import Workspace, find, shipped

RDFS_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
ALIAS = "http://www.w3.org/2004/02/skos/core#altLabel"
NODE = re.compile(
    rf"({re.escape(OURS['st'])}[0-9a-f]+|{re.escape(OURS['doc'])}[^/]+)(/.*)?"
)


def grown(usual: str) -> Iterator[tuple[int, Workspace, Path]]:
    """For each size its workspace and a folder, with a cache of its own; ONRECORD_SIZES sets others than the usual."""
    for size in map(int, os.environ.get("ONRECORD_SIZES", usual).split()):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
            yield size, grow(size, folder / "grown"), folder


def grow(triples: int, folder: Path) -> Workspace:
    """A workspace in `folder` whose files hold about that many triples, the same ones every time."""
    source = shipped()
    paths = [
        path for path in source.graph_files() if path.parent.name == "documents"
    ]
    entities = list(parse(source.home / "entities.ttl"))
    numbers = {
        quad.subject.value: number
        for number, quad in enumerate(entities)
        if quad.predicate.value == RDFS_LABEL
    }
    documents = {path: list(parse(path)) for path in paths}
    (folder / "graphs" / "documents").mkdir(parents=True)
    _write(folder / "graphs" / "runs.ttl", parse(source.home / "runs.ttl"))
    copies = math.ceil(
        triples / (len(entities) + sum(map(len, documents.values())))
    )
    left = triples - copies * len(entities)
    _write(
        folder / "graphs" / "entities.ttl",
        (q for n in range(copies) for q in _renamed(entities, numbers, n)),
    )
    for copy in range(copies):
        for path, quads in documents.items():
            if left > 0:
                _write(
                    folder / "graphs" / "documents" / f"{path.stem}-{copy}.ttl",
                    _renamed(quads, numbers, copy),
                )
            left -= len(quads)
    return find(folder)


def _renamed(
    quads: list[ox.Quad], numbers: dict[str, int], copy: int
) -> Iterator[ox.Quad]:
    for quad in quads:
        value = quad.object
        if quad.predicate.value == ALIAS and isinstance(value, ox.Literal):
            value = ox.Literal(f"{value.value} of copy {copy}", language="en")
        elif (
            quad.predicate.value == RDFS_LABEL and quad.subject.value in numbers
        ):
            value = ox.Literal(
                f"Entity {numbers[quad.subject.value]} of copy {copy}",
                language="en",
            )
        yield ox.Quad(
            _name(quad.subject, numbers, copy),
            quad.predicate,
            _name(value, numbers, copy),
        )


def _name(
    term: ox.NamedNode | ox.Literal, numbers: dict[str, int], copy: int
) -> ox.NamedNode | ox.Literal:
    if not isinstance(term, ox.NamedNode):
        return term
    if term.value in numbers:
        return ox.NamedNode(f"{BASE}Entity-{numbers[term.value]}-{copy}")
    node = NODE.fullmatch(term.value)
    if node is None:
        return term
    mark = f"{copy:04x}" if node[1].startswith(OURS["st"]) else f"-{copy}"
    return ox.NamedNode(f"{node[1]}{mark}{node[2] or ''}")


def _write(path: Path, quads: Iterator[ox.Quad]) -> None:
    path.write_text(
        "".join(
            f"{quad.subject} {quad.predicate} {quad.object} .\n"
            for quad in quads
        ),
        encoding="utf-8",
    )
