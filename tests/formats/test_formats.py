from pathlib import Path

import pytest

from onrecord.formats.registry import ANSWERS, EXPORTS, FORMATS, named
from onrecord.model.errors import UnknownName


@pytest.mark.parametrize("name", EXPORTS)
def test_every_suffix_of_an_export_names_its_format(name):
    for suffix in FORMATS[name].suffixes:
        assert (
            named(None, Path(f"graph{suffix.upper()}"), "turtle", EXPORTS)
            == name
        )


@pytest.mark.parametrize("choices", [EXPORTS, ANSWERS])
def test_no_two_formats_share_a_suffix(choices):
    suffixes = [suffix for name in choices for suffix in FORMATS[name].suffixes]
    assert len(suffixes) == len(set(suffixes))


def test_a_name_comes_before_a_suffix_and_the_default_last():
    assert named("csv", Path("graph.ttl"), "turtle", EXPORTS) == "csv"
    assert named(None, Path("graph.unknown"), "turtle", EXPORTS) == "turtle"
    assert named(None, None, "table", ANSWERS) == "table"


def test_a_format_that_is_none_here_is_named_with_those_that_are():
    with pytest.raises(UnknownName, match="did you mean graphml"):
        named("graphmll", None, "turtle", EXPORTS)
    with pytest.raises(UnknownName, match="there are turtle, trig"):
        named("xyzzy", None, "turtle", EXPORTS)
