"""Words in plain objects say what spaCy says of them."""

import pytest

from onrecord.extract.rules.tokens import ParsedText

TEXT = (
    "“We won't use  it,” said Ada Example and Jo Finch of Studio Nine on 3 March, "
    "while painters, writers and singers wrote that nobody had asked them. "
    "Harbor Records (which owns two labels) did not answer at once."
)
WORDS = [
    *("i", "idx", "text", "lower_", "lemma_", "pos_", "tag_", "dep_"),
    *("ent_type_", "whitespace_", "text_with_ws", "is_alpha", "is_punct"),
    *("is_space", "is_stop", "is_upper", "like_num", "is_sent_start"),
]
OTHERS = ["children", "lefts", "rights", "subtree", "ancestors", "conjuncts"]


@pytest.fixture(scope="module")
def parsed(nlp):
    doc = nlp(TEXT)
    return doc, ParsedText(doc)


def test_each_word_is_as_spacy_has_it(parsed):
    doc, own = parsed
    for theirs, ours in zip(doc, own, strict=True):
        for name in WORDS:
            assert getattr(ours, name) == getattr(theirs, name), name


def test_each_word_has_the_kin_that_spacy_gives_it(parsed):
    doc, own = parsed
    for theirs, ours in zip(doc, own, strict=True):
        assert ours.head.i == theirs.head.i
        assert ours.left_edge.i == theirs.left_edge.i
        for name in OTHERS:
            kin = [word.i for word in getattr(ours, name)]
            assert kin == [word.i for word in getattr(theirs, name)], name


def test_sentences_and_names_are_spacys(parsed):
    doc, own = parsed
    sentences = [(one.text, one.first, one.last) for one in own.sentences]
    assert sentences == [(one.text, one.start, one.end) for one in doc.sents]
    names = [(name.text, name.label_) for name in own.ents]
    assert names == [(name.text, name.label_) for name in doc.ents]
    assert len(names) > 2


def test_words_between_two_places_are_those_that_spacy_finds(parsed):
    doc, own = parsed
    modes = {"expand": own.touching, "contract": own.inside}
    for mode, find in modes.items():
        for start in range(len(TEXT)):
            for end in range(start + 1, min(start + 25, len(TEXT))):
                theirs = doc.char_span(start, end, alignment_mode=mode)
                assert _row(find(start, end)) == _row(theirs)


def _row(words) -> tuple[object, ...] | None:
    if words is None or not len(words):
        return None
    kin = [name.text for name in words.ents]
    return words.start, words.end, words.text, words.root.i, kin
