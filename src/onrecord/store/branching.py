"""A folder of a store that begins as another one: immutable files by hard links, the others copied."""

import errno
import shutil
from pathlib import Path

OWN_TO_A_RUN = ("LOCK", "LOG")
"""Files of the engine (and LOG.old.…) that say nothing of the data."""
NO_LINK = frozenset(
    {errno.EPERM, errno.EMLINK, errno.ENOTSUP, errno.EXDEV, errno.ENOSYS}
)
"""What a file system says that makes no hard links."""


def branch(old: Path, new: Path) -> None:
    """Fills a folder with the store of another one, which stays as it is; raises OSError."""
    for file in old.iterdir():
        if file.suffix == ".sst":
            _link(file, new / file.name)
        elif not file.name.startswith(OWN_TO_A_RUN):
            shutil.copyfile(file, new / file.name)


def _link(file: Path, target: Path) -> None:
    try:
        target.hardlink_to(file)
    except OSError as error:
        if error.errno not in NO_LINK:
            raise
        shutil.copyfile(file, target)
