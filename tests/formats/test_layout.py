import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.formats.layout import cell, hang, least, pad, width_of, wrap
from onrecord.querying.table import Iri

ADDRESS = "https://example.org/a-very-long/path-that-nobody/would-want-to-see/broken?in=two"


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("plain", 5),
        ("e\u0301", 1),  # a letter and an accent that sits on it
        ("日本", 4),
        ("שלום", 4),
        ("ไทย", 3),
        ("กี่", 1),  # a letter with a vowel and a tone above it
        ("🤖", 2),
        ("a\u200bb", 2),  # a space without width
        ("ｱ", 1),  # half width
        ("", 0),
    ],
)
def test_width_is_counted_in_columns(text, width):
    assert width_of(text) == width
    assert width_of(pad(text, 9)) == width_of(pad(text, 9, right=True)) == 9


@pytest.mark.parametrize(
    "text",
    [
        "a\x1b[31mb",
        "a\rb",
        "a\x07",
        "a\x9b",
        "a\u202eb",
        "a\u2067b",
        "a\u2028b",
        "a\x00",
    ],
)
def test_no_control_character_reaches_the_terminal(text):
    shown = cell(text)
    assert shown == "a\\u" + shown[3:]
    assert shown.isprintable()


def test_a_cell_shows_an_iri_with_its_prefix_and_a_text_as_it_is():
    assert cell(Iri("https://w3id.org/onrecord/SAG-AFTRA")) == ":SAG-AFTRA"
    assert (
        cell(Iri("https://w3id.org/onrecord/statement/1f0c2a9b7d34"))
        == "st:1f0c2a9b7d34"
    )
    assert cell(Iri("https://example.org/a(b)")) == "https://example.org/a(b)"
    assert (
        cell("https://w3id.org/onrecord/SAG-AFTRA")
        == "https://w3id.org/onrecord/SAG-AFTRA"
    )
    assert [cell(None), cell(value=True), cell(1.5), cell("a\tb\nc")] == [
        "",
        "true",
        "1.5",
        "a b\nc",
    ]


def test_lines_are_broken_between_words():
    assert wrap("one two three", 7) == ["one two", "three"]


def test_a_line_that_fits_keeps_its_spaces():
    assert wrap("  two  spaces", 20) == ["  two  spaces"]


def test_a_word_with_a_hyphen_is_not_broken_where_it_fits_on_a_line():
    assert wrap("of SAG-AFTRA", 9) == ["of", "SAG-AFTRA"]


def test_a_long_id_is_broken_after_its_hyphens():
    assert wrap(":Duncan-Crabtree-Example", 10) == [
        ":Duncan-",
        "Crabtree-",
        "Example",
    ]


def test_a_long_word_without_a_mark_is_broken_anywhere_and_not_cut():
    assert wrap("x" * 25, 10) == ["x" * 10, "x" * 10, "x" * 5]


def test_wide_characters_are_broken_by_the_columns_they_take():
    assert wrap("日本語日本語", 5) == ["日本", "語日", "本語"]


def test_an_address_is_never_broken():
    assert wrap(f"see {ADDRESS} there", 20) == ["see", ADDRESS, "there"]
    assert least([f"see {ADDRESS}"]) == len(ADDRESS)


def test_the_lines_of_a_text_stay_lines():
    assert wrap("one\n\ntwo", 10) == ["one", "", "two"]


def test_a_column_needs_the_room_of_its_longest_word_or_of_the_longest_piece_of_an_id():
    assert least(["a compensation", "b"]) == len("compensation")
    assert least([":Duncan-Crabtree-Example"]) == len("Crabtree-")
    assert least([""]) == 0


def test_a_hanging_text_is_indented_on_every_line():
    assert hang("one two three", 16, 2) == ["  one two three"]
    assert hang("one two three four", 18, 4) == [
        "    one two three",
        "    four",
    ]


@given(
    st.text(
        st.sampled_from("ab-/. \n日\u0301🤖")
        | st.characters(categories=["L", "P", "S"])
    ),
    st.integers(min_value=2, max_value=30),
)
def test_nothing_is_lost_and_no_line_is_too_wide(text, width):
    lines = wrap(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert max(map(width_of, lines)) <= width
