from types import SimpleNamespace

import pytest

from onrecord.extract.rules.parsing import Paragraph
from onrecord.extract.rules.quotations import quotations


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("“One,” she said. “Two.”", ["“One,”", "“Two.”"]),
        ('"One," she said. "Two."', ['"One,"', '"Two."']),
        ('“One," she said.', ['“One,"']),
        ("He said: “One. Two.", ["“One. Two."]),
        ("She called it ‘a robot’ twice.", ["‘a robot’"]),
        ("”One,” she said.", ["”One,”"]),
        ("''One,'' she said.", ["''One,''"]),
        (
            "The actors' union said: \"It is 'fine'.\" The studios' plan is 'odd'.",
            ["\"It is 'fine'.\"", "'odd'"],
        ),
        (
            "“He called it “a robot” then,” she said.",
            ["“He called it “a robot”"],
        ),
    ],
)
def test_marks_enclose_what_is_quoted(text, quoted):
    assert [text[start:end] for start, end in quotations(text)][
        : len(quoted)
    ] == quoted


@pytest.mark.parametrize(
    "text",
    [
        "It's the guild's plan.",
        "The writers’ room’s day",
        "The actors' union and the studios' alliance said so.",
        "Rock ’n’ roll",
        "",
        "5' 11",
    ],
)
def test_apostrophes_enclose_nothing(text):
    assert quotations(text) == []


@pytest.mark.timeout(30)
def test_a_word_is_looked_up_among_many_quotations_without_passing_each():
    spans = tuple((place, place + 5) for place in range(0, 200_000, 10))
    paragraph = Paragraph(None, "", 0, spans)
    words = [SimpleNamespace(idx=place) for place in range(0, 200_000, 7)]
    quoted = [word.idx for word in words if paragraph.quoted(word)]
    assert quoted == [word.idx for word in words if word.idx % 10 < 5]
