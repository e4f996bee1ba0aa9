"""A seal says that a file was written by this user, on this machine, for this workspace in this place.

It is an HMAC under a key that never lies in a workspace, so that no workspace can come with a seal of its own.
"""

import contextlib
import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.model.errors import Untrusted
from onrecord.workspace.homes import state_home
from onrecord.workspace.owner import is_ours
from onrecord.workspace.paths import read_file

if TYPE_CHECKING:
    from hmac import HMAC

KEY_BYTES = 32


def seal(place: Path, *parts: bytes) -> str:
    """The seal of something that is written in a place: a workspace's folder. Raises Untrusted."""
    return _sealed(place, parts).hexdigest()


def bears_seal(given: object, place: Path, *parts: bytes) -> bool:
    """Whether a seal is the one that `seal` gives; raises Untrusted."""
    import hmac  # noqa: PLC0415  not needed for a cold question

    right = seal(place, *parts).encode()
    return isinstance(given, str) and hmac.compare_digest(
        given.encode(errors="replace"), right
    )


def _sealed(place: Path, parts: Iterable[bytes]) -> "HMAC":
    import hmac  # noqa: PLC0415  not needed for a cold question

    digest = hmac.new(_key(_key_file()), digestmod="sha256")
    for part in (os.fsencode(os.path.realpath(place)), *parts):
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest


def _key_file() -> Path | None:
    """None for a person without a home."""
    with contextlib.suppress(RuntimeError):
        return state_home() / "seal.key"
    return None


@cache
def _key(file: Path | None) -> bytes:
    """The person's key, made where there is none; where none can be kept, one for this process alone."""
    new = os.urandom(KEY_BYTES)
    if file is None:
        return new
    try:
        if not file.exists():
            _keep(file, new)
        return _private(file)
    except OSError:
        return new


def _keep(file: Path, key: bytes) -> None:
    """Puts a whole key in place, or leaves the one that another process was quicker with."""
    import tempfile  # noqa: PLC0415  some milliseconds, once for all keys

    file.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=file.parent)
    try:
        with os.fdopen(handle, "wb") as written:
            written.write(key)
            written.flush()
            os.fsync(written.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(beside, file)
    finally:
        Path(beside).unlink()


def _private(file: Path) -> bytes:
    state = file.lstat()
    key = read_file(file) or b""
    if (
        not is_ours(state.st_uid)
        or state.st_mode & 0o077
        or len(key) != KEY_BYTES
    ):
        message = (
            f"{file} must be a key that only you can "
            "read; take it away, and a new one is made"
        )
        raise Untrusted(message)
    return key
