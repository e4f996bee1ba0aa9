"""Twenty thousand broken files over all readers: each is read, or refused by an error of ours."""

import io
import logging
import tempfile
import time
import zipfile
from collections import Counter
from pathlib import Path

from fpdf import FPDF
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from pyarrow import parquet, table

import onrecord
from onrecord.editing.add_graph import graph_rows
from onrecord.ingest.coded import coded_sheet, qdpx
from onrecord.ingest.dna import coding
from onrecord.ingest.document import articles_in
from onrecord.ingest.normal import normal_text
from onrecord.ingest.readers import forms_by_suffix
from onrecord.ingest.rows import rows
from onrecord.ingest.sources import kind_of
from onrecord.ingest.tables import table_rows
from onrecord.model.errors import OnRecordError
from onrecord.querying.ask import Graph
from onrecord.workspace import shipped

INPUTS = 20_000
PROSE = (
    "LONDON, 3 March 2026 — Ada Example said that “AI” is here and\nthat the guild was on "
    'its way to it. The 27" screen was in the room, Cate O’Neill said.\n'
)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"


def _zipped(**parts: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), text)
    return file.getvalue()


def _pdf() -> bytes:
    made = FPDF()
    made.add_page()
    made.set_font("Helvetica", size=11)
    made.multi_cell(
        0, text=PROSE.encode("latin-1", "replace").decode("latin-1")
    )
    return bytes(made.output())


def _xlsx() -> bytes:
    book, file = Workbook(), io.BytesIO()
    book.active.append(["title", "text"])
    book.active.append(["A", PROSE])
    book.save(file)
    return file.getvalue()


def _parquet() -> bytes:
    file = io.BytesIO()
    parquet.write_table(table({"title": ["A"], "text": [PROSE]}), file)
    return file.getvalue()


def _dna() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.dna"
        onrecord.export("dna", path, workspace=shipped())
        return path.read_bytes()


VOCABULARY = Graph(shipped()).vocabulary
SAMPLES = {
    ".pdf": _pdf(),
    ".xlsx": _xlsx(),
    ".txt": PROSE.encode(),
    ".md": f"---\ntitle: A\n---\n# A\n\n*{PROSE}* [a](b) | c |\n".encode(),
    ".html": f"<!doctype html><html><head><meta charset='utf-8'></head><body><article><p>{PROSE * 3}</p>"
    "<time datetime='2026-03-03'></time></article></body></html>".encode(),
    ".docx": _zipped(
        word__document_xml=f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:ins><w:r>'
        f"<w:t>{PROSE}</w:t></w:r></w:ins></w:p></w:body></w:document>"
    ),
    ".odt": _zipped(
        mimetype="application/vnd.oasis.opendocument.text",
        content_xml=f'<o xmlns:text="{TEXT}"><text:p>{PROSE}</text:p></o>',
    ),
    ".rtf": f"{{\\rtf1\\ansi {PROSE}\\par}}".encode("cp1252", "replace"),
    ".eml": f"From: a@e.org\nSubject: A\nDate: Tue, 03 Mar 2026 10:00:00 +0000\n\n{PROSE}".encode(),
    ".csv": f'\ufeffsep=;\ntitle;text;date\nA;"{PROSE}";2026-03-03\n'.encode(),
    ".jsonl": b'{"doc": {"url": "https://e.org/a"}, "statements": [{"actors": ["A"]}]}\n',
    ".json": b'[{"title": "A", "text": "It went.", "date": "2026-03-03"}]',
    ".parquet": _parquet(),
    ".ttl": b"@prefix : <https://w3id.org/onrecord/> .\n:A a :Person .\n",
    ".dna": _dna(),
    ".qdpx": _zipped(project_qde='<Project xmlns="urn:QDA-XML:project:1.0"/>'),
}
EDIT = st.tuples(
    st.floats(0, 1),
    st.sampled_from(["cut", "put", "twice", "zero"]),
    st.binary(min_size=1, max_size=8),
)


def _edited(data: bytes, edits: list[tuple[float, str, bytes]]) -> bytes:
    for place, kind, content in edits:
        at = int(place * len(data))
        if kind == "cut":
            data = data[:at]
        elif kind == "put":
            data = data[:at] + content + data[at + len(content) :]
        elif kind == "twice":
            data = data[:at] + data[at // 2 :]
        else:
            data = data[:at] + b"\x00" + data[at:]
    return data


def _read(path: Path, data: bytes) -> None:
    """Everything that may happen to a file of that name."""
    path.write_bytes(data)
    suffix = path.suffix
    if suffix == ".qdpx":
        qdpx(path)
    elif suffix == ".dna":
        coding(path)
    elif suffix == ".ttl":
        graph_rows(path, VOCABULARY)
    elif suffix in forms_by_suffix():
        for document in articles_in(data, path.name):
            normal_text(document.text or "")
    elif kind_of(str(path)) == "articles":
        list(table_rows(path, {}))
    elif kind_of(str(path)) == "codings":
        coded_sheet(path)
    else:
        list(rows(path))


def main() -> None:
    """Prints how many files were read and refused, and the longest time that one took."""
    logging.disable(logging.CRITICAL)  # what parsers say of broken files
    outcomes: Counter[str] = Counter()
    slowest = [0.0, ""]
    with tempfile.TemporaryDirectory() as folder:

        @seed(1)
        @settings(
            max_examples=INPUTS,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(st.sampled_from(sorted(SAMPLES)), st.lists(EDIT, max_size=4))
        def check(suffix: str, edits: list[tuple[float, str, bytes]]) -> None:
            begin = time.perf_counter()
            try:
                _read(
                    Path(folder) / f"a{suffix}", _edited(SAMPLES[suffix], edits)
                )
                outcomes["read"] += 1
            except OnRecordError:
                outcomes["refused in words"] += 1
            took = time.perf_counter() - begin
            if took > slowest[0]:
                slowest[:] = [took, suffix]

        check()
    print(
        f"  {INPUTS:,} files: "
        + ", ".join(f"{number:,} {kind}" for kind, number in outcomes.items())
    )
    print(
        f"  the slowest took {slowest[0]:.2f} s ({slowest[1]}); tracebacks: 0"
    )
