"""A workspace that somebody else made: nothing in it writes, deletes, moves or shows what lies outside."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

import onrecord
from onrecord import workspace
from onrecord.editing.curation import merge
from onrecord.editing.editor import undo
from onrecord.editing.following import Fetching, fetch, followed
from onrecord.editing.removing import remove
from onrecord.editing.reviewing import waiting
from onrecord.model.errors import (
    BadGraph,
    BadInput,
    NoWorkspace,
    OnRecordError,
    Untrusted,
)
from onrecord.networks.edge_statements import edge_statements
from onrecord.querying.ask import Graph
from onrecord.store.check import check
from onrecord.store.sync.ledger import Ledger
from onrecord.workspace import journal, log
from onrecord.workspace.seal import seal

WORDS = "what nobody else may read"
HOSTILE = [
    "{outside}",
    "../../outside.txt",
    "documents/../../../outside.txt",
    "../texts/../../outside.txt",
]


@pytest.fixture
def outside(tmp_path: Path):
    """A file that lies outside of the workspace, and must be the same afterwards."""
    file = tmp_path / "outside.txt"
    file.write_text(WORDS, encoding="utf-8")
    yield file
    assert file.read_text(encoding="utf-8") == WORDS


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def staged(
    folder: Path, changes: list[list[object]], make_seal: Callable[[str], str]
) -> Path:
    """A stage as a writer leaves it who dies after the moment of commitment."""
    stage = folder / ".stage"
    stage.mkdir()
    (stage / "0").write_bytes(b"planted")
    listed = json.dumps(changes)
    (stage / "manifest.json").write_text(
        json.dumps({"changes": listed, "seal": make_seal(listed)}),
        encoding="utf-8",
    )
    return stage


def use(desk) -> list[Callable[[], object]]:
    """What reads, what writes, what looks for faults."""
    return [
        lambda: onrecord.ask("works", workspace=desk.workspace),
        lambda: desk.put({"entity": {"name": "Newcomer", "type": "Person"}}),
        lambda: check(desk.workspace),
        lambda: undo(workspace=desk.workspace),
    ]


PLANTED = b"planted"
MANIFESTS = {
    "of-the-first-form": '[["0", "documents/new.ttl"]]',
    "out-of-the-first-form": '[["0", "{outside}"], [null, "{outside}"]]',
    "unsealed": '{"changes": "[[0, \\"documents/new.ttl\\", \\"00\\"]]"}',
    "with-a-seal-of-nobody": '{"changes": "[]", "seal": "00"}',
    "with-a-seal-in-strange-letters": '{"changes": "[]", "seal": "\\ud800é"}',
    "of-no-form": '[[[["',
    "of-a-number": "1",
    "deep": "[" * 100_000,
    "of-nothing": "",
}


@pytest.mark.parametrize("manifest", MANIFESTS.values(), ids=MANIFESTS)
def test_a_stage_that_came_with_a_workspace_is_not_carried_out(
    desk, outside: Path, manifest: str
) -> None:
    desk.put(desk.told(desk.said()))
    before = desk.files()
    (desk.graphs / ".stage").mkdir()
    (desk.graphs / ".stage" / "0").write_bytes(PLANTED)
    text = manifest.replace("{outside}", str(outside))
    (desk.graphs / ".stage" / "manifest.json").write_text(
        text, encoding="utf-8"
    )
    for act in use(desk):
        with pytest.raises(
            Untrusted, match=r"not begun here by you.*undo --unfinished"
        ):
            act()
    assert desk.files() == before


@pytest.mark.parametrize("path", HOSTILE)
def test_even_a_sealed_stage_reaches_no_file_outside(
    desk, outside: Path, path: str
) -> None:
    target = path.format(outside=outside)
    for change in ([0, target, sha256(PLANTED)], [1, target, None]):
        stage = staged(
            desk.graphs,
            [change],
            lambda text: seal(desk.graphs, journal.PURPOSE, text.encode()),
        )
        with pytest.raises(
            Untrusted, match="no file that a workspace may have"
        ):
            onrecord.ask("works", workspace=desk.workspace)
        shutil.rmtree(stage)


def test_a_stage_sealed_elsewhere_or_changed_since_is_not_carried_out(
    desk, tmp_path: Path
) -> None:
    change = [0, "documents/new.ttl", sha256(PLANTED)]
    stage = staged(
        desk.graphs,
        [change],
        lambda text: seal(tmp_path, journal.PURPOSE, text.encode()),
    )
    with pytest.raises(Untrusted):
        check(desk.workspace)
    shutil.rmtree(stage)
    stage = staged(
        desk.graphs,
        [change],
        lambda text: seal(desk.graphs, journal.PURPOSE, text.encode()),
    )
    (stage / "0").write_bytes(b"something else")
    with pytest.raises(Untrusted):
        check(desk.workspace)
    (stage / "0").write_bytes(PLANTED)
    with workspace.reading(desk.graphs):
        assert (desk.graphs / "documents" / "new.ttl").read_bytes() == PLANTED


@pytest.mark.parametrize("name", [".stage", ".lock", ".stage/manifest.json"])
@pytest.mark.timeout(120)
def test_a_link_or_a_pipe_in_the_place_of_a_stage_or_lock_is_refused(
    desk, tmp_path: Path, name: str
) -> None:
    place = desk.graphs / name
    for make in (
        lambda: place.symlink_to(tmp_path / "else"),
        lambda: os.mkfifo(place),
    ):
        place.parent.mkdir(exist_ok=True)
        place.unlink(missing_ok=True)
        make()
        with pytest.raises(Untrusted):
            desk.put({"entity": {"name": "Newcomer", "type": "Person"}})
        place.unlink()
        assert not (tmp_path / "else").exists()


def test_an_unfinished_change_of_another_is_set_aside_on_request_and_kept(
    desk, command
) -> None:
    desk.put(desk.told(desk.said()))
    staged(desk.graphs, [[0, "documents/new.ttl", "00"]], lambda _: "00")
    told = command("-C", desk.workspace.root, "query", "works")
    assert (told.returncode, told.stdout) == (1, "")
    assert "`onrecord undo --unfinished` sets it aside" in told.stderr
    done = command("-C", desk.workspace.root, "undo", "--unfinished")
    aside = desk.graphs / ".set-aside-1"
    assert done.stdout == f"set aside: {aside}\n"
    assert (aside / "0").read_bytes() == PLANTED
    assert command("-C", desk.workspace.root, "query", "works").returncode == 0
    again = command("-C", desk.workspace.root, "undo", "--unfinished")
    assert (
        again.stderr
        == f"onrecord: {desk.graphs} has no unfinished change of another\n"
    )


def test_two_unfinished_changes_are_both_kept(desk) -> None:
    for number in (1, 2):
        staged(desk.graphs, [], lambda _: "00")
        assert (
            workspace.set_aside(desk.graphs)
            == desk.graphs / f".set-aside-{number}"
        )
    with pytest.raises(BadInput):
        workspace.set_aside(desk.graphs)


@pytest.mark.parametrize(
    "path", ["{outside}", "../../outside.txt", "documents/new.ttl"]
)
@pytest.mark.parametrize("given", [None, "00", 5])
def test_a_log_that_came_with_a_workspace_is_not_carried_out(
    desk, outside: Path, path: str, given: object
) -> None:
    before, target = desk.files(), path.format(outside=outside)
    after = {
        target: sha256(outside.read_bytes()) if "outside" in target else None
    }
    line = {
        "on": "2025",
        "what": "a merge",
        "before": {target: "planted"},
        "after": after,
        "seal": given,
    }
    (desk.workspace.root / "log.jsonl").write_text(
        json.dumps(line) + "\n", encoding="utf-8"
    )
    with pytest.raises(
        Untrusted, match="not written by you for the workspace in this place"
    ):
        undo(workspace=desk.workspace)
    assert desk.files() == before


def sealed_log(
    root: Path, before: dict[str, str | None], after: dict[str, str | None]
) -> None:
    fields = {
        "on": "2025",
        "what": "a merge",
        "before": before,
        "after": after,
        "for_good": False,
    }
    made = seal(root, log.PURPOSE, json.dumps(fields, sort_keys=True).encode())
    (root / "log.jsonl").write_text(
        json.dumps(fields | {"seal": made}) + "\n", encoding="utf-8"
    )


def test_a_sealed_log_is_carried_out_in_the_workspace_s_own_folders(
    desk,
) -> None:
    sealed_log(desk.workspace.root, {"documents/new.ttl": "planted"}, {})
    undo(workspace=desk.workspace)
    assert (desk.graphs / "documents" / "new.ttl").read_bytes() == PLANTED


@pytest.mark.parametrize("path", HOSTILE)
@pytest.mark.parametrize("before", ["planted", None])
def test_even_a_sealed_log_reaches_no_file_outside(
    desk, outside: Path, path: str, before: str | None
) -> None:
    target = path.format(outside=outside)
    for after in ({target: sha256(outside.read_bytes())}, {}):
        sealed_log(desk.workspace.root, {target: before}, after)
        with pytest.raises(
            Untrusted, match="no file that a workspace may have"
        ):
            undo(workspace=desk.workspace)


NO_LINES = [
    "",
    "{}",
    "[]",
    "null",
    '{"on": "2025", "before": {}, "after": {}}',
    "[" * 99_999,
]


@pytest.mark.parametrize("line", NO_LINES, ids=range(len(NO_LINES)))
def test_a_line_of_the_log_that_is_none_keeps_nobody_from_removing(
    desk, line: str
) -> None:
    desk.put(desk.told(desk.said()))
    (desk.workspace.root / "log.jsonl").write_text(
        f"{line}\n", encoding="utf-8"
    )
    with pytest.raises(Untrusted):
        undo(workspace=desk.workspace)
    assert (
        remove("example-news-undated-one", workspace=desk.workspace).statements
        == 1
    )
    lines = (
        (desk.workspace.root / "log.jsonl")
        .read_text(encoding="utf-8")
        .splitlines()
    )
    assert [json.loads(line)["what"] for line in lines] == [
        "removal of document example-news-undated-one"
    ]


def test_a_workspace_that_was_moved_is_read_and_changed_and_only_its_old_log_is_not_taken_back(
    desk, desk_at
) -> None:
    desk.put(desk.told(desk.said("urges", "Studio Ten")))
    merge("Studio Nine", "Studio Ten", workspace=desk.workspace)
    moved = desk_at(
        desk.workspace.root.rename(desk.workspace.root.with_name("moved"))
    )
    assert onrecord.ask("works", workspace=moved.workspace) is not None
    with pytest.raises(Untrusted, match="or the workspace was moved"):
        undo(workspace=moved.workspace)
    whole = moved.files()
    onrecord.rename("Bob Sample", "Rob Sample", workspace=moved.workspace)
    undo(workspace=moved.workspace)
    assert moved.files() == whole
    back = desk_at(moved.workspace.root.rename(desk.workspace.root))
    assert (
        undo(workspace=back.workspace).what
        == "merge of Studio Ten into Studio Nine"
    )


@pytest.mark.parametrize(
    "digest",
    ["../../outside", "{outside}", "../../outside.txt\\u0000", "..", "x"],
)
def test_a_hash_that_is_none_shows_and_deletes_nothing(
    desk, outside: Path, digest: str
) -> None:
    desk.put(
        desk.told(desk.said(quote={"exact": "nobody", "start": 5, "end": 11}))
    )
    path = desk.graphs / "documents" / "example-news-undated-one.ttl"
    text = path.read_text(encoding="utf-8")
    told = digest.replace("{outside}", str(outside.with_suffix("")))
    path.write_text(
        text.replace("schema:url", f':sha256 "{told}" ; schema:url'),
        encoding="utf-8",
    )
    (desk.workspace.root / "texts").mkdir()
    (item,) = waiting(desk.workspace)
    assert (item.before, item.after) == ("", "")
    messages = [finding.message for finding in check(desk.workspace).findings]
    assert any(
        "has a hash of its text that is none" in message for message in messages
    )
    remove("example-news-undated-one", workspace=desk.workspace)


def test_a_file_that_tells_of_another_document_does_not_have_that_one_written(
    desk,
) -> None:
    desk.put(desk.told(desk.said()), desk.told(desk.said(), name="two"))
    one, two = (
        desk.graphs / "documents" / f"example-news-undated-{name}.ttl"
        for name in ("one", "two")
    )
    one.write_text(one.read_text().replace("undated-one", "undated-two"))
    before = desk.files()
    with pytest.raises(BadGraph, match=r"one\.ttl tells of another document"):
        onrecord.rename("Ada Example", "Eda Example", workspace=desk.workspace)
    assert desk.files() == before
    assert two.is_file()


MARRED = [
    ("code:report", '"report"'),
    ("code:actual", '"a code"'),
    ("code:report-source", "[]"),
    (":confidence ", ":confidence 1e999 ; :note "),
    (":confidence ", ':confidence "sure"; :note '),
    ("oa:start 5", 'oa:start "five"'),
    ("oa:end 11", 'oa:end "-1"'),
    (":relation :concernedAbout", ":relation :of-no-ontology"),
    (":actor :Ada-Example", ":actor <urn:nobody>"),
    ("prov:wasGeneratedBy", ":note"),
    (" a :Document", " a :Text"),
]


@pytest.mark.parametrize(("right", "wrong"), MARRED)
def test_a_document_with_values_that_are_none_is_told_in_words_and_can_be_removed(
    desk, right: str, wrong: str
) -> None:
    desk.put(
        desk.told(desk.said(quote={"exact": "nobody", "start": 5, "end": 11}))
    )
    path = desk.graphs / "documents" / "example-news-undated-one.ttl"
    text = path.read_text(encoding="utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong), encoding="utf-8")
    for work in (
        lambda: waiting(desk.workspace),
        lambda: edge_statements(Graph(desk.workspace)),
        lambda: check(desk.workspace),
    ):
        with suppress(OnRecordError):
            work()
    remove("example-news-undated-one", workspace=desk.workspace)
    assert not path.exists()


GARBAGE = {
    "deep": "[" * 100_000,
    "of-no-texts": '[{"url": 5, "title": null, "seen": [1]}]',
    "of-a-file": '[{"url": "file:///etc/passwd", "seen": []}]',
    "of-a-header": '[{"url": "https://e.example", "etag": "a\\r\\nb: c", "seen": []}]',
    "of-a-number": "1",
}


@pytest.mark.parametrize("content", GARBAGE.values(), ids=GARBAGE)
@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("feeds.json", followed),
        ("graphs/ambiguous.json", workspace.Workspace.ambiguous_forms),
    ],
)
def test_lists_that_came_with_a_workspace_and_are_none_are_told_in_words(
    desk, name: str, read, content: str
) -> None:
    (desk.workspace.root / name).write_text(content, encoding="utf-8")
    with pytest.raises(BadInput, match=name.rpartition("/")[2]):
        read(desk.workspace)


def test_feeds_are_noted_through_no_link_beside_them(
    desk, outside: Path
) -> None:
    root = desk.workspace.root
    feed = '[{"url": "http://127.0.0.1:1/feed", "title": "", "seen": []}]'
    (root / "feeds.json").write_text(feed, encoding="utf-8")
    for name in (".feeds.json.new", "feeds.json.new", ".feeds.json"):
        (root / name).symlink_to(outside)
    fetch(desk.workspace, Fetching(pause=0.0))
    assert [feed.url for feed in followed(desk.workspace)] == [
        "http://127.0.0.1:1/feed"
    ]


LINKED = [
    "graphs/documents",
    "texts",
    "graphs",
    "graphs/entities.ttl",
    "graphs/documents/x.ttl",
    "log.jsonl",
]


@pytest.mark.parametrize("name", LINKED)
def test_a_linked_folder_or_file_is_neither_written_nor_read_through(
    desk, tmp_path: Path, name: str
) -> None:
    record = desk.told(desk.said(), text="Ada Example is worried.")
    desk.put(record)
    merge("Studio Nine", "Studio Ten", workspace=desk.workspace)
    place = desk.workspace.root / name
    elsewhere = tmp_path / "elsewhere"
    if place.exists():
        place.rename(elsewhere)
    else:
        elsewhere.mkdir() if "." not in name else elsewhere.touch()
    place.symlink_to(elsewhere)
    before, refused = snapshot(elsewhere), []
    for act in [
        *use(desk),
        lambda: remove("example-news-undated-one", workspace=desk.workspace),
    ]:
        with suppress(
            BadInput
        ):  # what cannot be taken back, since the one before changed the same files
            refused.append(is_refused(act))
    assert any(refused)
    assert snapshot(elsewhere) == before
    assert place.is_symlink()


def test_no_lock_is_made_and_no_stage_cleared_in_a_folder_that_the_graphs_lead_to(
    desk, tmp_path: Path
) -> None:
    desk.graphs.rename(tmp_path / "kept")
    (tmp_path / "else" / ".stage").mkdir(parents=True)
    desk.graphs.symlink_to(tmp_path / "else")
    for act in (lambda: workspace.set_aside(desk.graphs), use(desk)[3]):
        with pytest.raises(Untrusted, match="is a link"):
            act()
    assert [path.name for path in (tmp_path / "else").rglob("*")] == [".stage"]


def is_refused(act: Callable[[], object]) -> bool:
    try:
        act()
    except (Untrusted, BadGraph):
        return True
    return False


def snapshot(place: Path) -> dict[Path, bytes]:
    """Every file there; not the lock, which holds nothing."""
    files = place.rglob("*") if place.is_dir() else [place]
    return {
        path: path.read_bytes()
        for path in files
        if path.is_file() and path.name != ".lock"
    }


@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    "name",
    [
        "graphs/x.ttl",
        "graphs/documents/x.ttl",
        "ontology/x.ttl",
        "queries/x.rq",
    ],
)
def test_a_pipe_in_the_place_of_a_file_is_told_and_keeps_nobody_waiting(
    desk, command, name: str
) -> None:
    pipe = desk.workspace.root / name
    pipe.parent.mkdir(exist_ok=True)
    os.mkfifo(pipe)
    done = command(
        "-C",
        desk.workspace.root,
        "questions" if name.endswith("rq") else "stats",
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(
        f"onrecord: {pipe}: is a link or no plain file"
    )


@pytest.mark.parametrize(
    "owned", [".", "onrecord.toml", "graphs", "graphs/entities.ttl"]
)
def test_a_workspace_of_another_user_is_used_only_when_it_is_named(
    desk, command, owned: str
) -> None:
    below = desk.workspace.root / "mine"
    below.mkdir()
    if os.geteuid() != 0:
        pytest.skip("only root can give a file to another user")
    os.chown(desk.workspace.root / owned, 12345, 12345)
    told = command("stats", cwd=below)
    assert (told.returncode, told.stdout) == (1, "")
    assert (
        f"{desk.workspace.root} is a workspace of another user (uid 12345)"
        in told.stderr
    )
    assert f"name it: -C {desk.workspace.root}" in told.stderr
    assert command("stats", cwd=desk.workspace.root).returncode == 1
    assert (
        command("-C", desk.workspace.root, "stats", cwd=below).returncode == 0
    )
    assert command("-C", below, "stats").returncode == 1, (
        "the folder above it was not named"
    )
    assert (
        command("stats", cwd=below, env={"SUDO_UID": "12345"}).returncode == 0
    )


def test_another_user_s_workspace_is_refused_for_whoever_runs_this(
    desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(desk.graphs)
    assert workspace.find().root == desk.workspace.root
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    with pytest.raises(NoWorkspace, match="of another user"):
        workspace.find()
    assert workspace.find(desk.workspace.root).root == desk.workspace.root


def test_init_writes_through_no_link(tmp_path: Path) -> None:
    for name in ("onrecord.toml", ".gitignore"):
        folder = tmp_path / f"in-{name}"
        folder.mkdir()
        (folder / name).symlink_to(tmp_path / "planted")
        with pytest.raises(OnRecordError):
            workspace.init(folder)
        assert not (tmp_path / "planted").exists()


def test_a_ledger_that_came_with_a_workspace_says_nothing(
    small: workspace.Workspace, tmp_path: Path
) -> None:
    Ledger(small, "http://a.example/").holds("urn:one", "11")
    (file,) = (small.root / ".onrecord").glob("*.jsonl")
    ours = file.read_text(encoding="utf-8")
    with file.open("a") as lines:
        lines.write(
            '["urn:two", "22"]\n["urn:three", null, "00"]\n["urn:four"]\n5\n'
        )
        lines.write(ours.replace("urn:one", "urn:five"))
    assert Ledger(small, "http://a.example/").marks == {"urn:one": "11"}
    copy = workspace.find(shutil.copytree(small.root, tmp_path / "copy"))
    assert Ledger(copy, "http://a.example/").marks == {}


@pytest.mark.parametrize("name", [".onrecord", "file"])
def test_a_linked_ledger_is_refused(
    small: workspace.Workspace, tmp_path: Path, name: str
) -> None:
    Ledger(small, "http://a.example/").holds("urn:one", "11")
    (file,) = (small.root / ".onrecord").glob("*.jsonl")
    place = file if name == "file" else file.parent
    place.rename(tmp_path / "elsewhere")
    place.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Untrusted, match="is a link"):
        Ledger(small, "http://a.example/")


def test_the_key_is_one_s_own_and_lies_outside_the_workspace(
    desk, homes: Path
) -> None:
    desk.put(desk.told(desk.said()))
    key = homes / "state" / "onrecord" / "seal.key"
    assert key.stat().st_mode & 0o777 == 0o600
    assert key.stat().st_size == 32


SPOILED = [
    lambda key: key.chmod(0o644),
    lambda key: key.write_bytes(b"short"),
    lambda key: key.unlink() or key.symlink_to("/etc/passwd"),
]


@pytest.mark.parametrize("spoil", SPOILED, ids=["for-all", "short", "linked"])
def test_a_key_that_others_may_know_is_refused_in_words(
    desk, tmp_path: Path, command, spoil
) -> None:
    env = {"XDG_STATE_HOME": str(tmp_path / "state")}
    words = ("-C", desk.workspace.root, "rename", "Bob Sample")
    assert command(*words, "Rob Sample", env=env).returncode == 0
    spoil(tmp_path / "state" / "onrecord" / "seal.key")
    done = command(*words[:-1], "Rob Sample", "Tob Sample", env=env)
    assert done.returncode == 1
    assert "seal.key" in done.stderr
    assert "take it away" in done.stderr


def test_where_no_key_can_be_kept_changes_are_made_and_not_taken_back(
    desk, tmp_path: Path, command
) -> None:
    (tmp_path / "file").touch()
    env = {"XDG_STATE_HOME": str(tmp_path / "file")}
    assert (
        command(
            "-C",
            desk.workspace.root,
            "rename",
            "Bob Sample",
            "Rob Sample",
            env=env,
        ).returncode
        == 0
    )
    done = command("-C", desk.workspace.root, "undo", env=env)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "not written by you" in done.stderr


WRITER = """
import os, signal, sys
from pathlib import Path
from onrecord import workspace

put = Path.replace
def die(path, target):
    put(path, target)
    os.kill(os.getpid(), signal.SIGKILL)
Path.replace = die
with workspace.writing(Path(sys.argv[1])) as commit:
    print("holds", flush=True)
    sys.stdin.readline()
    commit({"one.ttl": b"# new", "two.ttl": b"# new"})
"""
"""Dies when the first of two files is in place."""
READER = """
import sys
from pathlib import Path
from onrecord import workspace
folder = Path(sys.argv[1])
print("reads", flush=True)
with workspace.reading(folder):
    print((folder / "one.ttl").read_text(), (folder / "two.ttl").read_text())
"""


def test_a_reader_that_waits_for_a_writer_which_dies_reads_the_whole_change(
    desk,
) -> None:
    for name in ("one.ttl", "two.ttl"):
        (desk.graphs / name).write_text("# old", encoding="utf-8")
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with (
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(desk.graphs)], **pipes
        ) as writer,
        subprocess.Popen(
            [sys.executable, "-c", f"input()\n{READER}", str(desk.graphs)],
            **pipes,
        ) as reader,
    ):
        assert writer.stdout.readline() == "holds\n"
        reader.stdin.write("\n")
        reader.stdin.flush()
        assert reader.stdout.readline() == "reads\n"
        time.sleep(0.5)
        writer.communicate("\n", timeout=100)
        assert reader.communicate(timeout=100)[0] == "# new # new\n"
