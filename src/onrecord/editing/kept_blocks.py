"""What the blocks of a large registry say, kept beside the caches, so that only new ones are parsed.

Lost or broken, it is made again; it is found by the digest of a block and its prefixes.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import astuple, fields
from pathlib import Path
from typing import Any

from onrecord.model import Entity
from onrecord.store.cache import may_keep
from onrecord.store.files import versions
from onrecord.workspace.homes import cache_home

ENDING = ".registry"
WORTH_KEEPING = 1 << 18
"""Bytes of a registry of which it is kept what its blocks say."""
FEW = 50
"""New blocks that are rather parsed again than kept."""
LISTS = [
    place for place, field in enumerate(fields(Entity)) if field.default == ()
]
"""Where an entity has several values, which JSON gives back as lists."""
Said = Mapping[str, Entity]


def digests(header: Iterable[str], blocks: Iterable[str]) -> list[str]:
    """What each block is found by."""
    salt = hashlib.blake2b("\n".join([versions(), *sorted(header)]).encode())
    key = salt.digest()
    digests = []
    for block in blocks:
        digest = hashlib.blake2b(block.encode(), key=key, digest_size=16)
        digests.append(digest.hexdigest())
    return digests


def kept_blocks(path: Path) -> Said:
    """The entities that blocks of a file said, by the blocks' digests."""
    with suppress(OSError, ValueError, TypeError, LookupError, AttributeError):
        rows = json.loads(_place(path).read_text(encoding="utf-8"))
        return {key: _entity(row) for key, row in rows.items()}
    return {}


def keep_blocks(path: Path, said: Said) -> None:
    """Keeps what blocks say, if that can be kept."""
    place = _place(path)
    if not may_keep(place.parent):
        return
    rows = {key: astuple(entity) for key, entity in said.items()}
    with suppress(OSError):
        handle, name = tempfile.mkstemp(
            prefix=f"{place.stem}.", dir=place.parent
        )
        with os.fdopen(handle, "w", encoding="utf-8") as beside:
            json.dump(rows, beside)
        Path(name).replace(place)


def _place(path: Path) -> Path:
    name = hashlib.sha256(str(path.absolute()).encode()).hexdigest()[:32]
    return cache_home() / f"{name}{ENDING}"


def _entity(row: list[Any]) -> Entity:
    for place in LISTS:
        row[place] = tuple(row[place])
    return Entity(*row)
