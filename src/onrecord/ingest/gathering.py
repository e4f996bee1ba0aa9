"""Where articles stand: addresses, files, and what lies in folders."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from onrecord.ingest.checks import is_address, plain_address
from onrecord.ingest.readers import forms_by_suffix
from onrecord.model.errors import BadInput

HIDDEN = (".", "~$", "__MACOSX")
"""How hidden files begin, what Word writes beside an open file, and what a Mac adds to archives."""
OF_PAGES = (
    *("_files", ".files", "-Dateien", "_fichiers", "_archivos", "_arquivos"),
    *("_bestanden", "-filer", "_pliki", "_soubory"),
)
"""How browsers and Word end the name of a folder that belongs to a saved page, in several languages."""


def gather(sources: Iterable[str]) -> list[str]:
    """Addresses and files as they stand; a folder gives every article in it, by name.

    Of a folder, what is hidden is left out, and the files of a saved page, and the
    texts that a workspace keeps.
    """
    gathered: list[str] = []
    for source in sources:
        folder = Path(source)
        if is_address(source) or not folder.is_dir():
            gathered.append(plain_address(source))
            continue
        inside = sorted(_inside(folder))
        if not inside:
            suffixes = ", ".join(forms_by_suffix())
            message = f"{source}: no articles in this folder ({suffixes})"
            raise BadInput(message)
        gathered += inside
    return gathered


def _inside(top: Path) -> Iterator[str]:
    for place, folders, files in os.walk(top):
        folder = Path(place)
        folders[:] = [
            name for name in sorted(folders) if not _is_left_out(folder, name)
        ]
        for name in files:
            path = folder / name
            is_article = (
                path.suffix.lower() in forms_by_suffix()
                and not name.startswith(HIDDEN)
            )
            if is_article and _is_plain(path):
                yield str(path)


def _is_plain(path: Path) -> bool:
    """Whether a path is a file itself: a link in somebody's folder may lead to any file of the reader's."""
    return path.is_file() and not path.is_symlink()


def _is_left_out(parent: Path, name: str) -> bool:
    """Whether a folder holds no articles: hidden, of a saved page, or a workspace's own."""
    if name.startswith(HIDDEN) or name.endswith(OF_PAGES):
        return True
    is_workspace = (parent / "graphs").is_dir() or (
        parent / "onrecord.toml"
    ).is_file()
    return name in {"texts", "graphs"} and is_workspace
