"""Every row of the rule tables has an example, which it reads, and a counter-example, which it leaves alone."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from onrecord.extract.rules.frames import candidates
from onrecord.extract.rules.kinds import kinds, names, pronoun
from onrecord.extract.rules.lexicon import lexicon
from onrecord.extract.rules.parsing import paragraphs
from onrecord.extract.rules.statements import CONFIDENCE
from onrecord.extract.rules.titles import titles
from onrecord.extract.rules.topics import _pattern, _table, topics_of

pytestmark = pytest.mark.xdist_group("rules")  # one worker parses the examples
PAIRS = Path(__file__).parents[1] / "data" / "rules"


def pairs(name: str) -> Iterator[list[str]]:
    for line in (PAIRS / name).read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield line.split("\t")


def rows(name: str) -> list[list[str]]:
    text = files("onrecord.extract.rules").joinpath(name).read_text(encoding="utf-8")
    return [
        line.split("\t")
        for line in text.splitlines()
        if line and not line.startswith("#")
    ]


CUES = {
    (word, kind, frozenset(frames.split())): texts
    for word, kind, frames, *texts in pairs("cues.tsv")
}
DEEDS = {tuple(each[:4]): each[4:] for each in pairs("deeds.tsv")}
TITLES = {word: (relation, *texts) for word, relation, *texts in pairs("titles.tsv")}
KINDS = {
    (word, place): (name, *texts) for word, place, name, *texts in pairs("kinds.tsv")
}
TOPICS = {(words, topic): texts for words, topic, *texts in pairs("topics.tsv")}
WAYS = {way: rest for way, *rest in pairs("ways.tsv")}


@pytest.fixture(scope="session")
def parsed(nlp) -> None:
    """Parses the examples together, which takes a third of the time; those of topics are told by words alone."""
    tables = (CUES, DEEDS, TITLES, KINDS, WAYS)
    nlp.pipe(
        text for table in tables for texts in table.values() for text in texts[-2:]
    )


def cases(of: dict) -> list:
    return [
        pytest.param(key, texts, id=f"{number} {key[0]}")
        for number, (key, texts) in enumerate(of.items())
    ]


def test_each_row_has_an_example_and_a_counter_example():
    assert CUES.keys() == {
        (each.word, each.kind, each.frames)
        for found in lexicon().values()
        for each in found
    }
    assert DEEDS.keys() == {tuple(each[:4]) for each in rows("deeds.tsv")}
    assert TITLES.keys() == titles().keys()
    assert KINDS.keys() == {
        (word, place) for place, found in kinds().items() for word in found
    }
    assert TOPICS.keys() == {tuple(each[:2]) for each in rows("topics.tsv")}
    assert WAYS.keys() == CONFIDENCE.keys()
    every = (
        *CUES.values(),
        *DEEDS.values(),
        *TITLES.values(),
        *KINDS.values(),
        *TOPICS.values(),
        *WAYS.values(),
    )
    assert all(text.strip() for texts in every for text in texts[-2:])


def test_no_row_stands_twice():
    for name in ("cues.tsv", "deeds.tsv", "titles.tsv", "kinds.tsv", "topics.tsv"):
        assert len({tuple(each) for each in rows(name)}) == len(rows(name))


@pytest.mark.usefixtures("parsed")
@pytest.mark.parametrize(("key", "texts"), cases(CUES))
def test_a_cue_is_read_by_its_row(nlp, said, key, texts):
    example, counter = texts
    read = {
        (each.entry.word, each.entry.kind, each.entry.frames)
        for each in candidates(nlp(example), lexicon())
    }
    forms = {
        each.text for each in nlp(counter) if each.lemma_.lower() == key[0].split()[0]
    } | {key[0].split()[0]}
    assert key in read
    assert said(example)
    assert forms.isdisjoint(cue for _, cue, _ in said(counter))


@pytest.mark.usefixtures("parsed")
@pytest.mark.parametrize(("key", "texts"), cases(DEEDS))
def test_a_deed_is_read_by_its_row(stated, key, texts):
    example, counter = ({each.relation for each in stated(text)} for text in texts)
    assert key[3] in example
    assert key[3] not in counter


@pytest.mark.usefixtures("parsed")
@pytest.mark.parametrize(
    ("relation", "example", "counter"), TITLES.values(), ids=TITLES
)
def test_a_post_is_read_by_its_row(stated, relation, example, counter):
    assert relation in {each.relation for each in stated(example)}
    assert relation not in {each.relation for each in stated(counter)}


@pytest.mark.usefixtures("parsed")
@pytest.mark.parametrize(("key", "texts"), cases(KINDS))
def test_a_name_is_told_by_its_row(nlp, key, texts):
    name, example, counter = texts
    row = kinds()[key[1]][key[0]]

    def found(text: str) -> set[tuple[str, str]]:
        return {
            (each.text, each.cls)
            for part in paragraphs(text, nlp)
            for each in names(part, text)
        }

    start = example.index(name)
    assert (name, row.cls) in found(example)
    assert (name, row.cls) not in found(counter)
    assert row.pronoun in {"-", pronoun(example, start, start + len(name))}


@pytest.mark.parametrize(("key", "texts"), cases(TOPICS))
def test_a_topic_is_told_by_its_row(key, texts):
    example, counter = texts
    pattern = next(
        pattern
        for pattern, topic, _ in _table()
        if (pattern, topic) == (_pattern(key[0]), key[1])
    )
    assert pattern.search(example)
    assert key[1] in topics_of(example)
    assert not pattern.search(counter)


@pytest.mark.usefixtures("parsed")
@pytest.mark.parametrize(("way", "texts"), WAYS.items(), ids=WAYS)
def test_a_way_of_reading_has_its_confidence(stated, way, texts):
    actors, relation, target, example, counter = texts

    def found(text: str) -> set[tuple[str, str, str, float]]:
        return {
            ("+".join(each.actors), each.relation, each.object, each.confidence)
            for each in stated(text)
        }

    wanted = (actors, relation, target, CONFIDENCE[way])
    assert wanted in found(example)
    assert wanted not in found(counter)
