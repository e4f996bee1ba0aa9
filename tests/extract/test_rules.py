"""The examples of the rule tables: each is read by its row, and its counter-example is left alone.

`tests/data/rules/` holds a file a table. A table is one test, which names the rows that
fail; a row of the lexicon may do without an example, an example may not do without its row.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.extract.rules.beside_kinds import pronoun
from onrecord.extract.rules.frames import candidates
from onrecord.extract.rules.kinds import names
from onrecord.extract.rules.lexicon import Lexicon
from onrecord.extract.rules.parsing import paragraphs
from onrecord.extract.rules.tokens import ParsedText

pytestmark = pytest.mark.xdist_group("rules")  # one worker parses the examples
EXAMPLES = Path(__file__).parents[1] / "data" / "rules"
LEXICON = Lexicon.shipped()
TABLES = {
    "ai": 1,
    "confidence": 5,
    "contents": 4,
    "cues": 5,
    "events": 5,
    "hints": 2,
    "kinds": 4,
    "roles": 3,
    "titles": 2,
    "topics": 3,
    "words": 2,
}


def examples(name: str) -> Iterator[list[str]]:
    for line in (
        (EXAMPLES / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    ):
        if not line.startswith("#"):
            yield line.split("\t")


@pytest.mark.parametrize(("name", "columns"), list(TABLES.items()))
def test_a_table_says_what_its_columns_are_and_no_row_stands_twice(
    name, columns
):
    rows = LEXICON.table(name, columns)
    assert LEXICON.path(name).read_text(encoding="utf-8").startswith("# ")
    assert len(set(rows)) == len(rows)


def test_every_cue_is_read_by_its_row(nlp, said):
    nlp.pipe(
        text for *_, one, other in examples("cues") for text in (one, other)
    )
    faults = [
        f"{word} ({kind})"
        for word, kind, frames, example, counter in examples("cues")
        if not _reads(nlp, said, (word, kind, frames), example, counter)
    ]
    assert faults == []


def _reads(nlp, said, row, example, counter) -> bool:
    word, kind, frames = row
    found = candidates(ParsedText(nlp(example)), LEXICON.cues)
    cues = {
        (cue.entry.word, cue.entry.kind, frozenset(cue.entry.frames))
        for cue in found
    }
    first = word.split()[0]
    forms = {
        token.text for token in nlp(counter) if token.lemma_.lower() == first
    }
    heard = {cue for _, cue, _ in said(counter)}
    is_read = (word, kind, frozenset(frames.split())) in cues and bool(
        said(example)
    )
    return is_read and forms.isdisjoint(heard)


def test_every_event_is_read_by_its_row(ruled):
    faults = [
        f"{word} ({kind}, {place}): {relation}"
        for word, kind, place, relation, example, counter in examples("events")
        if relation not in {made.relation for made in ruled(example)}
        or relation in {made.relation for made in ruled(counter)}
    ]
    assert faults == []


def test_every_post_is_read_by_its_row(ruled):
    faults = [
        title
        for title, relation, example, counter in examples("titles")
        if relation not in {made.relation for made in ruled(example)}
        or relation in {made.relation for made in ruled(counter)}
    ]
    assert faults == []


def test_every_name_is_told_by_its_row(nlp):
    def told(text: str) -> set[tuple[str, str]]:
        return {
            (name.text, name.cls)
            for paragraph in paragraphs(text, nlp)
            for name in names(paragraph, text, LEXICON)
        }

    faults = []
    for word, place, name, example, counter in examples("kinds"):
        row = LEXICON.kinds[place][word]
        start = example.index(name)
        known = {"-", pronoun(example, start, start + len(name), LEXICON)}
        pair = (name, row.cls)
        if pair not in told(example) or pair in told(counter):
            faults.append(f"{word} ({place})")
        if row.pronoun not in known:
            faults.append(f"{word} ({place}): {row.pronoun}")
    assert faults == []


def test_every_topic_is_told_by_its_row():
    faults = []
    for words, topic, example, counter in examples("topics"):
        pattern = LEXICON.topic_rows[words, topic]
        tells = pattern.search(example) and topic in LEXICON.topics_of(example)
        if not tells or pattern.search(counter):
            faults.append(f"{words}: {topic}")
    assert faults == []


@pytest.mark.parametrize("row", list(examples("ways")), ids=lambda row: row[0])
def test_a_way_of_reading_has_its_confidence(ruled, row):
    way, actors, relation, target, example, counter = row

    def found(text: str) -> set[tuple[str, str, str, float]]:
        return {
            ("+".join(made.actors), made.relation, made.object, made.confidence)
            for made in ruled(text)
        }

    wanted = (actors, relation, target, LEXICON.confidence(way, relation))
    assert wanted in found(example)
    assert wanted not in found(counter)
