"""The normal form, and the way back to the kept text."""

import textwrap
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.ingest.days import day, told_day
from onrecord.ingest.normal import LONGEST, normal_text
from onrecord.ingest.wrapping import unwrapped

DATA = Path(__file__).parents[1] / "data"
TEXTS = sorted(
    [*(DATA / "texts").glob("*.txt"), *(DATA / "news").rglob("*.txt")]
)


@pytest.mark.parametrize(
    ("kept", "normal"),
    [
        ("Ge\u0301rard", "Gérard"),
        ("Net\u00adflix", "Netflix"),
        ("zero\u200bwidth", "zerowidth"),
        ("Studio\u00a0Nine", "Studio Nine"),
        ("Cate O’Neill", "Cate O'Neill"),
        ("AI\u2011generated", "AI-generated"),
        ("Net\ufb02ix", "Netflix"),
        ("the writers’ room", "the writers’ room"),
        ("“Yes,” she said.", "“Yes,” she said."),
        ("criti\u00ad\ncized", "criticized"),
        ("Maria  Keller\u00a0 said", "Maria Keller said"),
        (
            "Duncan Crabtree\u2013Ireland, AI\u2013made",
            "Duncan Crabtree-Ireland, AI-made",
        ),
        ("films \u2013 and 2025\u201326", "films \u2013 and 2025\u201326"),
        ("\uff2e\uff45\uff54flix", "Netflix"),
        ("\U0001d5e1etflix", "Netflix"),
        ("Cate O\u02bbNeill", "Cate O'Neill"),
        ("&quot;Yes&quot;&nbsp;&#8212; AT&T", '"Yes" \u2014 AT&T'),
        ("„Yes,“ she said. „No.”", "“Yes,” she said. “No.”"),
        ("»Yes,« she said, »no.«", "“Yes,” she said, “no.”"),
        ("«\u00a0Yes\u202f» and «no»", "“Yes” and “no”"),
        ("”Yes,” she said, ”no.”", "“Yes,” she said, “no.”"),
        ("“Yes,” she said. ” No", "“Yes,” she said. ” No"),
        ("``Yes,'' she said.", "“Yes,” she said."),
        ("「Yes」 she said.", "“Yes” she said."),
        ("Cate O&rsquo;Neill&shy;s &ldquo;AI&rdquo;", "Cate O'Neills “AI”"),
        ("Points\n• Studio Nine used AI.", "Points\nStudio Nine used AI."),
        ("Netflix\u00ae made Painter\u2122.", "Netflix made Painter."),
        (
            "Netflix\u00b9 said so.\u00b2 It is 3 m\u00b2.",
            "Netflix said so. It is 3 m\u00b2.",
        ),
        ("the writers\u2018 room", "the writers' room"),
        ("“Yes,“ she said.", "“Yes,” she said."),
        ("“Yes.” She said: “No.”", "“Yes.” She said: “No.”"),
        ("<<Yes,>> ″no″ and 27'' or 27″", '“Yes,” “no” and 27" or 27″'),
        (
            "in _El Eternauta_ by @_ada and snake_case_word",
            "in El Eternauta by @_ada and snake_case_word",
        ),
    ],
)
def test_a_text_is_read_in_one_form(kept, normal):
    assert normal_text(kept).text == normal


@given(
    st.text(
        alphabet='aé\u0301 \u00ad\u200b\u00a0’\n.-\u2011\ufb02“”zB1"',
        max_size=300,
    )
)
@settings(max_examples=300, deadline=None)
def test_each_place_of_the_normal_form_leads_into_the_kept_text(kept):
    normal = normal_text(kept)
    assert len(normal.text) == len(normal.starts) == len(normal.ends)
    assert list(normal.starts) == sorted(normal.starts)
    assert all(
        0 <= start <= end <= len(kept)
        for start, end in zip(normal.starts, normal.ends, strict=True)
    )


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
@pytest.mark.parametrize("width", [60, 72, 100])
def test_a_text_wrapped_by_a_program_is_read_as_it_was(path, width):
    text = path.read_text(encoding="utf-8").strip()
    lines = text.split("\n")
    wrapped = "\n".join(
        textwrap.fill(line, width) if line.strip() else line for line in lines
    )
    assert normal_text(wrapped).text.split() == normal_text(text).text.split()
    assert unwrapped(wrapped).split("\n") == [
        " ".join(line.split()) for line in lines
    ]


PARAGRAPHS = (
    "Maria Keller, the chief executive of Northlight Pictures, spoke to the press on Monday in Toronto.",
    (
        "“We will not use AI in our films without consent of the performers,” Keller said. Netflix used AI in "
        "El Eternauta, a series from Argentina."
    ),
)


@pytest.mark.parametrize(
    ("indents", "joint"),
    [
        (("> ", "> "), "\n>\n"),
        (("| ", "| "), "\n\n"),
        (("    ", ""), "\n"),
        (("", "  "), "\n\n"),
        (("\t", "\t"), "\n\n"),
        (("", ""), "\n"),
    ],
)
def test_wrapped_lines_are_joined_however_they_are_set(indents, joint):
    first, others = indents
    made = (
        textwrap.fill(text, 72, initial_indent=first, subsequent_indent=others)
        for text in PARAGRAPHS
    )
    lines = unwrapped(joint.join(made)).split("\n")
    assert [line.strip() for line in lines if line.strip()] == list(PARAGRAPHS)


def test_a_blank_line_after_each_line_ends_no_paragraph():
    wrapped = "\n".join(textwrap.fill(text, 72) for text in PARAGRAPHS)
    assert unwrapped(wrapped.replace("\n", "\n\n")).split("\n\n") == list(
        PARAGRAPHS
    )


def test_a_word_that_a_wrapped_line_breaks_is_made_whole():
    broken = (
        "Maria Keller, the chief executive of Northlight Pictures, criti-\ncized the studio for AI-\n"
        "generated films, which is a well-\nknown habit of it, on Monday."
    )
    whole = "criticized the studio for AI-generated films, which is a well-known habit"
    assert whole in unwrapped(broken)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_text_that_is_not_wrapped_keeps_its_paragraphs(path):
    text = path.read_text(encoding="utf-8").strip()
    assert unwrapped(text) == text
    packed = "\n".join(line for line in text.split("\n") if line.strip())
    assert unwrapped(packed) == packed


@pytest.mark.parametrize(
    "text",
    [
        "Studio uses AI in a film about the sea and its many fish\nBy Ada Example\nThe studio said so.",
        "- Netflix used AI in a film.\n- Disney did not use AI.\n- Nobody knows about the rest.",
        "VOSS: We will never use AI.\nHALE: We use AI every day, and we like it.",
    ],
)
def test_lines_that_stand_for_themselves_are_not_joined(text):
    assert unwrapped(text) == text


def test_a_paragraph_too_long_to_parse_is_cut_between_its_sentences():
    kept = "Ada Example used AI in Mercury. " * 1000
    lines = normal_text(kept.strip()).text.split("\n")
    assert max(map(len, lines)) <= LONGEST + 1
    assert {line.rstrip()[-1] for line in lines} == {"."}
    assert max(map(len, normal_text("x" * 20_000).text.split("\n"))) <= LONGEST


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("LONDON, 3 March 2026 — The guild met.", "2026-03-03"),
        (
            "LOS ANGELES, March 3, 2026 /PRNewswire/ -- The guild met.",
            "2026-03-03",
        ),
        (
            "Crew goes home\n\nBy Ada Example\n3 March 2026\n\nThe guild met.",
            "2026-03-03",
        ),
        (
            "Crew goes home\nPublished: Tuesday, March 3, 2026\nThe guild met.",
            "2026-03-03",
        ),
        (
            "Crew goes home\n\nThe guild met the studios on 4 March 2026 in a hotel in Toronto to talk about it.",
            "2026-03-04",
        ),
        (
            "The guild, which was founded in 1933, met in a hotel to talk about all of its contracts again.",
            None,
        ),
        (
            "The guild met on 4 March 2026 and the studios on 5 March 2026 in a hotel to talk about it.",
            None,
        ),
        ("LONDON, 3 March 2999 — The guild met.", None),
        (
            "SEOUL, South Korea, March 3, 2026 (Agency) - The guild met.",
            "2026-03-03",
        ),
        ("Berlin, Wed. 4 March 2026 – The guild met.", "2026-03-04"),
        (
            "Crew goes home\nBy Ada Example | March 3, 2026 10:00\n",
            "2026-03-03",
        ),
        (
            "Published 3 March 2026 | Updated 4 March 2026\nIt met.",
            "2026-03-03",
        ),
        ("Last updated: 4 March 2026\nThe guild met.", None),
        ("3. März 2026\n\nThe guild met.", "2026-03-03"),
        (
            "The guild was sued on 4 March 1926 by a studio over the very first film with sound.",
            None,
        ),
        (
            "The program came out on 4 March 2024 and changed the work of many. In 2026 they met.",
            None,
        ),
        (
            "Ada Example, who was born on 4 March 2020 in Rome, met the guild to talk about it.",
            None,
        ),
        (
            "The guild met in a hotel, 4 March 2026 - a day that none forgets.",
            None,
        ),
        ("IRVINE, CA / NEWSWIRE / March 3, 2026 / It met.", "2026-03-03"),
        ("MUMBAI: 3 March 2026: The guild met.", "2026-03-03"),
        ("Crew goes home\n3 mars 2026\nThe guild met.", "2026-03-03"),
        ("Posted on March 3, 2026 by Ada\nThe guild met.", "2026-03-03"),
        (
            "The contract that expires on 4 March 2026 was read by the guild in a hotel in Toronto.",
            None,
        ),
        (
            "The film, released on 4 March 2026, was the talk of the guild in a hotel in Toronto.",
            None,
        ),
    ],
)
def test_a_text_tells_its_day_by_date_line_or_lede(text, iso):
    assert told_day(text) == iso


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2026-03-03T10:00:00Z", "2026-03-03"),
        ("20260303", "2026-03-03"),
        ("Tue, 03 Mar 2026 10:00:00 GMT", "2026-03-03"),
        ("Mar. 3, 2026", "2026-03-03"),
        ("Sept. 3, 2026", "2026-09-03"),
        ("2026-03", "2026-03"),
        ("2026-02-31", None),
        ("03/04/2026", None),
        ("soon", None),
    ],
)
def test_days_are_read_where_they_mean_one_thing(text, iso):
    assert day(text) == iso


def test_the_normal_form_is_composed():
    text = "Zoe\u0308 Chloe\u0301"
    assert unicodedata.is_normalized("NFC", normal_text(text).text)
