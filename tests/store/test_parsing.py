"""RDF that unfolds to gigabytes, or that would end the process, is refused in words, wherever it comes from."""

import json
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from onrecord.model import vocabulary
from onrecord.model.errors import BadGraph, BadQuery
from onrecord.model.harmful import refuse_harmful
from onrecord.rdf import turtle
from onrecord.store import parsing
from onrecord.store.build import build
from onrecord.store.parsing import plain_file, plain_triples, refuse_deep
from onrecord.workspace import Workspace

DEPTH = 100_000
NESTED = (
    "<urn:a> <urn:b> "
    + "<<( <urn:a> <urn:b> " * DEPTH
    + "<urn:c>"
    + " )>>" * DEPTH
    + " .\n"
)
PREFIXED = (
    f"@prefix a: <urn:{'x' * 50_000}> .\n" + "<urn:a> <urn:b> a:c .\n" * 20_000
)
ENTITIES = "".join(
    f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">'
    for n in range(1, 9)  # a billion laughs
)
XML = (
    f'<!DOCTYPE r [<!ENTITY e1 "ha">{ENTITIES}]>'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="urn:x:">'
    '<rdf:Description rdf:about="urn:a"><x:b>&e9;</x:b></rdf:Description></rdf:RDF>'
)
BOMBS = {
    "nested.nt": NESTED,
    "nested.nq": NESTED,
    "nested.ttl": NESTED,
    "nested.trig": NESTED,
    "prefixed.ttl": PREFIXED,
    "entities.rdf": XML,
}
TURTLE, XML_FORM = ox.RdfFormat.TURTLE, ox.RdfFormat.RDF_XML


@pytest.fixture(autouse=True)
def _tight(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "MEMORY", 64 << 20)
    monkeypatch.setattr(parsing, "SECONDS", 5.0)


def _form(name: str) -> ox.RdfFormat:
    form = ox.RdfFormat.from_extension(name.rpartition(".")[2])
    assert form is not None
    return form


@pytest.mark.parametrize("name", BOMBS)
def test_a_file_that_unfolds_or_ends_its_reader_is_refused(
    tmp_path: Path, name: str
) -> None:
    file = tmp_path / name
    file.write_text(BOMBS[name])
    with (
        pytest.raises((BadGraph, SyntaxError), match=r"unfolds|ntity"),
        plain_file(file, _form(name)),
    ):
        pass


@pytest.mark.parametrize("name", ["nested.nt", "nested.ttl", "entities.rdf"])
def test_an_answer_that_unfolds_or_ends_its_reader_is_refused(
    name: str,
) -> None:
    with pytest.raises((BadGraph, SyntaxError), match=r"unfolds|ntity"):
        plain_triples(
            BOMBS[name].encode(), _form(name), "http://store.example/"
        )


def test_what_does_not_unfold_is_read_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "good.ttl"
    file.write_text("@prefix a: <urn:a:> .\na:b a:c [ a:d 'e' ] .\n")
    with plain_file(file, TURTLE) as (plain, form):
        quads = list(ox.parse(path=str(plain), format=form))
    data = plain_triples(file.read_bytes(), TURTLE, "here")
    triples = list(ox.parse(data, ox.RdfFormat.N_TRIPLES))
    assert len(quads) == len(triples) == 2


@pytest.mark.parametrize("name", ["a.ttl", "a.nt"])
def test_a_byte_order_mark_is_no_part_of_a_graph(
    tmp_path: Path, name: str
) -> None:
    file = tmp_path / name
    file.write_bytes(b"\xef\xbb\xbf<urn:a> <urn:b> <urn:c> .\n")
    with plain_file(file, _form(name)) as (plain, form):
        assert len(list(ox.parse(path=str(plain), format=form))) == 1
    data = plain_triples(file.read_bytes(), _form(name), "here")
    assert data == b"<urn:a> <urn:b> <urn:c> .\n"


def test_no_file_of_a_workspace_nests_triple_terms(small: Workspace) -> None:
    file = small.home / "documents" / "nested.ttl"
    file.write_text(NESTED)
    for read in (build, lambda _: turtle.read(file)):
        with pytest.raises(BadGraph, match=r"nested\.ttl: holds triple terms"):
            read(small)
    with pytest.raises(BadGraph, match="holds triple terms"):
        vocabulary.read([file])


LONG = f"urn:{'x' * 300}"
UNFOLDING = {
    "a prefix": f"@prefix a: <{LONG}> .",
    "a prefix as in SPARQL": f"PREFIX a:<{LONG}>",
    "a prefix behind a comment": f"@prefix a: # of ours\n <{LONG}> .",
    "a prefix behind a long comment": f"@prefix a: #{' of ours' * 50}\n#\n <{LONG}> .",
    "a prefix whose name is behind a comment": f"prefix#\n#\na:<{LONG}>",
    "bases behind comments": "base#\n<urn:a/>\n" * 5,
    "a base": f"BaSe <{LONG}>",
    "bases upon bases": "@base <urn:a/> .\n@base <b/> .\n" * 3,
    "an address longer than any": f"<urn:a> <urn:b> <urn:{'x' * 3_000}> .",
}


@pytest.mark.parametrize("text", UNFOLDING.values(), ids=UNFOLDING)
def test_no_file_of_a_workspace_unfolds(text: str) -> None:
    with pytest.raises(BadGraph, match="x: declares a prefix or a base"):
        refuse_harmful(text.encode(), "x")


def test_a_long_address_and_words_of_bases_are_no_harm() -> None:
    text = f'@base <urn:a> . @prefix a: <urn:a> . a:b a:c <{LONG}>, "base camp". # base <x>'
    refuse_harmful(text.encode(), "x")


@pytest.mark.parametrize(
    ("rule", "error", "said"),
    [
        (
            "CONSTRUCT { ?s ?p ?o } { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
            BadQuery,
            "SERVICE reaches the network",
        ),
        ("SELECT * { ?s ?p ?o }", BadQuery, "is no CONSTRUCT"),
        ("CONSTRUCT { ?s ?p ?o } { ?s ?p", BadGraph, "no SPARQL"),
    ],
)
def test_the_rule_of_edges_is_judged_as_every_query(
    small: Workspace, rule: str, error: type[Exception], said: str
) -> None:
    own = small.root / "field"
    own.mkdir()
    (own / "edges.rq").write_text(rule)
    ontology = (own, *small.ontology)
    field = replace(small, ontology=ontology, replaces=True)
    with pytest.raises(error, match=said):
        build(field)


def _nested(depth: int) -> bytes:
    term = '{"type":"triple","value":{"object":'
    value = term * depth + '{"type":"uri","value":"urn:a"}' + "}}" * depth
    row = '{"head":{"vars":["x"]},"results":{"bindings":[{"x":' + value + "}]}}"
    return row.encode()


def test_an_answer_of_rows_is_nested_only_so_deep() -> None:
    refuse_deep(_nested(3))
    refuse_deep(json.dumps({"value": "{" * 1_000}).encode())
    with pytest.raises(ValueError, match="nested too deep"):
        refuse_deep(_nested(50_000))


def test_an_error_of_syntax_keeps_its_line_where_dask_is_imported_too(tmp_path):
    pytest.importorskip("distributed")
    (tmp_path / "bad.ttl").write_text(
        "<urn:a> <urn:b> <urn:c> .\n<urn:a> nonsense .\n"
    )
    with (
        pytest.raises(SyntaxError, match="nonsense") as error,
        plain_file(tmp_path / "bad.ttl", ox.RdfFormat.TURTLE),
    ):
        pass
    assert error.value.lineno == 2
