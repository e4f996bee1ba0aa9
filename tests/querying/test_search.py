"""A search finds statements, entities, topics and documents, the best first, and keeps up with the graph."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

import onrecord
from onrecord.model.errors import BadInput
from onrecord.querying.ask import Graph
from onrecord.querying.search import find_matches, open_index
from onrecord.store.text_match import Match
from onrecord.store.text_rows import MARK_END, MARK_START
from onrecord.workspace import Workspace


@pytest.fixture(autouse=True)
def caches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home for the caches of one test."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "onrecord"


def names(matches: list[Match]) -> list[str]:
    return [match.iri.rpartition("/")[2] for match in matches]


def index_of(workspace: Workspace) -> Iterator[tuple[object, ...]]:
    """The rows of the kept index, whatever their numbers."""
    index = open_index(Graph(workspace))
    rows = index._connection.execute(  # noqa: SLF001
        "SELECT kind, iri, graph, entry.label, date, names, aliases, gist, words, topics, title"
        " FROM entry JOIN body ON body.rowid = entry.id ORDER BY 1, 2"
    )
    return iter(rows.fetchall())


def replace_in(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def document(workspace: Workspace) -> Path:
    return workspace.home / "documents" / "example-herald-2025-ada-asks.ttl"


def test_the_statements_of_a_person_on_a_topic_are_found_by_a_form_of_its_word(
    shipped: Workspace,
) -> None:
    matches = onrecord.search("sarandos jobs", workspace=shipped)
    labels = [match.label for match in matches]
    assert labels[0] == "Ted Sarandos is not concerned about job displacement"
    assert sum("Sarandos" in label for label in labels) > 10


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("netflx", "Netflix"),
        ("opneai", "OpenAI"),
        ("Netflix", "Netflix"),
        ("SAG-AFTRA", "SAG-AFTRA"),
        ("screen actors guild", "SAG-AFTRA"),
        ("sora 2", "Sora-2"),
        ("bryan cranst", "Bryan-Cranston"),
    ],
)
def test_what_bears_the_name_comes_first(
    shipped: Workspace, text: str, first: str
) -> None:
    assert names(onrecord.search(text, workspace=shipped))[0] == first


def test_words_in_quotation_marks_stand_together(small: Workspace) -> None:
    assert names(onrecord.search('"digital doubles"', workspace=small)) == [
        "00000000000a"
    ]
    assert onrecord.search('"doubles digital"', workspace=small) == []
    assert names(onrecord.search("doubles digital", workspace=small)) == [
        "00000000000a"
    ]


def test_a_match_shows_where_it_stands_and_when(small: Workspace) -> None:
    (match,) = onrecord.search("doubles", workspace=small)
    assert match.kind == "statement"
    assert match.label == "Ada Example urges Studio Nine"
    assert f'"digital {MARK_START}doubles{MARK_END}".' in match.snippet
    assert match.date == "2025-10-21"
    assert match.score > 0


def test_kinds_and_a_limit_narrow_a_search(small: Workspace) -> None:
    everything = onrecord.search("example", workspace=small)
    assert {match.kind for match in everything} >= {
        "entity",
        "statement",
        "document",
    }
    (entity,) = onrecord.search("example", kinds=["entity"], workspace=small)
    assert entity.label == "Ada Example"
    assert len(onrecord.search("example", limit=1, workspace=small)) == 1


@pytest.mark.parametrize("text", ["zebra", '" } #', ".*", "(", "☃", "label:x"])
def test_a_text_that_is_nowhere_finds_nothing_whatever_it_holds(
    small: Workspace, text: str
) -> None:
    assert onrecord.search(text, workspace=small) == []


@pytest.mark.parametrize(("text", "kinds"), [(" ", []), ("ada", ["people"])])
def test_no_text_and_an_unknown_kind_are_told(
    small: Workspace, text: str, kinds: list[str]
) -> None:
    with pytest.raises(BadInput):
        onrecord.search(text, kinds=kinds, workspace=small)


def test_what_was_rejected_is_not_found(small: Workspace) -> None:
    assert onrecord.search("doubles", workspace=small)
    replace_in(document(small), "code:unreviewed", "code:rejected")
    assert onrecord.search("doubles", workspace=small) == []


CHANGES = {
    "a name": ("entities.ttl", "Studio Nine", "Studio Eleven"),
    "an alias": ("entities.ttl", '"A. Example"', '"The Dreamer"'),
    "an entity goes": (
        "entities.ttl",
        ':Mercury a :Film ; rdfs:label "Mercury"@en .',
        "",
    ),
    "a gist": (
        "documents/example-herald-2025-ada-asks.ttl",
        "digital doubles",
        "avatars",
    ),
    "a date": (
        "documents/example-herald-2025-ada-asks.ttl",
        "2025-10-21",
        "2025-11-02",
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_an_index_that_was_kept_up_is_one_made_anew(
    small: Workspace, caches: Path, change: tuple[str, str, str]
) -> None:
    for number in range(9):
        text = document(small).read_text(encoding="utf-8")
        copy = document(small).with_name(f"example-copy-{number}.ttl")
        copy.write_text(
            text.replace("00000000000a", f"{number:012x}").replace(
                "herald-2025-ada-asks", f"copy-{number}"
            ),
            encoding="utf-8",
        )
    before = list(index_of(small))
    name, old, new = change
    replace_in(small.home / name, old, new)
    kept_up = list(index_of(small))
    for file in caches.glob("*.text"):
        file.unlink()
    assert kept_up == list(index_of(small))
    assert kept_up != before


def test_a_document_that_went_is_not_found(small: Workspace) -> None:
    assert onrecord.search("doubles", workspace=small)
    document(small).unlink()
    assert onrecord.search("doubles", workspace=small) == []


def test_an_index_that_is_broken_is_made_again(
    small: Workspace, caches: Path
) -> None:
    whole = onrecord.search("example", workspace=small)
    (place,) = caches.glob("*.text")
    for content in (b"no index", place.read_bytes()[:5000]):
        place.write_bytes(content)
        assert onrecord.search("example", workspace=small) == whole


def test_an_index_of_another_form_is_made_again(
    small: Workspace, caches: Path
) -> None:
    whole = onrecord.search("example", workspace=small)
    (place,) = caches.glob("*.text")
    with sqlite3.connect(place) as connection:
        connection.execute("DROP TABLE word")
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    assert onrecord.search("example", workspace=small) == whole


def test_a_store_without_files_is_searched_too(small: Workspace) -> None:
    graph = Graph(small)
    graph.store = Graph(small).store
    assert names(find_matches(graph, "doubles")) == ["00000000000a"]
