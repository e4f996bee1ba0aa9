"""Quads as lines: the terms of a line are those that the engine reads in it."""

import pyoxigraph as ox

from onrecord.model.iris import OURS
from onrecord.website.quads import plain, quads_of, whole


def test_the_terms_of_a_line_are_those_of_its_quad(odd) -> None:
    read = [*quads_of(odd)]
    assert len(read) == len(odd.store)
    for line, terms in read:
        quad = next(ox.parse(line.encode(), format=ox.RdfFormat.N_QUADS))
        assert terms == (
            str(quad.subject),
            str(quad.predicate),
            str(quad.object),
            str(quad.graph_name),
        )


def test_an_iri_stands_without_its_brackets_and_a_text_as_it_is() -> None:
    assert plain("<https://w3id.org/onrecord/Suno>").endswith("/Suno")
    assert plain('"<b>"') == '"<b>"'


def test_what_belongs_to_a_statement_is_told_with_it() -> None:
    statement = f"{OURS['st']}000000000001"
    for part in ("", "/evidence", "/words", "/place"):
        assert whole(statement + part) == statement
