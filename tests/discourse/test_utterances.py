import pytest

from onrecord.discourse.utterances import accept, kept, numbered, utterances
from onrecord.formats.stances import utterances_text
from onrecord.model.errors import BadInput
from onrecord.querying.ask import Graph

SPEECH = "Fears that machines take the work of writers."


def evidence(number, words):
    st = f"<https://w3id.org/onrecord/statement/{number:012}"
    return f"""
st:{number:012} :evidence {st}/evidence> .
{st}/evidence> <http://www.w3.org/ns/oa#hasSelector> {st}/words> .
{st}/words> <http://www.w3.org/ns/oa#exact> "{words}" .
"""


@pytest.fixture
def several(written, said, head):
    """A graph with statements in several documents: (number, document, actor, stance, day, gist, quotation)."""

    def make(*rows):
        graph = written()
        folder = graph.workspace.graphs[0] / "documents"
        for document in {row[1] for row in rows}:
            text = (
                head
                + "@prefix prov: <http://www.w3.org/ns/prov#> . @prefix run: <https://w3id.org/onrecord/run/> .\n"
            )
            text += f'doc:{document} a :Document ; rdfs:label "{document}" ; dcterms:publisher "{document}" ;'
            text += " :sourceKind code:report-source ."
            for number, where, actor, stance, day, gist, words in rows:
                if where == document:
                    told = said(
                        number,
                        actor,
                        stance,
                        day,
                        document=document,
                        more=" ; prov:wasGeneratedBy run:test",
                    )
                    text += told.replace(f"Says {number:012}.", gist) + (
                        evidence(number, words) if words else ""
                    )
            (folder / f"{document}.ttl").write_text(text, encoding="utf-8")
        runs = head + "@prefix run: <https://w3id.org/onrecord/run/> .\n"
        runs += 'run:test a :Run ; rdfs:label "A test"@en ; :runKind code:curation .'
        (graph.workspace.graphs[0] / "runs.ttl").write_text(
            runs, encoding="utf-8"
        )
        return Graph(graph.workspace)

    return make


def groups(graph):
    return [
        [each.id[-1] for each in found.statements]
        for found in utterances(workspace=graph.workspace)
    ]


ADA, BEN = ":Ada-Example", ":Ben-Sample"


def test_near_words_of_one_actor_at_one_time_are_one_utterance(several):
    graph = several(
        (1, "one", ADA, "critical", "2024-01-01", SPEECH, None),
        (
            2,
            "two",
            ADA,
            "critical",
            "2024-01-03",
            "Fears that machines take writers' work.",
            None,
        ),
        (
            3,
            "three",
            ADA,
            "critical",
            None,
            "She fears machines will take the work of the writers.",
            None,
        ),
    )
    assert groups(graph) == [["1", "2", "3"]]
    (found,) = utterances(workspace=graph.workspace)
    assert found.actors == ("Ada Example",)
    assert utterances_text([found], 80).startswith(
        "1. Ada Example: 3 statements, likeness "
    )


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(
            (2, "one", ADA, "critical", "2024-01-01", SPEECH, None),
            id="the same document",
        ),
        pytest.param(
            (2, "two", BEN, "critical", "2024-01-01", SPEECH, None),
            id="another actor",
        ),
        pytest.param(
            (2, "two", ADA, "critical", "2024-01-09", SPEECH, None),
            id="another week",
        ),
        pytest.param(
            (
                2,
                "two",
                ADA,
                "critical",
                None,
                "Sells a house by the sea.",
                None,
            ),
            id="other words",
        ),
    ],
)
def test_what_speaks_against_it(several, other):
    assert (
        groups(
            several(
                (1, "one", ADA, "critical", "2024-01-01", SPEECH, None), other
            )
        )
        == []
    )


def test_the_same_quotation_is_near_whatever_the_gist(several):
    graph = several(
        (
            1,
            "one",
            ADA,
            "critical",
            "2024-01-01",
            "Speaks against a plan.",
            "machines must never write films",
        ),
        (
            2,
            "two",
            ADA,
            "critical",
            "2024-01-01",
            "Is unhappy.",
            "never let machines write our films",
        ),
    )
    assert groups(graph) == [["1", "2"]]


def test_what_was_said_of_one_object_on_one_day_is_proposed_whatever_the_words(
    several,
):
    graph = several(
        (1, "one", ADA, "critical", "2024-01-01", SPEECH, None),
        (2, "two", ADA, "critical", "2024-01-02", "Is unhappy with it.", None),
    )
    assert groups(graph) == [["1", "2"]]


def test_a_chain_of_likenesses_is_no_group(several):
    graph = several(
        (1, "one", ADA, "critical", None, "alpha beta gamma delta", None),
        (2, "two", ADA, "critical", None, "beta gamma delta epsilon", None),
        (3, "three", ADA, "critical", None, "gamma delta epsilon zeta", None),
    )
    assert groups(graph) in [[["1", "2"]], [["2", "3"]]]


def test_accepted_ones_stand_in_the_graph_and_are_not_proposed_again(
    several, command
):
    graph = several(
        (1, "one", ADA, "critical", "2024-01-01", SPEECH, None),
        (2, "two", ADA, "critical", "2024-01-02", SPEECH, None),
    )
    root = graph.workspace.root
    assert command("-C", root, "utterances").stdout.startswith(
        "1. Ada Example: 2 statements"
    )
    answer = command("-C", root, "utterances", "--accept", "1")
    assert (answer.stdout, answer.stderr) == (
        "kept 1 utterances: 2 statements are linked\n",
        "",
    )
    assert (
        command("-C", root, "utterances").stdout
        == "no two documents seem to report one utterance\n"
    )
    (found,) = kept(Graph(graph.workspace))
    assert {each.document for each in found.statements} == {"one", "two"}
    assert command("-C", root, "utterances", "--kept").stdout.startswith(
        "1. Ada Example: 2 statements"
    )


def test_accepting_none_changes_nothing(several):
    graph = several((1, "one", ADA, "critical", "2024-01-01", SPEECH, None))
    assert accept([], workspace=graph.workspace) == 0


def test_numbers_are_read_as_people_write_them():
    assert numbered("1,3-5", 9) == [1, 3, 4, 5]
    assert numbered("all", 3) == [1, 2, 3]
    with pytest.raises(BadInput, match="there are 3"):
        numbered("4", 3)
    with pytest.raises(BadInput, match="1,3-5 or all"):
        numbered("one", 3)


def test_on_the_shipped_graph_every_group_is_of_several_documents(graph):
    found = utterances(workspace=graph.workspace) + kept(graph)
    assert found
    for each in found:
        assert each.actors
        assert len({proof.document for proof in each.statements}) == len(
            each.statements
        )
