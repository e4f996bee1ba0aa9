"""What the upkeep of a large graph takes, in seconds of CPU: cache, index, check, `add`; `writes` has the server.

ONRECORD_SIZES sets other sizes than 100,000 and a million triples. Each part runs once, in one process, the library
loaded; `add` and the next question are two whole commands, after one of each that does not count, beside what spaCy
takes to be imported and to load its model. The registry is first written as onrecord writes it, which else the first
addition would do, for good. The index and the check are told beside the cache that they stand on, the edges of what one
change touches beside all edges made anew.
"""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox

from benches.engine import PROGRAM
from benches.grow import grown
from onrecord.editing.registry_file import read_registry
from onrecord.extract.rules.loading import MODEL
from onrecord.model import vocabulary as words
from onrecord.store.cache import open_store
from onrecord.store.check import check
from onrecord.store.text_index import TextIndex
from onrecord.workspace import Workspace

SIZES = "100000 1000000"

QUESTION = "SELECT (COUNT(*) AS ?n) { ?s a :Agreement }"
RECORD = (
    {"entity": {"name": "Ada Example", "type": "Person"}},
    {
        "doc": {
            "publisher": "Example Herald",
            "source_kind": "report",
            "id": "herald",
            "url": "https://herald.example/herald",
        },
        "statements": [
            {
                "actors": ["Ada Example"],
                "relation": "urges",
                "object": "safeguards",
                "object_kind": "topic",
                "topics": ["safeguards"],
                "stance": "conditional",
                "gist": "Asks for limits.",
                "confidence": 0.7,
            }
        ],
    },
)
"""Of somebody whom no graph knows, on a topic."""
ARTICLE = """
Ada Example, head of the Example Institute, said on Monday that AI training on songs without consent is theft.

“We urge lawmakers to require a licence for every song that an AI model is trained on,” Example said.
"""
SPACY = f"import spacy; spacy.load({MODEL!r})"


def main() -> None:
    """Prints for each size what each part takes."""
    for _, workspace, folder in grown(SIZES):
        _measure(workspace, folder)


def _measure(workspace: Workspace, folder: Path) -> None:
    cache = _timed(lambda: open_store(workspace))
    _write_registry(workspace)
    open_store(workspace)
    _compile(workspace, folder)
    added, asked = _add(workspace, folder)
    read, answered = _add_article(workspace, folder)
    floor = _child([sys.executable, "-c", SPACY], folder)
    store = open_store(workspace)
    index = _timed(lambda: _index(store, workspace))
    checked = _timed(lambda: check(workspace))
    again = _timed(lambda: _check_changed(workspace))
    print(
        f"  {len(store):,} quads: the cache made from all files {cache:.1f} s"
    )
    print(
        f"    `add` of one statement and a new person {added:.2f} s, the next question {asked:.2f} s, "
        f"together {added + asked:.2f} s"
    )
    print(
        f"    `add` of an article {read:.2f} s, of which spaCy {floor:.2f} s, the next question {answered:.2f} s, "
        f"together {read + answered:.2f} s"
    )
    print(
        f"    index of searches {index:.1f} s, {index / cache:.2f} of the cache's"
    )
    print(f"    check {checked:.1f} s, {checked / cache:.2f} of the cache's")
    print(
        f"    check after one document changed {again:.1f} s, the cache's change within"
    )


def _compile(workspace: Workspace, folder: Path) -> None:
    """Has Python compile what adding and asking import, as it did once where the program is installed."""
    article = str(_article(folder))
    for line in (["add", article, "--dry-run"], ["query", QUESTION]):
        _command(line, workspace.home.parent)


def _add(workspace: Workspace, folder: Path) -> tuple[float, float]:
    """Adds a record by the command, then asks by the command, which changes the cache; gives the seconds of each."""
    file = folder / "record.jsonl"
    file.write_text("\n".join(map(json.dumps, RECORD)), encoding="utf-8")
    root = workspace.root
    assert root is not None  # noqa: S101  it was grown there
    return (
        _command(["add", str(file)], root),
        _command(["query", QUESTION], root),
    )


def _add_article(workspace: Workspace, folder: Path) -> tuple[float, float]:
    root, article = workspace.home.parent, str(_article(folder))
    return (
        _command(["add", article, "--publisher", "Example Herald"], root),
        _command(["query", QUESTION], root),
    )


def _article(folder: Path) -> Path:
    file = folder / "article.txt"
    file.write_text(ARTICLE, encoding="utf-8")
    return file


def _write_registry(workspace: Workspace) -> None:
    path = workspace.home / "entities.ttl"
    registry = read_registry(path)
    path.write_bytes(registry.content(registry.entities.values()))


def _command(words: list[str], root: Path) -> float:
    return _child([str(PROGRAM), *words], root)


def _child(words: list[str], root: Path) -> float:
    """The seconds of CPU that a process takes; Python may keep its bytecode, as where it is installed."""
    env = {**os.environ}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        words, cwd=root, check=True, stdout=subprocess.DEVNULL, env=env
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    user = after.ru_utime - before.ru_utime
    return user + after.ru_stime - before.ru_stime


def _check_changed(workspace: Workspace) -> None:
    path = next(iter(sorted(workspace.graphs[-1].glob("documents/*.ttl"))))
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('" .', ' again" .', 1), encoding="utf-8")
    check(workspace)


def _index(store: ox.Store, workspace: Workspace) -> None:
    TextIndex().fill(store, words.read(workspace.ontology_files()))


def _timed(work: Callable[[], object]) -> float:
    since = time.process_time()
    work()
    return time.process_time() - since
