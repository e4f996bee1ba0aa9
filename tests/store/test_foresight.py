"""The edges that a change would make, tried on a branch that is thrown away."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox

import onrecord
from onrecord.store import foresight
from onrecord.store.cache import open_store
from onrecord.workspace.homes import cache_home


def test_the_branch_is_closed_before_it_is_thrown_away(tmp_path, monkeypatch):
    @contextmanager
    def beside(_: Path) -> Iterator[str]:
        with tempfile.TemporaryDirectory(dir=tmp_path) as folder:
            yield folder
            ox.Store(folder)  # the engine lets nobody open what is open

    workspace = onrecord.init(tmp_path / "field")
    open_store(workspace)
    monkeypatch.setattr(foresight, "_beside", beside)
    assert foresight.foreseen_edges(workspace, (), ()) == (set(), set())


def test_nothing_is_left_of_the_branch(tmp_path):
    workspace = onrecord.init(tmp_path / "field")
    open_store(workspace)
    kept = set(cache_home().iterdir())
    foresight.foreseen_edges(workspace, (), ())
    assert set(cache_home().iterdir()) == kept
