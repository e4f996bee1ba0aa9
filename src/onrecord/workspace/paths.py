"""Every path that comes from data → a file of the workspace, or an error.

Staged changes, the log, document ids and hashes of texts come with a workspace, and so from whoever made it. None of
them may lead out of it, go through a link, or name a pipe or a device, neither for writing nor for reading.
"""

import os
import re
import stat
from pathlib import Path

from onrecord.model.errors import Untrusted

NAME = r"\w(?:[\w.-]{0,198}\w)?"
GRAPH_FILE = re.compile(rf"(?:documents/)?{NAME}\.ttl")
BESIDE = re.compile(
    r"\.\./(texts/[0-9a-f]{64}\.txt|done/[0-9a-f]{16}\.json|store\.json|log\.jsonl|ontology/ontology\.ttl)"
)
"""What lies beside the folder of the graphs, from there: kept texts, what is done of a corpus, the
version of a shared store, the log, a pulled ontology."""
HASH = re.compile(r"[0-9a-f]{64}")


def own_file(home: Path, path: object) -> Path:
    """The file that a path means, from the folder of the graphs: `documents/a.ttl`, `../texts/HASH.txt`.

    Raises Untrusted for any other path, and for one that goes through a link or to what is no plain file.
    """
    text = path if isinstance(path, str) else ""
    beside = BESIDE.fullmatch(text)
    if beside is None and GRAPH_FILE.fullmatch(text) is None:
        message = (
            f"{home}: {path!a} is the path of no file that a "
            "workspace may have; nothing was done with it"
        )
        raise Untrusted(message)
    root = home.parent
    file = root / beside[1] if beside else home / text
    refuse_links(root, file)
    return file


def document_file(home: Path, key: str) -> Path:
    """The file of the document with this id; raises Untrusted."""
    return own_file(home, f"documents/{key}.ttl")


def has_document(home: Path, key: str) -> bool:
    """Whether the document with this id has a file here; one whose id makes no file's name has none."""
    return (
        GRAPH_FILE.fullmatch(f"documents/{key}.ttl") is not None
        and document_file(home, key).is_file()
    )


def text_path(digest: object) -> str:
    """The path of the text that is kept under a hash, from the folder of the graphs."""
    return f"../texts/{digest}.txt"


def kept_text(root: Path | None, digest: object) -> bytes | None:
    """The text that a workspace keeps under this hash; None where it keeps none, or where that is no hash."""
    if root is None or not HASH.fullmatch(str(digest)):
        return None
    return read_file(own_file(root / "graphs", text_path(digest)))


def kept_words(root: Path | None, digest: object) -> str:
    """The kept text as text, empty where there is none."""
    return (kept_text(root, digest) or b"").decode(errors="replace")


def below(root: Path, path: str) -> Path:
    """The file that a path means in a folder; raises Untrusted for one that leads out of it or through a link."""
    file = root.joinpath(*_inside(root, path))
    refuse_links(root, file)
    return file


def _inside(root: Path, path: str) -> tuple[str, ...]:
    parts = Path(path).parts
    if (
        Path(path).is_absolute()
        or ".." in parts
        or not parts
        or not path.isprintable()
    ):
        message = f"{path!a} is no path below {root}; nothing was read"
        raise Untrusted(message)
    return parts


def below_folder(root: Path, path: str) -> Path:
    """The folder that a path means in a folder; raises Untrusted for one that leads out of it or through a link."""
    parts = _inside(root, path)
    for length in range(1, len(parts) + 1):
        _refuse(root.joinpath(*parts[:length]), stat.S_IFDIR, "no folder")
    return root.joinpath(*parts)


def refuse_links(root: Path, file: Path) -> None:
    """Raises Untrusted where a part of the path below `root` is a link, or the file is there and is no plain one."""
    parts = file.relative_to(root).parts
    folders = [
        root.joinpath(*parts[:length]) for length in range(1, len(parts))
    ]
    for folder in folders:
        _refuse(folder, stat.S_IFDIR, "no folder")
    _refuse(file, stat.S_IFREG, "no plain file")


def _refuse(path: Path, kind: int, otherwise: str) -> None:
    try:
        mode = path.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        message = f"{path}: {error.strerror}"
        raise Untrusted(message) from error
    if stat.S_IFMT(mode) != kind:
        raise _untrusted(path, "a link" if stat.S_ISLNK(mode) else otherwise)


def read_file(path: Path) -> bytes | None:
    """The content of a plain file, None where there is none; raises Untrusted for a link or a pipe, and OSError."""
    try:
        handle = open_plain(path, os.O_RDONLY)
    except FileNotFoundError:
        return None
    with os.fdopen(handle, "rb") as file:
        return file.read()


def refuse_link(path: Path) -> None:
    """Raises Untrusted for a link."""
    if path.is_symlink():
        raise _untrusted(path, "a link")


def open_plain(path: Path, flags: int) -> int:
    """Opens a plain file, never through a link, nor waiting at a pipe; raises Untrusted, OSError."""
    refuse_link(path)
    handle = os.open(
        path, flags | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, 0o644
    )
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise _untrusted(path, "no plain file")
    return handle


def _untrusted(path: Path, what: str) -> Untrusted:
    message = (
        f"{path} is {what}, and a workspace's own files are "
        "plain ones in its own folders; nothing was done"
    )
    return Untrusted(f"{message}: look at it and take it away")
