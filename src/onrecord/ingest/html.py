"""A page of HTML → its article's text, title, author, date and publisher."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from onrecord.ingest.declared import declared_day
from onrecord.ingest.plain import clean, decoded_page
from onrecord.model import Document
from onrecord.model.errors import BadInput, MissingExtra

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MOST_TAGS = 200_000
FRAGMENT = re.compile(
    r"\s*<(?:p|div|h[1-6]|article|section|figure|blockquote|ul|ol|table|span|strong|em|b|i|a)\b[^<>]*>",
    re.IGNORECASE,
)
"""How a piece of a page begins, as services give an article's text."""
BLOCKS = (
    "p",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "li",
    "blockquote",
    "tr",
    "br",
    "figure",
)
UNSEEN = ("del", "s", "strike", "template")
"""What was taken back (HTML, sections 4.5.5 and 4.7.2), and what waits for a script."""
NOT_SHOWN = (
    "//body//*[(@hidden and @hidden != 'until-found') or @role='dialog' or @role='alertdialog']"
    "[not(.//article or .//h1)]"
)
"""What is hidden, and windows that ask for consent or a subscription."""


def html(
    data: bytes, name: str, url: str | None = None, charset: str | None = None
) -> Document:
    """Reads a page, whatever is broken in it; raises BadInput where it has no article, MissingExtra.

    `charset` is what the server says. The date is one that the page declares, or none.
    """
    bare_extraction = finder()
    tree = _tree(decoded_page(data, name, charset), name)
    published = declared_day(tree)
    _drop_unseen(tree)
    extracted = bare_extraction(
        tree,
        url=url,
        with_metadata=True,
        include_comments=False,
        include_tables=False,
    )
    text = (
        ""
        if extracted is None or isinstance(extracted, dict)
        else clean(extracted.text or "")
    )
    if extracted is None or isinstance(extracted, dict) or not text:
        message = f"{name}: no article's text was found in this page"
        raise BadInput(message)
    return Document(
        publisher=_line(extracted.sitename) or "",
        url=url,
        title=_line(extracted.title),
        author=_line(extracted.author),
        published=published,
        text=text,
    )


def fragment_text(text: str) -> str:
    """The text of a piece of a page, a paragraph each block; raises MissingExtra."""
    try:
        from lxml.html import fragment_fromstring  # noqa: PLC0415  an extra
    except ImportError as error:
        what = "lxml, which reads HTML,"
        raise MissingExtra(what, "extract") from error
    tree = fragment_fromstring(text, create_parent="div")
    _drop_unseen(tree)
    for node in list(tree.iter("script", "style")):
        node.drop_tree()
    for block in tree.iter(*BLOCKS):
        block.tail = f"\n\n{block.tail or ''}"
    return str(tree.text_content())


def finder() -> Callable[..., Any]:
    """What finds the article in a page; raises MissingExtra.

    To load it takes as long as to read ten pages: who forks children loads it before.
    """
    try:
        from trafilatura import bare_extraction  # noqa: PLC0415  slow, for pages alone
    except ImportError as error:
        raise MissingExtra(*_missing(error)) from error
    return bare_extraction


def _tree(page: str, name: str) -> "HtmlElement":
    from trafilatura import load_html  # noqa: PLC0415

    if page.count("<") > MOST_TAGS:
        message = (
            f"{name}: a page of more than {MOST_TAGS:,} tags is no article"
        )
        raise BadInput(message)
    tree = load_html(page)
    if tree is None:
        message = f"{name}: no article's text was found in this page"
        raise BadInput(message)
    return tree


def _drop_unseen(tree: "HtmlElement") -> None:
    """Takes out what a page marks as no longer said, or shows to nobody, and windows before it.

    Text behind such an element stays.
    """
    for node in [*tree.iter(*UNSEEN), *tree.xpath(NOT_SHOWN)]:
        if node.getparent() is not None:
            node.drop_tree()


def _missing(error: ImportError) -> tuple[str, str]:
    """What is missing, and the extra that brings it; a part of it may be broken."""
    if error.name and error.name.partition(".")[0] != "trafilatura":
        return f"{error.name}, which trafilatura reads pages with,", "extract"
    return "trafilatura, which finds the article in a page,", "extract"


def _line(value: str | None) -> str | None:
    return " ".join(clean(value).split()) or None if value else None
