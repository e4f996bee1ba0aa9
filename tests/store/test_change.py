"""A cache that was changed holds what one made anew holds, whatever changed, and is never seen half changed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.model.iris import BASE
from onrecord.store import change, manifest
from onrecord.store.build import build
from onrecord.store.cache import open_store
from onrecord.store.seal import is_whole
from onrecord.workspace import Workspace, find

PREFIXES = """
@prefix : <https://w3id.org/onrecord/> .
@prefix code: <https://w3id.org/onrecord/code/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix doc: <https://w3id.org/onrecord/doc/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix run: <https://w3id.org/onrecord/run/> .
@prefix st: <https://w3id.org/onrecord/statement/> .
@prefix topic: <https://w3id.org/onrecord/topic/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
NAMES = ("Ada", "Studio", "Paintbot", "Guild")
CLASSES = ("Person", "Company", "AISystem", "Film", "Group")
RELATIONS = (
    *("urges", "partnersWith", "licensesTo", "usesAIIn", "concernedAbout"),
    *("notConcernedAbout", "sues", "worksFor", "leads"),
)
OBJECTS = (*(f":{name}" for name in NAMES), "topic:job-displacement")
DOCUMENTS = ("one", "two", "three")
IDS = tuple(f"{number:012x}" for number in range(6))

statements = st.fixed_dictionaries(
    {
        "actors": st.sets(st.sampled_from(NAMES), min_size=1, max_size=2),
        "relation": st.sampled_from(RELATIONS),
        "object": st.sampled_from(OBJECTS),
        "negated": st.sampled_from(["false", "false", "true"]),
        "status": st.sampled_from(["unreviewed", "accepted", "rejected"]),
        "run": st.sampled_from(["hand", "program"]),
        "said": st.sampled_from(
            ["", '"2025-01-02"^^xsd:date', '"2025"^^xsd:gYear']
        ),
        "disputes": st.sampled_from(["", "", *IDS]),
        "instrument": st.sampled_from(["", "", "Paintbot"]),
        "confidence": st.sampled_from(["0.9", "0.90", "0.5"]),
    }
)
changes = st.one_of(
    st.tuples(
        st.just("document"),
        st.sampled_from(DOCUMENTS),
        st.dictionaries(st.sampled_from(IDS), statements, max_size=3),
        st.sampled_from(["", '"2024-05"^^xsd:gYearMonth', '"2026"^^xsd:gYear']),
    ),
    st.tuples(
        st.just("entities"),
        st.fixed_dictionaries(
            {name: st.sampled_from(CLASSES) for name in NAMES}
        ),
    ),
    st.tuples(st.just("gone"), st.sampled_from(DOCUMENTS)),
    st.tuples(st.just("runs"), st.sampled_from(["curation", "extraction"])),
)


def statement(key: str, row: dict, document: str) -> str:
    actors = ", ".join(f":{name}" for name in sorted(row["actors"]))
    optional = [
        f":saidOn {row['said']} ;" if row["said"] else "",
        f":disputes st:{row['disputes']} ;" if row["disputes"] else "",
        f":instrument :{row['instrument']} ;" if row["instrument"] else "",
    ]
    return (
        f"st:{document[0]}{key[1:]} a :Statement ; :actor {actors} ; :relation :{row['relation']} ;"
        f" :object {row['object']} ; :negated {row['negated']} ; :modality code:actual ;"
        f" :reportBasis code:self-report ; :reviewStatus code:{row['status']} ; {' '.join(optional)}"
        f" :confidence {row['confidence']} ; prov:wasGeneratedBy run:{row['run']} ; :document doc:{document} .\n"
    )


def write(graphs: Path, change: tuple) -> None:
    """Carries a change out in the files."""
    kind, what, *rest = change
    if kind == "document":
        said, issued = rest
        text = f"doc:{what} a :Document ; rdfs:label '{what}' .\n"
        text += f"doc:{what} dcterms:issued {issued} .\n" if issued else ""
        text += "".join(statement(key, row, what) for key, row in said.items())
        (graphs / "documents" / f"{what}.ttl").write_text(PREFIXES + text)
    elif kind == "entities":
        blocks = (
            f":{name} a :{cls} ;\n    rdfs:label '{name}' .\n"
            for name, cls in what.items()
        )
        text = "\n".join([PREFIXES.strip("\n") + "\n", *blocks])
        (graphs / "entities.ttl").write_text(text)
    elif kind == "gone":
        (graphs / "documents" / f"{what}.ttl").unlink(missing_ok=True)
    else:
        text = f"run:program :runKind code:{what} . run:hand :runKind code:curation .\n"
        (graphs / "runs.ttl").write_text(PREFIXES + text)


@pytest.fixture(autouse=True)
def caches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home for the caches of one test."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(manifest, "WORTH_A_COPY", 0)
    return tmp_path / "cache" / "onrecord"


@pytest.fixture
def changed(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """For every store that was not kept yet: whether it was made by changing an older one."""
    outcomes: list[bool] = []
    fill = change.fill_from

    def watched(*given: object) -> bool:
        outcomes.append(fill(*given))
        return outcomes[-1]

    monkeypatch.setattr(change, "fill_from", watched)
    return outcomes


@given(st.lists(changes, min_size=2, max_size=6))
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
    ],
)
def test_a_changed_cache_is_one_made_anew_after_any_changes(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple]
) -> None:
    root = tmp_path_factory.mktemp("changing")
    (root / "graphs" / "documents").mkdir(parents=True)
    write(root / "graphs", ("entities", dict.fromkeys(NAMES, "Company")))
    write(root / "graphs", ("runs", "extraction"))
    workspace = find(root)
    open_store(workspace)
    for row in rows:
        write(root / "graphs", row)
        assert set(open_store(workspace)) == set(build(workspace))


def document(workspace: Workspace) -> Path:
    return workspace.home / "documents" / "example-herald-2025-ada-asks.ttl"


def replace_in(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def edges_of(store: ox.Store) -> set[str]:
    ada = ox.NamedNode(BASE + "Ada-Example")
    quads = store.quads_for_pattern(ada, None, None, cache_edges())
    return {quad.predicate.value.removeprefix(BASE) for quad in quads}


def cache_edges() -> ox.NamedNode:
    return ox.NamedNode(f"{BASE}graph/edges")


def test_a_changed_document_is_put_into_a_branch_of_the_cache(
    small: Workspace, caches: Path, changed: list[bool]
) -> None:
    open_store(small)
    replace_in(document(small), ":relation :urges", ":relation :sues")
    assert edges_of(open_store(small)) == {"sues"}
    assert changed == [True]
    folders = [entry for entry in caches.iterdir() if entry.is_dir()]
    assert len(folders) == 2
    assert all(is_whole(folder) for folder in folders)


def test_a_file_that_was_only_touched_changes_nothing(
    small: Workspace, changed: list[bool]
) -> None:
    before = set(open_store(small))
    os.utime(document(small))
    assert set(open_store(small)) == before
    assert changed == [True]


def test_an_older_cache_is_found_again(
    small: Workspace, changed: list[bool]
) -> None:
    open_store(small)
    text = document(small).read_text(encoding="utf-8")
    replace_in(document(small), ":relation :urges", ":relation :sues")
    open_store(small)
    document(small).write_text(text, encoding="utf-8")
    assert edges_of(open_store(small)) == {"urges"}
    assert changed == [True, True]


def test_what_says_what_relations_are_makes_everything_anew(
    small: Workspace, changed: list[bool]
) -> None:
    open_store(small)
    with document(small).open("a", encoding="utf-8") as file:
        file.write(":urges :aboutObject true .\n")
    assert set(open_store(small)) == set(build(small))
    assert changed == [False]
    assert edges_of(open_store(small)) == set()


def test_a_broken_older_cache_is_not_built_upon(
    small: Workspace, caches: Path, changed: list[bool]
) -> None:
    open_store(small)
    for file in caches.glob("*/*.sst"):
        os.truncate(file, file.stat().st_size // 2)
    replace_in(document(small), ":relation :urges", ":relation :sues")
    assert edges_of(open_store(small)) == {"sues"}
    assert changed == []


CHANGER = """
import sys
from pathlib import Path
from onrecord.store.cache import open_store
from onrecord.workspace import find
print("starts", flush=True)
open_store(find(Path(sys.argv[1])))
"""


@pytest.mark.parametrize("delay", [0.0, 0.02, 0.05, 0.1, 0.2])
def test_a_changer_that_is_killed_leaves_the_old_or_the_new(
    small: Workspace, caches: Path, delay: float
) -> None:
    open_store(small)
    replace_in(document(small), ":relation :urges", ":relation :sues")
    for writer in killed(small, delay):
        assert writer.returncode != 0
    assert all(
        is_whole(folder) for folder in caches.iterdir() if is_kept(folder)
    )
    assert set(open_store(small)) == set(build(small))


def is_kept(folder: Path) -> bool:
    return folder.is_dir() and "." not in folder.name


def killed(
    workspace: Workspace, delay: float
) -> Iterator[subprocess.Popen[bytes]]:
    """A process that was killed while it changed the cache, if it was not quicker."""
    writer = subprocess.Popen(
        [sys.executable, "-c", CHANGER, str(workspace.root)],
        stdout=subprocess.PIPE,
    )
    assert writer.stdout is not None
    writer.stdout.readline()
    time.sleep(delay)
    with suppress(ProcessLookupError):
        writer.send_signal(signal.SIGKILL)
    writer.communicate()
    if writer.returncode:
        yield writer


def test_of_a_registry_of_which_a_copy_is_kept_only_changed_blocks_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "graphs" / "documents").mkdir(parents=True)
    for name in DOCUMENTS:
        write(tmp_path / "graphs", ("document", name, {}, ""))
    write(tmp_path / "graphs", ("entities", dict.fromkeys(NAMES, "Company")))
    workspace = find(tmp_path)
    open_store(workspace)

    def dear(*_: object) -> None:
        message = "the whole graph was compared"
        raise AssertionError(message)

    monkeypatch.setattr(change, "_lines", dear)
    kinds = dict.fromkeys(NAMES, "Company") | {NAMES[0]: "Person"}
    write(tmp_path / "graphs", ("entities", kinds))
    assert set(open_store(workspace)) == set(build(workspace))
