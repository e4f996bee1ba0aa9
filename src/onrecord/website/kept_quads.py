"""The quads of a graph as the site that stands holds them: those of files that did not change are not read anew.

To read all out of a store takes five times as long as to unpack the site's own copy.
"""

import gzip
import hashlib
import io
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import pyoxigraph as ox

from onrecord.querying.ask import Graph
from onrecord.querying.protocol import engine_of
from onrecord.store.files import versions
from onrecord.store.manifest import manifest
from onrecord.website import folder
from onrecord.website.quads import graph_of, lines_of_text

PACKED = "-/graph.nq.gz"
"""The site's copy of the graph."""


def digests(graph: Graph) -> dict[str, str]:
    """What changes with the files of each named graph; one with a file that changed as it was read is left out."""
    engine_of(graph)  # it is open from here on, so that its files are known
    if graph.files is None:
        return {}
    parts: defaultdict[str, list[str]] = defaultdict(list)
    for entry in manifest(graph.workspace, graph.files):
        parts[entry.graph] += [entry.path, entry.digest]
    return {
        name: _digest([versions(), *texts])
        for name, texts in parts.items()
        if name and all(texts)
    }


def _digest(texts: Sequence[str]) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:32]


def lines_since(
    graph: Graph, target: Path, before: folder.Written, now: Mapping[str, str]
) -> Sequence[str] | None:
    """The lines of all quads, sorted; None where the site holds none that are still so."""
    same = {name for name in now if before.graphs.get(name) == now[name]}
    packed = _packed(target, before) if same else None
    if packed is None:
        return None
    lines = lines_of_text(gzip.decompress(packed))
    kept = [line for line in lines if graph_of(line)[1:-1] in same]
    return sorted(kept + _others(graph, same))


def _packed(target: Path, before: folder.Written) -> bytes | None:
    """The site's copy; None where it is not what was written."""
    with suppress(OSError):
        packed = (target / PACKED).read_bytes()
        if before.files.get(PACKED) == {PACKED: folder.digest(packed)}:
            return packed
    return None


def _others(graph: Graph, same: Collection[str]) -> list[str]:
    """The lines of all graphs but some."""
    engine, lines = engine_of(graph), list[str]()
    for name in engine.named_graphs():
        if not isinstance(name, ox.NamedNode) or name.value not in same:
            written = io.BytesIO()
            engine.dump(written, format=ox.RdfFormat.N_TRIPLES, from_graph=name)
            for line in lines_of_text(written.getvalue()):
                lines.append(f"{line.removesuffix('.')}{name} .")
    return lines
