"""A workspace says what field it is about, and its own files stand in the place of the shipped ones."""

from pathlib import Path

import pytest

from onrecord.model.errors import BadInput, Untrusted
from onrecord.workspace import Workspace, find, init


@pytest.fixture
def about(tmp_path: Path):
    """Makes a workspace with these settings."""

    def make(settings: str) -> Workspace:
        root = init(tmp_path / "own").root
        assert root is not None
        (root / "onrecord.toml").write_text(settings, encoding="utf-8")
        (root / "ontology").mkdir()
        return find(root)

    return make


def test_a_page_text_of_the_settings_stands_before_the_shipped_one(about):
    texts = about('[page]\ntitle = "Who says what about cycling"').texts()
    assert texts.title == "Who says what about cycling"
    assert texts.page["stage"]
    assert texts.around("Ada") == "Ada: who says what about AI"


def test_an_ontology_file_of_the_field_takes_the_place_of_the_shipped_one(
    about,
):
    workspace = about('[field]\nontology = "ontology"')
    own = workspace.root / "ontology" / "topics.ttl"
    own.write_text("", encoding="utf-8")
    files = {path.name: path for path in find(workspace.root).ontology_files()}
    assert files["topics.ttl"] == own
    assert files["relations.ttl"] != own.parent / "relations.ttl"
    assert len(find(workspace.root).ontology_files()) == len(files)


def test_without_a_field_the_workspace_s_ontology_adds_to_the_shipped_one(
    about,
):
    workspace = about("")
    (workspace.root / "ontology" / "topics.ttl").write_text(
        "", encoding="utf-8"
    )
    names = [path.name for path in find(workspace.root).ontology_files()]
    assert names.count("topics.ttl") == 2


def test_the_questions_of_a_field_are_its_own_alone(about):
    workspace = about('[field]\nquestions = "queries"')
    assert workspace.question_files() == {}
    (workspace.root / "queries" / "mine.rq").write_text("", encoding="utf-8")
    assert [*find(workspace.root).question_files()] == ["mine"]


@pytest.mark.parametrize(
    ("settings", "error", "told"),
    [
        ('[field]\nontology = "nowhere"', BadInput, "is no folder"),
        ('[field]\nontology = "../out"', Untrusted, "no path below"),
        ("[field]\nontology = 1", BadInput, "must be a text"),
        ("field = 1", BadInput, "must be a table"),
        ("= nothing", BadInput, "no TOML"),
        ("a = " + "[" * 5000, BadInput, "no TOML"),
        ("a = 1" + "\n" * (1 << 16), BadInput, "too many"),
    ],
)
def test_settings_that_mean_nothing_are_told_with_their_place(
    about, settings, error, told
):
    with pytest.raises(error, match=told):
        about(settings)
