"""Which folders a command works on, and what `init` makes."""

import subprocess
import sys
from pathlib import Path

import pytest

import onrecord
from onrecord import workspace
from onrecord.model.errors import BadInput, NotWritten, NoWorkspace


def test_the_workspace_at_or_above_a_folder_is_found_as_git_finds_its_own(
    desk,
) -> None:
    below = desk.workspace.root / "graphs" / "documents"
    assert workspace.find(below).root == desk.workspace.root
    assert workspace.find(desk.workspace.root).root == desk.workspace.root


def test_entities_alone_make_a_workspace_and_so_does_the_mark(
    tmp_path: Path,
) -> None:
    (tmp_path / "one" / "graphs").mkdir(parents=True)
    (tmp_path / "one" / "graphs" / "entities.ttl").touch()
    (tmp_path / "two").mkdir()
    (tmp_path / "two" / "onrecord.toml").touch()
    for name in ("one", "two"):
        assert workspace.find(tmp_path / name).root == tmp_path / name


def test_a_named_folder_outside_any_workspace_is_an_error(
    tmp_path: Path,
) -> None:
    with pytest.raises(
        NoWorkspace,
        match=r"is no workspace and lies in none; `onrecord init '.*/my notes'` makes one",
    ):
        workspace.find(tmp_path / "my notes")


def test_without_a_workspace_what_ships_is_used_and_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    found = workspace.find()
    assert found.is_shipped
    with pytest.raises(NoWorkspace):
        _ = found.home


def test_a_checkout_is_a_workspace_also_while_its_graph_is_made_anew() -> None:
    root = workspace.shipped().root
    assert root is not None
    assert workspace.find(root) == workspace.shipped()
    without_entities = "from pathlib import Path; is_file = Path.is_file\n"
    without_entities += "Path.is_file = lambda path: path.name != 'entities.ttl' and is_file(path)\n"
    code = (
        without_entities
        + "from onrecord import workspace; print(workspace.find(Path.cwd()).home)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == f"{root / 'graphs'}\n"


def test_a_workspace_asks_the_shipped_questions_and_its_own_of_its_own_graph(
    desk,
) -> None:
    (desk.workspace.root / "queries" / "mine.rq").write_text(
        "", encoding="utf-8"
    )
    (desk.workspace.root / "queries" / "actors.rq").write_text(
        "", encoding="utf-8"
    )
    files = workspace.find(desk.workspace.root).question_files()
    assert (
        files["mine"].parent
        == files["actors"].parent
        == desk.workspace.root / "queries"
    )
    assert files["who-urges-whom"].is_file()
    assert {
        path.parents[1]
        for path in desk.workspace.graph_files()
        if path.parent.name == "documents"
    } <= {desk.graphs}


def test_with_shipped_adds_the_shipped_graph_after_its_own(
    desk, command, shipped
) -> None:
    both = workspace.find(desk.workspace.root, with_shipped=True)
    assert both.graphs == (desk.graphs, *shipped.graphs)
    assert both.home == desk.graphs
    alone = command(
        "query",
        "ASK { ?s a :Statement }",
        "--format",
        "csv",
        cwd=desk.workspace.root,
    )
    more = command(
        "--with-shipped",
        "query",
        "ASK { ?s a :Statement }",
        "--format",
        "csv",
        cwd=desk.workspace.root,
    )
    assert "false" in alone.stdout
    assert "true" in more.stdout


def test_what_is_added_with_shipped_goes_into_the_workspace_s_own_graph(
    desk, shipped
) -> None:
    before = {path: path.stat().st_mtime_ns for path in shipped.graph_files()}
    both = workspace.find(desk.workspace.root, with_shipped=True)
    onrecord.add([desk.write(desk.told(desk.said()))], workspace=both)
    assert (
        desk.graphs / "documents" / "example-news-undated-one.ttl"
    ).is_file()
    assert {
        path: path.stat().st_mtime_ns for path in shipped.graph_files()
    } == before


def test_init_says_what_comes_next(command, tmp_path: Path) -> None:
    done = command("init", "my topic")
    assert (
        done.stdout
        == f"made {tmp_path}/my topic\nnext: cd 'my topic' && onrecord add records.jsonl\n"
    )
    assert (tmp_path / "my topic" / "onrecord.toml").is_file()
    again = command("init", "my topic")
    assert (again.returncode, again.stderr) == (
        1,
        "onrecord: my topic is a workspace already\n",
    )


def test_init_leaves_what_is_in_the_folder_alone(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("secret\n", encoding="utf-8")
    (tmp_path / "queries").mkdir()
    (tmp_path / "queries" / "mine.rq").touch()
    workspace.init(tmp_path)
    assert (tmp_path / ".gitignore").read_text(encoding="utf-8").splitlines()[
        :2
    ] == [
        "secret",
        "texts/",
    ]
    assert (tmp_path / "queries" / "mine.rq").is_file()


def test_init_where_no_folder_can_be_made_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(
        NotWritten, match="could not be made a workspace: Not a directory"
    ):
        workspace.init(tmp_path / "file" / "below")


def test_a_new_workspace_can_be_asked_and_checked_before_anything_is_added(
    tmp_path: Path,
) -> None:
    empty = workspace.init(tmp_path / "new")
    assert (
        len(onrecord.ask("SELECT ?s { ?s a :Statement }", workspace=empty)) == 0
    )
    assert onrecord.check(workspace=empty).findings == ()
    assert list((empty.home / "documents").iterdir()) == []


@pytest.mark.parametrize(
    ("text", "message"), [("{", "no JSON"), ('["a"]', "must hold one object")]
)
def test_a_broken_list_of_ambiguous_forms_is_named(
    desk, text: str, message: str
) -> None:
    (desk.graphs / "ambiguous.json").write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match=f"ambiguous.json: {message}"):
        desk.put(desk.told(desk.said()))
