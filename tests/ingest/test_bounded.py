"""What a text may take of time and memory, and what becomes of one that takes more."""

import faulthandler
import os
import time

import pytest

from onrecord.extract.extractor import ExtractionResult
from onrecord.ingest import bounded
from onrecord.ingest.articles import ReadingOptions
from onrecord.ingest.many_articles import read_all
from onrecord.model.errors import BadInput


def _sleeps():
    time.sleep(60)


def _fills_the_memory():
    return bytearray(1 << 40)


def _crashes():
    faulthandler.disable()
    os.abort()


def _fails():
    message = "a rule met what it does not know"
    raise ValueError(message)


class Hostage:
    """An extractor that one text holds for ever."""

    settings = "hostage"

    def __call__(self, document):
        if "endless" in (document.text or ""):
            _sleeps()
        return ExtractionResult(())


@pytest.fixture
def short(monkeypatch):
    monkeypatch.setattr(bounded, "LEAST_SECONDS", 0.3)


@pytest.mark.usefixtures("short")
@pytest.mark.parametrize(
    ("work", "said"),
    [
        (_sleeps, "takes more than"),
        (_fills_the_memory, "takes more than"),
        (_crashes, "takes more than"),
    ],
)
def test_an_extraction_that_does_not_end_well_is_told_and_ends(work, said):
    with pytest.raises(BadInput, match=said):
        bounded.extracted(work, 10)


def test_an_extraction_that_fails_is_told_with_its_fault():
    with pytest.raises(BadInput, match="a rule met what it does not know"):
        bounded.extracted(_fails, 10)


@pytest.mark.usefixtures("short")
def test_a_text_that_holds_the_extractor_up_keeps_no_other_out(tmp_path):
    times = {"endless": 1, "good": 2_000}  # a longer text has more time
    for name, count in times.items():
        text = f"The {name} story of the day.\n" * count
        (tmp_path / f"{name}.txt").write_text(text)
    sources = [str(tmp_path / f"{name}.txt") for name in times]
    endless, good = read_all(sources, Hostage(), ReadingOptions())
    assert "endless.txt: takes more than" in endless.fault
    assert good.result is not None


def test_the_time_of_an_extraction_grows_with_the_text():
    of_short, of_long = map(bounded.extraction_limits, (1_000, 1_000_000))
    assert of_short.seconds < 60
    assert 300 < of_long.seconds < 1_000
