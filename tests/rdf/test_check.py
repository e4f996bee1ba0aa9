"""Every shape and every other check finds what it is there to find, and the graph that ships passes them all."""

import hashlib
import shutil
from pathlib import Path

import pytest
from rdflib import Graph
from rdflib.namespace import RDF, SH

import onrecord
from onrecord import workspace
from onrecord.model.errors import BadGraph
from onrecord.model.iris import PREFIXES
from onrecord.rdf import turtle
from onrecord.store.check import Finding, Report, check

SHAPES = list(workspace.shipped().ontology[0].glob("*shapes.ttl"))


def swap(name: str, value: str, where: str = "") -> str:
    """The update that gives every node with such a property another value for it."""
    return f"DELETE {{ ?it {name} ?x }} INSERT {{ ?it {name} {value} }} WHERE {{ ?it {name} ?x {where} }}"


OTHER_CODE = {
    "modality": "needs one modality of its list",
    "reportBasis": "needs one basis of its list",
    "reviewStatus": "needs one review status of its list",
    "stanceOnAI": "has a stance that is not of its list, or several",
    "wording": "has a wording that is not of its list, or several",
    "saidVia": "has a channel (via) that is not of its list, or several",
    "stage": "has a stage that is not of its list, or several",
}
BREAKS = {
    (
        "StatementShape",
        "needs exactly one label",
    ): "DELETE { ?s rdfs:label ?x } WHERE { ?s a :Statement ; rdfs:label ?x }",
    (
        "StatementShape",
        "needs exactly one gist, in our own words",
    ): "DELETE { ?s :gist ?x } WHERE { ?s :gist ?x }",
    (
        "StatementShape",
        "has no actor",
    ): "DELETE { ?s :actor ?x } WHERE { ?s :actor ?x }",
    (
        "StatementShape",
        "has an actor that can say or do nothing itself, or that is in no registry",
    ): "INSERT { ?s :actor :The-Long-Film } WHERE { ?s a :Statement }",
    (
        "StatementShape",
        "needs exactly one relation",
    ): "INSERT { ?s :relation :urges } WHERE { ?s a :Statement }",
    (
        "StatementShape",
        "has a relation that the ontology does not declare",
    ): swap(":relation", ":admires"),
    (
        "StatementShape",
        "states a relation that only edges.rq makes; state the plain one, negated",
    ): swap(":relation", ":notConcernedAbout"),
    (
        "StatementShape",
        "has no object, or one that is no entity and no topic",
    ): swap(":object", '"a film"'),
    (
        "StatementShape",
        "must say once, true or false, whether it is negated",
    ): swap(":negated", '"no"'),
    (
        "StatementShape",
        "has more than three topics",
    ): "INSERT { ?s :topic topic:mine , topic:regulation , topic:deepfakes , topic:authorship } WHERE { ?s :gist ?x }",
    (
        "StatementShape",
        "has a topic that the ontology does not declare",
    ): "INSERT { ?s :topic topic:weather } WHERE { ?s a :Statement }",
    (
        "StatementShape",
        "needs exactly one document, which the graph describes",
    ): "DELETE { ?s :document ?x } WHERE { ?s :document ?x }",
    (
        "StatementShape",
        "needs one confidence, from 0 to 1",
    ): swap(":confidence", "7"),
    (
        "StatementShape",
        "needs exactly one run that made it, which the graph describes",
    ): swap("prov:wasGeneratedBy", "run:none"),
    (
        "StatementShape",
        "disputes a statement that is not there",
    ): "INSERT { ?s :disputes st:0123456789ab } WHERE { ?s a :Statement }",
    (
        "StatementShape",
        "needs exactly one evidence",
    ): "DELETE { ?s :evidence ?x } WHERE { ?s :evidence ?x }",
    (
        "StatementShape",
        "has evidence from another document than its own",
    ): swap("oa:hasSource", "doc:other"),
    **{
        (
            "CodeShape",
            message,
        ): swap(f":{name}", "code:curation")
        for name, message in OTHER_CODE.items()
    },
    (
        "DateShape",
        "must have at most one date, a real one such as 2025, 2025-10 or 2025-10-21",
    ): 'INSERT { ?s :saidOn "2025-13-45"^^xsd:date } WHERE { ?s a :Statement }',
    (
        "DateShape",
        "must begin (valid_from) once, on a real date",
    ): 'INSERT { ?s :validFrom "May" } WHERE { ?s a :Statement }',
    (
        "DateShape",
        "must end (valid_until) once, on a real date",
    ): 'INSERT { ?s :validUntil "2025"^^xsd:gYear , "2026"^^xsd:gYear } WHERE { ?s a :Statement }',
    (
        "DateShape",
        "must be published at most once, on a real date",
    ): 'INSERT { ?d dcterms:issued "soon" } WHERE { ?d a :Document }',
    (
        "DateShape",
        "must have at most one date that it is not older than (not_before), a real one",
    ): 'INSERT { ?d :notBefore "soon" } WHERE { ?d a :Document }',
    (
        "NotBeforeShape",
        "is not older than an event, and does not say once which, and where that is proven (not_before_proof)",
    ): 'INSERT { ?d :notBefore "2025"^^xsd:gYear } WHERE { ?d a :Document }',
    (
        "AllegationShape",
        "is an allegation and does not say whose (according_to)",
    ): "DELETE { ?s :accordingTo ?x } WHERE { ?s :accordingTo ?x }",
    (
        "AnchorShape",
        "quotes more than one passage",
    ): 'INSERT { ?w oa:exact "more" } WHERE { ?w oa:exact ?x }',
    ("AnchorShape", "quotes nothing"): swap("oa:exact", '""'),
    (
        "DocumentShape",
        "needs exactly one title",
    ): 'INSERT { ?d rdfs:label "Another" } WHERE { ?d a :Document }',
    (
        "DocumentShape",
        "needs exactly one publisher",
    ): "DELETE { ?d dcterms:publisher ?x } WHERE { ?d dcterms:publisher ?x }",
    (
        "DocumentShape",
        "has an address that is none, or several",
    ): 'INSERT { ?d schema:url "here" } WHERE { ?d a :Document }',
    (
        "DocumentShape",
        "needs one source kind of its list",
    ): swap(":sourceKind", "code:curation"),
    (
        "DocumentShape",
        "has a hash of its text that is none; write 64 hexadecimal digits",
    ): 'INSERT { ?d :sha256 "../../etc/passwd" } WHERE { ?d schema:url ?x }',
    (
        "DocumentShape",
        "has neither an address nor the hash of its text, so nobody can read it",
    ): "DELETE { ?d schema:url ?x } WHERE { ?d schema:url ?x }",
    (
        "AddressShape",
        "is the address of several documents; remove one of them",
    ): swap("schema:url", "<https://news.example/same>"),
    (
        "RunShape",
        "needs exactly one name",
    ): "DELETE { ?r rdfs:label ?x } WHERE { ?r a :Run ; rdfs:label ?x }",
    (
        "RunShape",
        "must be a curation or an extraction",
    ): swap(":runKind", "code:actual"),
    (
        "EntityShape",
        "needs exactly one name in entities.ttl",
    ): "INSERT { ?s :recipient :Nobody } WHERE { ?s a :Statement }",
    (
        "EntityShape",
        "needs exactly one type",
    ): "INSERT { ?e a :Guild } WHERE { ?e a :Company }",
    (
        "EntityShape",
        "has a type that no entity can have",
    ): "DELETE { ?e a :Group } INSERT { ?e a :Agent } WHERE { ?e a :Group }",
    (
        "EntityShape",
        "has several affiliations",
    ): "INSERT { ?e :affiliation :Studio-Nine , :Studio-Ten } WHERE { ?e a :Person }",
    (
        "EntityShape",
        "has a party that can say or do nothing itself, or that is in no registry",
    ): "INSERT { ?e :party :The-Long-Film } WHERE { ?e a :Legislation }",
    (
        "EntityShape",
        "is matched with several Wikidata items",
    ): "INSERT { ?e skos:exactMatch <http://items.example/Q1> , <http://items.example/Q2> } WHERE { ?e a :Film }",
    (
        "PersonShape",
        "is a person and a made thing at once",
    ): "INSERT { ?e a :Film } WHERE { ?e a :Person }",
    (
        "ObjectShape",
        "is the object of a statement, and neither a topic nor an entity of the registry",
    ): swap(":object", ":Nothing"),
    (
        "MatchShape",
        "is matched with several entities",
    ): "INSERT { ?e skos:exactMatch <http://items.example/Q1> } WHERE { ?e a :Company }",
    (
        "ReplacedShape",
        "was merged into several entities, or into none",
    ): "INSERT { :Old dcterms:isReplacedBy :Studio-Nine , :Studio-Ten } WHERE { ?r a :Run }",
    (
        "ReplacedShape",
        "was merged into an entity that is not there",
    ): "INSERT { :Old dcterms:isReplacedBy :Nobody } WHERE { ?r a :Run }",
    (
        "NamedShape",
        "is named by no statement, is nobody's affiliation and party to nothing",
    ): 'INSERT { :Nobody a :Person ; rdfs:label "Nobody" } WHERE { :Studio-Nine a :Company }',
    (
        "ToolNamedShape",
        "is named by no statement and has no maker",
    ): 'INSERT { :Nothing a :AISystem ; rdfs:label "Nothing" } WHERE { :Studio-Nine a :Company }',
    (
        "AgentExpectedShape",
        "has a relation to somebody who can act, and an object that cannot",
    ): swap(":relation", ":urges", "; :object :The-Long-Film"),
    (
        "TextExpectedShape",
        "signs or votes for something that is no letter, law, case, agreement or policy",
    ): swap(":relation", ":signs", "; :object :The-Long-Film"),
    (
        "WorkExpectedShape",
        "produces something that is no work",
    ): swap(":relation", ":produces", "; :object topic:job-displacement"),
}
WARNINGS = {
    "NamedShape",
    "ToolNamedShape",
    "AgentExpectedShape",
    "TextExpectedShape",
    "WorkExpectedShape",
}
IN_ONTOLOGY = {
    (
        "TopicShape",
        "needs a skos:prefLabel",
    ): "DELETE { ?t skos:prefLabel ?x } WHERE { ?t skos:prefLabel ?x }",
    (
        "TopicShape",
        "needs exactly one label",
    ): 'INSERT { ?t rdfs:label "more" } WHERE { ?t a :Topic }',
    (
        "TopicShape",
        "needs a definition",
    ): "DELETE { ?t skos:definition ?x } WHERE { ?t skos:definition ?x }",
    (
        "TopicShape",
        "needs a scheme that it stands in",
    ): "DELETE { ?t skos:inScheme ?x } WHERE { ?t skos:inScheme ?x }",
}
SHIPPED_ONLY = {
    ("ShortAnchorShape", "quotes more than eight words; cut the anchor"),
    ("PublicDocumentShape", "has no address where a reader could look it up"),
    (
        "ShortGistShape",
        "has a gist of more than twenty words; tell it in fewer",
    ),
    (
        "VerbFirstShape",
        "has a gist that does not begin with its verb (Says, Asks, Signs …)",
    ),
    (
        "NoPronounShape",
        "has a gist that begins with a pronoun or an article; begin with the verb, and name who is meant",
    ),
}
TOPIC = 'topic:mine a :Topic ; rdfs:label "mine" ; skos:prefLabel "mine" ; skos:definition "My." ; skos:inScheme :topics .'  # noqa: E501


@pytest.fixture(scope="session")
def sound_folder(
    new_desk: Path, desk_at, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A workspace that passes without a warning, and says something of everything."""
    desk = desk_at(
        shutil.copytree(new_desk, tmp_path_factory.mktemp("sound") / "desk")
    )
    use = desk.said(
        "usesAIIn",
        "The Long Film",
        instrument="Paintbot",
        stage="editing",
        actors=["Studio Nine"],
    )
    charge = {
        "basis": "allegation",
        "according_to": "Bob Sample",
        "stance": "critical",
        "via": "interview",
    }
    desk.put(
        desk.told(
            desk.said(
                anchor="so I fear", date="2025-05", recipient="Some fans"
            ),
            use,
            published="2025-05-01",
        ),
        desk.told(
            desk.said("opposes", "Example Act", **charge),
            name="two",
            sha256="ab" * 32,
        ),
    )
    (desk.workspace.root / "ontology").mkdir()
    prefixes = "".join(
        f"@prefix {name}: <{base}> .\n" for name, base in PREFIXES.items()
    )
    (desk.workspace.root / "ontology" / "mine.ttl").write_text(
        prefixes + TOPIC, encoding="utf-8"
    )
    return desk.workspace.root


@pytest.fixture
def sound(sound_folder: Path, desk_at, tmp_path: Path):
    """A copy of it for each test to break."""
    return desk_at(shutil.copytree(sound_folder, tmp_path / "sound"))


def change(folder: Path, update: str) -> None:
    """Runs a SPARQL update on every Turtle file of a folder."""
    changed = 0
    for path in folder.rglob("*.ttl"):
        graph = turtle.read(path)
        before = set(graph)
        graph.update(update, initNs=PREFIXES)
        if set(graph) != before:
            changed += 1
            path.write_bytes(turtle.write(graph))
    assert changed, "the update changed nothing"


def messages(report: Report, severity: str) -> set[str]:
    return {
        finding.message
        for finding in report.findings
        if finding.severity == severity
    }


def told(report: Report) -> set[tuple[str, str, str]]:
    """Each finding, in whichever of its files it is placed."""
    return {
        (row.severity, row.where.rpartition(": ")[2], row.message)
        for row in report.findings
    }


def said(
    report: Report, message: str, severity: str = "error"
) -> list[Finding]:
    """The findings that say this, with a value behind it or without."""
    alike = (message, f"{message}: ")
    return [
        each
        for each in report.findings
        if each.severity == severity
        and (each.message == message or each.message.startswith(alike[1]))
    ]


def test_a_sound_workspace_passes_without_a_word(sound) -> None:
    report = check(sound.workspace)
    assert report.findings == ()
    assert report.passed
    assert report.counts == {"documents": 2, "statements": 3, "entities": 8}


@pytest.mark.parametrize(("shape", "message"), [*BREAKS, *IN_ONTOLOGY])
def test_every_shape_finds_what_breaks_it(
    sound, shape: str, message: str
) -> None:
    update = BREAKS.get((shape, message)) or IN_ONTOLOGY[shape, message]
    change(
        sound.workspace.root
        / ("ontology" if (shape, message) in IN_ONTOLOGY else "graphs"),
        update,
    )
    report = check(sound.workspace)
    severity = "warning" if shape in WARNINGS else "error"
    assert said(report, message, severity), report.findings
    assert report.passed is not any(
        finding.severity == "error" for finding in report.findings
    )


def test_what_changed_is_told_as_a_check_of_everything_tells_it(sound) -> None:
    for update in [*BREAKS.values()][::4]:
        check(sound.workspace)
        shutil.copytree(sound.graphs, sound.graphs.with_name("kept"))
        change(sound.graphs, update)
        report = check(sound.workspace)
        assert told(report) == told(check(sound.workspace, whole=True)), update
        shutil.rmtree(sound.graphs)
        sound.graphs.with_name("kept").rename(sound.graphs)


def test_every_shape_is_broken_by_a_test_of_its_own() -> None:
    found = set()
    for path in SHAPES:
        graph = Graph().parse(path)
        for shape in graph.subjects(RDF.type, SH.NodeShape):
            parts = [*graph.objects(shape, SH.property)] or [shape]
            found |= {
                (shape.rpartition("/")[2], str(graph.value(part, SH.message)))
                for part in parts
            }
    assert found == {*BREAKS, *IN_ONTOLOGY, *SHIPPED_ONLY}


def test_every_class_that_a_record_may_use_is_under_the_entity_shape(
    graph,
) -> None:
    shapes = Graph().parse(workspace.shipped().ontology[0] / "shapes.ttl")
    targets = {
        str(each).rpartition("/")[2]
        for each in shapes.objects(None, SH.targetClass)
    }
    classes = [
        each for each in graph.vocabulary.classes.values() if each.assignable
    ]
    assert [each.key for each in classes if not each.ancestors & targets] == []


def test_the_graph_that_ships_passes(shipped) -> None:
    report = check(shipped)
    assert messages(report, "error") == set()
    assert report.counts["statements"] > 1000


def test_a_file_that_did_not_change_is_not_looked_at_again(sound) -> None:
    check(sound.workspace)
    assert check(sound.workspace).unchanged == 4
    change(
        sound.graphs / "documents",
        swap(":gist", '"Asks."@en', "; :stage ?stage"),
    )
    assert check(sound.workspace).unchanged == 3
    assert check(sound.workspace, whole=True).unchanged == 0


def test_findings_of_the_last_check_stand_until_they_are_mended(sound) -> None:
    one, two = sorted((sound.graphs / "documents").iterdir())
    sound_text = one.read_text(encoding="utf-8")
    one.write_text(
        sound_text.replace(":relation :", ":relation :un"), encoding="utf-8"
    )
    faulty = check(sound.workspace)
    assert not faulty.passed
    two.write_text(
        two.read_text(encoding="utf-8") + "\n# read\n", encoding="utf-8"
    )
    assert check(sound.workspace).findings == faulty.findings
    one.write_text(sound_text, encoding="utf-8")
    assert check(sound.workspace).findings == ()


def test_of_a_registry_that_stands_the_entities_named_now_or_before_are_looked_at(
    sound,
) -> None:
    registry = sound.graphs / "entities.ttl"
    nobody = 'INSERT { :Nobody a :Person ; rdfs:label "Nobody" } WHERE { :Studio-Nine a :Company }'
    change(sound.graphs, nobody)
    faulty = check(sound.workspace)
    text = registry.read_bytes()
    change(
        sound.graphs / "documents",
        "DELETE { ?s :recipient ?x } WHERE { ?s :recipient ?x }",
    )
    unnamed = check(sound.workspace)

    assert registry.read_bytes() == text
    assert [row.where for row in faulty.findings] == [
        "graphs/entities.ttl: :Nobody"
    ]
    assert [row.where for row in unnamed.findings] == [
        "graphs/entities.ttl: :Nobody",
        "graphs/entities.ttl: :Some-fans",
    ]
    assert unnamed.findings == check(sound.workspace, whole=True).findings


@pytest.fixture
def as_shipped(sound, monkeypatch: pytest.MonkeyPatch):
    """The same workspace in the place of the one that ships, by a package folder of its own."""
    ours = workspace.shipped()
    root = sound.workspace.root
    shutil.copytree(ours.ontology[0], root / "ontology", dirs_exist_ok=True)
    sound.workspace = workspace.Workspace(
        None, sound.workspace.graphs, (root / "ontology",), ours.queries
    )
    monkeypatch.setattr(workspace.Workspace, "is_shipped", True)
    return sound


def test_what_ships_quotes_at_most_eight_words(as_shipped) -> None:
    change(as_shipped.graphs, swap("oa:exact", '"a b c d e f g h"'))
    assert messages(check(as_shipped.workspace), "error") == set()
    change(
        as_shipped.graphs,
        swap("oa:exact", '"a b c d e f g h i"'),
    )
    assert said(
        check(as_shipped.workspace),
        "quotes more than eight words; cut the anchor",
    )


@pytest.mark.parametrize(
    ("gist", "odd"),
    [
        ("Says that machines take work away.", set()),
        ("Would sooner stop than use a machine.", set()),
        ("Asks, for the writers, that machines stay out.", set()),
        (
            "Warns " + "again and " * 10 + "again.",
            {"has a gist of more than twenty words"},
        ),
        (
            "Ada Example says that machines take work away.",
            {"has a gist that does not begin with its verb"},
        ),
        (
            "They take work away.",
            {
                "has a gist that does not begin",
                "has a gist that begins with a pronoun",
            },
        ),
    ],
)
def test_what_ships_is_told_by_gists_that_begin_with_their_verb(
    as_shipped, gist: str, odd: set[str]
) -> None:
    change(as_shipped.graphs, swap(":gist", f'"{gist}"@en'))
    warnings = {
        each
        for each in messages(check(as_shipped.workspace), "warning")
        if "gist" in each
    }
    assert len(warnings) == len(odd)
    assert all(
        any(each.startswith(words) for each in warnings) for words in odd
    )


def test_what_ships_gives_an_address_for_every_document(as_shipped) -> None:
    change(
        as_shipped.graphs,
        "DELETE { ?d schema:url ?x } WHERE { ?d schema:url ?x }",
    )
    assert said(
        check(as_shipped.workspace),
        "has no address where a reader could look it up",
    )


def test_a_workspace_of_its_own_may_quote_whole_passages(sound) -> None:
    change(sound.graphs, swap("oa:exact", '"a b c d e f g h i j"'))
    assert check(sound.workspace).findings == ()


def test_a_workspace_may_add_shapes(sound) -> None:
    shape = (
        ":Mine a sh:NodeShape ; sh:targetClass :Document ;"
        " sh:property [ sh:path dcterms:creator ; sh:minCount 1 ; sh:message 'needs an author' ] ."
    )
    prefixes = f"@prefix : <{PREFIXES['']}> . @prefix sh: <{SH}> . @prefix dcterms: <{PREFIXES['dcterms']}> . "
    (sound.workspace.root / "ontology" / "my-shapes.ttl").write_text(
        prefixes + shape, encoding="utf-8"
    )
    assert len(said(check(sound.workspace), "needs an author")) == 2


@pytest.mark.parametrize(
    "word", ["SERVICE", "S\\\\u0045RVICE", "SERVICE SILENT"]
)
def test_a_shape_reaches_no_network(
    sound, endpoint: tuple[str, list[str]], word: str
) -> None:
    address, reached = endpoint
    reached.clear()
    query = f"SELECT $this WHERE {{ $this a ?x . {word} <{address}> {{ ?x ?y ?z }} }}"
    write_shape(sound, query)
    with pytest.raises(BadGraph, match="SERVICE"):
        check(sound.workspace)
    assert reached == []


def write_shape(sound, query: str) -> None:
    """Adds a shape with a query of its own to the ontology of a workspace."""
    shape = (
        ":Asking a sh:NodeShape ; sh:targetClass :Document ;"
        f' sh:sparql [ sh:message \'asked\' ; sh:select """{query}""" ] .'
    )
    prefixes = f"@prefix : <{PREFIXES['']}> . @prefix sh: <{SH}> . "
    (sound.workspace.root / "ontology" / "my-shapes.ttl").write_text(
        prefixes + shape, encoding="utf-8"
    )


def test_a_finding_names_file_and_statement(sound) -> None:
    change(
        sound.graphs,
        "DELETE { ?s :gist ?x } WHERE { ?s :gist ?x ; :relation :opposes }",
    )
    (finding,) = check(sound.workspace).findings
    ((iri,),) = sound.ask("SELECT ?s { ?s :relation :opposes }")
    assert (
        finding.where
        == f"graphs/documents/example-news-undated-two.ttl: statement {iri[-12:]}"
    )
    assert finding.message == "needs exactly one gist, in our own words"


IN_DOCUMENTS = "WHERE { ?d a :Document }"
OTHERS = {
    "is or has a blank node; give it an IRI": f"INSERT {{ ?d dcterms:relation [] }} {IN_DOCUMENTS}",
    "holds the control character U+0007; take it out": f'INSERT {{ ?d dcterms:creator "\\u0007" }} {IN_DOCUMENTS}',
    "has a direct edge, :urges; write a statement instead": f"INSERT {{ ?d :urges :Studio-Ten }} {IN_DOCUMENTS}",
    "was removed, and is there again; delete it, or its tombstone": f"INSERT {{ ?d a :Removed }} {IN_DOCUMENTS}",
    "is in entities.ttl and has no type that an entity can have": "INSERT { :O rdfs:label 'o' } WHERE { ?e a :Film }",
    "the alias 'Nine' belongs to :Studio-Nine already": "INSERT { ?e skos:altLabel 'Nine' } WHERE { ?e a :Film }",
}


@pytest.mark.parametrize("message", OTHERS)
def test_what_no_shape_can_say_is_found_too(sound, message: str) -> None:
    change(sound.graphs, OTHERS[message])
    assert said(check(sound.workspace), message)


def test_a_document_in_the_file_of_another_is_found(sound) -> None:
    folder = sound.graphs / "documents"
    (folder / "example-news-undated-two.ttl").rename(folder / "elsewhere.ttl")
    report = check(sound.workspace)
    assert said(
        report,
        "tells of doc:example-news-undated-two, which has a file of its own",
    )


def test_a_sentence_that_lags_behind_its_parts_is_a_warning(sound) -> None:
    change(
        sound.graphs,
        swap("rdfs:label", '"Ada Other"@en', "FILTER (?it = :Ada-Example)"),
    )
    report = check(sound.workspace)
    assert report.passed
    assert (
        "should read 'Ada Other is concerned about job displacement'; add its record again"
        in messages(report, "warning")
    )


@pytest.mark.parametrize(
    ("said_on", "is_late"),
    [("2025-06", True), ("2025-05", False), ("2025", False), ("2026", True)],
)
def test_what_was_said_after_its_document_came_out_is_a_warning(
    sound, said_on: str, is_late: bool
) -> None:
    sound.put(
        sound.told(
            sound.said(date=said_on), name="late", published="2025-05-20"
        )
    )
    found = messages(check(sound.workspace), "warning")
    assert found == (
        {f"was said on {said_on}, after its document came out on 2025-05-20"}
        if is_late
        else set()
    )


@pytest.fixture
def quoting(sound):
    """A document whose text is kept, and a statement that quotes it."""
    text = "She said so, and I fear for jobs."
    digest = hashlib.sha256(text.encode()).hexdigest()
    (sound.workspace.root / "texts").mkdir()
    (sound.workspace.root / "texts" / f"{digest}.txt").write_text(
        text, encoding="utf-8"
    )
    return sound, sound.workspace.root / "texts" / f"{digest}.txt"


@pytest.mark.parametrize(
    ("quote", "message"),
    [
        ({"exact": "I fear", "start": 17, "end": 23}, None),
        ({"exact": "I fear"}, None),
        (
            {"exact": "I fear", "start": 3, "end": 9},
            "its words do not stand at 3 to 9 of the text",
        ),
        ({"exact": "I hope"}, "its words do not stand in the text"),
    ],
)
def test_a_quote_is_looked_up_in_its_text(
    quoting, quote: dict[str, object], message: str | None
) -> None:
    desk, text = quoting
    desk.put(desk.told(desk.said(quote=quote), name="quoted", sha256=text.stem))
    assert messages(check(desk.workspace), "error") == (
        {message} if message else set()
    )


def test_a_text_that_was_changed_is_found(quoting) -> None:
    desk, text = quoting
    desk.put(desk.told(desk.said(), name="quoted", sha256=text.stem))
    text.write_text("something else", encoding="utf-8")
    assert messages(check(desk.workspace), "error") == {
        f"texts/{text.name} has changed since; its hash is another"
    }


def test_a_file_that_is_no_turtle_is_named_with_its_line_and_nothing_else(
    sound,
) -> None:
    path = sound.graphs / "documents" / "example-news-undated-two.ttl"
    path.write_text(
        path.read_text(encoding="utf-8").replace(":gist", ":gist :gist ;"),
        encoding="utf-8",
    )
    report = check(sound.workspace)
    (finding,) = report.findings
    name, line = finding.where.split(":")
    assert name == "graphs/documents/example-news-undated-two.ttl"
    assert (
        ":gist :gist ;"
        in path.read_text(encoding="utf-8").splitlines()[int(line) - 1]
    )
    assert finding.message.startswith("no Turtle: ")


def test_a_date_that_is_none_is_a_finding_and_no_traceback(
    sound, command
) -> None:
    change(
        sound.graphs,
        'INSERT { ?s :saidOn "2025-13-45"^^xsd:date } WHERE { ?s :relation :opposes }',
    )
    done = command("check", cwd=sound.workspace.root)
    assert done.stderr == ""
    assert (
        "a real one such as 2025, 2025-10 or 2025-10-21: 2025-13-45"
        in done.stdout
    )


def test_the_command_prints_its_findings_its_counts_and_fails(
    sound, command
) -> None:
    fine = command("check", cwd=sound.workspace.root)
    assert (fine.returncode, fine.stdout) == (
        0,
        "2 documents, 3 statements, 8 entities: no errors, no warnings\n",
    )
    change(sound.graphs, "DELETE { ?s :gist ?x } WHERE { ?s :gist ?x }")
    broken = command("check", cwd=sound.workspace.root)
    assert broken.returncode == 1
    assert broken.stdout.splitlines()[-1].endswith(": 3 errors, no warnings")


def test_the_front_door_checks_too(sound) -> None:
    assert onrecord.check(workspace=sound.workspace).passed
