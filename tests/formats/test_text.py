import pytest

from onrecord.formats.layout import width_of
from onrecord.formats.text import markdown, table
from onrecord.model.iris import BASE
from onrecord.querying.ask import ask
from onrecord.querying.table import Iri, Table

ADDRESS = "https://example.org/a-very-long/path-that-nobody/would-want-to-see/broken/anywhere?in=two"


def lines(found: Table, width: int = 80) -> list[str]:
    return table(found, width).rstrip("\n").split("\n")


def one(**cells) -> Table:
    return Table(tuple(cells), [cells])


def test_what_fits_stands_side_by_side_numbers_to_the_right():
    found = Table(
        ("name", "number"),
        [{"name": "Ada", "number": 7}, {"name": "Bea Example", "number": None}],
    )
    assert lines(found) == [
        "name         number",
        "───────────  ──────",
        "Ada               7",
        "Bea Example",
    ]


def test_a_wrapped_row_stands_apart_and_others_do_not():
    rows = [
        {"a": text, "b": "x" * 8}
        for text in ("one", "two", "three four five", "six")
    ]
    assert lines(Table(("a", "b"), rows), 20)[2:] == [
        "one         xxxxxxxx",
        "two         xxxxxxxx",
        "",
        "three four  xxxxxxxx",
        "five",
        "",
        "six         xxxxxxxx",
    ]


def test_an_address_that_does_not_fit_stands_whole_below_its_row():
    found = one(who="Ada Example", url=ADDRESS, date="2025")
    assert lines(found) == [
        "who          date",
        "───────────  ────",
        "Ada Example  2025",
        f"    url  {ADDRESS}",
    ]


def test_what_has_most_text_goes_below_and_what_the_row_is_about_stays():
    row = {
        "who": "Ada Example",
        "says": "urges",
        "whom": "Studio Nine",
        "gist": "word " * 60,
        "words": "some words " * 9,
    }
    shown = lines(Table((*row, "date"), [{**row, "date": "2025"}] * 3))
    assert shown[0].split() == ["who", "says", "whom", "words", "date"]
    assert shown[5].startswith("    gist  word word")
    assert shown[6].startswith("          word")
    assert max(map(len, shown)) <= 80


def test_an_empty_cell_below_takes_no_line():
    found = Table(
        ("who", "url"),
        [{"who": "Ada", "url": ADDRESS}, {"who": "Bea", "url": None}],
    )
    assert lines(found)[2:] == ["Ada", f"    url  {ADDRESS}", "", "Bea"]


def test_an_id_gives_way_to_a_name():
    names = ("Ada Example", "Beatrice Exampleton", "Intercontinental Pictures")
    counts = {"statements": 1, "supportive": 2, "conditional": 3, "critical": 4}
    rows = [
        {
            "actor": Iri(f"{BASE}{name.replace(' ', '-')}"),
            "name": name,
            "kind": "person",
            **counts,
        }
        for name in names
    ]
    shown = lines(Table(tuple(rows[0]), rows))
    assert shown[0].startswith("name")
    assert shown[-1] == "    actor  :Intercontinental-Pictures"


def test_no_iri_is_cut_at_any_width():
    for width in range(12, 100, 7):
        shown = table(
            one(
                a=Iri(f"{BASE}doc/the-example-2025-10-21-a-title-of-four-words")
            ),
            width,
        )
        assert "doc:the-example-2025-10-21-a-title-of-four-words" in "".join(
            shown.split()
        )


@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_line_is_wider_than_the_terminal_but_one_with_an_address(
    graph, width
):
    for name in ("who-urges-whom", "actors", "who-uses-ai-where", "documents"):
        found = graph.ask(name, most=60)
        wide = [line for line in lines(found, width) if width_of(line) > width]
        assert [
            line
            for line in wide
            if "https://" not in line and "http://" not in line
        ] == []


def test_every_cell_of_a_real_answer_is_shown(graph):
    found = graph.ask("who-urges-whom", most=40)
    shown = "".join(table(found, 80).split())
    for row in found:
        for text in (row["who"], row["gist"], row["url"], row["publisher"]):
            words = [
                word
                for word in str(text or "").split()
                if len(word) < 12 or word.startswith("http")
            ]
            assert [word for word in words if word not in shown] == []


def test_wide_and_combining_characters_keep_the_columns_straight():
    found = Table(
        ("a", "b"),
        [
            {"a": "日本", "b": "x"},
            {"a": "e\u0301", "b": "x"},
            {"a": "plain", "b": "x"},
        ],
    )
    assert {width_of(line.rpartition("x")[0]) for line in lines(found)[2:]} == {
        7
    }


def test_hostile_names_stay_text_and_move_nothing(workspace):
    found = ask(
        "SELECT ?entity ?name { ?entity rdfs:label ?name . ?entity a :Company } ORDER BY ?name",
        workspace=workspace,
    )
    shown = table(found, 200)
    assert "<script>alert(1)</script>" in shown
    assert "Cal \\u202eelpmaxE" in shown
    assert all(each.isprintable() or each in "\n\u200d" for each in shown)


def test_an_empty_table_is_its_head_and_one_without_columns_is_a_line():
    assert lines(Table(("a", "bc"), [])) == ["a  bc", "─  ──"]
    assert table(Table((), [{}]), 80) == "\n"


def test_markdown_is_a_table_with_nothing_at_work():
    text = "a|b *c* _d_ `e` <script> [f](g) #h &amp; ~i~ $j$ \\ !k"
    assert markdown(one(name=text)).split("\n") == [
        "| name |",
        "| --- |",
        r"| a\|b \*c\* \_d\_ \`e\` \<script\> \[f\](g) \#h \&amp; \~i\~ \$j\$ \\ \!k |",
        "",
    ]


def test_markdown_keeps_a_row_on_a_line():
    assert (
        markdown(one(a="one\ntwo", b=None)).split("\n")[2] == "| one two |  |"
    )


def test_an_address_is_a_link_in_markdown_unless_it_could_end_the_link():
    assert (
        markdown(one(url="https://example.org/a_b?c=*")).split("\n")[2]
        == "| <https://example.org/a_b?c=*> |"
    )
    assert (
        markdown(one(url="https://example.org/a|b>c")).split("\n")[2]
        == r"| https://example.org/a\|b\>c |"
    )
