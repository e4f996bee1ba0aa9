from pathlib import Path

from onrecord.store.sync.ledger import Ledger
from onrecord.workspace import Workspace


def test_what_was_noted_is_known_the_next_time(small: Workspace) -> None:
    ledger = Ledger(small, "http://a.example/")
    ledger.sends("urn:one")
    ledger.holds("urn:one", "11")
    ledger.sends("urn:two")
    ledger.holds("urn:three", "33")
    ledger.lost("urn:three")
    assert Ledger(small, "http://a.example/").marks == {
        "urn:one": "11",
        "urn:two": None,
    }


def test_another_store_has_a_ledger_of_its_own(small: Workspace) -> None:
    Ledger(small, "http://a.example/").holds("urn:one", "11")
    assert Ledger(small, "http://b.example/").marks == {}


def test_a_line_that_was_cut_costs_no_other(small: Workspace) -> None:
    Ledger(small, "http://a.example/").holds("urn:one", "11")
    (file,) = (small.root / ".onrecord").glob("*.jsonl")
    with file.open("a") as lines:
        lines.write('["urn:two", "2')
    assert Ledger(small, "http://a.example/").marks == {"urn:one": "11"}


def test_git_does_not_see_it(small: Workspace) -> None:
    Ledger(small, "http://a.example/").holds("urn:one", "11")
    assert (small.root / ".onrecord" / ".gitignore").read_text() == "*\n"


def test_that_of_what_ships_stands_outside(
    shipped: Workspace, homes: Path
) -> None:
    Ledger(shipped, "http://a.example/").holds("urn:one", "11")
    assert Ledger(shipped, "http://a.example/").marks == {"urn:one": "11"}
    assert [*(homes / "state").rglob("sync-*.jsonl")]
