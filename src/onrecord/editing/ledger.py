"""Which pieces of a corpus are done, in files beside the graphs, so that a second run goes on where the first ended.

There is a file for each crawl or score of files; it is written together with what its
pieces brought, so that neither is ever without the other.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from onrecord.ingest.pieces import Piece
from onrecord.workspace import own_file, read_file


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of a whole: where it was cut, and which of its pieces are done, by where they begin."""

    whole: Piece
    starts: tuple[int, ...] = ()
    done: frozenset[int] = field(default_factory=frozenset)

    @property
    def is_done(self) -> bool:
        """Whether nothing of it is left."""
        return bool(self.starts) and self.done.issuperset(self.starts)

    def left(self) -> list[Piece]:
        """Its pieces that are not done."""
        ends = [*self.starts[1:], None]
        pieces = []
        for start, end in zip(self.starts, ends, strict=True):
            if start not in self.done:
                piece = replace(self.whole, start=start, end=end)
                pieces.append(piece)
        return pieces


class Ledger:
    """The records of one way of reading; `settings` tells what decides its results."""

    def __init__(
        self, home: Path, settings: str, *, is_fresh: bool = False
    ) -> None:
        self._home, self._settings, self._is_fresh = home, settings, is_fresh
        self._records: dict[str, Record] = {}
        self._changed: set[str] = set()

    def record(self, whole: Piece) -> Record:
        """What is known of a whole, or of the one that a piece is cut from."""
        path = self._path(whole)
        if path not in self._records:
            self._records[path] = self._read(
                path, replace(whole, start=0, end=None)
            )
        return self._records[path]

    def cut(self, whole: Piece, pieces: Sequence[Piece]) -> Record:
        """Notes where a whole was cut."""
        starts = tuple(piece.start for piece in pieces)
        return self._note(replace(self.record(whole), starts=starts))

    def finish(self, piece: Piece) -> None:
        """Notes that a piece is done."""
        record = self.record(piece)
        starts = record.starts or (piece.start,)
        done = record.done | {piece.start}
        self._note(replace(record, starts=starts, done=done))

    def changes(self) -> Mapping[str, bytes | None]:
        """The files of the records that were changed, by path from the graphs."""
        return {path: self._content(path) for path in sorted(self._changed)}

    def written(self) -> None:
        """Notes that the changes are written; what is done is not held any longer."""
        for path in self._changed:
            if self._records[path].is_done:
                del self._records[path]
        self._changed.clear()

    def _note(self, record: Record) -> Record:
        path = self._path(record.whole)
        self._records[path] = record
        self._changed.add(path)
        return record

    def _path(self, piece: Piece) -> str:
        whole = replace(piece, start=0, end=None)
        text = f"{whole.key} {self._settings}"
        return f"../done/{hashlib.sha256(text.encode()).hexdigest()[:16]}.json"

    def _read(self, path: str, whole: Piece) -> Record:
        raw = None if self._is_fresh else read_file(own_file(self._home, path))
        if raw is None:
            return Record(whole)
        try:
            stored = json.loads(raw)
            starts = tuple(map(int, stored["starts"]))
            done = frozenset(map(int, stored["done"]))
            return Record(whole, starts, done)
        except (ValueError, LookupError, TypeError):
            return Record(whole)

    def _content(self, path: str) -> bytes:
        record = self._records[path]
        fields = {
            "sources": record.whole.sources,
            "settings": self._settings,
            "starts": record.starts,
            "done": sorted(record.done),
        }
        return json.dumps(fields, ensure_ascii=False).encode() + b"\n"
