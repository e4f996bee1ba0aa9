import pytest

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
        ("“He called it “a robot” then,” she said.", ["“He called it “a robot”"]),
    ],
)
def test_marks_enclose_what_is_quoted(text, quoted):
    assert [text[start:end] for start, end in quotations(text)][: len(quoted)] == quoted


@pytest.mark.parametrize(
    "text",
    ["It's the guild's plan.", "The writers’ room’s day", "Rock ’n’ roll", "", "5' 11"],
)
def test_apostrophes_enclose_nothing(text):
    assert quotations(text) == []
