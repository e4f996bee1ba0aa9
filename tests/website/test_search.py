"""Search, and suggestions while a name is typed."""

import csv
import io
import json
from collections import Counter

import pytest

from onrecord.model.iris import BASE
from onrecord.querying.ask import Graph
from onrecord.querying.search import find_matches
from onrecord.store.text_match import unmarked
from onrecord.store.text_rows import MARK_START
from onrecord.website.search import (
    finds,
    lookup_json,
    matches_or_finds,
    search_csv,
    search_json,
    search_page,
    words,
)
from onrecord.workspace import find


def shown(graph, text: str) -> set[str]:
    return {str(row["id"]).removeprefix(BASE) for row in finds(graph, text)}


def test_a_search_finds_names_aliases_descriptions_gists_and_words(odd):
    assert "Ada-Example" in shown(odd, "ada")
    assert "Ada-Example" in shown(odd, "A. Example")
    assert "Ada-Example" in shown(odd, "plays")
    assert shown(odd, "digital doubles") == {"statement/000000000001"}
    assert shown(odd, '"every</em> double"') == {"statement/000000000001"}


def test_case_and_accents_do_not_count(odd):
    for text in ("ADÉ", "ade", "exámple ade", "Éxample adé"):
        assert "Ada-Example" in shown(odd, text), text


def test_every_word_must_be_there_and_quoted_ones_stand_together(odd):
    assert shown(odd, "doubles digital") == {"statement/000000000001"}
    assert shown(odd, '"doubles digital"') == set()
    assert words('"a b" c') == ["a b", "c"]


def test_what_was_rejected_is_not_found(odd):
    assert shown(odd, "never said") == set()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        '"',
        "(",
        "[a-z]",
        "\\",
        "\\w+",
        "a" * 200,
        "'); DROP",
        ".*",
        "<",
        "\\<",
        "^$",
        "☃",
        "日本",
    ],
)
def test_any_text_is_looked_for_as_it_is(odd, drawn, text):
    for row in finds(odd, text):
        assert all(each in str(row["text"]) for each in words(text))
    drawn(search_page, text, 1, graph=odd)


def test_matches_are_marked_and_all_else_stays_text(odd, drawn):
    page = drawn(search_page, "script alert", 1, graph=odd)
    assert page.xpath("//main//script") == []
    assert {each.text for each in page.xpath("//mark")} == {"script", "alert"}
    assert page.xpath("//section//a/@href") == [
        "/Evil",
        "/statement/000000000006",
    ]


def test_the_first_search_of_a_graph_asks_its_index(shipped):
    first = Graph(shipped)
    rows = matches_or_finds(first, "netflx")
    assert [row["id"] for row in rows] == [
        match.iri for match in find_matches(first, "netflx", limit=None)
    ]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("lawsuit", "lawsuit"),
        ("sarandos jobs", "Ted Sarandos"),
        ("netflx", "Netflix"),
    ],
)
def test_what_is_found_is_what_the_command_finds(graph, drawn, send, text, key):
    results = json.loads(send(search_json, text, graph=graph))["results"]
    matches = find_matches(graph, text, limit=None)
    assert [row["id"] for row in results] == [match.iri for match in matches]
    assert not any(MARK_START in row["text"] for row in results)
    page = drawn(search_page, text, 1, graph=graph)
    told = " ".join(page.text_content().split())
    assert f"{len(matches)} finds" in told
    kinds = Counter(match.kind for match in matches)
    assert f"Statements: {kinds['statement']}" in told
    assert key in results[0]["label"]
    assert page.xpath("//section//mark")


def test_part_of_a_word_is_found_where_no_word_begins_so(odd, send):
    assert find_matches(odd, "xampl") == []
    rows = json.loads(send(search_json, "xampl", graph=odd))["results"]
    assert BASE + "Ada-Example" in {row["id"] for row in rows}


def test_where_no_index_can_be_kept_one_serves_all_searches(
    odd_root, tmp_path, monkeypatch
):
    (tmp_path / "onrecord").write_text("no folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    graph = Graph(find(odd_root))
    assert find_matches(graph, "digital doubles")
    index = graph.text_index
    assert index is not None
    assert find_matches(graph, "ada")
    assert graph.text_index is index


def test_finds_are_grouped_counted_and_paged(graph, drawn):
    first, second = (
        drawn(search_page, "studio", number, graph=graph) for number in (1, 2)
    )
    total = len(find_matches(graph, "studio", limit=None))
    assert f"{total} finds, page 1 of {-(-total // 50)}" in " ".join(
        first.text_content().split()
    )
    one, two = (
        set(page.xpath("//section//a/@href")) for page in (first, second)
    )
    assert one
    assert two - one
    assert first.xpath("//section/h2/@id")[0] == "entity"


def test_the_very_name_comes_first(graph):
    assert finds(graph, "OpenAI")[0]["label"] == "OpenAI"


def test_the_same_comes_as_csv_and_json(odd, send):
    found = matches_or_finds(odd, "hyperlink")
    assert json.loads(send(search_json, "hyperlink", graph=odd)) == {
        "results": [
            {name: unmarked(str(row[name])) for name in found.columns}
            for row in found
        ],
        "more": False,
    }
    cells = list(
        csv.reader(
            io.StringIO(send(search_csv, "hyperlink", graph=odd).decode())
        )
    )
    assert cells[1] == [
        "entity",
        BASE + "Evil",
        '<script>alert(1)</script> & "Co"',
        "'=HYPERLINK(1)",
    ]


def test_suggestions_begin_with_the_name(graph, odd, send):
    found = json.loads(send(lookup_json, "sora", graph=graph))["results"]
    assert found[0] == {
        "id": "Sora",
        "label": "Sora",
        "type": "AI system",
        "alias": None,
    }
    assert len(found) <= 12
    assert (
        json.loads(send(lookup_json, "adé", graph=odd))["results"][0]["alias"]
        == "Adé Exámple"
    )
    assert json.loads(send(lookup_json, " ", graph=odd)) == {"results": []}
    assert json.loads(send(lookup_json, "(", graph=odd)) == {"results": []}
