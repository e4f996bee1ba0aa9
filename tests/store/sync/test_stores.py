"""One story with the graph that ships, told by three real stores: Oxigraph's server, Virtuoso, and our own."""

from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from onrecord import pull, push, workspace
from onrecord.model.errors import StoreFailed
from onrecord.model.iris import OURS
from onrecord.store.sync.diff import diff
from onrecord.store.sync.ledger import Ledger
from onrecord.store.sync.sending import Sender
from onrecord.store.sync.sources import Files, RemoteSource
from onrecord.workspace import Endpoint, Workspace

ANOTHER = "https://w3id.org/onrecord/doc/another"
VALUES = """
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<urn:values> <urn:p> true , false , 0.90 , 1.10 , -0.5 , 7 , 1.5e300 , "2025"^^xsd:gYear ,
    "2025-10"^^xsd:gYearMonth , "2025-10-21"^^xsd:date , "2025-10-21T12:00:00.5Z"^^xsd:dateTime , "x"@en , "x"@pt-BR ,
    "" , "a\\"b\\\\c\\n\\td 'e' é 😀" , "ends in a quote\\"" , <http://e.example/a%20b?x=1&y=%C3%A9#:~:text=a%2Db,c> ,
    <http://e.example/é'()> .
<urn:whole> <urn:p> 1.0 .
<urn:long> <urn:p> "LONG" .
"""


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*.ttl")
    }


def differing(*sides: object) -> list[str]:
    return [each.graph for each in diff(*sides) if not each.is_same]


def test_a_store_follows_a_workspace_and_gives_it_back(
    store: Endpoint, few: Workspace, tmp_path: Path
) -> None:
    there = replace(few, endpoint=store)
    made_there = store.profile == "onrecord"
    first = push(store, workspace=few)
    assert (
        first.differs,
        first.deleted,
        len(first.sent) + len(first.same),
    ) == (
        (),
        (),
        16 - made_there,
    )
    assert differing(few, there) == []
    assert push(store, workspace=few).sent == ()
    assert push(store, workspace=few, verify=False).sent == ()

    changed, gone = sorted((few.graphs[0] / "documents").glob("*.ttl"))[3:5]
    changed.write_bytes(
        changed.read_bytes().replace(b":confidence 0.9 ", b":confidence 0.850 ")
    )
    gone.unlink()
    told = [each for each in differing(few, there) if "/doc/" in each]
    assert [each.rpartition("/")[2] for each in told] == [
        changed.stem,
        gone.stem,
    ]
    second = push(store, workspace=few)
    assert [each for each in second.sent if "/doc/" in each] == told[:1]
    assert second.deleted == (told[1],)
    assert second.differs == ()
    assert differing(few, there) == []

    with RemoteSource(store) as behind:
        behind.put(told[0], behind.quads(told[0])[1:])
    assert told[0] in differing(few, there)
    assert told[0] in push(store, workspace=few).sent

    pulled = pull(store, tmp_path / "pulled")
    assert (pulled.skipped, differing(tmp_path / "pulled", there)) == ((), [])
    changed.write_bytes(changed.read_bytes().replace(b"0.850", b"0.85"))
    assert files(tmp_path / "pulled" / "graphs") == files(few.graphs[0])


def test_every_kind_of_value_is_given_back_or_told(
    store: Endpoint, small: Workspace, tmp_path: Path
) -> None:
    file = small.graphs[0] / "documents" / "another.ttl"
    file.write_text(VALUES.replace("LONG", "word " * 10_000), encoding="utf-8")
    assert push(store, workspace=small).differs == ()
    pull(store, tmp_path / "new", checked=False)
    assert differing(small.root, tmp_path / "new") == []
    assert push(store, workspace=workspace.find(tmp_path / "new")).sent == ()


def test_graphs_that_are_read_together_are_what_each_is_alone(
    store: Endpoint,
) -> None:
    odd = VALUES.replace("LONG", "a\\r\\n&lt; ]]> \\u2028").encode()
    spaced = b'<urn:a> <urn:p> " x" , "x "@en , "\\n" , "\\t<&" .'
    with RemoteSource(store) as there:
        for name, turtle in (("odd", odd), ("spaced", spaced)):
            quads = [*ox.parse(turtle, ox.RdfFormat.TURTLE)]
            for number in "12":
                there.put(f"{ANOTHER}/{name}{number}", quads)
        for name in ("odd", "spaced"):
            graphs = [f"{ANOTHER}/{name}{number}" for number in "123"]
            together = there.quads_of(graphs)
            assert [*together] == graphs
            for graph in graphs:
                alone = {*there.quads(graph)}
                assert {*together[graph]} == alone


@pytest.mark.xdist_group("virtuoso")
def test_a_graph_that_another_filled_meanwhile_is_made_anew(
    virtuoso_store: Endpoint, small: Workspace
) -> None:
    document = f"{OURS['doc']}example-herald-2025-ada-asks"
    with RemoteSource(virtuoso_store) as there:
        ledger = Ledger(small, there.address)
        sender = Sender(Files(small), there, ledger, False, True)  # noqa: FBT003  as push makes it
        assert document not in there.counts
        there.put(
            document, [*ox.parse("<urn:a> <urn:b> 1 .", ox.RdfFormat.TURTLE)]
        )
        request = sender.prepare(document)
        assert request is not None
        sender.send_together([request])
        sender.check_some([document])
        assert sender.of("sent") == (document,)
    assert document not in differing(
        small, replace(small, endpoint=virtuoso_store)
    )


@pytest.mark.xdist_group("virtuoso")
def test_what_virtuoso_gives_in_another_datatype_is_no_difference(
    virtuoso_store: Endpoint, small: Workspace
) -> None:
    file = small.graphs[0] / "documents" / "another.ttl"
    file.write_text(
        f"<urn:a> <urn:p> 2147483647 , 2147483648 , -2147483648 , -2147483649 , {'9' * 25} ."
    )
    assert push(virtuoso_store, workspace=small).differs == ()
    assert push(virtuoso_store, workspace=small).sent == ()


@pytest.mark.xdist_group("virtuoso")
def test_what_virtuoso_cannot_keep_is_told(
    virtuoso_store: Endpoint, small: Workspace
) -> None:
    file = small.graphs[0] / "documents" / "another.ttl"
    file.write_text(
        f"<urn:a> <urn:p> 0.1234567890123456789 . <urn:a> <urn:q> <http://e.example/{'x' * 2000}> ."
    )
    assert push(virtuoso_store, workspace=small).differs == (ANOTHER,)
    (compared,) = (
        each
        for each in diff(small, replace(small, endpoint=virtuoso_store))
        if not each.is_same
    )
    assert (
        compared.graph,
        len(compared.only_here),
        len(compared.only_there),
    ) == (
        ANOTHER,
        2,
        2,
    )


@pytest.mark.xdist_group("virtuoso")
def test_a_line_that_virtuoso_does_not_take_is_an_error_that_names_the_graph(
    virtuoso_store: Endpoint, small: Workspace
) -> None:
    file = small.graphs[0] / "documents" / "another.ttl"
    file.write_text(f'<urn:a> <urn:p> "{"x" * 70_000}" .')
    with pytest.raises(
        StoreFailed, match=r"doc:another: .*unsupported type"
    ) as error:
        push(virtuoso_store, workspace=small)
    assert "graphs are there" in str(error.value)
