"""What is typed into a search is read as words, phrases, beginnings and misspellings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.store.text_query import one_letter_off, read_query, words_of

KNOWN = {"netflix", "netflux", "job"}


def is_known(expression: str) -> bool:
    return any(f'"{word}"' in expression for word in KNOWN)


def spelt_alike(word: str) -> list[str]:
    return sorted(KNOWN & one_letter_off(word))


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("job", '("job" OR "job" *)'),
        ("job netflix", '"job" AND ("netflix" OR "netflix" *)'),
        ('"job at netflix"', '"job at netflix"'),
        ("netflx job", '("netflix" OR "netflux") AND ("job" OR "job" *)'),
        ("zebra", '("zebra" OR "zebra" *)'),
        ("( * job", '("job" OR "job" *)'),
    ],
)
def test_every_term_must_be_there_and_the_last_may_be_a_beginning(
    text: str, expression: str
) -> None:
    query = read_query(text, is_known, spelt_alike)
    assert query is not None
    assert query.expression == expression


@pytest.mark.parametrize("text", ["", " ", "☃", '"', '" } #', ".*"])
def test_a_text_without_words_is_no_query(text: str) -> None:
    query = read_query(text, is_known, spelt_alike)
    assert query is None


def test_a_misspelt_name_is_each_name_it_may_be() -> None:
    query = read_query("netflx", is_known, spelt_alike)
    assert query is not None
    assert query.names == ("netflix", "netflux")


def test_accents_and_case_do_not_count() -> None:
    assert words_of("Éxample ADÉ’s") == ["example", "ade", "s"]


@given(st.text("abc", min_size=2), st.integers(0), st.sampled_from("abcx"))
def test_a_slip_of_one_letter_is_found_from_both_sides(
    word: str, place: int, letter: str
) -> None:
    at = place % len(word)
    slips = {
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + letter + word[at + 1 :],
    }
    for slip in slips:
        assert word in one_letter_off(slip)
        assert slip in one_letter_off(word)
