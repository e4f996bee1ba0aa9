"""Which paths a workspace's data may name, and what may lie there."""

import os
from pathlib import Path

import pytest

from onrecord.model.errors import Untrusted
from onrecord.workspace.paths import (
    below,
    has_document,
    kept_text,
    own_file,
    read_file,
)

HASH = "0123456789abcdef" * 4
HOSTILE = {
    "absolute": "/etc/passwd",
    "absolute-turtle": "/srv/x.ttl",
    "above": "../../x.ttl",
    "above-twice": "documents/../../x.ttl",
    "above-in-texts": "../texts/../../x.txt",
    "dots": "..",
    "dot": ".",
    "empty": "",
    "nul": "documents/a\0.ttl",
    "newline": "documents/a.ttl\n",
    "escape": "documents/\x1b[2Ja.ttl",
    "backslash": "documents\\a.ttl",
    "home": "~/a.ttl",
    "hidden": ".stage/manifest.json",
    "hidden-turtle": "documents/.a.ttl",
    "option": "-rf.ttl",
    "deeper": "documents/more/a.ttl",
    "double-slash": "documents//a.ttl",
    "elsewhere": "../queries/a.rq",
    "program": "../.git/hooks/post-checkout",
    "no-hash": "../texts/a.txt",
    "short-hash": f"../texts/{HASH[:-1]}.txt",
    "capitals": f"../texts/{HASH.upper()}.txt",
    "surrogate": "documents/\ud800.ttl",
    "long": f"documents/{'a' * 300}.ttl",
    "longer": f"documents/{'ü' * 200}.ttl",
    "space": "documents/a b.ttl",
    "number": 1,
    "list": ["documents/a.ttl"],
    "nothing": None,
}
GOOD = [
    "entities.ttl",
    "coding-a.ttl",
    "documents/a-1_b.ttl",
    f"../texts/{HASH}.txt",
    "../log.jsonl",
]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "mine" / "graphs"
    (folder / "documents").mkdir(parents=True)
    return folder


@pytest.mark.parametrize("path", HOSTILE.values(), ids=HOSTILE)
def test_a_path_that_is_none_of_a_workspace_s_own_is_refused(
    home: Path, path: object
) -> None:
    with pytest.raises(
        Untrusted, match=r"no file that a workspace may have|name too long"
    ):
        own_file(home, path)


@pytest.mark.parametrize("path", GOOD)
def test_a_path_of_its_own_is_the_file_in_the_workspace(
    home: Path, path: str
) -> None:
    assert own_file(home, path) == Path(os.path.normpath(home / path))


ON_THE_WAY = [(path, 0) for path in GOOD] + [
    (path, 1)
    for path in GOOD
    if path.count("/") != 1 or not path.startswith("../")
]
"""The file itself, and its folder where that is not the workspace's own."""


@pytest.mark.parametrize(("path", "above"), ON_THE_WAY)
def test_a_link_on_the_way_is_refused(
    home: Path, tmp_path: Path, path: str, above: int
) -> None:
    file = own_file(home, path)
    linked = [file, *file.parents][above]
    if linked.is_dir():
        linked.rename(tmp_path / "elsewhere")
    linked.parent.mkdir(exist_ok=True)
    linked.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Untrusted, match="is a link"):
        own_file(home, path)


@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    "make", [os.mkfifo, Path.mkdir, lambda path: path.symlink_to("/dev/zero")]
)
def test_what_is_no_plain_file_is_refused_and_nobody_waits_for_it(
    home: Path, make
) -> None:
    make(home / "entities.ttl")
    for read in (
        lambda: own_file(home, "entities.ttl"),
        lambda: read_file(home / "entities.ttl"),
    ):
        with pytest.raises(Untrusted, match=r"is a link|is no plain file"):
            read()


@pytest.mark.parametrize(
    "digest",
    ["../../secret", "/etc/passwd", f"{HASH}/../a", "", None, f"{HASH}\n"],
)
def test_what_is_no_hash_keeps_no_text(home: Path, digest: object) -> None:
    (home.parent / "texts").mkdir()
    (home.parent.parent / "secret.txt").write_text("secret", encoding="utf-8")
    assert kept_text(home.parent, digest) is None


def test_a_kept_text_is_read_by_its_hash(home: Path) -> None:
    (home.parent / "texts").mkdir()
    (home.parent / "texts" / f"{HASH}.txt").write_bytes(b"words")
    assert kept_text(home.parent, HASH) == b"words"


@pytest.mark.parametrize(
    "key", ["../entities", "a/b", "", "a\0", "a" * 300, "-a"]
)
def test_a_document_whose_id_makes_no_file_s_name_is_not_here(
    home: Path, key: str
) -> None:
    (home / "entities.ttl").touch()
    assert not has_document(home, key)


@pytest.mark.parametrize(
    "path", ["/etc/passwd", "../a", "a/../../b", "", "a\0b", "link", "link/a"]
)
def test_a_path_beside_a_file_of_records_stays_in_its_folder(
    tmp_path: Path, path: str
) -> None:
    (tmp_path / "link").symlink_to("/etc")
    with pytest.raises(Untrusted):
        below(tmp_path, path)
