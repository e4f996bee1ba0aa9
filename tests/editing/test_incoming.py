"""What comes in is held against the rules by what it touches, with the messages of a check of everything."""

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from onrecord.editing.incoming import refuse_faulty
from onrecord.model.errors import BadGraph
from onrecord.model.iris import BASE, PREFIXES
from onrecord.store.check import check
from onrecord.store.surroundings import BACKWARDS, NAMING
from onrecord.workspace import Workspace, find

FILE = "documents/example-herald-2025-ada-asks.ttl"
RELATION = ox.NamedNode(f"{BASE}relation")
"""Leads from a relation, which no check of a part looks at, to its statements."""
IS = "https://w3id.org/onrecord/"
FAULTS = {
    "an actor that no registry knows": (":Ada-Example", ":Nobody-At-All"),
    "a relation of nobody": (":relation :", ":relation :un"),
    "a negation that is none": (":negated false", ':negated "no"'),
    "a confidence beyond one": ("0.9", "7.9"),
}


@pytest.fixture
def standing(small: Workspace) -> tuple[Workspace, str]:
    """A workspace, and the one document in it."""
    return small, (small.graphs[0] / FILE).read_text(encoding="utf-8")


def errors(where: Workspace) -> set[str]:
    findings = check(find(where.root)).findings
    shown = (
        row for row in findings if row.severity == "error" and FILE in row.where
    )
    return {f"{row.where}: {row.message}" for row in shown}


def refused(where: Workspace, files: dict[str, bytes]) -> tuple[int, set[str]]:
    """How many faults there are, and those that are shown."""
    with pytest.raises(BadGraph) as caught:
        refuse_faulty(where, files)
    head, *lines = str(caught.value).splitlines()
    return int(head.split()[0]), {line for line in lines if "more" not in line}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_file_that_comes_in_is_told_what_a_check_would_tell_of_it(
    standing: tuple[Workspace, str], fault: str
) -> None:
    where, text = standing
    broken = text.replace(*FAULTS[fault])
    assert broken != text
    count, shown = refused(where, {FILE: broken.encode()})
    (where.graphs[0] / FILE).write_text(broken, encoding="utf-8")
    expected = errors(where)
    assert (count, shown - expected) == (len(expected), set())


def test_shapes_of_a_workspace_may_look_anywhere(
    standing: tuple[Workspace, str],
) -> None:
    where, text = standing
    (Path(where.root) / "ontology").mkdir(exist_ok=True)
    (Path(where.root) / "ontology" / "my-shapes.ttl").write_text(
        f"@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <{IS}> .\n"
        ":Mine a sh:NodeShape ; sh:targetClass :Document ; sh:property [\n"
        "sh:path ( [ sh:inversePath :document ] :actor :unheard ) ; sh:minCount 1 ; sh:message 'unheard' ] .",
        encoding="utf-8",
    )
    _, shown = refused(find(where.root), {FILE: text.encode()})
    assert any(line.endswith("unheard") for line in shown)


def test_what_shapes_follow_backwards_is_looked_up_when_something_comes_in(
    shipped: Workspace,
) -> None:
    (shapes,) = (
        path for path in shipped.shape_files() if path.name == "shapes.ttl"
    )
    errors, _, warnings = shapes.read_text(encoding="utf-8").partition(
        "# Warnings:"
    )
    assert followed(errors) == {term.value for term in BACKWARDS}
    assert followed(warnings) == {term.value for term in (*NAMING, RELATION)}


def followed(shapes: str) -> set[str]:
    names = re.findall(r"sh:inversePath (\w*):(\w+)", shapes)
    return {
        (PREFIXES[prefix] if prefix else BASE) + name for prefix, name in names
    }
