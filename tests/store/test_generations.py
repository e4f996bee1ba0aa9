"""The folder of a writable store holds what was published, whatever else was begun."""

import errno
import os
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from onrecord import workspace
from onrecord.model.errors import BadInput, NotWritten
from onrecord.store.generations import Generations, held

INSERT = "INSERT DATA { GRAPH <https://a.example/g> { <https://a.example/s> <https://a.example/p> %d } }"


def published(generations: Generations, number: int) -> str:
    """A generation with one triple more."""
    name = generations.next()
    store = ox.Store(str(generations.branch(name)))
    store.update(INSERT % number)
    store.flush()
    del store
    generations.secure(name)
    generations.publish(name)
    return name


def size(generations: Generations, name: str) -> int:
    return len(ox.Store.read_only(str(generations.path(name))))


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_branch_holds_what_is_published_and_never_changes_it(
    tmp_path: Path,
) -> None:
    with held(tmp_path / "data") as generations:
        assert generations.current() is None
        first = published(generations, 1)
        before = content(generations.path(first))
        second = published(generations, 2)
        for number in range(3, 7):
            last = published(generations, number)
        assert content(generations.path(first)) == before
        assert [size(generations, name) for name in (first, second, last)] == [
            1,
            2,
            6,
        ]
        assert generations.current() == last


def test_the_files_of_a_branch_are_shared_where_they_never_change(
    tmp_path: Path,
) -> None:
    with held(tmp_path / "data") as generations:
        first = generations.path(published(generations, 1))
        branch = generations.branch(generations.next())
        shared = {
            path.name for path in branch.iterdir() if path.stat().st_nlink > 1
        }
        assert shared == {path.name for path in first.glob("*.sst")} != set()


def test_a_file_system_without_hard_links_copies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    with held(tmp_path / "data") as generations:
        published(generations, 1)
        last = published(generations, 2)
        assert all(
            path.stat().st_nlink == 1
            for path in generations.path(last).iterdir()
        )
        assert size(generations, last) == 2


def test_what_was_not_published_is_gone_at_the_next_start(
    tmp_path: Path,
) -> None:
    with held(tmp_path / "data") as generations:
        published(generations, 1)
        last = published(generations, 2)
        generations.branch(generations.next())
        (tmp_path / "data" / "current.new").write_text("3-", encoding="ascii")
    with held(tmp_path / "data") as generations:
        assert (generations.current(), generations.names()) == (last, [last])


def test_what_is_used_stays(tmp_path: Path) -> None:
    with held(tmp_path / "data") as generations:
        names = [published(generations, number) for number in range(3)]
        generations.sweep({names[0]})
        assert sorted(generations.names()) == [names[0], names[2]]


def test_a_folder_is_held_by_one_alone(tmp_path: Path) -> None:
    twice = pytest.raises(BadInput, match="served by another onrecord already")
    with held(tmp_path / "data"), twice, held(tmp_path / "data"):
        pytest.fail("it was held twice")
    with held(tmp_path / "data") as generations:
        assert generations.current() is None


def test_a_folder_with_other_things_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").touch()
    with pytest.raises(BadInput, match="holds something else"), held(tmp_path):
        pytest.fail("it was held")
    assert os.listdir(tmp_path) == ["letter.txt"]  # noqa: PTH208  names are what is compared


@pytest.mark.parametrize(
    "place", [".", "graphs", "graphs/documents", "texts/data"]
)
def test_a_workspace_is_left_alone(
    small: workspace.Workspace, place: str
) -> None:
    with (
        pytest.raises(BadInput, match="belongs to the workspace"),
        held(small.root / place),
    ):
        pytest.fail("it was held")
    assert not list(small.root.rglob("lock"))


def test_a_store_may_stand_beside_a_workspace_s_folders(
    small: workspace.Workspace,
) -> None:
    with held(small.root / "data") as generations:
        published(generations, 1)


@pytest.mark.parametrize("lost", ["current", "generations"])
def test_a_store_with_a_part_lost_is_never_taken_for_a_new_one(
    tmp_path: Path, lost: str
) -> None:
    with held(tmp_path / "data") as generations:
        published(generations, 1)
        published(generations, 2)
    path = tmp_path / "data" / lost
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    with pytest.raises(BadInput, match="is missing"), held(tmp_path / "data"):
        pytest.fail("it was held")


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with (
        pytest.raises(NotWritten, match="Not a directory"),
        held(tmp_path / "file" / "data"),
    ):
        pytest.fail("it was held")
