"""Several extractors as one."""

import pytest

from onrecord.extract.extractor import ExtractionResult, Usage
from onrecord.extract.union import (
    OTHERWISE,
    UnionExtractor,
    create_union,
    joined,
)
from onrecord.model import Document, Evidence, Statement
from onrecord.model.errors import BadInput

DOCUMENT = Document(
    "Arden Post", text="Lena Vey fears machines, and Fans jeer."
)


def stated(relation: str, words: str, confidence: float = 0.9) -> Statement:
    start = DOCUMENT.text.index(words)
    evidence = Evidence(words, start=start, end=start + len(words))
    return Statement(
        ("vey",),
        relation,
        "deepfakes",
        "Fears.",
        object_is_topic=True,
        evidence=evidence,
        confidence=confidence,
    )


class Fixed:
    """An extractor that always finds the same, or refuses."""

    settings = "fixed"

    def __init__(self, *statements, fault=None, waits=False):
        self.statements, self.fault, self.waits = statements, fault, waits

    def __call__(self, _):
        if self.fault:
            raise self.fault
        return ExtractionResult(self.statements, usage=Usage(3, 2))


def union(rules, llm):
    return UnionExtractor({"rules": rules, "llm": llm})(DOCUMENT)


def test_what_both_find_is_surer_and_what_one_finds_is_doubted():
    both = stated("opposes", "fears machines")
    alone = stated("criticizes", "Fans jeer", 0.8)
    found = union(Fixed(both, alone), Fixed(both))
    levels = {one.relation: one.confidence for one in found.statements}
    assert levels == {"opposes": 0.95, "criticizes": 0.6}


def test_where_they_read_the_same_words_otherwise_the_last_one_stands():
    rules, llm = (
        stated("states", "fears"),
        stated("concernedAbout", "fears machines"),
    )
    found = union(Fixed(rules), Fixed(llm))
    assert [one.relation for one in found.statements] == ["concernedAbout"]
    assert found.dropped == {OTHERWISE: 1}


def test_usage_is_added_up():
    assert union(Fixed(), Fixed()).usage == Usage(6, 4)


def test_a_text_that_the_rules_cannot_read_is_read_by_the_model_alone():
    refused = Fixed(fault=BadInput("not English"))
    found = union(refused, Fixed(stated("opposes", "fears"), waits=True))
    assert len(found.statements) == 1


def test_a_fault_of_the_model_is_no_reading_by_the_rules():
    with pytest.raises(BadInput, match="not answered"):
        union(Fixed(), Fixed(fault=BadInput("not answered"), waits=True))


def test_nothing_can_read_what_all_refuse():
    refused = Fixed(fault=BadInput("not English"))
    with pytest.raises(BadInput, match="not English"):
        union(refused, refused)


def test_an_extractor_is_named_once(context):
    with pytest.raises(BadInput, match="names one twice"):
        create_union("rules,rules", context)


def test_nothing_joined_is_nothing():
    assert joined({"rules": ExtractionResult(())}).statements == ()
