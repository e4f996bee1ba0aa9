"""An OpenDocument text (ODT) → its text, without what was deleted or is hidden (OpenDocument 1.3 Part 3)."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.ingest.office import (
    attribute,
    document_of,
    local_name,
    opened,
    tree_of,
)
from onrecord.model import Document

if TYPE_CHECKING:
    from lxml.etree import _Element

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
UNSEEN = frozenset(
    "tracked-changes annotation sequence-decls forms note-citation ruby-text script".split()  # noqa: SIM905
)
APART = frozenset({"note", "frame", "custom-shape"})
"""What holds paragraphs of its own inside a paragraph: they follow it."""


def odt(data: bytes, name: str) -> Document:
    """Reads an OpenDocument text; raises BadInput, MissingExtra."""
    with opened(data, name, "ODT") as archive:
        trees = [tree_of(archive, "content.xml", name, "ODT")]
        _drop_hidden(trees[0])
        return document_of(archive, trees, _paragraphs, name, "meta.xml")


def _drop_hidden(tree: "_Element") -> None:
    """Takes out what is hidden: by itself, by its paragraph's field, by its section, or by its style."""
    hidden = {
        attribute(properties.getparent(), "name")
        for properties in tree.iterfind(".//{*}style/{*}text-properties")
        if attribute(properties, "display") == "none"
    }
    for node in list(tree.iter()):
        if attribute(node, "is-hidden") == "true":
            is_paragraph = local_name(node) == "hidden-paragraph"
            _take_out(node.getparent() if is_paragraph else node)
        elif _is_undrawn(node) or attribute(node, "style-name") in hidden:
            _take_out(node)


def _is_undrawn(node: "_Element") -> bool:
    return (
        local_name(node) == "section" and attribute(node, "display") == "none"
    )


def _take_out(node: "_Element | None") -> None:
    """Takes a node out; the text behind it stays."""
    parent = None if node is None else node.getparent()
    if node is None or parent is None:
        return
    before = node.getprevious()
    if before is None:
        parent.text = f"{parent.text or ''}{node.tail or ''}"
    else:
        before.tail = f"{before.tail or ''}{node.tail or ''}"
    parent.remove(node)


def _paragraphs(tree: "_Element") -> Iterator[str]:
    """The paragraphs in their order; notes and text boxes stand after the one that holds them."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        name = local_name(node)
        if not name or name in UNSEEN:
            continue
        if name in {"p", "h"} and node.tag.startswith(TEXT):
            yield _text(node)
            waiting += reversed(list(_apart(node)))
        else:
            waiting += reversed(node)


def _apart(paragraph: "_Element") -> "Iterator[_Element]":
    """The notes and boxes of a paragraph; what stands in them comes with them."""
    for node in paragraph:
        if local_name(node) in APART:
            yield node
        else:
            yield from _apart(node)


def _text(node: "_Element") -> str:
    name = local_name(node)
    if not name or name in UNSEEN or name in APART:
        return ""
    if name in {"s", "tab"}:
        return " "
    if name == "line-break":
        return "\n"
    pieces = [node.text or ""]
    for child in node:
        pieces += [_text(child), child.tail or ""]
    return "".join(pieces)
