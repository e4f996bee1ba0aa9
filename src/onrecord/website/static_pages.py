"""The files of a static site: those of each subject, and those that tell of the whole graph."""

import hashlib
import io
import re
from collections.abc import Callable, Iterator, Sequence
from contextvars import copy_context
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import TypeVar

from PIL import Image, ImageDraw

from onrecord.model.counts import counted
from onrecord.model.iris import BASE, local
from onrecord.querying.ask import Graph
from onrecord.querying.question import questions
from onrecord.store.limits import Send
from onrecord.website import frame
from onrecord.website.browse import corrections_page
from onrecord.website.cards import A_PAGE, cards
from onrecord.website.editor import editor_page, vocabulary_json
from onrecord.website.embed import MAP, embed_address, embed_page
from onrecord.website.feeds import feed, lists_statements, question_feed
from onrecord.website.kept_quads import PACKED
from onrecord.website.llms import static_llms
from onrecord.website.memo import memo
from onrecord.website.network import static_network_page
from onrecord.website.pages import FEEDS, PAGES
from onrecord.website.publication import Publication, publication, texts
from onrecord.website.question import list_page, question_page
from onrecord.website.records import (
    all_rows,
    pair_page,
    statements_csv,
    statements_json,
    statements_page,
)
from onrecord.website.resolve import GONE, MOVED, class_label, gone_page
from onrecord.website.search import search_page
from onrecord.website.share import GROUND, MARK, picture
from onrecord.website.start import start_page
from onrecord.website.static_data import graph_gz, names_json
from onrecord.website.static_links import file_of, relative
from onrecord.website.subjects import Subject
from onrecord.workspace.folders import MARKER
from onrecord.workspace.offline import run_offline

T = TypeVar("T")
Render = Callable[[Graph, Send], None]
NEXT = 'rel="next"'
FIXED = "what all pages share"
"""What a file is made of that no statement changes."""
INDENT = re.compile(rb"\n\s+")
"""White space that the templates of subjects leave, and that no browser shows."""
SOURCES = {".css", ".html", ".js", ".py", ".svg", ".toml", ".ttl", ".wasm"}
"""The endings of files that pages are made of, besides the graph."""


@dataclass(frozen=True, slots=True)
class WholeGraphFile:
    """A file that tells of the whole graph.

    `made_of` changes with what it is made of, "" where that is everything; one that `needs_subjects` is made of the
    list of all subjects.
    """

    name: str
    files: Callable[[Graph, frozenset[str]], dict[str, bytes]]
    made_of: str = ""
    needs_subjects: bool = False


def files_of(subject: Subject) -> Iterator[str]:
    """The files of a subject to which links may lead."""
    yield file_of(subject.address) or ""
    if subject.kind == "statement":
        yield f"-/embed/{local(subject.iri)}.html"
    if subject.kind in FEEDS:
        yield file_of(f"{subject.address}.atom") or ""


def subject_files(
    graph: Graph, subject: Subject, files: frozenset[str]
) -> dict[str, bytes]:
    """All files of a subject."""
    return _offline(partial(_subject_files, graph, subject, files))


def _subject_files(
    graph: Graph, subject: Subject, files: frozenset[str]
) -> dict[str, bytes]:
    if subject.kind == MOVED:
        return _once(
            subject, partial(moved_page, subject.location), graph, files
        )
    if subject.kind == GONE:
        return _once(subject, partial(gone_page, subject.iri), graph, files)
    page = partial(PAGES[subject.kind], subject.iri)
    made = pages(subject.address, page, graph, files)
    made |= _beside(subject, graph, files)
    if subject.kind in FEEDS:
        atom = partial(feed, subject.kind, subject.iri)
        made[file_of(f"{subject.address}.atom") or ""] = _sent(atom, graph)
    return made


def _beside(
    subject: Subject, graph: Graph, files: frozenset[str]
) -> dict[str, bytes]:
    """An entity's picture for who shares it; a statement's page that others may frame."""
    title = publication().name
    name = file_of(f"{subject.address}.png") or ""
    if subject.kind == "entity":
        known = graph.registry.entities[subject.iri]
        return {name: picture(known.label, class_label(graph, known), title)}
    by_iri = cards(graph, {subject.iri}) if subject.kind == "statement" else {}
    if subject.iri not in by_iri:
        return {}
    embed = partial(embed_page, subject.iri)
    return one(embed_address(by_iri[subject.iri]), embed, graph, files)


def _offline(job: Callable[[], T]) -> T:
    """Does a job offline, in the context of the publication."""
    return run_offline(partial(copy_context().run, job))


def _once(
    subject: Subject, render: Render, graph: Graph, files: frozenset[str]
) -> dict[str, bytes]:
    return one(subject.address, render, graph, files)


def moved_page(location: str, graph: Graph, send: Send) -> None:
    """Sends the page of what was merged into another: where that stands."""
    del graph
    frame.render("moved.html", send, location=location)


def one(
    address: str, render: Render, graph: Graph, files: frozenset[str]
) -> dict[str, bytes]:
    """The file of one page."""
    name = file_of(address) or ""
    pieces: list[bytes] = []
    render(graph, pieces.append)
    html = b"".join(pieces).decode()
    return {name: relative(html, name, files).encode()}


def pages(
    address: str,
    render: Callable[[int, Graph, Send], None],
    graph: Graph,
    files: frozenset[str],
) -> dict[str, bytes]:
    """The files of a listing, page by page."""
    made: dict[str, bytes] = {}
    number, is_last = 1, False
    while not is_last:
        at = f"{address}?page={number}"
        file = one(at, partial(render, number), graph, files)
        is_last = NEXT.encode() not in next(iter(file.values()))
        made |= {name: INDENT.sub(b"\n", page) for name, page in file.items()}
        number += 1
    return made


def whole_graph(graph: Graph, every: Sequence[Subject]) -> list[WholeGraphFile]:
    """Every file that is no subject's own."""
    return [
        *_views(graph),
        *_list_of_statements(graph, every),
        *_data_files(graph),
        WholeGraphFile(
            "sitemap.xml", partial(_sitemap, every), needs_subjects=True
        ),
        *map(_static, [*frame.FILES, "house.css"]),
    ]


def _views(graph: Graph) -> Iterator[WholeGraphFile]:
    """The pages that are no subject's own."""
    fixed: dict[str, Render] = {
        "/-/search": partial(search_page, "", 1),
        "/-/pair": pair_page,
        "/-/corrections": corrections_page,
        "/404": missing_page,
    }
    views: dict[str, Render] = {
        "/": partial(start_page, ""),
        "/-/questions": partial(list_page, ""),
        "/-/editor": partial(editor_page, "", 1),
        "/-/network": static_network_page,
        MAP: static_network_page,
    }
    for question in questions(graph.workspace):
        page = partial(question_page, question.name, {}, 0)
        views[f"/-/questions/{question.name}"] = page
    for address, render in fixed.items():
        yield _view(address, render, FIXED)
    for address, render in views.items():
        yield _view(address, render)


def _data_files(graph: Graph) -> Iterator[WholeGraphFile]:
    """The files for scripts and programs."""
    fixed: dict[str, Callable[[Graph], bytes]] = {
        "-/vocabulary.json": partial(_sent, vocabulary_json),
        "robots.txt": robots,
        "llms.txt": static_llms,
        "favicon.ico": favicon,
    }
    data: dict[str, Callable[[Graph], bytes]] = {
        PACKED: graph_gz,
        "-/names.json": names_json,
        "-/statements.json": partial(_sent, statements_json),
        "-/statements.csv": partial(_sent, statements_csv),
        "-/feed.atom": partial(_sent, partial(feed, "all", BASE)),
    }
    for question in questions(graph.workspace):
        if lists_statements(question) and not question.parameters:
            atom = partial(_sent, partial(question_feed, question.name, {}))
            data[f"-/questions/{question.name}.atom"] = atom
    entities = str(len(graph.registry.entities))
    yield _data("-/share.png", whole_picture, entities)
    for name, make in fixed.items():
        yield _data(name, make, FIXED)
    for name, make in data.items():
        yield _data(name, make)


def _sitemap(
    every: Sequence[Subject], graph: Graph, _: frozenset[str]
) -> dict[str, bytes]:
    return {"sitemap.xml": sitemap(every, graph)}


def _view(address: str, render: Render, made_of: str = "") -> WholeGraphFile:
    def files(graph: Graph, known: frozenset[str]) -> dict[str, bytes]:
        return _offline(partial(one, address, render, graph, known))

    return WholeGraphFile(file_of(address) or "", files, made_of)


def _list_of_statements(
    graph: Graph, every: Sequence[Subject]
) -> Iterator[WholeGraphFile]:
    """The pages of the list of all statements, each made of those that it tells."""
    prints = {subject.iri: subject.fingerprint for subject in every}
    listed = [row.statement for row in all_rows(graph)]
    for number, first in enumerate(range(0, max(1, len(listed)), A_PAGE), 1):
        shown = listed[first : first + A_PAGE]
        parts = [str(len(listed)), *(prints.get(iri, "") for iri in shown)]
        made_of = hashlib.sha256(" ".join(parts).encode()).hexdigest()
        page = partial(statements_page, number)
        yield _view(f"/-/statements?page={number}", page, made_of)


def _data(
    name: str, make: Callable[[Graph], bytes], made_of: str = ""
) -> WholeGraphFile:
    def files(graph: Graph, _: frozenset[str]) -> dict[str, bytes]:
        return {name: _offline(partial(make, graph))}

    return WholeGraphFile(name, files, made_of)


def _static(name: str) -> WholeGraphFile:
    place = f"-/static/{name}"
    return WholeGraphFile(place, lambda *_: {place: frame.content(name)}, FIXED)


def _sent(render: Render, graph: Graph) -> bytes:
    pieces: list[bytes] = []
    render(graph, pieces.append)
    return b"".join(pieces)


def missing_page(graph: Graph, send: Send) -> None:
    """Sends the page for an address that stands for nothing."""
    del graph
    frame.render("missing.html", send)


def whole_picture(graph: Graph) -> bytes:
    """The picture of the site."""
    numbers = counted(len(graph.registry.entities), "entity", "entities")
    return picture(
        publication().name,
        f"{numbers}, every statement with its source",
        "onrecord",
    )


def sitemap(every: Sequence[Subject], graph: Graph) -> bytes:
    """The addresses of all pages (sitemaps.org), where that of the site is known."""
    del graph
    by = publication()
    places = [by.absolute(file_of(subject.address) or "") for subject in every]
    lines = [
        f"<url><loc>{escape(place)}</loc></url>" for place in places if place
    ]
    head = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    text = "\n".join(
        ['<?xml version="1.0" encoding="UTF-8"?>', head, *lines, "</urlset>"]
    )
    return f"{text}\n".encode()


def robots(graph: Graph) -> bytes:
    """Everything may be read; where the sitemap stands."""
    del graph
    place = publication().absolute("/sitemap.xml")
    return f"User-agent: *\nAllow: /\n{f'Sitemap: {place}' if place else ''}\n".encode()


def favicon(graph: Graph) -> bytes:
    """The icon for browsers that ask for it by its old name."""
    del graph
    file = io.BytesIO()
    image = Image.new("RGB", (32, 32), MARK)
    ImageDraw.Draw(image).ellipse((8, 8, 24, 24), fill=GROUND)
    image.save(file, "ICO", sizes=[(32, 32)])
    return file.getvalue()


def look(graph: Graph, by: Publication) -> str:
    """A digest of what all pages share: programs, templates, styles, scripts, ontology, settings, title and address."""
    return memo(graph, f"look {by}", lambda graph: _look(graph, by))


def _look(graph: Graph, by: Publication) -> str:
    sha = hashlib.sha256(repr((by, texts())).encode())
    root = graph.workspace.root
    settings = [root / MARKER] if root else []
    package = sorted(frame.HERE.parent.rglob("*.*"))
    for path in (*package, *graph.workspace.ontology_files(), *settings):
        if path.suffix in SOURCES and path.is_file():
            sha.update(path.read_bytes())
    return sha.hexdigest()[:16]
