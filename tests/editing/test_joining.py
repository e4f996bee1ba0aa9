"""Reports of one act are joined as articles come in."""

import hashlib

import pytest

from onrecord.discourse.utterances import kept
from onrecord.editing.add_articles import take_in
from onrecord.editing.editor import undo
from onrecord.ingest.records import Batch, PlacedSource
from onrecord.model import Document, Entity, Evidence, Run, Statement
from onrecord.querying.ask import Graph
from onrecord.store.check import check
from onrecord.workspace import init

RUN = Run("A test's run", "extraction", "onrecord", "0", "none", "2026-11-01")
WORDS = "“Machines will never sing for me,” Ada Example said."
AGAIN = "The singer wrote online: “Machines will never sing for me.”"
OTHERS = "“My pupils have no future with AI,” Ada Example said."
SUIT = "Ada Example has sued Echo Works over an AI voice."
SUED = "Echo Works was taken to court by Ada Example."
POST = "Ada Example leads Echo Works, a firm."
DAY, NEXT, LATER = "2026-11-03", "2026-11-04", "2026-11-20"
ACTS = {SUIT: "sues", SUED: "sues", POST: "leads"}


def article(text: str, published: str | None) -> PlacedSource:
    """An article of one sentence with its one statement, as a program finds it."""
    relation = ACTS.get(text)
    value = Statement(
        ("Ada Example",),
        relation or "opposes",
        "Echo Works" if relation else "voice-cloning",
        text,
        object_is_topic=relation is None,
        evidence=Evidence(text, start=0, end=len(text)),
        wording="deed" if relation else "direct",
    )
    marked = f"{text}\n\nExample Herald, {published}"
    document = Document(
        "Example Herald",
        title=text,
        published=published,
        sha256=hashlib.sha256(marked.encode()).hexdigest(),
        text=marked,
    )
    return PlacedSource(text, document, ((text, value),))


def batch(*articles: tuple[str, str | None]) -> Batch:
    entities = (
        Entity("Ada Example", "Person"),
        Entity("Echo Works", "Company"),
    )
    named = tuple(("an article", entity) for entity in entities)
    return Batch(RUN, named, tuple(article(*row) for row in articles), ())


@pytest.fixture
def own(tmp_path):
    return init(tmp_path / "own")


@pytest.mark.parametrize(
    ("one", "two", "acts"),
    [
        ((WORDS, DAY), (AGAIN, NEXT), 1),
        ((SUIT, DAY), (SUED, NEXT), 1),
        ((WORDS, DAY), (AGAIN, LATER), 0),
        ((WORDS, DAY), (AGAIN, None), 0),
        ((WORDS, DAY), (OTHERS, NEXT), 0),
        ((SUIT, DAY), (SUED, LATER), 0),
        ((POST, DAY), (POST, NEXT), 0),
    ],
)
def test_two_reports_are_joined_where_act_words_and_dates_agree(
    own, one, two, acts
):
    added = take_in(batch(one, two), own)
    assert [len(act.statements) for act in kept(Graph(own))] == [2] * acts
    assert len(added.notes) == acts


def test_a_third_report_joins_the_act_of_the_two_and_undo_takes_it_out(own):
    take_in(batch((WORDS, DAY)), own)
    take_in(batch((AGAIN, NEXT)), own)
    added = take_in(batch((AGAIN, DAY)), own)
    assert [len(act.statements) for act in kept(Graph(own))] == [3]
    assert [row for row in check(own).findings if row.severity == "error"] == []
    assert (
        "1 statement reports an act that another article reports too"
        in added.notes[0]
    )
    undo(workspace=own)
    assert [len(act.statements) for act in kept(Graph(own))] == [2]
    undo(workspace=own)
    assert kept(Graph(own)) == []


def test_an_article_that_is_read_again_keeps_its_acts(own):
    take_in(batch((WORDS, DAY)), own)
    take_in(batch((AGAIN, NEXT)), own)
    before = kept(Graph(own))
    added = take_in(batch((AGAIN, NEXT)), own)
    assert kept(Graph(own)) == before
    assert added.documents == {"unchanged": 1}


def test_what_a_dry_run_would_join_is_told_and_not_written(own):
    take_in(batch((WORDS, DAY)), own)
    added = take_in(batch((AGAIN, NEXT)), own, dry_run=True)
    assert len(added.notes) == 1
    assert kept(Graph(own)) == []
