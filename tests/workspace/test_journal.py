"""All files or none: full disk, read-only folder, kill -9, two at once. Each in processes of their own, as in life."""

import subprocess
import sys

import pytest

from onrecord import workspace
from onrecord.store.check import check

START = """
import ctypes, os, resource, signal, sys
from pathlib import Path
from onrecord import editing, workspace
from onrecord.model.errors import NotWritten

folder, files = Path(sys.argv[1]), sys.argv[2:]
mine = workspace.find(folder)
"""
ADD = """
try:
    editing.add(files, workspace=mine)
except NotWritten as error:
    sys.exit(str(error))
"""
FULL = "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))"
"""No file may grow beyond 20 kB, which is how a full disk answers: in the middle of a write."""

READ_ONLY = """
(folder / "graphs" / "{}").chmod(0o555)
if os.geteuid() == 0:  # even root keeps to the mode without its capabilities (capset, with none of them set)
    header, none = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    assert ctypes.CDLL(None).capset(header, none) == 0
"""
KILLED = """
old = {path: path.read_bytes() for path in folder.rglob("*.ttl")}

def snapshot():
    with workspace.reading(mine.home):
        return {path: path.read_bytes() for path in folder.rglob("*.ttl")}

def reset():
    for path in snapshot():
        path.unlink()
    for path, content in old.items():
        path.write_bytes(content)

def add(step):
    "Ends itself before it touches the graphs for the step-th time."
    left = step
    def watch(event, arguments):
        nonlocal left
        touches = event in {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "shutil.rmtree"}
        if touches and str(arguments[0]).startswith(str(mine.home)):
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
    child = os.fork()
    if child == 0:
        sys.addaudithook(watch)
        editing.add(files, workspace=mine)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

assert add(0) == 0
new = snapshot()
for step in range(1, 500):
    reset()
    code, found = add(step), snapshot()
    print(code, "old" if found == old else "new" if found == new else "half")
    if code == 0:
        break
"""


def run(desk, code: str, *files, **more) -> "subprocess.CompletedProcess[str]":
    command = [
        sys.executable,
        "-c",
        START + code,
        str(desk.workspace.root),
        *map(str, files),
    ]
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=250,
        check=False,
        **more,
    )


@pytest.mark.parametrize(
    "trouble",
    [FULL, READ_ONLY.format("."), READ_ONLY.format("documents")],
    ids=["full", "read-only", "read-only-below"],
)
def test_a_full_disk_or_a_read_only_folder_leaves_the_old_files_whole(
    desk, trouble: str
) -> None:
    desk.put(desk.told(desk.said()))
    path, before = (
        desk.write(
            desk.told(*(desk.said(gist=f"gist {n}") for n in range(99)))
        ),
        desk.files(),
    )
    done = run(desk, trouble + ADD, path)
    for folder in (desk.graphs, desk.graphs / "documents"):
        folder.chmod(0o755)
    assert (done.returncode, done.stdout) == (1, "")
    assert f"{desk.graphs}: " in done.stderr
    assert "; nothing was changed" in done.stderr
    assert desk.files() == before
    assert not (desk.graphs / ".stage").exists()
    assert run(desk, ADD, path).returncode == 0


def test_kill_9_at_any_step_of_an_add_leaves_old_or_new_and_never_half(
    desk,
) -> None:
    desk.put(desk.told(desk.said()), desk.told(desk.said(), name="two"))
    changed = [
        desk.told(desk.said("urges", "Studio Ten")),
        desk.told(
            desk.said(), desk.said("opposes", "regulation"), name="three"
        ),
        {"entity": {"name": "Newcomer", "type": "Person"}},
    ]
    done = run(desk, KILLED, desk.write(*changed))
    assert done.stderr == ""
    outcomes = done.stdout.splitlines()
    assert set(outcomes) == {"-9 old", "-9 new", "0 new"}
    assert outcomes == sorted(outcomes, key=["-9 old", "-9 new", "0 new"].index)
    assert outcomes.count("-9 new") > 5


def test_two_adds_at_once_both_arrive(desk) -> None:
    paths = [
        desk.write(desk.told(desk.said(), name=name), name=f"{name}.jsonl")
        for name in ("one", "two", "three")
    ]
    command = [sys.executable, "-c", START + ADD, str(desk.workspace.root)]
    running = [subprocess.Popen([*command, str(path)]) for path in paths]
    assert [each.wait(250) for each in running] == [0, 0, 0]
    assert len(desk.ask("SELECT ?d { ?d a :Document }")) == 3
    assert check(desk.workspace).passed


@pytest.mark.timeout(120)
def test_the_process_that_writes_a_folder_may_read_it(desk) -> None:
    with workspace.writing(desk.graphs) as commit:
        assert desk.ask("SELECT ?s { ?s a :Statement }") == []
        commit({"documents/gone.ttl": None})


def test_a_reader_waits_for_the_writer(desk) -> None:
    code = "print(flush=True)\nwith workspace.reading(mine.home): print((mine.home / 'new.ttl').read_text())"
    command = [sys.executable, "-c", START + code, str(desk.workspace.root)]
    with workspace.writing(desk.graphs) as commit:
        reader = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert reader.stdout.readline() == "\n"
        with pytest.raises(subprocess.TimeoutExpired):
            reader.wait(0.3)
        commit({"new.ttl": b"# new"})
    assert reader.communicate(timeout=100)[0] == "# new\n"
