"""A table is a list of dicts that knows its columns, in a notebook too."""

import pickle
from html.parser import HTMLParser

from onrecord.querying.table import Iri, Table, show

HOSTILE = "<script>alert(1)</script>\"'&<b>"
ROWS = [
    {"who": HOSTILE, "n": 3, "yes": True},
    {"who": Iri("https://w3id.org/onrecord/Ada"), "n": None, "yes": False},
]


class Seen(HTMLParser):
    """The elements and the text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.text: list[str] = []

    def handle_starttag(
        self, tag: str, attrs: list[tuple[str, str | None]]
    ) -> None:
        assert {name for name, _ in attrs} == (
            {"href", "rel"} if tag == "a" else set()
        )
        self.elements.add(tag)

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def test_a_table_is_its_rows() -> None:
    table = Table(["who", "n", "yes"], ROWS)
    assert table == ROWS
    assert table.column("n") == [3, None]
    assert table.columns == ("who", "n", "yes")


def test_nothing_in_a_cell_or_a_column_s_name_is_markup_in_a_notebook() -> None:
    seen = Seen()
    seen.feed(
        Table(
            ["who", "n", "yes", "<i>"],
            [row | {"<i>": 1} for row in ROWS],
            more=True,
        )._repr_html_()
    )
    assert seen.elements == {
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "p",
        "a",
    }
    assert "".join(seen.text).startswith(
        f"whonyes<i>{HOSTILE}3true1https://w3id.org/onrecord/Adafalse1"
    )
    assert "More rows were left out" in seen.text[-1]


def test_a_table_becomes_a_data_frame_with_its_columns_in_order() -> None:
    frame = Table(["who", "n", "yes"], ROWS).to_pandas()
    assert list(frame.columns) == ["who", "n", "yes"]
    assert list(frame["who"]) == [row["who"] for row in ROWS]


def test_an_address_of_the_web_is_a_link_in_a_notebook_and_no_other_is() -> (
    None
):
    addresses = ["https://example.org/a?b&c", "javascript:alert(1)"]
    table = Table(["url"], [{"url": address} for address in addresses])
    assert table._repr_html_().count("<a href=") == 1
    assert 'href="https://example.org/a?b&amp;c"' in table._repr_html_()


def test_a_table_travels_between_processes_whole() -> None:
    table = Table(["who", "n", "yes"], ROWS, more=True)
    back = pickle.loads(pickle.dumps(table))  # noqa: S301  our own
    assert (back, back.columns, back.more) == (table, table.columns, True)
    assert isinstance(back[1]["who"], Iri)


def test_values_are_shown_in_sparql_s_words() -> None:
    assert [show(value) for value in (None, True, False, 0, 1.5, "x")] == [
        "",
        "true",
        "false",
        "0",
        "1.5",
        "x",
    ]
