"""Maps that were drawn before, kept beside the caches: the same boxes and pairs give the same map."""

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from itertools import islice
from pathlib import Path

from onrecord.networks.packing import Point
from onrecord.workspace.homes import cache_home

MOST = 256
"""Maps that are kept, the last made ones."""
PROGRAMS = ("kept_maps.py", "layout.py", "packing.py", "spacing.py")

Places = dict[str, Point]


def kept(made_of: object, draw: Callable[[], Places]) -> Places:
    """The map that is made of this, drawn only where it is not kept."""
    try:
        place = cache_home() / "maps" / f"{_digest(made_of)}.json"
    except RuntimeError:  # a person without a home
        return draw()
    known = _read(place)
    if known is not None:
        return known
    drawn = draw()
    with suppress(OSError):
        _write(place, drawn)
    return drawn


def _digest(made_of: object) -> str:
    text = json.dumps([_programs(), made_of])
    return hashlib.sha256(text.encode()).hexdigest()[:32]


@cache
def _programs() -> str:
    """What changes with the programs that draw."""
    sha = hashlib.sha256(version("igraph").encode())
    for name in PROGRAMS:
        sha.update(Path(__file__).with_name(name).read_bytes())
    return sha.hexdigest()


def _read(place: Path) -> Places | None:
    """The map in a file; None where there is none, or something else."""
    try:
        places: Mapping[str, list[float]] = json.loads(place.read_text("utf-8"))
        return {node: (x, y) for node, (x, y) in places.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return None


def _write(place: Path, places: Places) -> None:
    """Writes a map beside, and names it when it is whole."""
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=place.parent)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(places, file)
    Path(beside).replace(place)
    for old in islice(_newest_first(place.parent), MOST, None):
        old.unlink(missing_ok=True)


def _newest_first(folder: Path) -> Iterator[Path]:
    aged = [(-path.stat().st_mtime, path.name) for path in folder.iterdir()]
    yield from (folder / name for _, name in sorted(aged))
