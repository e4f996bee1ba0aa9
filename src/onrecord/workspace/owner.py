"""Who owns a file: as with git's `safe.directory`, what another user owns is not used unless it is named."""

import os
from collections.abc import Iterable
from pathlib import Path


def stranger(paths: Iterable[Path]) -> int | None:
    """The user who owns one of the paths and is not the one who runs this; None where there is none."""
    owners = (path.lstat().st_uid for path in paths if os.path.lexists(path))
    return next((owner for owner in owners if not is_ours(owner)), None)


def is_ours(owner: int) -> bool:
    """Whether a user is the one who runs this, or the one who became root by sudo to run it."""
    me = os.geteuid()
    return owner == me or (me == 0 and str(owner) == os.environ.get("SUDO_UID"))
