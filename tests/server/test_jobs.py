"""What workers are asked for."""

import shutil
import subprocess
from collections.abc import Callable

import pyoxigraph as ox
import pytest

from onrecord.model.iris import BASE
from onrecord.querying.ask import stream
from onrecord.querying.evaluate import GRAPH_FORMATS
from onrecord.server import jobs

SAG_AFTRA = BASE + "SAG-AFTRA"


def sent(job: Callable[..., None], graph, **options: object) -> bytes:
    pieces: list[bytes] = []
    job(graph, pieces.append, **options)
    return b"".join(pieces)


def described(graph, form: str) -> bytes:
    return sent(jobs.describe, graph, kind="entity", iri=SAG_AFTRA, form=form)


def read(content: bytes, form: str) -> set[ox.Triple]:
    quads = ox.parse(content, format=GRAPH_FORMATS[form], base_iri=BASE)
    return {quad.triple for quad in quads}


def stored(graph, iri: str) -> set[ox.Triple]:
    """All that the graph says of a node."""
    node = ox.NamedNode(iri)
    quads = graph.store.quads_for_pattern(node, None, None)
    return {quad.triple for quad in quads}


@pytest.mark.parametrize(
    "form", ["turtle", "ntriples", "jsonld", "rdfxml", "nquads", "trig"]
)
def test_an_entity_comes_with_its_statements_whole_in_every_format(graph, form):
    triples = read(described(graph, form), form)
    known: set[ox.Triple] = set()
    for iri in {triple.subject.value for triple in triples}:
        known |= stored(graph, iri)
    assert triples <= known
    assert stored(graph, SAG_AFTRA) <= triples
    for row in graph.ask("statements-by", {"actor": SAG_AFTRA}):
        assert stored(graph, str(row["statement"])) <= triples


def test_another_reader_reads_the_turtle_too(graph, tmp_path):
    rapper = shutil.which("rapper")
    if not rapper:
        pytest.skip("no rapper here: another reader of Turtle")
    file = tmp_path / "it.ttl"
    file.write_bytes(described(graph, "turtle"))
    done = subprocess.run(
        [rapper, "-q", "-c", "-i", "turtle", str(file)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def answered(graph, name: str, given: dict[str, str], form: str) -> bytes:
    return sent(jobs.answer_question, graph, name=name, given=given, form=form)


@pytest.mark.parametrize("form", ["csv", "json", "tsv", "xml"])
def test_a_download_is_what_the_command_line_writes(graph, form):
    given = {"whom": "OpenAI"}
    pieces = stream(
        "who-urges-whom", form, workspace=graph.workspace, parameters=given
    )
    assert answered(graph, "who-urges-whom", given, form) == b"".join(pieces)


@pytest.mark.parametrize(
    ("form", "start"), [("markdown", b"| who "), ("table", b"who")]
)
def test_a_download_may_be_for_people(graph, form, start):
    text = answered(graph, "who-urges-whom", {"whom": "OpenAI"}, form)
    assert text.startswith(start)


def test_an_answer_that_is_a_graph_downloads_as_one(graph):
    given = {"entity": "SAG-AFTRA"}
    assert b":urges" in answered(graph, "network-around", given, "turtle")
