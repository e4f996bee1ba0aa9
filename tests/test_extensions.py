"""Another package brings formats, readers, extractors and store profiles by entry point; nothing of ours changes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

MODULE = """
from onrecord.extract.extractor import ExtractionResult
from onrecord.formats.registry import Format
from onrecord.ingest.readers import ArticleReader
from onrecord.model import Document, Evidence, Statement
from onrecord.store.remote.profiles import Profile


def edge_list(drawn):
    links = drawn.network.links
    rows = [f"{link.source} {link.relation} {link.target}" for link in links]
    return "\\n".join(sorted(rows)).encode()


edges = Format("edges", "network", (".edges",), "text/plain", edge_list)
shelf = Profile("shelf", ("ask",), "change", "graphs")


def read_wire(data, name, url, charset):
    publisher, _, text = data.decode().partition("|")
    return Document(publisher, text=text)


wire = ArticleReader("wire", (".wire", ".epub"), read_wire)


class Shouts:
    settings = "shouts 1"

    def __call__(self, document):
        words = document.text.split(":")[0]
        place = Evidence(words, start=0, end=len(words))
        said = Statement(
            (words,), "states", "regulation", "Shouts.",
            object_is_topic=True, topics=("regulation",), evidence=place,
        )
        return ExtractionResult((said,))


def shouts(context):
    return Shouts()
"""
ENTRIES = """
[onrecord.formats]
edges = plugged:edges

[onrecord.readers]
wire = plugged:wire

[onrecord.extractors]
shouts = plugged:shouts

[onrecord.store_profiles]
shelf = plugged:shelf
"""


@pytest.fixture
def plugged(tmp_path: Path) -> Path:
    """A folder with a package that is installed there."""
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "plugged.py").write_text(MODULE, encoding="utf-8")
    described = folder / "plugged-1.0.dist-info"
    described.mkdir()
    (described / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: plugged\nVersion: 1.0\n", encoding="utf-8"
    )
    (described / "entry_points.txt").write_text(ENTRIES, encoding="utf-8")
    return folder


def run(folder: Path, *words: str | Path) -> "subprocess.CompletedProcess[str]":
    path = os.pathsep.join([str(folder), os.environ.get("PYTHONPATH", "")])
    return subprocess.run(
        [sys.executable, *map(str, words)],
        env=os.environ | {"PYTHONPATH": path},
        capture_output=True,
        text=True,
        timeout=250,
        check=False,
    )


def test_a_format_is_exported_by_name_and_by_suffix(plugged, small, tmp_path):
    target = tmp_path / "out.edges"
    for words in (("edges",), ()):
        script = (
            "import sys, onrecord; from pathlib import Path;"
            "from onrecord.workspace import find;"
            "where = find(Path(sys.argv[1]));"
            "onrecord.export(*sys.argv[3:], target=sys.argv[2], workspace=where, force=True)"
        )
        done = run(plugged, "-c", script, small.root, target, *words)
        assert done.returncode == 0, done.stderr
        assert "urges" in target.read_text(encoding="utf-8")


def test_without_the_package_the_format_is_unknown(tmp_path):
    script = "import onrecord; onrecord.export('edges')"
    done = run(tmp_path, "-c", script)
    assert "no format here is called 'edges'" in done.stderr


READS = """
import sys
from onrecord.cli import main
workspace, *sources = sys.argv[1:]
sys.argv = ["onrecord", "-C", workspace, "add", *sources, "--extractor", "shouts"]
main()
"""


def test_an_article_is_read_by_its_suffix_and_by_the_name_of_its_form(
    plugged, small, tmp_path
):
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "by-suffix.epub").write_bytes(b"Town Crier|ADA EXAMPLE: NO TO IT")
    (folder / "by-name").write_bytes(b"Town Crier|ADA EXAMPLE: YES TO IT")
    for sources in ((folder,), (folder / "by-name", "--as", "wire")):
        done = run(plugged, "-c", READS, small.root, *sources)
        assert done.returncode == 0, done.stderr
        assert "documents   1 added" in done.stdout
    paths = (small.root / "graphs" / "documents").glob("*.ttl")
    texts = [path.read_text(encoding="utf-8") for path in paths]
    assert sum("Town Crier" in text for text in texts) == 2


def test_without_the_package_the_form_is_unknown(command, small, tmp_path):
    path = tmp_path / "article"
    path.write_bytes(b"Town Crier|ADA EXAMPLE: NO")
    done = command("add", "--as", "wire", path, cwd=small.root)
    assert done.returncode == 1
    assert (
        "no form of article is called 'wire'; there is docx, eml, html"
        in done.stderr
    )


def test_an_extractor_is_made_by_name(plugged):
    script = (
        "from onrecord.extract.extractor import create, names;"
        "from onrecord.model import Document;"
        "made = create('shouts', None)(Document('Herald', text='ADA: NO'));"
        "print(names(), made.statements[0].actors)"
    )
    done = run(plugged, "-c", script)
    assert done.stdout.strip().endswith("('ADA',)"), done.stderr
    assert "'shouts'" in done.stdout


def test_a_store_profile_is_known_by_name(plugged):
    script = (
        "from onrecord.store.remote.endpoint import Remote;"
        "from onrecord.workspace import Endpoint;"
        "there = Remote(Endpoint('http://127.0.0.1:9/', profile='shelf'));"
        "print(there.profile.places('http://127.0.0.1:9/').graphs)"
    )
    done = run(plugged, "-c", script)
    assert done.stdout.strip() == "http://127.0.0.1:9/graphs", done.stderr
