import io

import pytest

from onrecord.ingest.document import UNKNOWN, DocumentDescription, article
from onrecord.model.errors import BadInput

PROSE = (
    "Ada Example said that the film was finished and that the crew was on its way home. The guild has not said "
    "what it will do about the offer, which was made by the studio in the week before."
)
PAGE = f"""<!doctype html><html><head><title>Crew goes home</title><meta name="author" content="Cleo Writer">
<meta property="og:site_name" content="Example Herald"><meta property="article:published_time" content="2025-10-21">
</head><body><nav>Home News Sport</nav><article><h1>Crew goes home</h1><p>{PROSE}</p><p>{PROSE[:90]}</p></article>
<script>alert("never")</script></body></html>"""


def test_plain_text_is_known_by_its_hash_and_first_line():
    found = article(f"Crew goes home\r\n\r\n{PROSE}\r\n".encode(), "crew.txt")
    assert found.text == f"Crew goes home\n\n{PROSE}"
    assert found.title == "Crew goes home"
    assert found.publisher == UNKNOWN
    assert found.sha256 is not None
    assert len(found.sha256) == 64


def test_what_a_person_says_of_an_article_wins():
    said = DocumentDescription(
        url="https://herald.example/crew",
        publisher="Example Herald",
        published="2025-10",
    )
    found = article(
        PAGE.replace("2025-10-21", "2024-01-01").encode(), "crew.html", said
    )
    assert (found.url, found.publisher, found.published) == (
        "https://herald.example/crew",
        "Example Herald",
        "2025-10",
    )


def test_a_page_tells_title_author_date_and_publisher():
    found = article(PAGE.encode(), "crew.html")
    assert (found.title, found.author, found.published) == (
        "Crew goes home",
        "Cleo Writer",
        "2025-10-21",
    )
    assert found.publisher == "Example Herald"
    assert "Ada Example said" in (found.text or "")
    assert "never" not in (found.text or "")


def test_broken_html_is_read_all_the_same():
    found = article(
        PAGE.replace("</p>", "").replace("</article>", "<b").encode(),
        "crew.html",
    )
    assert "Ada Example said" in (found.text or "")


def test_markdown_loses_its_marks_and_keeps_its_words():
    text = f"# Crew goes home\n\n**Ada** [Example](https://herald.example) left.\n\n- {PROSE}"
    found = article(text.encode(), "crew.md")
    assert found.text == f"Crew goes home\n\nAda Example left.\n\n{PROSE}"


def test_a_docx_gives_its_paragraphs_and_author():
    docx = pytest.importorskip("docx")
    file, made = io.BytesIO(), docx.Document()
    made.core_properties.author = "Cleo Writer"
    made.add_paragraph("Crew goes home")
    made.add_paragraph(PROSE)
    made.save(file)
    found = article(file.getvalue(), "crew")
    assert found.text == f"Crew goes home\n\n{PROSE}"
    assert found.author == "Cleo Writer"


def test_a_pdf_without_text_is_said_to_be_one():
    pypdf = pytest.importorskip("pypdf")
    file, made = io.BytesIO(), pypdf.PdfWriter()
    made.add_blank_page(100, 100)
    made.write(file)
    with pytest.raises(BadInput, match=r"crew\.pdf: the PDF holds no text"):
        article(file.getvalue(), "crew.pdf")


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"", "a.txt", "holds no text"),
        (b" \n\t\n", "a.txt", "holds no text"),
        (b"\x7fELF\x00\x01\x02", "a.txt", "is no text"),
        (b"word " * 4_000_000, "a.txt", "20 MB; an article has at most 10 MB"),
        (b"%PDF-1.7 and then nothing", "a.pdf", "the PDF cannot be read"),
        (b"PK\x03\x04 word/", "a.docx", "the DOCX cannot be read"),
        (b"<html><body></body></html>", "a.html", "no article's text"),
    ],
)
def test_what_is_no_article_is_refused_with_its_reason(data, name, message):
    with pytest.raises(BadInput, match=message):
        article(data, name)


def test_the_language_of_what_is_not_english_is_left_open():
    german = (
        "Die Gewerkschaft hat am Montag erklärt, dass sie den neuen Vertrag nicht unterschreiben wird, weil er "
        "die Rechte der Schauspieler nicht schützt und keine Regeln für Maschinen enthält."
    )
    assert article(german.encode(), "a.txt").language == "und"
    assert article(PROSE.encode(), "a.txt").language == "en"


def test_an_english_text_full_of_names_is_english():
    names = "Mara Dole, Tess Holloway, Jon Birk, Lene Moss, Uwe Dahl, Bo Quill, Ann Fields, Lumo Records, Moth Audio"
    text = f"{names} and {names} sued Suno, the firm said on Monday, and will not be silent about it."
    assert article(text.encode(), "a.txt").language == "en"


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_curly_quotation_marks_survive_their_character_set(charset):
    found = article(f"“We waited,” she said. {PROSE}".encode(charset), "a.txt")
    assert (found.text or "").startswith("“We waited,”")


def test_control_characters_are_left_out():
    assert (
        article(
            b"Crew\x00".replace(b"\x00", b"\x07") + b" goes home", "a.txt"
        ).text
        == "Crew goes home"
    )
