"""The pages of what has an IRI."""

import re
from dataclasses import replace

import pytest

from onrecord import workspace
from onrecord.model.iris import BASE, OURS
from onrecord.querying.ask import Graph
from onrecord.website.browse import (
    class_page,
    document_page,
    graph_page,
    relation_page,
    statement_page,
    thing_page,
    topic_page,
)
from onrecord.website.cards import cards
from onrecord.website.entity import entity_page
from onrecord.website.frame import render
from onrecord.website.publication import Publication, published
from onrecord.website.records import all_rows, statements_page
from onrecord.website.rows import MOST_AS_FILES
from onrecord.website.start import start_page

CARDS = "//article[contains(@class, 'card')]"


def words(element) -> str:
    return " ".join(element.text_content().split())


def ids(page) -> list[str]:
    return [each.removeprefix("st-") for each in page.xpath(f"{CARDS}/@id")]


def test_an_entity_is_told_with_all_its_statements_by_page(graph, drawn):
    iri = BASE + "SAG-AFTRA"
    asked = {
        str(row["statement"])
        for row in graph.ask("statements-by", {"actor": iri})
    }
    asked |= {
        str(row["statement"])
        for row in graph.ask("statements-about", {"entity": iri})
    }
    pages = [drawn(entity_page, iri, number, graph=graph) for number in (1, 2)]
    shown = [each for page in pages for each in ids(page)]
    assert {OURS["st"] + each for each in shown} == asked
    assert len(shown) == len(set(shown))
    assert (
        f"{len(shown)} statements, of which this page shows 1 to 50."
        in words(pages[0])
    )
    assert pages[0].xpath("//nav[@class='pager']//a/@href") == [
        "/SAG-AFTRA?page=2"
    ]


def test_an_entity_is_told_with_its_neighbours_and_their_counts(graph, drawn):
    page = drawn(entity_page, BASE + "SAG-AFTRA", 1, graph=graph)
    row = next(
        each
        for each in page.xpath("//table[@class='near']/tbody/tr")
        if words(each).startswith("urges")
    )
    edges = graph.ask("SELECT DISTINCT ?whom { :SAG-AFTRA :urges ?whom }")
    assert set(row.xpath(".//a/@href")) == {
        "/" + str(each["whom"]).removeprefix(BASE) for each in edges
    }
    assert "OpenAI 2" in words(row)


def test_an_entity_is_told_with_its_facts(odd, drawn):
    page = drawn(entity_page, BASE + "Ada-Example", 1, graph=odd)
    told = words(page.xpath("//div[@class='lead']")[0])
    assert "person · actor · listed with Studio Nine" in told
    assert "also called A. Example, Adé Exámple" in told
    assert (
        "3 statements of 2 acts by and 2 statements about Ada Example" in told
    )


def test_the_newest_statement_comes_first_and_an_undated_one_last(odd, drawn):
    page = drawn(entity_page, BASE + "Ada-Example", 1, graph=odd)
    assert ids(page)[0] == "000000000001"
    assert "said 21 October 2025" in words(page.xpath(CARDS)[0])
    assert "published October 2025" in words(page.xpath(CARDS)[1])


def test_a_rejected_statement_stands_on_no_page_but_its_own(odd, drawn):
    assert "000000000003" not in ids(
        drawn(entity_page, BASE + "Ada-Example", 1, graph=odd)
    )
    page = drawn(statement_page, OURS["st"] + "000000000003", 1, graph=odd)
    assert "Rejected in review: it counts for nothing here." in words(page)


def test_a_statement_is_told_with_all_that_its_node_holds(graph, drawn):
    iri = OURS["st"] + "84c59e2ddca7"
    page = drawn(statement_page, iri, 1, graph=graph)
    told = {
        words(row.xpath("th")[0]): words(row.xpath("td")[0])
        for row in page.xpath("//table[@class='facts']//tr[td]")
    }
    assert told["basis"] == "official record"
    assert told["document"] == "OpenAI faces backlash from Japanese publishers"
    assert told["review status"] == "not reviewed"
    assert list(told)[:3] == ["actor", "relation", "object"]
    held = graph.ask(f"SELECT DISTINCT ?p {{ <{iri}> ?p ?o }}")
    assert (
        len(told) == len(held) - 4
    )  # type, label, gist and evidence stand above


def test_a_statement_tells_what_stands_beside_it(odd, drawn):
    page = drawn(statement_page, OURS["st"] + "000000000001", 1, graph=odd)
    assert [words(each) for each in page.xpath("//main/h3")] == [
        "disputed by",
        "reports the same saying or deed",
        "says the contrary",
    ]
    assert ids(page) == ["000000000004", "000000000002", "000000000002"]
    assert (
        words(page.xpath("//blockquote")[0]) == "pay for <em>every</em> double"
    )


def test_a_statement_tells_the_edges_that_it_bears(graph, drawn):
    row = graph.ask(
        "SELECT ?it { ?it :bears :urges ; :actor :SAG-AFTRA ; :object :OpenAI } LIMIT 1"
    )[0]
    page = drawn(statement_page, str(row["it"]), 1, graph=graph)
    edges = [
        [words(cell) for cell in each.xpath("td")]
        for each in page.xpath("//table[not(@class)]//tr[td]")
    ]
    assert ["SAG-AFTRA", "urges", "OpenAI"] in edges


def test_what_a_program_found_says_so(odd, drawn):
    page = drawn(entity_page, BASE + "Evil", 1, graph=odd)
    assert "found by a program, not reviewed" in words(page.xpath(CARDS)[0])


def test_a_sentence_that_nobody_put_in_other_words_stands_once(odd):
    card = cards(odd, {iri := OURS["st"] + "000000000001"})[iri]
    words = "A sentence of the article, whole."
    proof = replace(card.proof, gist=words, quote=words, machine_made=True)
    pieces: list[bytes] = []
    render(
        "embed.html", pieces.append, card=replace(card, proof=proof), licence=""
    )
    assert b"".join(pieces).decode().count(words) == 1


def test_a_source_opens_at_its_words(graph, drawn):
    page = drawn(entity_page, BASE + "Bryan-Cranston", 1, graph=graph)
    assert [
        each for each in page.xpath(f"{CARDS}//a/@href") if "#:~:text=" in each
    ]
    assert {
        each.get("rel")
        for each in page.xpath("//main//a[starts-with(@href, 'http')]")
    } == {"noreferrer"}


def test_a_document_is_told_with_its_statements(graph, drawn):
    iri = OURS["doc"] + "ary-news-2025-11-04-openai-faces-backlash-from"
    page = drawn(document_page, iri, 1, graph=graph)
    assert sorted(ids(page)) == ["0eea3cf8fcf1", "84c59e2ddca7", "fa2e8ddd3272"]
    assert "ARY News" in words(page.xpath("//table[@class='facts']")[0])


def test_a_topic_is_told_by_stance_and_speaker(graph, drawn):
    page = drawn(
        topic_page, OURS["topic"] + "consent-and-likeness", 1, graph=graph
    )
    total = len(graph.ask("on-topic", {"topic": "consent-and-likeness"}))
    assert re.search(rf"{total} statements of \d+ acts on it\.", words(page))
    assert [
        words(each).split()[0]
        for each in page.xpath("//nav[@class='jumps']//a")
    ] == [
        "supportive",
        "critical",
        "conditional",
        "neutral",
    ]
    assert "SAG-AFTRA" in words(
        page.xpath("//table[@class='counts']/tbody/tr")[0]
    )


def test_a_family_of_topics_holds_the_statements_of_its_topics(graph, drawn):
    page = drawn(
        topic_page, OURS["topic"] + "identity-and-likeness", 1, graph=graph
    )
    assert "Family of topics" in words(page)
    assert "/topic/consent-and-likeness" in page.xpath(
        "//div[@class='lead']//@href"
    )


def test_a_relation_is_told_with_its_pairs(graph, drawn):
    page = drawn(relation_page, BASE + "urges", 1, graph=graph)
    assert (
        f"{len(graph.ask('SELECT DISTINCT ?s { ?s :relation :urges }'))} statements"
        in words(page)
    )
    rows = [words(each) for each in page.xpath("//main/table[1]/tbody/tr")]
    assert "SAG-AFTRAOpenAI2yes" in rows


def test_a_relation_that_only_the_rule_makes_has_pairs_too(graph, drawn):
    page = drawn(relation_page, BASE + "usedIn", 1, graph=graph)
    pairs = graph.ask("SELECT ?x ?y { GRAPH graph:edges { ?x :usedIn ?y } }")
    assert len(page.xpath("//main/table[1]/tbody/tr")) == len(pairs)


def test_a_class_holds_the_entities_of_the_classes_below_it(graph, drawn):
    page = drawn(class_page, BASE + "Organization", 1, graph=graph)
    assert "/SAG-AFTRA" in page.xpath("//main//td//@href")


def test_a_code_a_run_and_an_utterance_list_what_names_them(odd, graph, drawn):
    assert "acts name it." in words(
        drawn(thing_page, BASE + "code/critical", 1, graph=graph)
    )
    utterance = drawn(thing_page, BASE + "utterance/one", 1, graph=odd)
    assert sorted(ids(utterance)) == ["000000000001", "000000000002"]
    run = drawn(thing_page, BASE + "run/machine", 1, graph=odd)
    assert "76 statements of 75 acts name it." in words(run)
    assert "by a program" in words(run.xpath("//table[@class='facts']")[0])


@pytest.mark.parametrize(
    ("work", "iri", "place"),
    [
        (thing_page, OURS["code"] + "press-report", "/-/statements"),
        (
            topic_page,
            OURS["topic"] + "consent-and-likeness",
            "/-/statements?topic=topic%2Fconsent-and-likeness",
        ),
    ],
)
def test_a_static_page_of_many_lists_the_newest_and_leads_to_all(
    graph, drawn, work, iri, place
):
    with published(Publication(is_static=True)):
        page = drawn(work, iri, 1, graph=graph)
    assert len(ids(page)) == MOST_AS_FILES
    assert page.xpath("//main//p[@class='note']/a/@href") == [place]
    assert "page 1 of" not in words(page)


def test_a_named_graph_tells_how_much_it_holds(odd, drawn):
    page = drawn(graph_page, BASE + "graph/removed", 1, graph=odd)
    assert "4 triples about 2 nodes." in words(page)


def test_a_long_listing_is_cut_into_pages_that_say_how_long_it_is(odd, drawn):
    page = drawn(topic_page, OURS["topic"] + "deepfakes", 2, graph=odd)
    assert "70 statements, of which this page shows 51 to 70." in words(page)
    assert len(ids(page)) == 20
    assert "70, continued" in words(page)
    assert page.xpath("//nav[@class='pager']//a/@href") == ["/topic/deepfakes"]
    beyond = drawn(topic_page, OURS["topic"] + "deepfakes", 99, graph=odd)
    assert ids(beyond) == ids(page)


CITATIONS = (
    "data:application/x-bibtex;",
    "data:application/x-research-info-systems;",
    "data:application/json;",
)
"""Files that are saved, and that no browser runs."""


@pytest.mark.parametrize(
    ("work", "iri"),
    [
        (entity_page, BASE + "Evil"),
        (entity_page, BASE + "Ada-Example"),
        (statement_page, OURS["st"] + "000000000001"),
        (statement_page, OURS["st"] + "000000000006"),
        (document_page, OURS["doc"] + "example-herald-2025-ada-asks"),
        (class_page, BASE + "Company"),
        (relation_page, BASE + "urges"),
    ],
)
def test_markup_in_the_data_stays_text_and_no_address_runs_anything(
    odd, drawn, work, iri
):
    page = drawn(work, iri, 1, graph=odd)
    assert (
        page.xpath(
            "//main//script | //main//img | //main//em | //main//b | //@onerror | //@onclick | //@style"
        )
        == []
    )
    assert [
        each
        for each in page.xpath("//@href | //@src")
        if not each.startswith(("/", "http://", "https://", "#", *CITATIONS))
    ] == []
    assert "javascript:" not in " ".join(page.xpath("//@href"))


def test_a_source_without_a_web_address_is_told_and_not_linked(odd, drawn):
    page = drawn(entity_page, BASE + "Evil", 1, graph=odd)
    assert "=Example Herald: Ada <asks> & asks (no address known)" in words(
        page.xpath(CARDS)[0]
    )


ACTS = """
SELECT (COUNT(DISTINCT ?act) AS ?n) {
  ?x a :Statement ; :reviewStatus ?status .
  FILTER (?status NOT IN (code:rejected, code:superseded))
  OPTIONAL { ?x :utterance ?shared }
  BIND (IF(BOUND(?shared), ?shared, ?x) AS ?act)
}
"""


def test_the_start_page_tells_how_much_there_is_and_what_is_new(graph, drawn):
    page = drawn(start_page, "http://127.0.0.1:8000", graph=graph)
    numbers = len(all_rows(graph))
    acts = graph.ask(ACTS)[0]["n"]
    assert acts < numbers
    assert f"{numbers:,} statements of {acts:,} acts from" in words(page)
    assert "/SAG-AFTRA" in page.xpath("//ul[@class='tiles']//@href")
    assert len(ids(page)) == 4
    assert "/-/questions/who-urges-whom" in page.xpath("//@href")


def test_the_start_page_of_an_empty_graph_says_so(tmp_path, drawn):
    empty = Graph(workspace.init(tmp_path / "empty"))
    start = drawn(start_page, "http://127.0.0.1:8000", graph=empty)
    assert "0 statements from 0 documents" in words(start)
    for page in (start, drawn(statements_page, 1, graph=empty)):
        assert "onrecord add article.txt" in words(page)
