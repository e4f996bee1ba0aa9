"""Files that a person asked for: whole or not at all, and never over another's."""

import os
from pathlib import Path

import pytest

from onrecord.model.errors import NotWritten
from onrecord.workspace import write_file


def test_a_file_is_written_and_may_be_written_again(tmp_path: Path) -> None:
    target = tmp_path / "out.ttl"
    assert write_file([b"one", b" two"], target) == target
    write_file([b"three"], target)
    assert target.read_bytes() == b"three"
    assert target.stat().st_mode & 0o777 == 0o644


def test_a_file_of_another_is_overwritten_by_force_alone(
    tmp_path: Path,
) -> None:
    target = tmp_path / "mine.txt"
    target.write_bytes(b"precious")
    with pytest.raises(NotWritten, match="--force overwrites it"):
        write_file([b"new"], target)
    assert target.read_bytes() == b"precious"
    write_file([b"new"], target, force=True)
    assert target.read_bytes() == b"new"


def test_a_file_that_was_changed_since_is_another_s(tmp_path: Path) -> None:
    target = write_file([b"one"], tmp_path / "out.ttl")
    target.write_bytes(b"one, and a note by hand")
    with pytest.raises(NotWritten, match="was changed since"):
        write_file([b"two"], target)


def test_a_writer_that_fails_half_way_leaves_the_old_file_and_nothing_beside_it(
    tmp_path: Path,
) -> None:
    target = write_file([b"old"], tmp_path / "out.ttl")

    def pieces():
        yield b"new"
        raise OSError(28, os.strerror(28))

    with pytest.raises(
        NotWritten, match="No space left on device; nothing was changed"
    ):
        write_file(pieces(), target)
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["out.ttl"]


@pytest.mark.parametrize("name", ["none/out.ttl", "file/out.ttl"])
def test_a_place_that_is_no_folder_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NotWritten, match=r"out\.ttl: No"):
        write_file([b""], tmp_path / name)


def test_a_folder_is_not_overwritten_even_by_force(tmp_path: Path) -> None:
    with pytest.raises(NotWritten, match="is a folder; name a file in it"):
        write_file([b""], tmp_path, force=True)


def test_what_was_written_is_not_noted_under_a_relative_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    write_file([b"one"], tmp_path / "out.ttl")
    assert not (tmp_path / "relative").exists()
    assert (
        tmp_path / "home" / ".local" / "state" / "onrecord" / "written.json"
    ).is_file()


def test_a_link_is_written_through(tmp_path: Path) -> None:
    (tmp_path / "link.ttl").symlink_to("real.ttl")
    assert write_file([b"one"], tmp_path / "link.ttl") == tmp_path / "real.ttl"
    assert (tmp_path / "link.ttl").is_symlink()
    assert (tmp_path / "real.ttl").read_bytes() == b"one"


def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_file([b"one", b" two"], pipe)
    assert os.read(reader, 100) == b"one two"
    os.close(reader)
    assert pipe.is_fifo()


def test_standard_output_may_be_named_as_a_device(tmp_path: Path) -> None:
    read, write = os.pipe()
    write_file([b"text"], Path(f"/proc/self/fd/{write}"))
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        assert pipe.read() == b"text"
    assert not any(tmp_path.iterdir())


def test_a_pipe_that_nobody_reads_from_is_not_waited_for(
    tmp_path: Path,
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(NotWritten, match="a pipe that nobody reads from"):
        write_file([b"one"], pipe, force=True)


def test_a_device_stays_a_device() -> None:
    write_file([b"one"], Path(os.devnull))
    assert Path(os.devnull).is_char_device()


@pytest.mark.parametrize(("mask", "mode"), [(0o077, 0o600), (0o022, 0o644)])
def test_the_umask_is_kept_to(tmp_path: Path, mask: int, mode: int) -> None:
    before = os.umask(mask)
    try:
        target = write_file([b"one"], tmp_path / "out.ttl")
    finally:
        os.umask(before)
    assert target.stat().st_mode & 0o777 == mode


def test_a_file_beside_another_is_not_written_over_for_a_third(
    tmp_path: Path,
) -> None:
    nodes = tmp_path / "graph-nodes.csv"
    write_file([b"one"], nodes, beside=tmp_path / "graph.cypher")
    write_file([b"two"], nodes, beside=tmp_path / "graph.cypher")
    with pytest.raises(NotWritten, match=r"belongs to .*graph\.cypher"):
        write_file([b"three"], nodes, beside=tmp_path / "graph.csv")
    assert nodes.read_bytes() == b"two"


def test_no_file_bears_the_suffix_of_an_office_program_that_is_none(
    tmp_path: Path,
) -> None:
    with pytest.raises(NotWritten, match=r"this is no \.xlsx file"):
        write_file([b"a,b\n"], tmp_path / "out.xlsx", force=True)
    assert not (tmp_path / "out.xlsx").exists()
