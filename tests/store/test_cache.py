"""A cache saves time and nothing else: what it answers is what the files say."""

import logging
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pyoxigraph as ox
import pytest

from onrecord.model.errors import BadGraph
from onrecord.store import cache
from onrecord.store.build import build
from onrecord.store.cache import (
    MOST_KEPT,
    UNUSED_SECONDS,
    open_store,
    open_workspace,
)
from onrecord.store.seal import is_whole, seal
from onrecord.workspace import Workspace

BUILDER = """
import sys
from pathlib import Path
from onrecord.store.cache import open_store
from onrecord.workspace import find
print("starts", flush=True)
print(len(open_store(find(Path(sys.argv[1])))))
"""


@pytest.fixture(autouse=True)
def caches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home for the caches of one test."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "onrecord"


@pytest.fixture
def large(small: Workspace) -> Workspace:
    """A workspace whose cache takes a moment to build."""
    (document,) = (small.home / "documents").glob("*.ttl")
    text = document.read_text(encoding="utf-8")
    for number in range(300):
        copy = document.with_name(f"copy-{number}.ttl")
        copy.write_text(
            text.replace("00000000000a", f"{number:012x}"), encoding="utf-8"
        )
    return small


def labels(store: ox.Store) -> set[str]:
    found = store.query(
        "SELECT ?label { ?x a/rdfs:subClassOf* :Agent ; rdfs:label ?label }",
        **UNION,
    )
    return {row["label"].value for row in found}


UNION = {
    "prefixes": {
        "": "https://w3id.org/onrecord/",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    },
    "use_default_graph_as_union": True,
}


def rename(small: Workspace, new: str) -> None:
    path = small.home / "entities.ttl"
    path.write_text(
        path.read_text(encoding="utf-8").replace("Ada Example", new),
        encoding="utf-8",
    )


def quads(store: ox.Store) -> set[ox.Quad]:
    return set(store)


def kept(caches: Path) -> list[Path]:
    """The folders of stores; beside them lies the name of the newest."""
    return [entry for entry in caches.iterdir() if entry.is_dir()]


def files_of(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def test_the_second_opening_reads_the_cache_and_holds_the_same_quads(
    small: Workspace, caches: Path
) -> None:
    built = open_workspace(small)
    assert built.keep is not None
    built.keep()
    assert len(kept(caches)) == 1
    again = open_workspace(small)
    assert again.keep is None
    assert quads(again.store) == quads(built.store)
    assert len(again.store) > 100


def test_a_changed_file_makes_the_cache_stale(small: Workspace) -> None:
    assert "Ada Example" in labels(open_store(small))
    rename(small, "Ada Renamed")
    assert "Ada Renamed" in labels(open_store(small))


def test_a_file_of_the_same_size_and_another_time_makes_the_cache_stale(
    small: Workspace,
) -> None:
    open_store(small)
    rename(small, "Eve Example")
    path = small.home / "entities.ttl"
    os.utime(path, ns=(0, path.stat().st_mtime_ns + 1))
    assert "Eve Example" in labels(open_store(small))


def test_a_file_of_the_same_size_and_time_makes_the_cache_stale(
    small: Workspace,
) -> None:
    open_store(small)
    path = small.home / "entities.ttl"
    before = path.stat()
    rename(small, "Eve Example")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert "Eve Example" in labels(open_store(small))


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.8, 0.95])
@pytest.mark.parametrize(
    "kind", ["MANIFEST-*", "*.sst", "CURRENT", "onrecord.seal"]
)
def test_a_cache_with_any_file_cut_is_made_again(
    small: Workspace, caches: Path, kind: str, share: float
) -> None:
    whole = quads(open_store(small))
    for file in caches.glob(f"*/{kind}"):
        os.truncate(file, int(file.stat().st_size * share))
    assert quads(open_store(small)) == whole
    assert open_workspace(small).keep is None, "it is kept again"
    assert quads(open_store(small)) == whole


@pytest.mark.parametrize(
    "kind", ["MANIFEST-*", "*.sst", "CURRENT", "OPTIONS-*"]
)
def test_a_cache_with_a_byte_changed_is_made_again(
    small: Workspace, caches: Path, kind: str
) -> None:
    whole = quads(open_store(small))
    for file in caches.glob(f"*/{kind}"):
        state = file.stat()
        content = bytearray(file.read_bytes())
        content[len(content) // 2] ^= 1
        file.write_bytes(content)
        os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert quads(open_store(small)) == whole
    assert open_workspace(small).keep is None, "it is kept again"


def test_a_cache_without_one_of_its_files_is_made_again(
    small: Workspace, caches: Path
) -> None:
    whole = quads(open_store(small))
    next(caches.glob("*/*.sst")).unlink()
    assert quads(open_store(small)) == whole


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_sealed_cache_that_the_engine_refuses_leaves_no_process_that_waits(
    small: Workspace,
    caches: Path,
    command: Callable[..., "subprocess.CompletedProcess[str]"],
) -> None:
    open_store(small)
    (place,) = kept(caches)
    for file in place.glob("*.sst"):
        file.write_bytes(b"no database")
    seal(place)
    words = [
        "-C",
        small.root,
        "query",
        "SELECT ?x { ?x a :Person }",
        "-f",
        "csv",
    ]
    for _ in range(2):
        assert "Ada-Example" in command(*words).stdout
        end = time.monotonic() + 60
        while time.monotonic() < end and processes_with(str(small.root)):
            time.sleep(0.1)
        assert processes_with(str(small.root)) == []
    assert is_whole(place)


def processes_with(word: str) -> list[str]:
    """The command lines that run and have a word in them."""
    lines = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            lines.append(path.read_text(encoding="utf-8", errors="replace"))
    return [line for line in lines if word in line.split("\0")]


def test_a_cache_that_was_copied_is_still_whole(
    small: Workspace, caches: Path
) -> None:
    whole = quads(open_store(small))
    shutil.copytree(caches, caches.with_name("copy"))
    shutil.rmtree(caches)
    caches.with_name("copy").rename(caches)
    again = open_workspace(small)
    assert again.keep is None
    assert quads(again.store) == whole


def test_an_added_file_makes_the_cache_stale(small: Workspace) -> None:
    open_store(small)
    shutil.copy(small.home / "entities.ttl", small.home / "more.ttl")
    rename(small, "Bo Example")
    assert {"Ada Example", "Bo Example"} <= labels(open_store(small))


def test_a_broken_cache_is_made_again(small: Workspace, caches: Path) -> None:
    whole = quads(open_store(small))
    for file in files_of(caches):
        file.write_bytes(b"no database")
    assert quads(open_store(small)) == whole
    assert quads(open_store(small)) == whole


def test_a_cut_cache_is_made_again(small: Workspace, caches: Path) -> None:
    whole = quads(open_store(small))
    for file in files_of(caches):
        if file.suffix == ".sst":
            os.truncate(file, file.stat().st_size // 2)
    assert quads(open_store(small)) == whole


def test_an_empty_folder_in_the_place_of_the_cache_is_made_a_cache(
    small: Workspace, caches: Path
) -> None:
    whole = quads(open_store(small))
    (place,) = kept(caches)
    shutil.rmtree(place)
    place.mkdir()
    assert quads(open_store(small)) == whole
    assert (place / "CURRENT").exists()


def test_a_home_that_is_no_folder_costs_only_time_and_is_said(
    small: Workspace, caches: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caches.parent.mkdir()
    caches.write_text("a file", encoding="utf-8")
    with caplog.at_level(logging.INFO):
        assert "Ada Example" in labels(open_store(small))
    assert "no cache is kept in" in caplog.text
    assert caches.read_text(encoding="utf-8") == "a file"


def test_a_home_that_is_no_absolute_path_is_ignored(
    small: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    open_store(small)
    assert not (tmp_path / "relative").exists()
    assert (tmp_path / "home" / ".cache" / "onrecord").is_dir()


def test_a_file_that_does_not_parse_is_named_by_line_and_nothing_is_kept(
    small: Workspace, caches: Path
) -> None:
    (small.home / "documents" / "bad.ttl").write_text(
        "<http://e/a> <http://e/b>\n  oops .\n", encoding="utf-8"
    )
    with pytest.raises(BadGraph, match=r"documents/bad\.ttl:2: "):
        open_store(small)
    assert not caches.exists()


def test_many_commands_at_once_give_one_cache(
    small: Workspace, caches: Path
) -> None:
    command = [sys.executable, "-c", BUILDER, str(small.root)]
    with ThreadPoolExecutor(4) as pool:
        found = list(
            pool.map(
                lambda _: subprocess.run(
                    command, capture_output=True, timeout=60, check=True
                ),
                range(4),
            )
        )
    assert len({each.stdout for each in found}) == 1
    assert {each.stderr for each in found} == {b""}
    assert len(kept(caches)) == 1


@pytest.mark.parametrize("delay", [0.0, 0.1, 0.2, 0.3, 0.4])
def test_a_builder_that_is_killed_leaves_no_half_cache(
    large: Workspace, caches: Path, delay: float
) -> None:
    builder = subprocess.Popen(
        [sys.executable, "-c", BUILDER, str(large.root)], stdout=subprocess.PIPE
    )
    assert builder.stdout is not None
    builder.stdout.readline()
    time.sleep(delay)
    builder.send_signal(signal.SIGKILL)
    builder.communicate()
    expected = 300 * 14
    for _ in range(2):
        assert len(open_store(large)) > expected
    assert [path for path in kept(caches) if "." not in path.name]


def test_caches_that_nobody_opened_for_a_week_go_when_one_is_built(
    small: Workspace, caches: Path
) -> None:
    open_store(small)
    (old,) = kept(caches)
    left_behind = caches / f"{7:032x}.abcd_123"
    left_behind.mkdir()
    fresh = caches / f"{8:032x}.abcd_123"
    fresh.mkdir()
    for each in (old, left_behind):
        os.utime(each, (0, time.time() - UNUSED_SECONDS - 60))
    rename(small, "Ada Renamed")
    open_store(small)
    assert not old.exists()
    assert not left_behind.exists()
    assert fresh.exists()


@pytest.mark.parametrize(
    "name", ["notes", "0123", f"{7:032x}.txt", "A" * 32, f"{7:032x}-mine"]
)
def test_a_folder_that_is_no_cache_is_nobody_s_to_delete(
    small: Workspace, caches: Path, name: str
) -> None:
    (caches / name).mkdir(parents=True)
    (caches / name / "work.txt").write_text("years of it", encoding="utf-8")
    os.utime(caches / name, (0, 0))
    open_store(small)
    assert (caches / name / "work.txt").read_text(
        encoding="utf-8"
    ) == "years of it"


def test_a_link_among_the_caches_is_left_with_what_it_leads_to(
    small: Workspace, caches: Path, tmp_path: Path
) -> None:
    (tmp_path / "work").mkdir()
    caches.mkdir(parents=True, exist_ok=True)
    (caches / f"{7:032x}").symlink_to(tmp_path / "work")
    os.utime(tmp_path / "work", (0, 0))
    open_store(small)
    assert (caches / f"{7:032x}").is_symlink()
    assert (tmp_path / "work").is_dir()


def test_an_opened_cache_counts_as_used(small: Workspace, caches: Path) -> None:
    open_store(small)
    (place,) = kept(caches)
    os.utime(place, (0, 0))
    open_store(small)
    assert place.stat().st_mtime > time.time() - 60


def test_no_more_than_a_few_caches_are_kept(
    small: Workspace, caches: Path
) -> None:
    for number in range(MOST_KEPT + 5):
        (caches / f"{number:032x}").mkdir(parents=True)
    open_store(small)
    assert len(kept(caches)) <= MOST_KEPT + 1


def test_a_large_graph_is_made_on_disk_and_holds_the_same(
    shipped: Workspace, caches: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "LARGE", 1)
    opened = open_workspace(shipped)
    assert opened.keep is None, "the cache is kept already"
    assert len(kept(caches)) == 1
    assert set(opened.store) == set(build(shipped))


def test_a_large_graph_whose_cache_cannot_be_kept_answers_from_memory(
    small: Workspace, caches: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "LARGE", 1)
    caches.parent.write_text("no folder", encoding="utf-8")
    assert "Ada Example" in labels(open_store(small))


def test_a_broken_file_of_a_large_graph_is_named(
    small: Workspace, caches: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "LARGE", 1)
    (small.home / "entities.ttl").write_text(":Ada a", encoding="utf-8")
    with pytest.raises(BadGraph, match=r"entities\.ttl:1"):
        open_store(small)
    assert kept(caches) == [], "nothing half-made is left"
