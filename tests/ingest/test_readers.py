"""What each form of article is read as: whatever a person would see, and nothing else."""

import io
import zipfile

import pytest

from onrecord.ingest.document import DocumentDescription, article
from onrecord.ingest.markdown import markdown
from onrecord.model.errors import BadInput

PROSE = (
    "Ada Example said that the film was finished and that the crew was on its way home. The guild has not said "
    "what it will do about the offer, which was made by the studio in the week before."
)
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
HEAD = f'<?xml version="1.0"?><w:document xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="urn:wps"><w:body>'


def word(body: str, **parts: str) -> bytes:
    """A Word file of that body, which follows a paragraph of prose."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "word/document.xml",
            f"{HEAD}<w:p><w:r><w:t>{PROSE}</w:t></w:r></w:p>{body}</w:body></w:document>",
        )
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", content)
    return file.getvalue()


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def mark(kind: str) -> str:
    """Where a field begins, where its result does, and where it ends."""
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


@pytest.mark.parametrize(
    ("body", "seen"),
    [
        (
            f"<w:p>{run('It has ')}<w:ins>{run('never ')}</w:ins>{run('used AI.')}</w:p>",
            "It has never used AI.",
        ),
        (
            f"<w:p>{run('It has ')}<w:del><w:r><w:delText>never </w:delText></w:r></w:del>{run('used AI.')}</w:p>",
            "It has used AI.",
        ),
        (
            f"<w:p>{run('It ')}<w:moveFrom>{run('often ')}</w:moveFrom>{run('used AI')}<w:moveTo>{run(' often')}</w:moveTo>{run('.')}</w:p>",
            "It used AI often.",
        ),
        (
            f"<w:p><w:ins>{run('All of it was put in.')}</w:ins></w:p>",
            "All of it was put in.",
        ),
        (
            f"<w:tbl><w:tr><w:tc><w:p>{run('In a table.')}</w:p></w:tc></w:tr></w:tbl>",
            "In a table.",
        ),
        (
            f"<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent><w:p>{run('In a control.')}</w:p></w:sdtContent></w:sdt>",
            "In a control.",
        ),
        (
            f"<w:p>{run('At ')}<w:smartTag>{run('Toronto')}</w:smartTag><w:fldSimple>{run(' today')}</w:fldSimple>{run('.')}</w:p>",
            "At Toronto today.",
        ),
        (
            f"<w:p>{run('By ')}<w:hyperlink>{run('Netflix')}</w:hyperlink>{run('.')}</w:p>",
            "By Netflix.",
        ),
        (
            f"<w:p>{run('On ')}<w:r><w:instrText>DATE</w:instrText></w:r>{run('3 March')}</w:p>",
            "On 3 March",
        ),
        (
            f"<w:p>{run('AI')}<w:r><w:noBreakHyphen/></w:r>{run('generated')}</w:p>",
            "AI-generated",
        ),
        (
            f"<w:p>{run('Seen')}{run(' unseen', '<w:vanish/>')}{run('.')}</w:p>",
            "Seen.",
        ),
        (
            f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('One ')}</w:p><w:p>{run('line.')}</w:p>",
            "One line.",
        ),
        (
            f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p>{run('Gone.')}</w:p></w:tc></w:tr></w:tbl><w:p>{run('Here.')}</w:p>",
            "Here.",
        ),
        (
            f"<w:tbl><w:tr><w:tc><w:tcPr><w:cellDel/></w:tcPr><w:p>{run('Gone.')}</w:p></w:tc><w:tc><w:p>{run('Here.')}</w:p></w:tc></w:tr></w:tbl>",
            "Here.",
        ),
        (
            f"<w:p>{run('It ')}<w:hyperlink><w:ins>{run('never ')}</w:ins></w:hyperlink>{run('used AI.')}</w:p>",
            "It never used AI.",
        ),
        (
            f"<w:p><w:pPr><w:rPr><w:moveFrom/></w:rPr></w:pPr>{run('One ')}</w:p><w:p>{run('line.')}</w:p>",
            "One line.",
        ),
        (
            f"<w:p><w:pPr><w:pPrChange><w:numPr><w:del/></w:numPr></w:pPrChange></w:pPr>{run('One.')}</w:p><w:p>{run('Two.')}</w:p>",
            "One.\n\nTwo.",
        ),
        (
            f"<w:p><w:r><w:ruby><w:rt>{run('sound')}</w:rt><w:rubyBase>{run('Word')}</w:rubyBase></w:ruby></w:r></w:p>",
            "Word",
        ),
        (
            f"<w:p>{run('By ')}<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('Click here')}</w:sdtContent></w:sdt>{run('Ada.')}</w:p>",
            "By Ada.",
        ),
        (
            f"<w:p>{run('Head')}<w:r><w:br/><w:br/></w:r>{run('Body.')}</w:p>",
            "Head\n\nBody.",
        ),
        (
            f"<w:p>{run('See ')}{mark('begin')}{mark('begin')}{mark('separate')}{run('unseen')}{mark('end')}{mark('separate')}{run('this')}{mark('end')}{run('.')}</w:p>",
            "See this.",
        ),
        (
            f"<w:p>{run('Beside.')}<mc:AlternateContent><mc:Choice Requires='x'/><mc:Fallback><w:txbxContent><w:p>{run('Boxed.')}</w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:p>",
            "Beside.\n\nBoxed.",
        ),
        (
            f"<w:p>{run('At last')}<w:r><w:sym w:char='2014'/></w:r>{run('AI.')}<w:r><w:sym w:char='F0A7'/></w:r></w:p>",
            "At last\u2014AI.",
        ),
    ],
)
def test_a_word_file_is_read_as_word_shows_it_with_all_markup_accepted(
    body, seen
):
    text = article(word(body), "a.docx").text
    assert text == f"{PROSE}\n\n{seen}"


def test_a_word_file_may_call_its_text_otherwise():
    relations = (
        '<r xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
        'Type="http://e.org/officeDocument" Target="/word/document2.xml"/></r>'
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("_rels/.rels", relations)
        text = f"{HEAD}<w:p>{run(PROSE)}</w:p></w:body></w:document>"
        archive.writestr("word/document2.xml", text)
    assert article(file.getvalue(), "a.docx").text == PROSE


def test_a_word_file_that_takes_in_another_one_is_refused():
    with pytest.raises(BadInput, match="save it again"):
        article(word("<w:altChunk/>"), "a.docx")


def test_a_text_box_is_read_once():
    box = f"<w:txbxContent><w:p>{run('In a box.')}</w:p></w:txbxContent>"
    drawn = (
        f"<w:p>{run('Beside it.')}<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert (
        article(word(drawn), "a.docx").text
        == f"{PROSE}\n\nBeside it.\n\nIn a box."
    )


def test_footnotes_are_text_and_their_rule_is_not():
    notes = (
        f'<w:footnotes xmlns:w="{W}"><w:footnote w:type="separator"><w:p>{run("rule")}</w:p></w:footnote>'
        f"<w:footnote><w:p>{run('A note.')}</w:p></w:footnote></w:footnotes>"
    )
    assert (
        article(word("", footnotes=notes), "a.docx").text
        == f"{PROSE}\n\nA note."
    )


def test_a_note_whose_mark_was_deleted_is_no_text():
    notes = f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="7"><w:p>{run("Gone.")}</w:p></w:footnote></w:footnotes>'
    deleted = (
        '<w:p><w:del><w:r><w:footnoteReference w:id="7"/></w:r></w:del></w:p>'
    )
    assert article(word(deleted, footnotes=notes), "a.docx").text == PROSE


def test_what_a_style_hides_is_no_text():
    styles = (
        f'<w:styles xmlns:w="{W}"><w:style w:styleId="Draft"><w:basedOn w:val="Hidden"/></w:style>'
        '<w:style w:styleId="Hidden"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>'
    )
    hidden = run("never ", '<w:rStyle w:val="Hidden"/>')
    note = (
        f'<w:p><w:pPr><w:pStyle w:val="Draft"/></w:pPr>{run("A note.")}</w:p>'
    )
    body = f"<w:p>{run('It has ')}{hidden}{run('used AI.')}</w:p>{note}"
    text = article(word(body, styles=styles), "a.docx").text
    assert text == f"{PROSE}\n\nIt has used AI."


def test_what_a_program_writes_for_want_of_a_title_is_none():
    core = (
        '<c xmlns:d="http://purl.org/dc/elements/1.1/"><d:title>Microsoft Word - draft.docx</d:title>'
        "<d:creator>python-docx</d:creator></c>"
    )
    file = io.BytesIO(word(""))
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("docProps/core.xml", core)
    made = article(file.getvalue(), "a.docx")
    assert (made.title, made.author) == (None, None)


def test_a_word_file_of_python_docx_is_read_with_title_and_author():
    docx = pytest.importorskip("docx")
    made, file = docx.Document(), io.BytesIO()
    made.core_properties.title, made.core_properties.author = (
        "Crew goes home",
        "Cleo Writer",
    )
    made.add_paragraph(PROSE)
    made.add_table(1, 1).cell(0, 0).text = "In a cell."
    made.save(file)
    found = article(file.getvalue(), "a")
    assert (found.title, found.author, found.text) == (
        "Crew goes home",
        "Cleo Writer",
        f"{PROSE}\n\nIn a cell.",
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "x">]><w:document xmlns:w="{W}">&a;</w:document>',
            "declares entities",
        ),
        ("<w:document", "cannot be read"),
        (" " * 41_000_000, "unpacks to more than"),
    ],
    ids=["entities", "half", "too large"],
)
def test_a_hostile_word_file_is_refused_in_words(content, message):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", content)
    with pytest.raises(BadInput, match=message):
        article(file.getvalue(), "a.docx")


def pdf_of(*pages: list[tuple[float, float, str]]) -> bytes:
    """A PDF of pages of lines, each at its place."""
    fpdf = pytest.importorskip("fpdf")
    made = fpdf.FPDF(unit="pt")
    made.set_auto_page_break(auto=False)
    made.set_font("Helvetica", size=11)
    for lines in pages:
        made.add_page()
        for x, y, text in lines:
            made.text(x, y, text)
    return bytes(made.output())


def lines(
    *texts: str, x: float = 72, top: float = 90
) -> list[tuple[float, float, str]]:
    return [(x, top + 14 * at, text) for at, text in enumerate(texts)]


START = "The guild met on Tuesday and it was the first time that the board was there."


@pytest.mark.parametrize(
    ("end", "begin", "whole"),
    [
        ("of AI-", "generated images", "of AI-generated images"),
        ("a well-", "known actor", "a well-known actor"),
        ("stay si-", "lent now", "stay silent now"),
        ("the Los Angeles-", "based studio", "the Los Angeles-based studio"),
        ("by Pic-", "tures in it", "by Pictures in it"),
        ("of GPT-", "4o images", "of GPT-4o images"),
        ("a 25-", "year-old actor", "a 25-year-old actor"),
        ("of state-of-the-", "art tools", "of state-of-the-art tools"),
        ("of re-", "porters", "of reporters"),
        ("of AI-gen-", "erated images", "of AI-generated images"),
        ("of long-", "term plans", "of long-term plans"),
        ("of under-", "standing", "of understanding"),
    ],
)
def test_a_word_that_a_pdf_breaks_is_made_whole_and_keeps_its_own_hyphen(
    end, begin, whole
):
    found = article(
        pdf_of(lines(START, f"They spoke {end}", f"{begin} and of the rest.")),
        "a.pdf",
    )
    assert whole in found.text


def test_a_head_that_comes_once_is_no_part_of_a_sentence_over_the_page_break():
    first = lines(START, "It heard that Maria Keller, the chief of")
    other = [
        (72, 40, "MONDAY | NEWS"),
        *lines("the studio, was there,", "and spoke."),
    ]
    text = article(pdf_of(first, other), "a.pdf").text
    assert text.endswith(
        "Maria Keller, the chief of the studio, was there, and spoke."
    )


def test_a_headline_stands_apart_from_its_article():
    made = [(72, 40, "Crew goes home"), *lines(START, "They spoke of it.")]
    text = article(pdf_of(made), "a.pdf").text
    assert text == f"Crew goes home\n\n{START} They spoke of it."


def test_the_lines_that_lead_from_page_to_page_are_no_text():
    first = lines(
        START,
        "It heard Maria Keller, the chief executive of",
        "Continued on page A4",
    )
    second = lines(
        "Continued from page A1",
        "Northlight Pictures, will not use AI.",
        "She said so.",
    )
    text = article(pdf_of(first, second), "a.pdf").text
    assert "the chief executive of Northlight Pictures, will" in text


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Ren\u00b4e", "René"),
        ("M\u00a8uller", "Müller"),
        ("Fran\u00b8cois", "François"),
        ("O\u00b4Neill", "O\u00b4Neill"),
    ],
)
def test_an_accent_before_its_letter_is_put_on_it(written, name):
    assert (
        f"met {name} there"
        in article(
            pdf_of(lines(START, f"They met {written} there.")), "a.pdf"
        ).text
    )


def test_items_of_a_list_in_a_pdf_stand_apart():
    text = article(
        pdf_of(lines("Key points", "\xb7 One of it.", START)), "a.pdf"
    ).text
    assert text == f"Key points\n\n\xb7 One of it.\n\n{START}"


def test_a_watermark_is_no_text():
    fpdf = pytest.importorskip("fpdf")
    made = fpdf.FPDF()
    made.set_font("Helvetica", size=11)
    made.add_page()
    with made.rotation(45, 60, 60):
        made.text(60, 60, "DRAFT")
    made.text(20, 90, START)
    assert article(bytes(made.output()), "a.pdf").text == START


def test_running_heads_and_page_numbers_are_no_text():
    first = [
        *lines(
            "EXAMPLE TIMES 1",
            START,
            "It heard that Maria Keller, the chief executive of",
        ),
        (300, 800, "1"),
    ]
    second = [
        *lines(
            "EXAMPLE TIMES 2",
            "Northlight Pictures, will not use AI.",
            "She said so to the board of the guild.",
        ),
        (300, 800, "2"),
    ]
    text = article(pdf_of(first, second), "a.pdf").text
    assert "the chief executive of Northlight Pictures, will" in text
    assert "TIMES" not in text


def test_columns_are_read_one_after_the_other():
    left = lines(
        "The guild met on Tuesday and",
        "it was the first time that the",
        "board of it was in the room",
        "with the studios of the town.",
    )
    right = lines(
        "Ada Example said that she will",
        "not use AI in any of the films",
        "that she is to make for them",
        "in the year that is to come.",
        x=320,
    )
    across = [line for pair in zip(left, right, strict=True) for line in pair]
    text = article(pdf_of(across), "a.pdf").text
    assert (
        "the board of it was in the room with the studios of the town." in text
    )
    assert "she will not use AI in any of the films" in text


def in_one_text_object(*placed: tuple[float, float, str]) -> bytes:
    """A PDF of a page whose lines one text object shows, as some programs write them."""
    pypdf = pytest.importorskip("pypdf")
    from pypdf.generic import (  # noqa: PLC0415  an extra
        DecodedStreamObject,
        DictionaryObject,
        NameObject,
    )

    writer, stream = pypdf.PdfWriter(), DecodedStreamObject()
    rows = (f"1 0 0 1 {x} {792 - y} Tm ({text}) Tj" for x, y, text in placed)
    stream.set_data("\n".join(["BT /F1 11 Tf", *rows, "ET"]).encode())
    names = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    font = DictionaryObject(
        {NameObject(key): NameObject(name) for key, name in names.items()}
    )
    fonts = DictionaryObject({NameObject("/F1"): font})
    page = writer.add_blank_page(612, 792)
    page[NameObject("/Contents")] = stream
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): fonts}
    )
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def test_columns_that_one_text_object_shows_row_by_row_are_read_one_after_the_other():
    left = lines(
        "The guild met", "on Tuesday and", "board and crew", "were there."
    )
    right = lines(
        "Ada said that", "she will not", "use AI in any", "of it.", x=320
    )
    across = [line for pair in zip(left, right, strict=True) for line in pair]
    text = article(in_one_text_object(*across), "a.pdf").text
    assert "The guild met on Tuesday and board and crew were there." in text
    assert "Ada said that she will not use AI in any of it." in text


def test_a_soft_hyphen_that_a_browser_hides_in_a_pdf_parts_no_word():
    soft = ") Tj /Span<</ActualText <FEFF00AD> >> BDC ( ) Tj EMC ("
    made = in_one_text_object(
        *lines(START, f"It had the con{soft}sent of all.")
    )
    assert "It had the consent of all." in article(made, "a.pdf").text


def test_a_pdf_without_text_is_told_to_be_a_scan():
    with pytest.raises(BadInput, match="it may be a scan"):
        article(pdf_of([]), "a.pdf")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (
            f"It is _El Eternauta_, **now**. {PROSE}",
            f"It is El Eternauta, now. {PROSE}",
        ),
        (f"One line\nand the next. {PROSE}", f"One line and the next. {PROSE}"),
        (f"snake_case_word {PROSE}", f"snake_case_word {PROSE}"),
        (f"<!-- not text -->\n\n{PROSE}", PROSE),
        (
            f"{PROSE}\n\n| A | B |\n|---|---|\n| c | d |",
            f"{PROSE}\n\nA\n\nB\n\nc\n\nd",
        ),
        (
            f"[Ada](https://e.org) and ![picture](a.png) {PROSE}",
            f"Ada and {PROSE}",
        ),
        (f"Talk\n====\n\n> {PROSE}", f"Talk\n\n{PROSE}"),
        (f"5 &gt; 4 \\* {PROSE}", f"5 > 4 * {PROSE}"),
        (
            f"[[El Eternauta]] by [[Ada|her]]![[a.png]] %%no text%% {PROSE}",
            f"El Eternauta by her {PROSE}",
        ),
        (f"Seen. <!-- not\n\nseen --> {PROSE}", f"Seen. {PROSE}"),
        (f"Ada<br>==Example== {PROSE}", f"Ada Example {PROSE}"),
        (f"- [x] {PROSE}\n\n<script>\nrun()\n</script>", PROSE),
        (f"---\n\n{PROSE}\n\n---\n", PROSE),
        (
            f"<div>\n<p>Ada Example.</p>\n</div>\n\n{PROSE}",
            f"Ada Example.\n\n{PROSE}",
        ),
        (f"It ~~never~~ used AI. {PROSE}", f"It used AI. {PROSE}"),
        (f"It <del>never</del> used AI. {PROSE}", f"It used AI. {PROSE}"),
        (f"From ~5 to ~~ 6. {PROSE}", f"From ~5 to ~~ 6. {PROSE}"),
        (
            f"It {{--never--}}{{++has++}} used AI. {PROSE}",
            f"It has used AI. {PROSE}",
        ),
        (f"{PROSE}\n\n<!-- never shown\n\nanywhere", PROSE),
        (f"# Talk {{#talk .wide}}\n\n{PROSE}", f"Talk\n\n{PROSE}"),
        (
            f"[Ada]{{.smallcaps}} said so [@doe2020, p. 3]. {PROSE}",
            f"Ada said so. {PROSE}",
        ),
    ],
)
def test_markdown_is_read_as_it_is_shown(text, read):
    assert article(text.encode(), "a.md").text == read


def test_front_matter_tells_of_an_article_and_is_no_text():
    matter = '---\ntitle: "A talk"\nauthor: [Ada Example, Cleo Writer]\ndate: 2026-03-02\npublisher: Example Times\nurl: https://e.org/a\n---\n'
    found = article(f"{matter}\n{PROSE}".encode(), "a.md")
    assert (found.title, found.author, found.published) == (
        "A talk",
        "Ada Example, Cleo Writer",
        "2026-03-02",
    )
    assert (found.publisher, found.url, found.text) == (
        "Example Times",
        "https://e.org/a",
        PROSE,
    )


@pytest.mark.parametrize(
    "matter",
    [
        '+++\ntitle = "A: *talk*"\nauthor = "Ada Example"\ndate = 2026-03-02\n+++\n',
        "---\ntitle: A: *talk*\nauthors:\n  - name: x\nauthor: Ada Example\ndate: 2026-03-02\n---\n",
        "---\ntitle: 'A: *talk*'\nauthors:\n  - name: Ada Example\ndate: 2 March 2026\nurl: /talks/a\n---\n",
        "% A: *talk*\n% Ada Example\n% 2 March 2026\n\n",
        "Title: A: *talk*\nAuthor: Ada Example\nDate: 2026-03-02\n\n",
        "---\ntitle: 'A: *talk*'\nauthor: Ada Example\npubDate: 2026-03-02\n---\n",
        '{"title": "A: *talk*", "author": "Ada Example", "date": "2026-03-02"}\n\n',
        "---\nTitle: 'A: *talk*'\nByline: '[[Ada Example]]'\nDate: 2026-03-02\n---\n",
    ],
)
def test_front_matter_is_read_however_it_is_written(matter):
    found = article(f"{matter}{PROSE}".encode(), "a.md")
    told = (found.title, found.author, found.published, found.text)
    assert told == ("A: *talk*", "Ada Example", "2026-03-02", PROSE)


def test_front_matter_that_names_itself_is_not_unfolded():
    bomb = "---\na: &a [x,x]\nb: &b [*a,*a]\n---\n\n"
    assert article(f"{bomb}{PROSE}".encode(), "a.md").text == PROSE


def page(head: str = "", inside: str = "", after: str = "") -> bytes:
    body = f"<article><h1>Crew goes home</h1>{inside}<p>{PROSE}</p><p>{PROSE}</p></article>{after}"
    return f"<!doctype html><html><head><title>Crew goes home</title>{head}</head><body>{body}</body></html>".encode()


def ld(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


@pytest.mark.parametrize(
    ("made", "day"),
    [
        (
            page(
                '<meta property="article:published_time" content="2026-05-09T10:00:00Z">'
            ),
            "2026-05-09",
        ),
        (
            page(
                ld(
                    '{"@type":"NewsArticle","datePublished":"2026-05-09T10:00:00Z","dateModified":"2026-05-11"}'
                )
            ),
            "2026-05-09",
        ),
        (
            page(
                ld(
                    '{"@graph":[{"@type":["NewsArticle"],"datePublished":"2026-05-09"}]}'
                )
            ),
            "2026-05-09",
        ),
        (page(inside='<time datetime="2026-05-09">9 May</time>'), "2026-05-09"),
        (page('<meta name="date" content="20260509">'), "2026-05-09"),
        (
            page(
                inside='<p>Updated <time datetime="2026-05-11">now</time> First published <time datetime="2026-05-09">9 May</time></p>'
            ),
            "2026-05-09",
        ),
        (
            page(ld('{"@type":"NewsArticle","datePublished":1778320800000}')),
            "2026-05-09",
        ),
        (
            page(
                ld(
                    "{&quot;@type&quot;:&quot;NewsArticle&quot;,&quot;datePublished&quot;:&quot;2026-05-09&quot;}"
                )
            ),
            "2026-05-09",
        ),
        (
            page(
                '<meta property="article:modified_time" content="2026-05-09T10:00:00Z">'
            ),
            None,
        ),
        (page(ld('{"@type":"NewsArticle","dateModified":"2026-05-09"}')), None),
        (
            page(
                ld(
                    '{"@type":"Event","startDate":"2026-05-09","datePublished":"2026-05-09"}'
                )
            ),
            None,
        ),
        (
            page(after="<footer>Copyright 2014-2026 Example Times</footer>"),
            None,
        ),
        (
            page(
                after='<aside><article><time datetime="2026-05-09">9 May</time></article></aside>'
            ),
            None,
        ),
        (
            page(
                inside='<p>Updated <time class="updated" datetime="2026-05-09">9 May</time></p>'
            ),
            None,
        ),
        (
            page(inside="<p>They met in 2019 and again on May 9, 2025.</p>"),
            None,
        ),
        (page(ld("{broken")), None),
        (
            page(
                ld(
                    '//<![CDATA[\n{"@type":"NewsArticle","a":"b\n","datePublished":["2026-05-09"],}\n//]]>'
                )
            ),
            "2026-05-09",
        ),
        (
            page(
                ld(
                    '{"@graph":[{"@type":"WebPage","datePublished":"2026-05-01"},'
                    '{"@type":"Article","datePublished":{"@value":"2026-05-09"}}]}'
                )
            ),
            "2026-05-09",
        ),
        (
            page(
                inside='<abbr class="published" title="2026-05-09T10:00">9 May</abbr>'
            ),
            "2026-05-09",
        ),
        (
            page(
                inside='<time class="entry-date published updated" datetime="2026-05-09">9 May</time>'
            ),
            "2026-05-09",
        ),
        (page('<meta name="date" content="9. Mai 2026">'), "2026-05-09"),
        (
            page(
                inside=f'<p>On <time datetime="2019-05-09">9 May</time> it met. {PROSE}</p>'
            ),
            None,
        ),
        (
            page(
                '<meta property="article:published_time" content="1970-01-01T00:00:00Z">'
            ),
            None,
        ),
        (
            page(
                '<meta property="article:published_time" content="2999-05-09">'
            ),
            None,
        ),
        (page('<meta name="ptime" content="20260509100000">'), "2026-05-09"),
        (
            page('<meta name="DISPLAYDATE" content="May 9, 2026">'),
            "2026-05-09",
        ),
        (
            page(
                ld('<!-- {"@type":"Article","datePublished":"2026-05-09"} -->')
            ),
            "2026-05-09",
        ),
        (page(inside="<time>9 May 2026</time>"), "2026-05-09"),
        *(
            (
                page(
                    inside=f'<p>{word} <time datetime="2026-05-09">9</time></p>'
                ),
                None,
            )
            for word in (
                "Corrected:",
                "Aktualisiert am",
                "Mis à jour le",
                "Actualizado el",
            )
        ),
        (
            page(
                after='<div class="more-stories"><article><time datetime="2020-01-01">x</time></article></div>'
            ),
            None,
        ),
    ],
)
def test_a_page_is_dated_by_what_it_declares_alone(made, day):
    assert article(made, "a.html").published == day


MORE = "It was the first time that the crew had said so, and it was the talk of all of the trade."


@pytest.mark.parametrize(
    "unseen",
    [
        "<p>The studio has <del>never </del>used AI in the film of the year, the report said.</p>",
        "<p>The studio has <s>never </s>used AI in the film of the year, the report said.</p>",
        "<p hidden>The studio never used AI in a film, as the report of the year said.</p>",
        "<template><p>The studio never used AI in the film of the year, it said.</p></template>",
        "<div role='dialog'><p>We never sell what our 842 partners and we know of you.</p></div>",
    ],
)
def test_what_a_page_takes_back_or_does_not_show_is_no_text(unseen):
    text = article(
        page(inside=f"<p>{PROSE}</p>{unseen}<p>{MORE}</p>"), "a.html"
    ).text
    assert "never" not in text
    assert MORE in text


@pytest.mark.parametrize("tag", ["del", "s", "template"])
def test_a_piece_of_a_page_that_is_all_taken_back_holds_no_article(tag):
    with pytest.raises(BadInput, match="no article"):
        article(f"<{tag}>{PROSE} {MORE}</{tag}>".encode(), "a.html")


@pytest.mark.parametrize(
    ("declared", "charset", "served"),
    [
        ("", "iso-8859-1", "ISO-8859-1"),
        ('<meta charset="windows-1251">', "utf-8", "utf-8"),
        ('<meta charset="iso-8859-1">', "iso-8859-1", None),
        ("", "utf-8", "iso-8859-1"),
        ('<!-- <meta charset="koi8-r"> -->', "utf-8", None),
    ],
)
def test_a_page_is_decoded_as_its_server_says_else_as_it_says_itself(
    declared, charset, served
):
    made = page(
        declared,
        "<p>Chloé Müller spoke of the crew and of the film that it had made for them.</p>",
    )
    data = made.decode().encode(charset)
    assert "Chloé Müller" in article(data, "a.html", charset=served).text


def test_xhtml_is_a_page():
    made = b'<?xml version="1.0" encoding="utf-8"?>\n' + page()
    assert article(made, "a.xhtml").text.startswith("Crew goes home")
    assert "<" not in article(made, "a.txt").text


RTF = (
    r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times;}}\f0 \'93Never,\'94 she said. {\deleted not }"
    + PROSE
    + r"\par\b End\b0 .\par}"
)


def test_rtf_is_read_whatever_its_name():
    for name in ("a.rtf", "a.txt"):
        assert (
            article(RTF.encode(), name).text
            == f"“Never,” she said. {PROSE}\nEnd."
        )


@pytest.mark.parametrize(
    ("inside", "seen"),
    [
        (
            r"It {\rtlch\fcs1 \deleted\revauthdel1 never }used AI.",
            "It used AI.",
        ),
        (r"It \deleted never \deleted0 used AI.", "It used AI."),
        (r"It {\deleted {\b never} }used AI.", "It used AI."),
        (r"It {\revised never }used AI.", "It never used AI."),
        (r"It \v never \v0 used AI.", "It used AI."),
        (
            r"Ada{\footnote She leads it.} said so.",
            "Ada said so.\n\nShe leads it.",
        ),
        (r"Ada.{\shp{\*\shpinst{\shptxt In a box.\par}}}", "Ada.\n\nIn a box."),
        ("Chloé’s.", "Chloé’s."),
        (r"\trowd One.\cell Two.\cell\row", "One.\nTwo."),
        (r"A \u-10179?\u-8694? smile.", "A \U0001f60a smile."),
    ],
)
def test_rtf_is_read_as_word_shows_it_with_all_markup_accepted(inside, seen):
    made = rf"{{\rtf1\ansi\ansicpg1252 {PROSE}\par {inside}}}"
    assert article(made.encode(), "a.rtf").text == f"{PROSE}\n{seen}"


def test_rtf_tells_title_and_author():
    made = rf"{{\rtf1\ansi{{\info{{\title Caf\'e9}}{{\author Ada}}}}{PROSE}}}"
    found = article(made.encode(), "a.rtf")
    assert (found.title, found.author, found.text) == ("Café", "Ada", PROSE)


MAIL = f"""From: Cleo Writer <cleo@herald.example>
Subject: =?utf-8?q?Crew_goes_home?=
Date: Tue, 03 Mar 2026 10:00:00 +0000
MIME-Version: 1.0
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

Chlo=E9 waited. {PROSE}
"""


def test_a_mail_is_read_with_subject_sender_and_day():
    found = article(MAIL.encode(), "a.eml")
    assert (found.title, found.author, found.published) == (
        "Crew goes home",
        "Cleo Writer",
        "2026-03-03",
    )
    assert found.text == f"Chloé waited. {PROSE}"


def test_a_mail_is_read_whatever_its_name_and_its_lines_flow():
    flowing = MAIL.replace("iso-8859-1", "utf-8; format=flowed")
    flowing = flowing.replace("quoted-printable", "8bit")
    flowing = flowing.replace("=E9", "é").replace("finished ", "finished \n")
    assert article(flowing.encode(), "a.txt").text == f"Chloé waited. {PROSE}"


def test_a_line_that_flows_may_go_on_inside_a_word():
    head = "MIME-Version: 1.0\nContent-Type: text/plain; format=flowed; delsp=yes\n\n"
    found = article(f"{head}{PROSE} Net \nflix used AI.".encode(), "a.eml")
    assert found.text == f"{PROSE} Netflix used AI."


def test_a_mail_in_a_mail_is_read():
    head = (
        "From: a@b.example\nMIME-Version: 1.0\nContent-Type: message/rfc822\n\n"
    )
    assert PROSE in article(f"{head}{MAIL}".encode(), "a.eml").text


def odt_of(content: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("content.xml", content)
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    return file.getvalue()


def test_notes_and_boxes_of_an_opendocument_text_stand_behind_their_paragraph():
    text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    note = "<t:note><t:note-citation>1</t:note-citation><t:note-body><t:p>A note.</t:p></t:note-body></t:note>"
    box = "<frame><t:p>In a box.</t:p></frame>"
    body = f"<t:p>Ada{note} said<t:line-break/>so.{box}</t:p><t:p>{PROSE}</t:p>"
    found = article(odt_of(f'<o xmlns:t="{text}">{body}</o>'), "a.odt")
    assert found.text == f"Ada said\nso.\n\nA note.\n\nIn a box.\n\n{PROSE}"


def test_an_opendocument_text_is_read_without_what_is_hidden():
    spaces = (
        'xmlns:t="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:s="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    )
    style = (
        '<s:style s:name="T1"><s:text-properties t:display="none"/></s:style>'
    )
    body = (
        '<t:section t:display="none"><t:p>Draft.</t:p></t:section>'
        '<t:p><t:hidden-paragraph t:is-hidden="true"/>A note.</t:p>'
        '<t:p>It has <t:span t:style-name="T1">never </t:span>'
        '<t:hidden-text t:is-hidden="true">ever </t:hidden-text>used AI.</t:p>'
    )
    found = article(odt_of(f"<o {spaces}>{style}{body}</o>"), "a.odt")
    assert found.text == "It has used AI."


def test_an_opendocument_text_is_read_without_what_was_deleted():
    file = io.BytesIO()
    text, office = (
        "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    )
    gone = "<text:tracked-changes><text:changed-region><text:deletion><text:p>Gone.</text:p></text:deletion></text:changed-region></text:tracked-changes>"
    content = f'<office:document-content xmlns:office="{office}" xmlns:text="{text}"><office:body><office:text>{gone}<text:h>Talk</text:h><text:p>In<text:s/>it: <text:span>{PROSE}</text:span></text:p></office:text></office:body></office:document-content>'
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
    assert article(file.getvalue(), "a.odt").text == f"Talk\n\nIn it: {PROSE}"


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "a.doc", "an old Word file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "a.txt", "an old Word file"),
        (b"PK\x03\x04 mimetypeapplication/epub+zip", "a.epub", "a book"),
        (b"PK\x03\x04 something", "a.txt", "an archive"),
        (b"<?xml version='1.0'?><tei/>", "a.xml", "XML of no known kind"),
        (b"<?xml version='1.0'?><rss/>", "a.xml", "a feed; follow"),
        (b"From: x", "a.mhtml", "a web archive"),
        (b"\xff\xd8\xff\xe0 JFIF", "a.txt", "a picture"),
        (b'{"doc": {}, "statements": []}\n{}', "a.txt", "is JSON"),
        (b"1\n00:00:01,000 --> 00:00:02,000\nHello", "a.srt", "subtitles"),
        (b"title: A", "a.yaml", "data, and no article"),
        (b"\x89PNG\r\n\x00\x1a", "a.png", "a picture"),
        (b"\xd0\xcf\x11\xe0", "a.xls", "an old Excel file"),
        (b"\xd0\xcf\x11\xe0", "a.docx", "an old Word file"),
        (b"PK\x03\x04 broken", "a.docx", "the DOCX cannot be read"),
    ],
)
def test_what_is_no_article_is_refused_by_its_name(data, name, message):
    with pytest.raises(BadInput, match=message):
        article(data, name)


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (
            DocumentDescription(published="2025-02-31"),
            "no date of the calendar",
        ),
        (DocumentDescription(published="31/02/2025"), "is not a date like"),
        (DocumentDescription(published="9999-12-31"), "lies years ahead"),
        (DocumentDescription(published=""), "is not a date like"),
        (DocumentDescription(url=""), "is not an address"),
        (DocumentDescription(url="javascript:alert(1)"), "is not an address"),
        (DocumentDescription(url="https://e.org/a b"), "is not an address"),
        (DocumentDescription(url="https://[e.org/"), "no address"),
        (DocumentDescription(url="https://e.org:99999/"), "no address"),
        (DocumentDescription(url="https:///a"), "names no host"),
        (DocumentDescription(title="A\x07"), "control character U\\+0007"),
    ],
)
def test_what_is_said_of_an_article_is_checked_as_a_record_is(said, message):
    [fault] = said.faults()
    import re  # noqa: PLC0415

    assert re.search(message, fault)


def test_a_text_of_wide_characters_needs_no_mark():
    for charset in ("utf-16-le", "utf-16-be"):
        assert article(PROSE.encode(charset), "a.txt").text == PROSE


def test_a_text_in_a_set_that_nobody_names_is_refused():
    with pytest.raises(BadInput, match="save it as UTF-8"):
        article("Цензура пришла".encode("cp1251"), "a.txt")
    assert (
        article("Chloé à Genève".encode("cp1252"), "a.txt").text
        == "Chloé à Genève"
    )


def test_the_scheme_of_an_address_may_be_in_capitals():
    said = DocumentDescription(url="HTTPS://Herald.example/A")
    assert said.faults() == []
    assert article(b"Words.", "a.txt", said).url == "https://Herald.example/A"


@pytest.mark.timeout(60)
def test_a_citation_of_markdown_that_never_ends_is_gone_through_once():
    text = "[ " + "@a " * 120_000  # from each sign anew: minutes
    assert markdown(text, "notes.md").text.startswith("[ @a")
