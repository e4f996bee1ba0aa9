"""Folders of the person's own, outside any workspace (XDG Base Directory Specification).

By hand, since platformdirs takes a relative path from the environment, which the specification
ignores, and makes a folder called `~` where a person has no home.
"""

import os
from pathlib import Path


def cache_home() -> Path:
    """Where onrecord keeps what it can make anew; raises RuntimeError where the person has no home."""
    return _home("XDG_CACHE_HOME", ".cache")


def state_home() -> Path:
    """Where onrecord keeps what it must remember; raises RuntimeError where the person has no home."""
    return _home("XDG_STATE_HOME", ".local/state")


def _home(variable: str, usual: str) -> Path:
    given = Path(os.environ.get(variable) or "")
    home = given if given.is_absolute() else Path.home() / usual
    return home / "onrecord"
