import itertools

import pyoxigraph as ox
import pytest

from onrecord.model.errors import BadGraph
from onrecord.model.iris import PREFIXES
from onrecord.store.sync.canonical import canonical, fingerprint

HEAD = f"@prefix xsd: <{PREFIXES['xsd']}> . @prefix : <http://e.example/> .\n"


def lines(turtle: str, *dialects: str) -> frozenset[str]:
    return canonical(ox.parse(HEAD + turtle, ox.RdfFormat.TURTLE), dialects)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("0.90", "0.9"),
        ("1.0", '"1"^^xsd:decimal'),
        ("true", '"1"^^xsd:boolean'),
        ("007", "7"),
        ('"3"^^xsd:int', "3"),
        ("1.50E0", '"1.5"^^xsd:double'),
        ('"x"@en-GB', '"x"@en-gb'),
        (
            '"2025-10-21T12:00:00.120Z"^^xsd:dateTime',
            '"2025-10-21T12:00:00.12Z"^^xsd:dateTime',
        ),
    ],
)
def test_the_same_value_is_the_same_line(one: str, two: str) -> None:
    assert lines(f":s :p {one} .") == lines(f":s :p {two} .")


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("0.9", "0.8"),
        ('"x"', '"x"@en'),
        ('"x"@en', '"x"@de'),
        ('"2025"^^xsd:gYear', '"2025"'),
        ('"2025-10-21"^^xsd:date', '"2025-10-21Z"^^xsd:date'),
        ("1", "1.0"),
        ('"e\u0301"', '"é"'),
        ('"a "', '"a"'),
    ],
)
def test_another_value_is_another_line(one: str, two: str) -> None:
    assert lines(f":s :p {one} .") != lines(f":s :p {two} .")


@pytest.mark.parametrize("number", ["2147483648", "-2147483649", "1" * 25])
def test_an_integer_that_virtuoso_gives_as_a_decimal_is_the_same_to_its_profile_alone(
    number: str,
) -> None:
    one, two = f":s :p {number} .", f':s :p "{number}"^^xsd:decimal .'
    assert lines(one, "virtuoso") == lines(two, "virtuoso")
    assert lines(one) != lines(two)


@pytest.mark.parametrize("number", ["2147483647", "-2147483648", "0"])
def test_an_integer_that_virtuoso_keeps_is_no_decimal(number: str) -> None:
    assert lines(f":s :p {number} .", "virtuoso") != lines(
        f':s :p "{number}"^^xsd:decimal .', "virtuoso"
    )


def test_a_decimal_that_virtuoso_cut_is_a_difference() -> None:
    one, two = ":s :p 0.1234567890123456789 .", ":s :p 0.123456789012346 ."
    assert lines(one, "virtuoso") != lines(two, "virtuoso")


def test_blank_nodes_are_the_same_by_their_place() -> None:
    one = ":s :p [ :q [ :r 1 ] ] . :t :p [ :r 2 ] ."
    two = "_:x :r 2 . :t :p _:x . _:z :r 1 . _:y :q _:z . :s :p _:y ."
    assert lines(one) == lines(two)
    assert lines(one) != lines(one.replace("2", "3"))


def test_a_graph_of_blank_nodes_that_would_take_for_ever_is_refused() -> None:
    tangle = "".join(
        f"_:b{a} :p _:b{b} .\n" for a, b in itertools.permutations(range(12), 2)
    )
    with pytest.raises(BadGraph, match="too alike"):
        lines(tangle)


def test_the_fingerprint_is_one_of_the_triples_and_not_of_their_order() -> None:
    one, two = ":s :p 1, 2 . :t :p 3 .", ":t :p 3 . :s :p 2, 1 ."
    assert (
        fingerprint(lines(one))
        == fingerprint(lines(two))
        != fingerprint(lines(":s :p 1 . :t :p 3 ."))
    )
