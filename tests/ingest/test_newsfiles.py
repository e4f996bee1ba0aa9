"""Downloads of news databases: each article with its outlet, day, headline, byline and page."""

import io

import pytest

from onrecord.ingest.document import articles_in
from onrecord.ingest.newsfiles import news_articles

FIRST = (
    "Ada Example urged Studio Nine to adopt stronger AI safeguards, "
    "and the guild said that it would wait for the offer."
)
SECOND = "Martin Sample said that he is worried about AI and jobs, and that the studio has not said what it will do."

NEXIS = f"""Crews and machines
Example Times
March 3, 2026 Tuesday
Late Edition - Final

Copyright 2026 Example Times Company All Rights Reserved
Section: BUSINESS; Pg. 4
Length: 20 words
Byline: By CLEO WRITER
Body

{FIRST}

Graphic

A picture of a studio.
Load-Date: March 4, 2026

End of Document

Jobs and machines
The Example Herald (London)
March 5, 2026 Thursday

Copyright 2026 Example Herald
Section: NEWS; Pg. A12
Length: 21 words
Byline: Leo Author
Body

{SECOND}

Load-Date: March 5, 2026

End of Document
"""
LEXIS = f"""                               1 of 2 DOCUMENTS


                                 Example Times

                             March 3, 2026 Tuesday

Crews and machines

BYLINE: By CLEO WRITER

SECTION: BUSINESS; Pg. 4

LENGTH: 20 words

{FIRST}

LOAD-DATE: March 4, 2026

LANGUAGE: ENGLISH

                               2 of 2 DOCUMENTS


                          The Example Herald (London)

                            March 5, 2026 Thursday

Jobs and machines

BYLINE: Leo Author

SECTION: NEWS; Pg. A12

LENGTH: 21 words

{SECOND}

LOAD-DATE: March 5, 2026
"""
PROQUEST = f"""____________________________________________________________

Document 1 of 2

Crews and machines

Author: CLEO WRITER

Publication info: Example Times; Toronto [Toronto]. 03 Mar 2026: 4.

Full text: {FIRST}

Subject: Motion pictures

Title: Crews and machines

Publication title: Example Times

First page: 4

Publication date: Mar 3, 2026

____________________________________________________________

Document 2 of 2

Jobs and machines

Author: Leo Author

Full text: {SECOND}

Publication title: The Example Herald (London)

First page: A12

Publication date: Mar 5, 2026
"""
FACTIVA = f"""BUSINESS
Crews and machines
By CLEO WRITER
20 words
3 March 2026
Example Times
EXTI
4
English
(c) 2026. Example Times Company. All rights reserved.
{FIRST}
Document EXTI000020260303em3300012

Jobs and machines
By Leo Author
21 words
5 March 2026
The Example Herald (London)
EXHE
A12
English
(c) 2026. Example Herald.
{SECOND}
Document EXHE000020260305em3500013
"""
FACTIVA_CODED = f"""HD Crews and machines
BY CLEO WRITER
WC 20 words
PD 3 March 2026
SN Example Times
SC EXTI
PG 4
LA English
CY (c) 2026
LP {FIRST}
AN Document EXTI000020260303em3300012

HD Jobs and machines
BY Leo Author
WC 21 words
PD 5 March 2026
SN The Example Herald (London)
SC EXHE
PG A12
LA English
CY (c) 2026
LP {SECOND}
AN Document EXHE000020260305em3500013
"""
EUROPRESSE = f"""Example Times
Business, mardi 3 mars 2026 20 mots, p. 4

Crews and machines
CLEO WRITER

{FIRST}

© 2026 Example Times. Tous droits réservés.

news·20260303·ET·0001

The Example Herald (London)
News, Thursday, March 5, 2026 21 words, p. A12

Jobs and machines
Leo Author

{SECOND}

© 2026 Example Herald. Tous droits réservés.

news·20260305·EH·0002
"""
TOLD = [
    (
        "Example Times",
        "2026-03-03",
        "Crews and machines",
        "CLEO WRITER",
        "4",
        FIRST,
    ),
    (
        "The Example Herald (London)",
        "2026-03-05",
        "Jobs and machines",
        "Leo Author",
        "A12",
        SECOND,
    ),
]
DOWNLOADS = {
    "Nexis": NEXIS,
    "Lexis": LEXIS,
    "ProQuest": PROQUEST,
    "Factiva": FACTIVA,
    "Factiva, coded": FACTIVA_CODED,
    "Europresse": EUROPRESSE,
    "Factiva without By": FACTIVA.replace("By ", ""),
    "Lexis with its fields": LEXIS.replace(
        FIRST, f"BODY:\n   {FIRST}\n\nURL: http://e.org\n\nSUBJECT: FILM"
    ),
    "ProQuest with a credit": PROQUEST.replace(
        "Author: CLEO WRITER\n\n", ""
    ).replace(FIRST, f"{FIRST}\n\nCREDIT: CLEO WRITER"),
}


def as_text(text: str) -> tuple[str, bytes]:
    return "a.txt", text.encode()


def as_word(text: str) -> tuple[str, bytes]:
    docx = pytest.importorskip("docx")
    made, file = docx.Document(), io.BytesIO()
    for line in text.split("\n"):
        made.add_paragraph(line)
    made.save(file)
    return "a.docx", file.getvalue()


def as_rtf(text: str) -> tuple[str, bytes]:
    lines = "".join(f"{line}\\par\n" for line in text.split("\n"))
    return "a.rtf", f"{{\\rtf1\\ansi {lines}}}".encode()


@pytest.mark.parametrize("name", DOWNLOADS)
@pytest.mark.parametrize("form", [as_text, as_word, as_rtf])
def test_a_download_of_a_news_database_is_an_article_each(name, form):
    file, data = form(DOWNLOADS[name])
    documents = articles_in(data, file)
    assert [
        (
            document.publisher,
            document.published,
            document.title,
            document.author,
            document.page,
            document.text.removeprefix(document.title).strip(),
        )
        for document in documents
    ] == TOLD


COVER = """User Name: = Ada Example
Date and Time: = Monday, March 9, 2026 10:00:00 AM EDT
Job Number: = 1234
Documents (2)
1. Crews and machines
Client/Matter: -None-
Search Terms: machines

"""
NOT_SHOWN = """____________________________________________________________

Document 3 of 3

No text

Full text: Not available.

Title: No text

Publication date: Mar 4, 2026
"""
VARIANTS = {
    "nexis with a cover": COVER + NEXIS,
    "nexis in german": NEXIS.replace(
        "March 3, 2026 Tuesday", "3. März 2026 Dienstag"
    ),
    "proquest with towns": PROQUEST.replace(
        "title: Example Times\n", "title: Example Times; Toronto, Ont.\n"
    ),
    "proquest with an article not shown": PROQUEST + NOT_SHOWN,
    "nexis as printed": NEXIS.replace("Crews", "Page 1 of 2\nCrews", 1),
    "lexis with a dateline": LEXIS.replace(
        SECOND, f"DATELINE: LEEDS\n\n{SECOND}"
    ),
    "proquest with headings": PROQUEST.replace("Full text:", "FULL TEXT\n"),
    "factiva in german": FACTIVA.replace(" words", " Wörter"),
    "factiva with a clock": FACTIVA.replace(
        "2026\nExample", "2026\n10:15 GMT\nExample"
    ),
}


@pytest.mark.parametrize("name", VARIANTS)
def test_a_download_is_read_whatever_stands_around_its_articles(name):
    documents = articles_in(VARIANTS[name].encode(), "a.txt")
    assert [
        (document.publisher, document.published, document.title)
        for document in documents
    ] == [told[:3] for told in TOLD]


@pytest.mark.parametrize(
    "text",
    [FIRST, f"Title: Talk\n\n{FIRST}", f"{FIRST}\n\nDocument A1\n\n{SECOND}"],
)
def test_an_article_that_is_no_download_is_one(text):
    assert len(articles_in(text.encode(), "a.txt")) == 1


@pytest.mark.timeout(60)
def test_blank_lines_are_gone_through_once():
    assert news_articles("\n" * 400_000) == []  # from each line anew: minutes
