"""Turtle as it stands in `graphs/`: sorted, prefixed, read back whole."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph, Literal, URIRef
from rdflib.compare import isomorphic

from onrecord.model import CONTROL
from onrecord.model.errors import BadGraph
from onrecord.model.iris import statement_iri
from onrecord.rdf import turtle
from onrecord.rdf.namespaces import RDFS, REC

NODE = URIRef(statement_iri("1f0c2a9b7d34"))
TEXTS = st.text(st.characters(blacklist_categories=["Cs"]), max_size=60).filter(
    lambda text: not CONTROL.search(text)
)


def test_subjects_are_sorted_and_digests_that_begin_with_a_digit_have_their_prefix() -> (
    None
):
    triples = [(REC[name], REC.actor, NODE) for name in ("Zed", "Ada", "Mid")]
    text = turtle.write([*triples, (NODE, REC.actor, REC.Ada)]).decode()
    assert [
        line.split()[0] for line in text.splitlines() if line[:1] in {":", "s"}
    ] == [
        ":Ada",
        ":Mid",
        ":Zed",
        "st:1f0c2a9b7d34",
    ]


def test_the_order_of_triples_does_not_show() -> None:
    triples = [(REC.Ada, REC.actor, REC[name]) for name in ("B", "C", "D")]
    assert turtle.write(triples) == turtle.write(reversed(triples))


@given(TEXTS)
def test_any_text_comes_back_as_it_was(text: str) -> None:
    triple = (NODE, RDFS.label, Literal(text, lang="en"))
    written = turtle.write([triple])
    assert isomorphic(
        Graph().parse(data=written, format="turtle"), Graph().add(triple)
    )


@pytest.mark.parametrize("name", ["a#b.ttl", "a %41.ttl", "ä.ttl"])
def test_a_file_is_read_whatever_its_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(turtle.write([(NODE, REC.actor, REC.Ada)]))
    assert len(turtle.read(tmp_path / name)) == 1


def test_a_syntax_error_names_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "bad.ttl"
    path.write_text(
        "@prefix : <https://w3id.org/onrecord/> .\n\n:Ada :urges ; .\n",
        encoding="utf-8",
    )
    with pytest.raises(BadGraph, match=r"bad\.ttl:3: no Turtle"):
        turtle.read(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadGraph, match=r"none\.ttl: No such file"):
        turtle.read(tmp_path / "none.ttl")
