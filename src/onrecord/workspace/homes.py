"""Folders of the person's own, outside any workspace."""

import os
from pathlib import Path


def state_home() -> Path:
    """Where onrecord keeps what it must remember; a relative path is to be ignored (XDG Base Directory Specification).

    Raises RuntimeError where the person has no home.
    """
    given = Path(os.environ.get("XDG_STATE_HOME") or "")
    return (
        given if given.is_absolute() else Path.home() / ".local" / "state"
    ) / "onrecord"
