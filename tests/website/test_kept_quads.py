"""The quads that a site's copy of the graph spares reading."""

import gzip
import shutil
from pathlib import Path

import pytest

from onrecord import workspace
from onrecord.querying.ask import Graph
from onrecord.website import folder
from onrecord.website.kept_quads import PACKED, digests, lines_since
from onrecord.website.quads import lines_of, parts_of

DOCUMENT = "documents/example-herald-2025-ada-asks.ttl"


@pytest.fixture
def own(odd_root: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(odd_root, tmp_path / "own"))


def opened(root: Path) -> Graph:
    return Graph(workspace.find(root))


def copied(graph: Graph, target: Path, changed=list) -> folder.Written:
    """Writes a site that has nothing but its copy of the graph, and tells what it is."""
    packed = gzip.compress(b"".join(changed(parts_of(graph))), mtime=0)
    files = {PACKED: folder.put(target, target, PACKED, packed, None)}
    return folder.Written({}, {PACKED: files}, digests(graph))


def test_after_a_change_the_lines_are_those_of_the_store(own, tmp_path) -> None:
    before = copied(opened(own), tmp_path / "site")
    document = own / "graphs" / DOCUMENT
    document.write_text(document.read_text().replace("The gist", "A gist"))
    (own / "graphs" / "documents" / "long.ttl").unlink()
    graph = opened(own)
    lines = lines_since(graph, tmp_path / "site", before, digests(graph))
    assert lines == lines_of(graph)


def test_what_did_not_change_is_taken_from_the_site(own, tmp_path) -> None:
    graph = opened(own)
    before = copied(
        graph,
        tmp_path / "site",
        lambda parts: [part.replace(b"The gist", b"A gist") for part in parts],
    )
    lines = lines_since(graph, tmp_path / "site", before, digests(graph))
    assert lines is not None
    assert any("A gist" in line for line in lines)


@pytest.mark.parametrize("what", ["altered", "gone", "of another version"])
def test_a_copy_that_is_not_what_was_written_is_not_read(
    own, tmp_path, what
) -> None:
    graph, target = opened(own), tmp_path / "site"
    before = copied(graph, target)
    if what == "altered":
        (target / PACKED).write_bytes(gzip.compress(b"a b c d .\n"))
    elif what == "gone":
        (target / PACKED).unlink()
    else:
        before.graphs = dict.fromkeys(before.graphs, "other")
    assert lines_since(graph, target, before, digests(graph)) is None
