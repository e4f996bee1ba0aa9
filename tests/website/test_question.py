"""The pages of the questions."""

import json

import pytest

from onrecord import workspace
from onrecord.querying.ask import Graph
from onrecord.querying.question import questions
from onrecord.website.question import check, list_page, question_page

NAMES = sorted(workspace.shipped().question_files())
MARKUP = '"><script>alert(1)</script>'


def words(element) -> str:
    return " ".join(element.text_content().split())


def sent_status(graph, name: str, given: dict[str, str]) -> int:
    pieces: list[bytes] = []
    check(name, given, graph, pieces.append)
    return json.loads(b"".join(pieces))["status"]


@pytest.mark.parametrize("name", NAMES)
def test_every_question_has_a_page_with_a_form_its_sparql_and_an_answer(
    graph, drawn, name
):
    page = drawn(question_page, name, {}, 1, graph=graph)
    asked = next(
        each for each in questions(graph.workspace) if each.name == name
    )
    assert words(page.xpath("//h1")[0]) == asked.title
    assert page.xpath("//form[@class='ask']//@name") == [
        each.name for each in asked.parameters
    ]
    assert (
        "SELECT" in (sparql := page.xpath("//pre")[0].text)
        or "CONSTRUCT" in sparql
        or "ASK" in sparql
    )
    assert page.xpath("//section/h2[@id='answer']")


def test_the_list_has_every_question(graph, drawn):
    assert [f"/-/questions/{name}" for name in NAMES] == drawn(
        list_page, "", graph=graph
    ).xpath("//ul//@href")


def test_a_question_that_leaves_something_open_waits_for_it(graph, drawn):
    page = drawn(question_page, "statements-by", {}, 0, graph=graph)
    assert not page.xpath("//h2[@id='answer']")
    assert "/-/questions/statements-by?from-row=1" in page.xpath("//@href")


def test_an_answer_has_all_its_rows_with_names_and_links(graph, drawn):
    page = drawn(
        question_page,
        "statements-by",
        {"actor": "SAG-AFTRA", "topic": "deepfakes"},
        0,
        graph=graph,
    )
    asked = graph.ask(
        "statements-by", {"actor": "SAG-AFTRA", "topic": "deepfakes"}
    )
    assert (
        len(page.xpath("//table[@class='answer']/tbody/tr")) == len(asked) > 0
    )
    cells = page.xpath("//table[@class='answer']/tbody/tr[1]/td[1]/a/@href")
    assert cells == [
        "/statement/" + str(asked[0]["statement"]).rpartition("/")[2]
    ]


def test_a_name_in_an_answer_leads_to_its_page_if_one_alone_bears_it(
    odd, drawn
):
    page = drawn(
        question_page, "who-urges-whom", {"whom": "Studio Nine"}, 0, graph=odd
    )
    told = page.xpath("//table[@class='answer']//a[.='Ada Example']/@href")
    assert set(told) == {"/Ada-Example"}


def test_a_long_answer_is_paged_and_keeps_what_was_asked(graph, drawn):
    page = drawn(
        question_page,
        "on-topic",
        {"topic": "consent-and-likeness"},
        101,
        graph=graph,
    )
    total = len(graph.ask("on-topic", {"topic": "consent-and-likeness"}))
    assert f"101 to 200 of {total}" in words(
        page.xpath("//nav[@class='pager']")[0]
    )
    assert page.xpath("//nav[@class='pager']//a/@href") == [
        "/-/questions/on-topic?topic=consent-and-likeness&from-row=1",
        "/-/questions/on-topic?topic=consent-and-likeness&from-row=201",
    ]


@pytest.mark.parametrize(
    ("name", "given", "status"),
    [
        ("who-urges-whom", {"whom": "OpenAI", "actor": ""}, 200),
        ("who-urges-whom", {"whom": "Nobodyatall"}, 404),
        ("who-urges-whom", {"whom": MARKUP}, 404),
        ("who-urges-whom", {"wrong": "1"}, 400),
        ("statements-by", {"since": "2025-13-01"}, 400),
        ("statements-by", {"topic": "no-such-topic"}, 404),
        ("on-topic", {"stance": "angry"}, 404),
    ],
)
def test_a_value_that_is_none_is_told_beside_its_field(
    graph, drawn, name, given, status
):
    page = drawn(question_page, name, given, 0, graph=graph)
    assert bool(page.xpath("//p[@class='error']")) == (status != 200)
    assert page.xpath("//main//script") == []
    assert sent_status(graph, name, given) == status
    for field in page.xpath("//*[@aria-invalid='true']"):
        assert page.xpath(f"//p[@id='{field.get('aria-describedby')}']")


def test_a_name_that_several_share_offers_each_of_them(odd, drawn, send):
    given = {"whom": "Mercury", "actor": "Ada Example"}
    assert json.loads(send(check, "who-urges-whom", given, graph=odd)) == {
        "status": 400,
        "graph": False,
    }
    page = drawn(question_page, "who-urges-whom", given, 0, graph=odd)
    assert page.xpath("//p[@id='e-whom']/a/@href") == [
        "/-/questions/who-urges-whom?whom=%3AMercury&actor=Ada+Example",
        "/-/questions/who-urges-whom?whom=%3AMercury-Company&actor=Ada+Example",
    ]
    again = drawn(
        question_page, "who-urges-whom", {"whom": ":Mercury"}, 0, graph=odd
    )
    assert "Nothing on record answers this." in words(again)


def test_each_kind_of_parameter_has_a_control_of_its_own(graph, drawn):
    page = drawn(
        question_page,
        "on-topic",
        {"stance": "critical", "topic": "deepfakes"},
        0,
        graph=graph,
    )
    assert page.xpath("//select[@name='stance']/option[@selected]/@value") == [
        "critical"
    ]
    assert (
        len(page.xpath("//select[@name='topic']/option"))
        == len(graph.vocabulary.topics) + 1
    )
    assert page.xpath("//input[@name='since']")
    assert (
        len(
            drawn(question_page, "statements-by", {}, 0, graph=graph).xpath(
                "//datalist/option"
            )
        )
        == 60
    )


def test_an_answer_that_is_a_graph_is_offered_as_one(graph, send, drawn):
    assert (
        json.loads(send(check, "network-around", {}, graph=graph))["graph"]
        is True
    )
    page = drawn(
        question_page, "network-around", {"entity": "SAG-AFTRA"}, 0, graph=graph
    )
    assert "/-/questions/network-around.ttl?entity=SAG-AFTRA" in page.xpath(
        "//@href"
    )


def test_the_sparql_that_is_shown_gives_the_answer(graph, drawn):
    page = drawn(
        question_page, "who-urges-whom", {"whom": "OpenAI"}, 0, graph=graph
    )
    assert graph.ask(page.xpath("//pre")[0].text) == graph.ask(
        "who-urges-whom", {"whom": "OpenAI"}
    )


def test_a_question_of_ones_own_has_a_page_too(tmp_path, drawn):
    root = workspace.init(tmp_path / "own").root
    head = "#+ title: How many?\n#+ params: [{name: most, type: integer, default: 3}]"
    query = f"{head}\nSELECT ?most {{ VALUES ?most {{ UNDEF }} }}"
    (root / "queries" / "how-many.rq").write_text(query, encoding="utf-8")
    page = drawn(
        question_page,
        "how-many",
        {"most": "7"},
        0,
        graph=Graph(workspace.find(root)),
    )
    assert words(page.xpath("//table[@class='answer']/tbody")[0]) == "7"
    assert page.xpath("//input[@name='most']/@inputmode") == ["numeric"]
