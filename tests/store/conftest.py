"""What the tests of workers share: the works, as a module that a worker finds by name."""

import importlib
import os
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

HERE = str(Path(__file__).parent)


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The module `jobs` of this folder, here and in every process that a test starts."""
    monkeypatch.syspath_prepend(HERE)
    monkeypatch.setenv(
        "PYTHONPATH",
        os.pathsep.join([HERE, *filter(None, [os.environ.get("PYTHONPATH")])]),
    )
    return importlib.import_module("jobs")


@pytest.fixture
def is_alive() -> Callable[[int], bool]:
    """Whether a process runs; a zombie does not."""

    def look(process: int) -> bool:
        try:
            stat = Path(f"/proc/{process}/stat").read_text(encoding="ascii")
        except (FileNotFoundError, ProcessLookupError):  # it ended just now
            return False
        return stat.rpartition(")")[2].split()[0] != "Z"

    return look
