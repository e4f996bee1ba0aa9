"""Names as the last search left them in its index: read by SQLite alone, for a shell that waits at each Tab."""

from pathlib import Path

from onrecord.model.iris import BASE, OURS
from onrecord.store.files import lineage
from onrecord.workspace import Workspace
from onrecord.workspace.homes import cache_home

SECONDS_WAITED = 1
MOST = 50
"""Names that are offered at a time."""
SPACES = {"entity": BASE, "topic": OURS["topic"]}
STARTING = """
SELECT DISTINCT iri, label FROM entry WHERE kind = ?1
  AND (substr(label, 1, length(?2)) = ?2 OR substr(iri, 1, length(?3)) = ?3)
ORDER BY label LIMIT ?4
"""


def index_place(workspace: Workspace) -> Path:
    """Where a workspace's index of texts is kept."""
    return cache_home() / f"{lineage(workspace)}.text"


def kept_names(
    place: Path, start: str, kind: str, limit: int
) -> list[tuple[str, str]]:
    """IRI and name of entities or topics whose id or name begins with a text, in the order of their names.

    Raises sqlite3.Error where the file holds no index.
    """
    import sqlite3  # noqa: PLC0415  some milliseconds, for a shell that completes alone

    connection = sqlite3.connect(place, timeout=SECONDS_WAITED)
    try:
        rows = connection.execute(
            STARTING, (kind, start, SPACES[kind] + start, limit)
        )
        return [(iri, label) for iri, label in rows]
    finally:
        connection.close()
