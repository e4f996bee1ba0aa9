"""A Word file (DOCX) → its text, as Word shows it with "all markup" accepted.

Inserted and moved text, tables, text boxes, content controls, fields and notes are
text; deleted, moved-away and hidden text is not. ECMA-376 Part 1, section 17.
"""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from onrecord.ingest.office import (
    attribute,
    document_of,
    local_name,
    opened,
    tree_of,
)
from onrecord.model import Document
from onrecord.model.errors import BadInput

if TYPE_CHECKING:
    from lxml.etree import _Element

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT_WORD = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
MAIN, NOTES = "word/document.xml", ("footnotes.xml", "endnotes.xml")
STYLES, NAMED_STYLES = "styles.xml", ("{*}rStyle", "{*}pStyle")
MAIN_KIND = "/officeDocument"
UNSEEN = frozenset(
    "del moveFrom instrText delText delInstrText pPr sectPr tblPr tblGrid trPr tcPr "  # noqa: SIM905  a list would take twenty lines
    "sdtPr sdtEndPr rPr comment docPartObj annotationRef rt".split()
)
"""What Word does not print in the text, or prints elsewhere a second time; `rt` tells how a word is read."""
BREAKS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": " "}
PRIVATE = range(0xE000, 0xF900)
"""Where fonts of pictures have their signs."""
GONE = {"tr": ("trPr", "del"), "tc": ("tcPr", "cellDel")}
"""Rows and cells of a table, and which of their properties says that they were deleted."""


def docx(data: bytes, name: str) -> Document:
    """Reads a DOCX; raises BadInput for one that is broken or empty, MissingExtra."""
    with opened(data, name, "DOCX") as archive:
        parts = set(archive.namelist())
        main = _main_part(archive, name)
        if main not in parts:
            message = f"{name}: the DOCX cannot be read: it has no {main}"
            raise BadInput(message)
        folder = main.rpartition("/")[0]
        held = [main, *(f"{folder}/{part}" for part in NOTES)]
        trees = [
            tree_of(archive, part, name, "DOCX")
            for part in held
            if part in parts
        ]
        _refuse_chunks(trees[0], name)
        if (styles := f"{folder}/{STYLES}") in parts:
            _drop_hidden(trees, tree_of(archive, styles, name, "DOCX"))
        _drop_gone_notes(trees)
        return document_of(
            archive, trees, _paragraphs, name, "docProps/core.xml"
        )


def _refuse_chunks(tree: "_Element", name: str) -> None:
    """Refuses a file that has Word import another one when it opens it (section 17.17.2.1): its text would be lost."""
    if tree.find(".//{*}altChunk") is not None:
        message = (
            f"{name}: holds another file, which Word takes in when it "
            "opens this one; open it in Word and save it again"
        )
        raise BadInput(message)


def _main_part(archive: zipfile.ZipFile, name: str) -> str:
    """The part that holds the text, as the package's relations name it (ECMA-376 Part 2, section 6.5)."""
    relations = "_rels/.rels"
    if MAIN in archive.namelist() or relations not in archive.namelist():
        return MAIN
    for node in tree_of(archive, relations, name, "DOCX"):
        if str(node.get("Type")).endswith(MAIN_KIND):
            return str(node.get("Target")).lstrip("/")
    return MAIN


def _paragraphs(tree: "_Element") -> Iterator[str]:
    """The paragraphs in their order; a text box stands after the one that holds it.

    A paragraph whose mark was deleted or moved away runs on in the next one.
    """
    begun, fields = "", _Fields()
    for node in _visible(tree):
        if local_name(node) != "p" or not node.tag.startswith(
            (WORD, STRICT_WORD)
        ):
            continue
        begun += _text(node, fields)
        if not _mark_is_deleted(node):
            yield begun
            begun = ""
    yield begun


@dataclass(slots=True)
class _Fields:
    """How far a text is inside fields: what stands before a field's result is its instruction."""

    open: list[bool] = field(default_factory=list)

    def pass_by(self, mark: "_Element") -> None:
        """Takes note of a field's begin, of where its result begins, and of its end."""
        kind = next(
            (value for key, value in mark.attrib.items() if _is_kind(key)), ""
        )
        if kind == "begin":
            self.open.append(True)
        elif self.open and kind == "separate":
            self.open[-1] = False
        elif self.open and kind == "end":
            self.open.pop()

    @property
    def is_instruction(self) -> bool:
        """Whether what comes is the result of a field in another's instruction, which nobody sees."""
        return any(self.open[:-1])


def _is_kind(key: str) -> bool:
    return key.endswith("}fldCharType")


def _visible(node: "_Element") -> "Iterator[_Element]":
    """A node and what is in it, in the order of the file, without what is not seen."""
    waiting = [node]
    while waiting:
        first = waiting.pop()
        if _is_unseen(first):
            continue
        yield first
        waiting += reversed(first)


def _is_unseen(node: "_Element") -> bool:
    name = local_name(node)
    if not name or name in UNSEEN:
        return True
    if name == "Fallback":
        return _has_choice(node)
    return _is_note_rule(node) or _is_deleted(node) or _is_placeholder(node)


def _has_choice(fallback: "_Element") -> bool:
    """Whether what a fallback stands in for holds text itself (ECMA-376 Part 3, section 9.3)."""
    choices = fallback.itersiblings("{*}Choice", preceding=True)
    return any(choice.find(".//{*}t") is not None for choice in choices)


def _drop_hidden(trees: "list[_Element]", styles: "_Element") -> None:
    """Takes out what a style hides: runs of such a character style, and those of such a paragraph."""
    hidden = _hidden_styles(styles)
    for style in [
        style for tree in trees for style in tree.iter(*NAMED_STYLES)
    ]:
        if attribute(style, "val") not in hidden:
            continue
        owner = style.getparent().getparent()
        if owner is not None and local_name(owner) in {"p", "r"}:
            for run in list(owner.iter("{*}r")):
                run.getparent().remove(run)


def _hidden_styles(styles: "_Element") -> set[str]:
    """The styles that hide text, by themselves or by the one that they are based on."""
    hidden: set[str] = set()
    before = -1
    while before < len(hidden):
        before = len(hidden)
        for style in styles.iterfind("{*}style"):
            base = style.find("{*}basedOn")
            is_based = base is not None and attribute(base, "val") in hidden
            if is_based or _is_hidden(style):
                hidden.add(attribute(style, "styleId"))
    return hidden


def _drop_gone_notes(trees: "list[_Element]") -> None:
    """Takes out the notes whose marks in the text were all deleted or moved away."""
    marks = list(trees[0].iter("{*}footnoteReference", "{*}endnoteReference"))
    standing = {_note_of(mark) for mark in marks if not _is_taken_back(mark)}
    gone = set(map(_note_of, marks)) - standing
    for tree in trees[1:]:
        for note in list(tree):
            if _note_of(note) in gone:
                tree.remove(note)


def _note_of(node: "_Element") -> tuple[str, str]:
    """Which note a mark leads to, or a note is."""
    return local_name(node).removesuffix("Reference"), attribute(node, "id")


def _is_taken_back(mark: "_Element") -> bool:
    return any(
        local_name(node) in {"del", "moveFrom"} for node in mark.iterancestors()
    )


def _text(paragraph: "_Element", fields: _Fields) -> str:
    """The text of a paragraph, without the paragraphs that stand in it (text boxes)."""
    pieces: list[str] = []
    waiting = list(reversed(paragraph))
    while waiting:
        node = waiting.pop()
        name = local_name(node)
        if _is_unseen(node) or name in {"txbxContent", "p"}:
            continue
        if name == "fldChar":
            fields.pass_by(node)
        elif name == "t":
            pieces.append(
                "" if fields.is_instruction else "".join(node.itertext())
            )
        elif name == "sym":
            pieces.append(_symbol(node))
        elif name in BREAKS and not _is_setting(node):
            pieces.append(BREAKS[name])
        elif name != "r" or not _is_hidden(node):
            waiting += reversed(node)
    return "".join(pieces)


def _symbol(node: "_Element") -> str:
    """A sign by its number; what is a picture in a font of its own parts words."""
    try:
        place = int(attribute(node, "char"), 16)
        return " " if place in PRIVATE else chr(place)
    except (ValueError, OverflowError):
        return " "


def _is_setting(node: "_Element") -> bool:
    """Whether a tab is a stop of the paragraph's form, not a character."""
    parent = node.getparent()
    return parent is not None and local_name(parent) == "tabs"


def _is_hidden(run: "_Element") -> bool:
    return any(
        local_name(setting) == "vanish" and _is_on(setting)
        for setting in _settings(run, "rPr")
    )


def _is_on(setting: "_Element") -> bool:
    value = next(iter(setting.attrib.values()), "true")
    return value not in {"0", "false", "off"}


def _settings(node: "_Element", properties: str) -> "Iterator[_Element]":
    """What the properties of a node say."""
    for child in node:
        if local_name(child) == properties:
            yield from child


def _mark_is_deleted(paragraph: "_Element") -> bool:
    """Whether the end of a paragraph was deleted or moved away."""
    for setting in _settings(paragraph, "pPr"):
        if local_name(setting) == "rPr":
            return any(
                local_name(mark) in {"del", "moveFrom"} for mark in setting
            )
    return False


def _is_note_rule(node: "_Element") -> bool:
    """Whether a note is the rule that Word draws above the notes."""
    if local_name(node) not in {"footnote", "endnote"}:
        return False
    return any(key.endswith("}type") for key in node.attrib)


def _is_deleted(node: "_Element") -> bool:
    """Whether a row or a cell of a table was deleted."""
    properties, mark = GONE.get(local_name(node), ("", ""))
    return any(
        local_name(setting) == mark for setting in _settings(node, properties)
    )


def _is_placeholder(node: "_Element") -> bool:
    """Whether a content control holds nothing but the words that ask to fill it."""
    if local_name(node) != "sdt":
        return False
    return any(
        local_name(setting) == "showingPlcHdr" and _is_on(setting)
        for setting in _settings(node, "sdtPr")
    )
