"""What comes in from a store, held against the rules of `onrecord check` before any of it is written."""

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from onrecord.editing.checking import check_bounded
from onrecord.model.errors import BadGraph
from onrecord.rdf.files import Finding
from onrecord.workspace import Workspace, own_file

MOST_NAMED = 5


def refuse_faulty(where: Workspace, files: Mapping[str, bytes]) -> None:
    """Raises BadGraph for errors in files that are to be written below `graphs/`, among those that stand there."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "graphs"
        _copy_graphs(where, home)
        for path, content in files.items():
            file = own_file(home, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        staged = replace(where, root=Path(folder), graphs=(home,))
        faults = [row for row in check_bounded(staged).findings if _is_in(row, files)]
    if faults:
        raise BadGraph(_told(faults))


def _copy_graphs(where: Workspace, home: Path) -> None:
    home.mkdir()
    for folder in where.graphs[:1] if where.root else ():
        for path in where.graph_files():
            if path.is_relative_to(folder) and path.is_file():
                copy = home / path.relative_to(folder)
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, copy)


def _is_in(finding: Finding, files: Mapping[str, bytes]) -> bool:
    """Whether a finding is an error of one of these files."""
    place = finding.where.partition(": ")[0].removeprefix("graphs/")
    return finding.severity == "error" and place in files


def _told(faults: list[Finding]) -> str:
    shown = [f"{fault.where}: {fault.message}" for fault in faults[:MOST_NAMED]]
    more = len(faults) - len(shown)
    rest = [f"and {more:,} more"] if more else []
    head = f"{len(faults):,} faults in what the store holds; nothing was written (--unchecked takes it as it is):"
    return "\n".join([head, *shown, *rest])
