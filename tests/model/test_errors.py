"""The exceptions: one tree, drawn in its docstring, each whole after a way through a pipe."""

import inspect
import pickle
import re

import pytest

import onrecord
from onrecord.model import errors

CLASSES = [
    each
    for _, each in inspect.getmembers(errors, inspect.isclass)
    if each.__module__ == errors.__name__
]


def test_the_docstring_draws_every_exception() -> None:
    drawn = set(
        re.findall(
            r"^    (?:│   )?(?:[├└]── )?(\w+) ",
            errors.__doc__,
            flags=re.MULTILINE,
        )
    )
    assert drawn == {each.__name__ for each in CLASSES}


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_every_exception_is_an_onrecord_error_and_survives_pickling(
    kind: type[Exception],
) -> None:
    assert issubclass(kind, onrecord.OnRecordError)
    made = {
        "BadRecord": (["r.jsonl:1: x"],),
        "MissingExtra": ("spaCy", "extract"),
    }.get(kind.__name__, ("a message",))
    error = kind(*made)
    assert str(pickle.loads(pickle.dumps(error))) == str(error)  # noqa: S301  our own


def test_a_bad_record_counts_its_faults_and_says_that_nothing_was_written() -> (
    None
):
    assert (
        str(errors.BadRecord(["r.jsonl:1: x"]))
        == "1 fault in the records; nothing was written:\nr.jsonl:1: x"
    )
    assert str(errors.BadRecord(["a", "b"])).startswith(
        "2 faults in the records; nothing was written:\n"
    )


def test_of_very_many_faults_a_message_lists_the_first_hundred_and_counts_the_rest():
    error = errors.BadRecord([f"r.jsonl:{line}: x" for line in range(1, 5001)])
    lines = str(error).splitlines()
    assert lines[0].startswith("5000 faults")
    assert lines[1:] == [*error.faults[:100], "and 4900 more"]


def test_a_missing_extra_is_answered_with_the_line_that_installs_it() -> None:
    assert (
        str(errors.MissingExtra("spaCy", "extract"))
        == "spaCy is not installed here; run: pip install 'onrecord[extract]'"
    )
