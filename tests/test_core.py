"""What `make demo` and `pip install onrecord` give works without any extra."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

PINS = (Path(__file__).parents[1] / "constraints.txt").read_text(
    encoding="utf-8"
)
CORE, _, _ = PINS.partition("# The extras, and the tools of development:")
NAMES = sorted(
    {"onrecord", *re.findall(r"^([a-z0-9-]+)==", CORE, re.MULTILINE)}
)
WITHOUT_EXTRAS = f"""
import re, sys
from importlib.metadata import packages_distributions

CORE = set({NAMES!r})
ABSENT = set()
for module, distributions in packages_distributions().items():
    named = {{re.sub("[-_.]+", "-", name).lower() for name in distributions}}
    if not named & CORE:
        ABSENT.add(module)


class Absent:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name.partition(".")[0] in ABSENT:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)


sys.meta_path.insert(0, Absent)
assert "httpx" in ABSENT and "pyoxigraph" not in ABSENT
from onrecord.cli.app import main

sys.argv[0] = "onrecord"
main()
"""
ENTITY = {"entity": {"name": "Coastal Guild", "type": "Guild"}}
RECORD = {
    "doc": {
        "url": "https://example.org/1",
        "publisher": "The Example",
        "title": "An article",
        "published": "2026-03-01",
        "source_kind": "report",
    },
    "statements": [
        {
            "actors": ["Coastal Guild"],
            "relation": "supports",
            "object": "deepfakes",
            "object_kind": "topic",
            "topics": ["deepfakes"],
            "gist": "Backs a rule on deepfakes.",
        }
    ],
}
ASKED = [
    ["query", "who-urges-whom", "--param", "whom=OpenAI"],
    ["view", "-o", "page.html"],
    ["export", "turtle", "-o", "graph.ttl"],
    ["show", "Netflix"],
    ["search", "lawsuit"],
]
CHANGED = [
    ["init", "own"],
    ["-C", "own", "add", "record.jsonl"],
    ["-C", "own", "undo"],
    ["-C", "own", "check"],
]


def run(words: list[str], folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_EXTRAS, *words],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("words", ASKED, ids=" ".join)
def test_the_shipped_graph_is_asked_without_an_extra(
    words: list[str], tmp_path: Path
) -> None:
    run(words, tmp_path)


def test_a_graph_of_one_s_own_is_changed_without_an_extra(
    tmp_path: Path,
) -> None:
    lines = [json.dumps(line) for line in (ENTITY, RECORD)]
    (tmp_path / "record.jsonl").write_text("\n".join(lines), encoding="utf-8")
    for words in CHANGED:
        run(words, tmp_path)
