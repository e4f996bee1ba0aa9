"""Coded segments of MAXQDA, ATLAS.ti, NVivo, and of REFI-QDA projects."""

import io
import zipfile

import pytest

import onrecord
from onrecord import workspace
from onrecord.ingest.coded import coded_sheet, qdpx
from onrecord.ingest.sources import kind_of
from onrecord.model import Coding
from onrecord.model.errors import BadInput

SHEETS = {
    "MAXQDA": "Color;Document group;Document name;Code;Segment;Author\n●;;Paper 1;Fears > Jobs;Ada 😀 fears for jobs.;ada\n●;;Paper 1;Levy;She wants a levy.;ben\n",
    "ATLAS.ti": "ID,Document,Quotation Content,Codes,Created by\n1:1,Paper 1,Ada 😀 fears for jobs.,Fears > Jobs,ada\n1:2,Paper 1,She wants a levy.,Levy,ben\n",
    "NVivo": "File Name\tCode\tCoded Text\tCoder\nPaper 1\tFears > Jobs\tAda 😀 fears for jobs.\tada\nPaper 1\tLevy\tShe wants a levy.\tben\n",
}
SHEETS |= {
    "MAXQDA, German": "Farbe;Dokumentname;Code;Segment;Autor\n●;Paper 1;Fears > Jobs;Ada 😀 fears for jobs.;ada\n●;Paper 1;Levy;She wants a levy.;ben\n",
    "NVivo, by node": "Name,File,Coverage,Content,Coded by\nFears > Jobs,Paper 1,0.1,Ada 😀 fears for jobs.,ada\nLevy,Paper 1,0.1,She wants a levy.,ben\n",
    "QualCoder": "codename,filename,seltext,owner\nFears > Jobs,Paper 1,Ada 😀 fears for jobs.,ada\nLevy,Paper 1,She wants a levy.,ben\n",
}
CODED = [
    ("Ada 😀 fears for jobs.", "Fears > Jobs", "ada"),
    ("She wants a levy.", "Levy", "ben"),
]
PROJECT = """<?xml version="1.0" encoding="utf-8"?><Project xmlns="urn:QDA-XML:project:1.0" name="P">
<Users><User guid="u1" name="ada"/><User guid="u2" name="ben"/></Users>
<CodeBook><Codes><Code guid="c0" name="Fears"><Code guid="c1" name="Fears &gt; Jobs"/></Code><Code guid="c2" name="Levy"/></Codes></CodeBook>
<Sources><TextSource guid="t1" name="Paper 1" plainTextPath="internal://t1.txt">
<PlainTextSelection startPosition="0" endPosition="21"><Coding creatingUser="u1"><CodeRef targetGUID="c1"/></Coding></PlainTextSelection>
<PlainTextSelection startPosition="22" endPosition="39"><Coding creatingUser="u2"><CodeRef targetGUID="c2"/></Coding></PlainTextSelection>
</TextSource></Sources></Project>"""


def coded(coding: Coding) -> list[tuple[str, str, str]]:
    texts = {
        document.id: document.text.encode("utf-16-le")
        for document in coding.documents
    }
    codes = {entity.id: entity.value for entity in coding.entities}
    coders = dict(coding.coders)
    return [
        (
            texts[statement.document][
                2 * statement.start : 2 * statement.stop
            ].decode("utf-16-le"),
            codes[statement.values[0][1]],
            coders[statement.coder],
        )
        for statement in coding.statements
    ]


def project(**parts: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("project.qde", parts.get("qde", PROJECT))
        archive.writestr(
            "sources/t1.txt", "Ada 😀 fears for jobs. She wants a levy."
        )
    return file.getvalue()


@pytest.mark.parametrize("program", SHEETS)
def test_a_sheet_of_coded_segments_is_a_coding(tmp_path, program):
    path = tmp_path / "coded.csv"
    path.write_text(SHEETS[program], encoding="utf-8-sig")
    assert kind_of(str(path)) == "codings"
    assert coded(coded_sheet(path)) == CODED


def test_a_table_of_articles_with_tags_is_no_coding(tmp_path):
    path = tmp_path / "articles.csv"
    path.write_text("title,source,content,tags\nA,B,C,D\n", encoding="utf-8")
    assert kind_of(str(path)) == "articles"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('endPosition="39"', 'endPosition="390"', "lies outside of its text"),
        (
            "internal://t1.txt",
            "relative:///t1.txt",
            "stands outside of the project",
        ),
    ],
)
def test_a_project_whose_codings_fit_no_text_is_refused(
    tmp_path, old, new, message
):
    path = tmp_path / "study.qdpx"
    path.write_bytes(project(qde=PROJECT.replace(old, new)))
    with pytest.raises(BadInput, match=message):
        qdpx(path)


def test_an_excel_file_of_coded_segments_is_a_coding(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for line in SHEETS["MAXQDA"].splitlines():
        book.active.append(line.split(";"))
    path = tmp_path / "maxqda.xlsx"
    book.save(path)
    assert kind_of(str(path)) == "codings"
    assert coded(coded_sheet(path)) == CODED


def test_a_project_is_a_coding_with_its_texts(tmp_path):
    path = tmp_path / "study.qdpx"
    path.write_bytes(project())
    assert coded(qdpx(path)) == CODED


@pytest.mark.parametrize(
    "data",
    [
        b"PK",
        b"",
        project(qde="<Project"),
        project(qde="<Project xmlns='urn:QDA-XML:project:1.0'/>"),
    ],
    ids=["no archive", "nothing", "no whole tag", "no documents"],
)
def test_a_broken_or_empty_project_is_told(tmp_path, data):
    path = tmp_path / "study.qdpx"
    path.write_bytes(data)
    with pytest.raises(BadInput, match=r"study\.qdpx: the project"):
        qdpx(path)


def test_coded_segments_are_added_as_coded_statements(small, tmp_path):
    path = tmp_path / "maxqda.csv"
    path.write_text(SHEETS["MAXQDA"], encoding="utf-8")
    added = onrecord.add([path], workspace=small)
    assert (added.documents, added.statements) == ({"added": 1}, {"coded": 2})
    found = onrecord.check(workspace=workspace.find(small.root)).findings
    assert not [finding for finding in found if "maxqda" in str(finding)]
