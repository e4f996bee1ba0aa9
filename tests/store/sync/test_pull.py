import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest

from onrecord import pull, push, undo, workspace
from onrecord.model.errors import (
    BadGraph,
    BadInput,
    LimitReached,
    NotWritten,
    StoreFailed,
)
from onrecord.model.iris import BASE
from onrecord.store.sync.diff import diff
from onrecord.workspace import Endpoint, Workspace

Put = Callable[[str, str], None]
OURS = "https://w3id.org/onrecord/"
DOCUMENT = f"{OURS}doc/example-herald-2025-ada-asks"
FILE = "documents/example-herald-2025-ada-asks.ttl"
TRIPLE = "<urn:a> <urn:b> <urn:c> .\n"


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*.ttl")
    }


@pytest.fixture
def pushed(small: Workspace, oxigraph: Endpoint) -> Endpoint:
    push(oxigraph, workspace=small)
    return oxigraph


def test_a_pulled_workspace_is_the_one_that_was_pushed(
    pushed: Endpoint, small: Workspace, tmp_path: Path
) -> None:
    pulled = pull(pushed, tmp_path / "new", checked=False)
    assert (pulled.root, pulled.same, pulled.skipped) == (
        tmp_path / "new",
        (),
        (),
    )
    assert {*files(tmp_path / "new" / "graphs")} == {"entities.ttl", FILE}
    assert all(each.is_same for each in diff(small, tmp_path / "new"))


def test_a_part_of_the_shipped_graph_comes_back_byte_by_byte(
    copy: Workspace, oxigraph: Endpoint, tmp_path: Path
) -> None:
    push(oxigraph, workspace=copy)
    pull(oxigraph, tmp_path / "new", checked=False)
    assert files(tmp_path / "new" / "graphs") == files(copy.graphs[0])


def test_a_decimal_that_the_store_gives_without_a_point_is_written_with_one(
    pushed: Endpoint, put: Put, tmp_path: Path
) -> None:
    put(DOCUMENT, "<urn:a> <urn:b> 1.0 .")
    pull(pushed, tmp_path / "new")
    assert b"<urn:b> 1.0 ." in files(tmp_path / "new" / "graphs")[FILE]


def test_edges_are_never_written_and_the_ontology_on_request(
    pushed: Endpoint, small: Workspace, tmp_path: Path
) -> None:
    pull(pushed, tmp_path / "new", ontology=True, checked=False)
    assert {*files(tmp_path / "new")} == {
        "graphs/entities.ttl",
        f"graphs/{FILE}",
        "ontology/ontology.ttl",
    }
    assert all(each.is_same for each in diff(small, tmp_path / "new"))


def test_a_file_of_the_same_values_stays_as_it_is(
    pushed: Endpoint, small: Workspace
) -> None:
    before = files(small.graphs[0])
    assert pull(pushed, workspace=small, checked=False).written == ()
    assert files(small.graphs[0]) == before


def test_what_changed_there_alone_is_taken_and_can_be_undone(
    pushed: Endpoint, small: Workspace, put: Put
) -> None:
    before = files(small.graphs[0])
    put(DOCUMENT, TRIPLE)
    assert pull(pushed, workspace=small).written == (DOCUMENT,)
    assert b"<urn:c>" in files(small.graphs[0])[FILE]
    undo(workspace=small)
    assert files(small.graphs[0]) == before


@pytest.mark.parametrize("gone", [True, False])
def test_what_changed_here_is_not_overwritten_unless_by_force(
    pushed: Endpoint, small: Workspace, put: Put, gone: bool
) -> None:
    put(DOCUMENT, TRIPLE)
    put(f"{OURS}doc/another", TRIPLE)
    file = small.graphs[0] / FILE
    file.unlink() if gone else file.write_text(
        file.read_text().replace("0.90", "0.80")
    )
    before = files(small.graphs[0])
    with pytest.raises(
        NotWritten,
        match=f"{FILE}: changed or removed here and not pushed; nothing was written",
    ):
        pull(pushed, workspace=small)
    assert files(small.graphs[0]) == before
    assert pull(pushed, workspace=small, force=True).written == (
        f"{OURS}doc/another",
        DOCUMENT,
    )


def test_a_file_that_was_never_in_common_is_not_overwritten(
    oxigraph: Endpoint, small: Workspace, put: Put
) -> None:
    put(DOCUMENT, TRIPLE)
    with pytest.raises(NotWritten, match="not pushed"):
        pull(oxigraph, workspace=small)


def test_what_the_store_has_not_stays(
    pushed: Endpoint, small: Workspace
) -> None:
    (small.graphs[0] / "documents" / "new.ttl").write_text(TRIPLE)
    pulled = pull(pushed, workspace=small, checked=False)
    assert pulled.only_here == (f"{OURS}doc/new",)
    assert (small.graphs[0] / "documents" / "new.ttl").is_file()


def test_what_was_pulled_and_is_then_removed_goes_there_too(
    pushed: Endpoint, tmp_path: Path
) -> None:
    where = workspace.find(pull(pushed, tmp_path / "new", checked=False).root)
    (where.graphs[0] / FILE).unlink()
    assert push(pushed, workspace=where).deleted == (DOCUMENT,)


def test_a_folder_with_other_things_in_it_is_refused(
    pushed: Endpoint, tmp_path: Path
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("Dear Ada")
    with pytest.raises(NotWritten, match="is there and no workspace"):
        pull(pushed, tmp_path / "full")
    assert [path.name for path in (tmp_path / "full").iterdir()] == [
        "letter.txt"
    ]


def test_only_the_graph_that_is_named_is_pulled(
    pushed: Endpoint, tmp_path: Path
) -> None:
    assert pull(pushed, tmp_path / "new", graphs=[DOCUMENT]).written == (
        DOCUMENT,
    )
    with pytest.raises(
        BadInput, match="graph:edges has no place in a workspace"
    ):
        pull(pushed, tmp_path / "new", graphs=[f"{OURS}graph/edges"])


@dataclass
class Stranger:
    """A server that answers what it likes: graphs by name, each with its text in N-Triples and the count it claims."""

    url: str = ""
    graphs: dict[str, str] = field(default_factory=dict)
    counts: dict[str, str] = field(default_factory=dict)
    kind: str = "application/n-triples"

    @property
    def endpoint(self) -> Endpoint:
        return Endpoint(self.url, "oxigraph", seconds=5)

    def listing(self) -> bytes:
        rows = [
            {
                "graph": {"type": "uri", "value": name},
                "triples": {
                    "type": "literal",
                    "datatype": "http://www.w3.org/2001/XMLSchema#integer",
                    "value": self.counts.get(name, "1"),
                },
            }
            for name in self.graphs
        ]
        return json.dumps(
            {
                "head": {"vars": ["graph", "triples"]},
                "results": {"bindings": rows},
            }
        ).encode()


@pytest.fixture
def stranger() -> Iterator[Stranger]:
    told = Stranger()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.answer(told.listing(), "application/sparql-results+json")

        def do_GET(self) -> None:
            (name,) = parse_qs(urlsplit(self.path).query)["graph"]
            self.answer(told.graphs[name].encode(), told.kind)

        def answer(self, body: bytes, kind: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        told.url = f"http://127.0.0.1:{server.server_port}/"
        yield told
        server.shutdown()


PATHS = [
    f"{OURS}doc/../../escaped",
    f"{OURS}doc/..%2F..%2Fescaped",
    f"{OURS}doc//etc/passwd",
    f"{OURS}doc/",
    f"{OURS}doc/.hidden",
    f"{OURS}doc/a.b",
    f"{OURS}doc/{'x' * 300}",
    f"{OURS}graph/coding-../x",
    f"{OURS}graph/../entities",
    f"{OURS}escaped",
]


def test_a_name_that_leads_elsewhere_is_skipped_with_a_word(
    stranger: Stranger, tmp_path: Path
) -> None:
    stranger.graphs = dict.fromkeys(
        [*PATHS, DOCUMENT, "http://else.example/", "file:///etc/passwd"], TRIPLE
    )
    pulled = pull(stranger.endpoint, tmp_path / "in" / "new")
    assert pulled.written == (DOCUMENT,)
    assert {*pulled.skipped} == {*PATHS}
    assert pulled.foreign == 2
    made = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.ttl")}
    assert made == {f"in/new/graphs/{FILE}"}


@pytest.mark.parametrize("name", PATHS)
def test_a_name_that_leads_elsewhere_is_refused_where_it_is_asked_for(
    stranger: Stranger, tmp_path: Path, name: str
) -> None:
    stranger.graphs = {name: TRIPLE}
    with pytest.raises(BadInput, match="has no place in a workspace"):
        pull(stranger.endpoint, tmp_path / "new", graphs=[name])
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("text", "error", "said"),
    [
        ("_:a <urn:b> <urn:c> .\n", BadGraph, "holds a blank node"),
        ("<urn:a> <urn:b> _:c .\n", BadGraph, "holds a blank node"),
        (
            "<urn:a> <urn:b> <<( <urn:a> <urn:b> <urn:c> )>> .\n",
            (BadGraph, StoreFailed),
            "triple term|broken graph",
        ),
        ("<urn:a> <urn:b> <urn:c>", StoreFailed, "cut or broken graph"),
        ("<urn:a> nonsense .\n", StoreFailed, "cut or broken graph"),
        (
            "<urn:a> <urn:b> <not an iri> .\n",
            StoreFailed,
            "cut or broken graph",
        ),
        ('<urn:a> <urn:b> "\\uD800" .\n', StoreFailed, "cut or broken graph"),
    ],
)
def test_what_no_graph_of_ours_may_hold_is_refused_whole(
    stranger: Stranger,
    tmp_path: Path,
    text: str,
    error: type[Exception],
    said: str,
) -> None:
    stranger.graphs = {f"{OURS}doc/good": TRIPLE, DOCUMENT: text}
    with pytest.raises(error, match=said):
        pull(stranger.endpoint, tmp_path / "new")
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("count", ["many", "", "9" * 5000, "1.5"])
def test_a_list_of_graphs_with_counts_that_are_none_is_a_broken_answer(
    stranger: Stranger, tmp_path: Path, count: str
) -> None:
    stranger.graphs, stranger.counts = {DOCUMENT: TRIPLE}, {DOCUMENT: count}
    with pytest.raises(StoreFailed, match="its list of graphs is none"):
        pull(stranger.endpoint, tmp_path / "new")


STATING = f"<{OURS}statement/0123456789ab>"
FAULTY = {
    "a statement without an actor": f"{STATING} a <{BASE}Statement> .\n",
    "another document": f"<{OURS}doc/other> a <{BASE}Document> .\n",
}


@pytest.mark.parametrize("text", FAULTY.values(), ids=FAULTY)
def test_what_check_finds_errors_in_is_not_written_unless_unchecked(
    stranger: Stranger, tmp_path: Path, text: str
) -> None:
    is_a = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    stranger.graphs = {DOCUMENT: text.replace(" a ", f" {is_a} ")}
    with pytest.raises(
        BadGraph, match=r"what the store holds; nothing was written"
    ):
        pull(stranger.endpoint, tmp_path / "new")
    assert not (tmp_path / "new").exists()
    assert pull(stranger.endpoint, tmp_path / "new", checked=False).written == (
        DOCUMENT,
    )


BOMB = (
    '<!DOCTYPE r [<!ENTITY e "' + "ha" * 50_000 + '">]>'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="urn:x:">'
    '<rdf:Description rdf:about="urn:a"><x:b>' + "&e;" * 50_000 + "</x:b>"
    "</rdf:Description></rdf:RDF>"
)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("application/rdf+xml", BOMB),
        (
            "application/n-triples",
            "<urn:a> <urn:b> " + "<<( <urn:a> <urn:b> " * 100_000,
        ),
    ],
)
def test_a_graph_that_unfolds_or_ends_its_reader_is_a_broken_answer(
    stranger: Stranger, tmp_path: Path, kind: str, text: str
) -> None:
    stranger.graphs, stranger.kind = {DOCUMENT: text}, kind
    with pytest.raises(StoreFailed, match="a cut or broken graph"):
        pull(stranger.endpoint, tmp_path / "new")


def test_words_that_could_break_out_of_turtle_come_back_as_they_are(
    stranger: Stranger, tmp_path: Path
) -> None:
    hostile = [
        '\\"\\"\\" . <urn:x> <urn:y> <urn:z>',
        "\\\\",
        'ends in \\"',
        "\\\\u0041",
        "a\\r\\nb\\tc\\u0007",
        "\\uFEFFx",
    ]
    lines = [f'<urn:a> <urn:b> "{text}" .\n' for text in hostile]
    lines.append(
        "<http://e.example/a'b(c)%3E;x=,.> <urn:b> <http://e.example/a%20b?x=1&y=%C3%A9#:~:text=a%2Db> .\n"
    )
    stranger.graphs = {DOCUMENT: "".join(lines)}
    pull(stranger.endpoint, tmp_path / "new", checked=False)
    (tmp_path / "all.nt").write_text("".join(lines), encoding="utf-8")
    assert [
        each.how
        for each in diff(
            tmp_path / "all.nt", tmp_path / "new", graphs=[DOCUMENT]
        )
    ] == ["same"]


def test_a_graph_that_is_too_big_for_a_file_is_refused(
    stranger: Stranger, tmp_path: Path
) -> None:
    stranger.graphs, stranger.counts = {DOCUMENT: TRIPLE}, {DOCUMENT: "3000000"}
    with pytest.raises(LimitReached, match="3,000,000 triples"):
        pull(stranger.endpoint, tmp_path / "new")


def test_a_page_instead_of_a_graph_is_refused(
    stranger: Stranger, tmp_path: Path
) -> None:
    stranger.graphs, stranger.kind = (
        {DOCUMENT: "<p>Please sign in</p>"},
        "text/html",
    )
    with pytest.raises(StoreFailed, match="Please sign in"):
        pull(stranger.endpoint, tmp_path / "new")
    assert not (tmp_path / "new").exists()
