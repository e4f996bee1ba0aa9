"""Statements by what they have in common."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import onrecord
from onrecord.formats.prose import said
from onrecord.model.errors import BadInput, UnknownName
from onrecord.workspace import Workspace

REJECTED = {"status": "rejected", "by": "a reader", "on": "2025-01-01"}


@pytest.fixture(scope="module")
def kept(
    desk_at: Any,
    new_desk: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Workspace:
    """Four statements that stand, two of them dated, and one that was rejected."""
    folder = shutil.copytree(
        new_desk, tmp_path_factory.mktemp("facets") / "desk"
    )
    desk = desk_at(folder)
    desk.put(
        desk.told(
            desk.said("urges", "Studio Nine", stance="critical", gist="old"),
            desk.said(topics=["job-displacement"], gist="on jobs"),
            desk.said("criticizes", "Paintbot", review=REJECTED),
            published="2025-10",
        ),
        desk.told(
            desk.said(
                "supports", "Paintbot", stance="supportive", gist="undated"
            ),
            desk.said(
                "urges",
                "Studio Nine",
                actors=["Bob Sample"],
                date="2026-03-01",
                gist="new",
            ),
            name="two",
        ),
    )
    return desk.workspace


CHOICES: list[tuple[Mapping[str, Any], list[str]]] = [
    ({}, ["new", "old", "on jobs", "undated"]),
    ({"actor": "Bob Sample"}, ["new"]),
    ({"about": "Nine"}, ["new", "old"]),
    ({"topic": "job displacement"}, ["on jobs"]),
    ({"topic": "work and labor"}, ["on jobs"]),
    ({"relation": "urges", "stance": "critical"}, ["old"]),
    ({"since": "2026"}, ["new"]),
    ({"until": "2025-10-31", "relation": "urges"}, ["old"]),
    ({"limit": 1}, ["new"]),
    ({"since": "2030"}, []),
]


@pytest.mark.parametrize(("chosen", "gists"), CHOICES)
def test_the_statements_that_have_all_of_it_are_listed(
    kept: Workspace, chosen: Mapping[str, Any], gists: list[str]
) -> None:
    rows = onrecord.statements(workspace=kept, **chosen)
    assert sorted(map(str, rows.column("gist"))) == sorted(gists)
    assert rows.more is ("limit" in chosen)


def test_the_newest_is_the_first_and_the_undated_one_the_last(
    kept: Workspace,
) -> None:
    gists = onrecord.statements(workspace=kept).column("gist")
    assert (gists[0], gists[-1]) == ("new", "undated")


def test_a_list_tells_each_statement_with_its_source(kept: Workspace) -> None:
    rows = onrecord.statements(workspace=kept, since="2026")
    lines = said(rows, 80).splitlines()
    assert lines[0] == "  2026-03-01  Bob Sample urges Studio Nine"
    assert lines[-1].strip() == "https://news.example/two"
    assert said([], 80) == "nothing found\n"


def test_a_search_is_of_the_chosen_statements(kept: Workspace) -> None:
    matches = onrecord.search("Studio Nine", workspace=kept, since="2026")
    assert [match.label for match in matches] == [
        "Bob Sample urges Studio Nine"
    ]


def test_a_dossier_is_of_the_chosen_statements(kept: Workspace) -> None:
    nine = onrecord.show("Studio Nine", workspace=kept, stance="critical")
    assert (nine.by.column("gist"), nine.about.column("gist")) == ([], ["old"])


MISTAKES: list[tuple[Mapping[str, Any], type[Exception], str]] = [
    ({"since": "May"}, BadInput, "no date"),
    ({"since": ""}, BadInput, "'' is no date"),
    ({"actor": "Nobody Here"}, UnknownName, "Nobody Here"),
    ({"stance": "angry"}, UnknownName, "angry"),
]


@pytest.mark.parametrize(("chosen", "kind", "words"), MISTAKES)
def test_a_choice_that_means_nothing_is_refused_in_words(
    kept: Workspace,
    chosen: Mapping[str, Any],
    kind: type[Exception],
    words: str,
) -> None:
    with pytest.raises(kind, match=words):
        onrecord.statements(workspace=kept, **chosen)
