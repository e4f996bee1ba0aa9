"""`onrecord push` as a person runs it."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.workspace import Workspace

Command = Callable[..., "subprocess.CompletedProcess[str]"]
DOCUMENT = "example-herald-2025-ada-asks"


@pytest.fixture
def push(command: Command, oxigraph_url: str, small: Workspace) -> Command:
    """Runs `onrecord push URL WORDS...` in the small workspace."""
    return lambda *words, **more: command(
        "-C",
        small.root,
        "push",
        oxigraph_url,
        "--profile",
        "oxigraph",
        *words,
        **more,
    )


def test_it_says_how_many_graphs_went_and_names_them_where_they_are_few(
    push: Command,
) -> None:
    shown = push()
    assert (shown.returncode, shown.stderr) == (0, "")
    assert shown.stdout.startswith(
        "sent       4 graphs\n           doc:example-herald-2025-ada-asks\n"
    )
    assert (
        push().stdout
        == "sent       0 graphs\nunchanged  4 graphs\ndeleted    0 graphs\n"
    )


def test_it_names_what_it_deletes_and_what_it_leaves(
    push: Command, small: Workspace
) -> None:
    push()
    (small.graphs[0] / "documents" / f"{DOCUMENT}.ttl").unlink()
    kept = push("--keep")
    assert "deleted    0 graphs\n" in kept.stdout
    assert (
        f"gone here, and left there (--keep): doc:{DOCUMENT}\n" in kept.stderr
    )
    assert f"deleted    1 graph\n           doc:{DOCUMENT}\n" in push().stdout


def test_a_dry_run_says_what_would_be_done(push: Command) -> None:
    shown = push("--dry-run")
    assert "sent       4 graphs\n" in shown.stdout
    assert shown.stdout.endswith("nothing was sent or deleted (--dry-run)\n")
    assert push("--dry-run").stdout == shown.stdout


def test_a_graph_is_named_with_a_prefix_or_by_its_iri(push: Command) -> None:
    assert (
        "           graph:entities\n"
        in push("--graph", "graph:entities").stdout
    )
    shown = push("--graph", f"https://w3id.org/onrecord/doc/{DOCUMENT}")
    assert f"sent       1 graph\n           doc:{DOCUMENT}\n" in shown.stdout
    shown = push("--graph", "nothing")
    assert (shown.returncode, shown.stdout) == (1, "")
    assert "--graph nothing: write an IRI" in shown.stderr


def test_progress_stands_on_a_terminal_alone(
    push: Command, oxigraph_url: str, small: Workspace, program: Path
) -> None:
    words = [str(program), "-C", str(small.root), "push", oxigraph_url]
    shown = subprocess.run(
        [sys.executable, "-c", f"import pty; pty.spawn({json.dumps(words)})"],
        capture_output=True,
        timeout=250,
        check=True,
    ).stdout
    assert b"\ronrecord: compared and sent 4 of 4 graphs\r\n" in shown
    assert b"\ronrecord: read back 4 of 4 graphs\r\n" in shown
    assert "onrecord:" not in push().stderr


def test_a_store_that_does_not_answer_is_an_error_in_words(
    command: Command, small: Workspace
) -> None:
    shown = command(
        "-C", small.root, "push", "http://127.0.0.1:9/", "--profile", "oxigraph"
    )
    assert (shown.returncode, shown.stdout) == (1, "")
    assert "cannot be reached" in shown.stderr


def test_a_store_that_is_only_read_refuses_in_its_own_words(
    command: Command, read_only_url: str, small: Workspace
) -> None:
    shown = command(
        "-C", small.root, "push", read_only_url, "--profile", "oxigraph"
    )
    assert shown.returncode == 1
    assert "The server is read-only\nno graph was sent" in shown.stderr.replace(
        "onrecord: ", ""
    )
