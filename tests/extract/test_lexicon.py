"""A workspace's own tables, and tables that are in order."""

import pytest

from onrecord.extract.rules.lexicon import Lexicon
from onrecord.model.errors import BadInput
from onrecord.workspace import Workspace, find, init, shipped


@pytest.fixture
def own(tmp_path) -> Workspace:
    workspace = init(tmp_path / "cycling")
    (tmp_path / "cycling" / "ontology" / "lexicon").mkdir(parents=True)
    return find(tmp_path / "cycling") if workspace else workspace


def write(workspace: Workspace, name: str, text: str) -> None:
    (workspace.ontology[0] / "lexicon" / name).write_text(
        text, encoding="utf-8"
    )


def test_a_table_of_the_workspace_stands_in_the_place_of_the_shipped_one(own):
    write(own, "ai.tsv", "bicycle*\n")
    lexicon = Lexicon.of(own)
    assert lexicon.is_about_ai("two bicycles")
    assert not lexicon.is_about_ai("two AI tools")
    assert lexicon.cues == Lexicon.shipped().cues


def test_another_table_is_another_fingerprint(own):
    write(own, "ai.tsv", "bicycle*\n")
    assert Lexicon.of(own).fingerprint != Lexicon.of(shipped()).fingerprint


def test_a_row_with_a_column_too_many_is_told_with_its_line(own):
    write(own, "titles.tsv", "# Posts.\nmayor\tleads\tmore\n")
    with pytest.raises(
        BadInput, match=r"titles\.tsv:2: 3 columns where there are 2"
    ):
        _ = Lexicon.of(own).titles
