"""The promises of the graph that ships: how much there is, in which files, and nothing that is not ours."""

import json
from pathlib import Path

import pytest

from onrecord.editing.folder import Folder
from onrecord.model import Entity, Source
from onrecord.model.errors import AmbiguousName
from onrecord.model.iris import document_iri, local
from onrecord.querying.ask import Graph
from onrecord.querying.dossier import stats
from onrecord.workspace import Workspace

GRAPHS = Path(__file__).parents[2] / "graphs"
DOCUMENTS = sorted((GRAPHS / "documents").glob("*.ttl"))
LEAST = {"documents": 617, "statements": 2064, "entities": 899, "edges": 1000}
MOST_UNDATED = 120
MOST_GIST_WORDS, MOST_ANCHOR_WORDS = 20, 8

ReadArticle = dict[Path, tuple[Source, dict[str, str]]]


@pytest.fixture(scope="module")
def folder(graph: Graph) -> Folder:
    return Folder(GRAPHS, graph.vocabulary)


@pytest.fixture(scope="module")
def sources(folder: Folder) -> ReadArticle:
    return {path: folder.source(path.stem) for path in DOCUMENTS}


@pytest.fixture(scope="module")
def entities(folder: Folder) -> dict[str, Entity]:
    return folder.entities()


def test_it_holds_as_much_as_was_promised(shipped: Workspace) -> None:
    counted = {
        str(row["what"]): int(str(row["number"]))
        for row in stats(workspace=shipped)
    }
    assert {
        what: counted[what]
        for what, least in LEAST.items()
        if counted[what] < least
    } == {}


def test_the_readme_tells_the_numbers_of_the_graph(shipped: Workspace) -> None:
    readme = (GRAPHS / "README.md").read_text(encoding="utf-8")
    counted = {
        str(row["what"]).strip(): int(str(row["number"]))
        for row in stats(workspace=shipped)
    }
    told = {
        "{} statements": "statements",
        "{} acts": "acts that they report",
        "{} documents": "documents",
        "{} entities": "entities",
        "{} direct edges": "edges",
        "{} statements are dated by their act": "dated by speech or action",
        "{} by their document": "dated by their document",
        "{} by the newest event": "dated by an event that it tells of",
        "{} not at all": "undated",
        "{} statements have an anchor": "with words of the passage",
        "{} statements were accepted": "accepted",
        "{} were not read a second time": "not reviewed",
        "{} were superseded": "superseded",
    }
    sentences = [
        words.format(f"{counted[what]:,}") for words, what in told.items()
    ]
    assert [words for words in sentences if words not in readme] == []


def test_few_statements_are_undated(shipped: Workspace) -> None:
    counted = {
        str(row["what"]): row["number"] for row in stats(workspace=shipped)
    }
    assert int(str(counted["  undated"])) <= MOST_UNDATED


def test_a_file_holds_the_document_that_it_is_named_for(
    sources: ReadArticle,
) -> None:
    assert {
        path.stem: source.document.id
        for path, (source, _) in sources.items()
        if path.stem != source.document.id
    } == {}


def test_every_document_file_is_as_onrecord_writes_it(
    sources: ReadArticle, entities: dict[str, Entity], folder: Folder
) -> None:
    changed = [
        path.name
        for path, (source, made_by) in sources.items()
        if folder.source_file(source, made_by, entities) != path.read_bytes()
    ]
    assert changed == []


def test_the_registry_is_as_onrecord_writes_it(
    entities: dict[str, Entity], folder: Folder
) -> None:
    assert (
        folder.entities_file(entities.values())
        == (GRAPHS / "entities.ttl").read_bytes()
    )


def test_a_gist_is_short_and_an_anchor_shorter(sources: ReadArticle) -> None:
    statements = [
        each for source, _ in sources.values() for each in source.statements
    ]
    assert [
        each.gist
        for each in statements
        if len(each.gist.split()) > MOST_GIST_WORDS
    ] == []
    anchors = [each.evidence.exact for each in statements if each.evidence]
    assert anchors
    assert [
        anchor for anchor in anchors if len(anchor.split()) > MOST_ANCHOR_WORDS
    ] == []


def test_every_document_can_be_opened(sources: ReadArticle) -> None:
    assert [
        path.name
        for path, (source, _) in sources.items()
        if not (source.document.url or "").startswith("http")
    ] == []


def test_a_translation_quotes_nobody(sources: ReadArticle) -> None:
    translated = [
        source for source, _ in sources.values() if source.document.translated
    ]
    assert translated
    assert {
        each.wording for source in translated for each in source.statements
    } <= {
        "indirect",
        "deed",
    }


def test_every_edge_is_borne_by_a_statement_that_is_not_rejected(
    graph: Graph,
) -> None:
    without = graph.ask(
        """
        SELECT ?from ?edge ?to WHERE {
          GRAPH graph:edges { ?from ?edge ?to . FILTER (?edge != :bears) }
          FILTER NOT EXISTS {
            { ?statement :bears ?edge ; :actor ?from ; :object ?to ; :evidence ?evidence }
            UNION
            { ?statement :bears ?edge ; :actor ?to ; :object ?from . ?edge a owl:SymmetricProperty }
            UNION
            { ?statement :bears :usesAIIn ; :instrument ?from ; :object ?to . FILTER (?edge = :usedIn) }
          }
        }
        """
    )
    assert list(without) == []


def test_no_edge_is_authored(graph: Graph) -> None:
    authored = graph.ask(
        "SELECT ?g ?from ?to WHERE { ?edge a :Relation . GRAPH ?g { ?from ?edge ?to } FILTER (?g != graph:edges) }"
    )
    assert list(authored) == []


def test_every_graph_is_named_for_what_it_holds(graph: Graph) -> None:
    named = {
        local(str(name))
        for name in graph.ask(
            "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
        ).column("g")
    }
    assert named == {path.stem for path in DOCUMENTS} | {
        "entities",
        "runs",
        "ontology",
        "edges",
    }


def test_a_form_that_stands_for_several_is_never_linked_by_itself(
    graph: Graph,
) -> None:
    forms = json.loads((GRAPHS / "ambiguous.json").read_text(encoding="utf-8"))
    labels = {known.label for known in graph.registry.entities.values()}
    several = [
        form
        for form, told in forms.items()
        if form not in labels and len(labels & {*told["candidates"]}) > 1
    ]
    assert "Universal" in several
    for form in several:
        with pytest.raises(AmbiguousName):
            graph.registry.find(form)


def test_the_seed_document_is_there_with_its_statements(
    sources: ReadArticle,
) -> None:
    (seed,) = [
        source
        for path, (source, _) in sources.items()
        if path.stem.startswith("longbridge-")
    ]
    assert document_iri(seed.document.id or "").endswith(
        "netflix-on-generative-ai"
    )
    assert len(seed.statements) >= 25
