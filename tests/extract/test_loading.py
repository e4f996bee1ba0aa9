"""spaCy as it is loaded here reads as spaCy itself loads it, and leaves Python as it was."""

import os
import sys
from importlib import import_module, metadata

import pytest

spacy = pytest.importorskip("spacy")

from pydantic import BaseModel  # noqa: E402

from onrecord.extract.rules import loading  # noqa: E402


@pytest.fixture(scope="module")
def plain():
    """The model without its pipes, as spaCy alone loads it."""
    pipes = [*spacy.info(loading.MODEL)["pipeline"], "senter"]
    return spacy.load(loading.MODEL, exclude=pipes)


def test_words_are_parted_by_the_rules_of_the_model(plain):
    for word in loading.WHOLE:
        plain.tokenizer.add_special_case(word, [{"ORTH": word}])
    ours = loading.model().tokenizer

    assert ours.to_bytes(exclude=["vocab"]) == plain.tokenizer.to_bytes(
        exclude=["vocab"]
    )


def test_a_word_is_known_with_all_that_the_model_says_of_it(plain):
    ours = loading.model().vocab

    assert {*plain.vocab.strings} <= {*ours.strings}
    assert [ours[word].norm_ for word in ("can't", "U.K.", "colour")] == [
        plain.vocab[word].norm_ for word in ("can't", "U.K.", "colour")
    ]


def test_every_part_of_the_model_is_there_but_the_unused():
    asked = {*spacy.info(loading.MODEL)["pipeline"]} - {*loading.UNUSED}

    assert {*loading.model().pipe_names} == asked


def test_a_schema_made_meanwhile_checks_when_it_is_asked():
    with loading.schemas_when_asked():

        class Later(BaseModel):
            count: int

    class Now(BaseModel):
        count: int

    assert not Later.__pydantic_complete__
    assert Now.__pydantic_complete__
    assert Later.model_validate({"count": "2"}).count == 2
    with pytest.raises(ValueError, match="count"):
        Later.model_validate({"count": "two"})


def test_what_is_left_out_of_an_import_can_be_imported_after_it(monkeypatch):
    names = [loading.OLD_PYDANTIC, loading.COMMANDS, f"{loading.COMMANDS}.info"]
    for name in names:
        monkeypatch.delitem(sys.modules, name, raising=False)
    with loading.without_old_pydantic(), loading.without_commands():
        with pytest.raises(ImportError):
            import_module("pydantic.v1")
        assert callable(import_module(loading.COMMANDS + ".info").info)

    assert sys.modules.keys().isdisjoint(names)


@pytest.mark.parametrize("before", [None, "3"])
def test_the_threads_that_a_person_asks_for_stand(before, monkeypatch):
    monkeypatch.delenv(loading.THREADS, raising=False)
    if before is not None:
        monkeypatch.setenv(loading.THREADS, before)
    with loading.one_thread():
        within = os.environ[loading.THREADS]

    assert within == (before or "1")
    assert os.environ.get(loading.THREADS) == before


def test_entry_points_are_grouped_once(monkeypatch):
    import catalogue  # noqa: PLC0415

    points = metadata.entry_points()
    monkeypatch.setattr(catalogue, "AVAILABLE_ENTRY_POINTS", points)
    loading.group_entry_points()
    grouped = catalogue.AVAILABLE_ENTRY_POINTS

    assert {*grouped} == {*points.groups}
    assert {*grouped["pytest11"]} == {*points.select(group="pytest11")}
    loading.group_entry_points()
    assert catalogue.AVAILABLE_ENTRY_POINTS is grouped
