from hypothesis import given
from hypothesis import strategies as st

from onrecord.extract.llm.windows import windows


def test_a_short_text_is_one_window():
    text = "One.\n\nTwo.\n"
    assert [(window.start, window.text) for window in windows(text)] == [
        (0, "One.\n\nTwo.")
    ]


def test_windows_overlap_by_whole_paragraphs():
    text = "\n\n".join(f"Paragraph {number}." for number in range(8))
    first, second, *_ = windows(text, most=45, overlap=15)
    assert first.text.endswith("Paragraph 2.")
    assert second.text.startswith("Paragraph 2.")


def test_a_long_paragraph_is_cut_at_a_sentence():
    text = "A sentence of some words. " * 10
    assert all(
        window.text.endswith(".") for window in windows(text.strip(), most=60)
    )


def test_an_empty_text_has_no_window():
    assert windows("\n \n") == []


@given(st.text("ab. \n", max_size=300), st.integers(5, 60), st.integers(0, 30))
def test_every_letter_is_shown_and_no_window_is_too_long(text, most, overlap):
    made = windows(text, most, overlap)
    shown = {at for window in made for at in range(window.start, window.end)}
    assert shown >= {at for at, sign in enumerate(text) if not sign.isspace()}
    assert all(window.end - window.start <= most for window in made)
    assert all(
        text[window.start : window.end] == window.text for window in made
    )
