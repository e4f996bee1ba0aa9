"""A full-text index of a graph, in SQLite (FTS5), kept beside the caches and up to date with them.

A row is remade where the file of its graph is another one, or where somebody that it names is called otherwise. The
index is one file; each change of it is a transaction, so that whoever reads meanwhile sees the old or the new state,
and a writer that dies leaves the old one.
"""

import sqlite3
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice, starmap
from pathlib import Path

import pyoxigraph as ox

from onrecord.model.iris import GRAPHS
from onrecord.model.vocabulary import Vocabulary
from onrecord.store.files import Snapshot
from onrecord.store.text_match import Found, Match
from onrecord.store.text_query import (
    TextQuery,
    one_letter_off,
    read_query,
    words_of,
)
from onrecord.store.text_rows import (
    MARK_END,
    MARK_START,
    PARTED,
    TextRow,
    TextRows,
)

FORM = 1
"""Of the tables; an index of another form is made again."""
WEIGHTS = (8.0, 4.0, 3.0, 3.0, 3.0, 3.0, 1.0)
"""How much a match in each column of `body` counts (bm25)."""
RANK = "INSERT INTO body (body, rank) VALUES ('rank', ?)"
SCHEMA = """
CREATE TABLE state (key TEXT);
CREATE TABLE file (path TEXT PRIMARY KEY, state TEXT, graph TEXT) WITHOUT ROWID;
CREATE TABLE entry (id INTEGER PRIMARY KEY, kind TEXT, iri TEXT, graph TEXT, label TEXT, date TEXT, mark INTEGER);
CREATE INDEX entry_graph ON entry (graph);
CREATE TABLE name (name TEXT, id INTEGER);
CREATE INDEX name_name ON name (name);
CREATE INDEX name_id ON name (id);
CREATE TABLE word (word TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE VIRTUAL TABLE body USING fts5(
  label, names, aliases, gist, words, topics, title, tokenize = 'porter unicode61 remove_diacritics 2');
"""
SNIPPETS = ", ".join(
    f"snippet(body, {column}, '{MARK_START}', '{MARK_END}', '…', 24)"
    for column in (-1, 1, 2, 3)
)
MATCHES = f"""
SELECT body.rowid, entry.kind, entry.iri, entry.label, -body.rank, entry.date, {SNIPPETS}
FROM body JOIN entry ON entry.id = body.rowid WHERE body MATCH ?
"""  # noqa: S608  of our own texts
AT_ONCE = 5_000
"""Rows that are added together."""
MOST_SPELLINGS = 8
SECONDS_WAITED = 60
MOST_CHANGED = 0.3
"""From this share of changed files on, everything is read anew."""


class TextIndex:
    """An index in a file, or in memory where there is no place for one."""

    def __init__(self, place: Path | None = None) -> None:
        self._connection = sqlite3.connect(
            place or ":memory:",
            timeout=SECONDS_WAITED,
            isolation_level=None,
            check_same_thread=False,
        )
        form = self._connection.execute("PRAGMA user_version").fetchone()[0]
        if form != FORM:
            self._make_tables()

    def is_current(self, files: Snapshot) -> bool:
        """Whether the index was made from these files."""
        row = self._connection.execute("SELECT key FROM state").fetchone()
        return row is not None and str(row[0]) == files.key

    def update(
        self,
        store: ox.Store,
        vocabulary: Vocabulary,
        files: Snapshot,
        graphs: Mapping[str, str],
    ) -> None:
        """Makes the index that of a store, which was made from these files; `graphs` names the graph of each path."""
        with self._changing():
            if self.is_current(files):
                return
            changed = self._changed_graphs(files, graphs)
            rows = TextRows(store, vocabulary)
            if self._is_worth_reading_all(changed, graphs):
                self._fill(rows)
            else:
                self._remake(rows, changed)
            self._note(files, graphs)

    def fill(self, store: ox.Store, vocabulary: Vocabulary) -> None:
        """Reads a whole store."""
        with self._changing():
            self._fill(TextRows(store, vocabulary))

    def search(
        self, text: str, kinds: Collection[str] = (), limit: int | None = None
    ) -> list[Match]:
        """What a text is found in: what bears it as its name, then the best first.

        A word that stands nowhere is taken for one spelt alike.
        """
        query = read_query(text, self._is_somewhere, self._spellings)
        if query is None:
            return []
        ranked = self._ranked(query, kinds, limit)
        named = self._matches(query, self._named(query), kinds)
        matches = [*(named | ranked).values()]
        return matches if limit is None else matches[:limit]

    def _named(self, query: TextQuery) -> list[int]:
        """The entries whose name or alias the whole text is."""
        marks = ", ".join("?" * len(query.names))
        rows = self._connection.execute(
            f"SELECT DISTINCT id FROM name WHERE name IN ({marks})",  # noqa: S608
            query.names,
        )
        return [number for (number,) in rows]

    def _ranked(
        self, query: TextQuery, kinds: Collection[str], limit: int | None
    ) -> dict[int, Match]:
        """The best matches by number, each with its snippet, in one pass."""
        marks = ", ".join("?" * len(kinds))
        only = f"AND entry.kind IN ({marks})" if kinds else ""
        order = "ORDER BY body.rank LIMIT ?"
        most = -1 if limit is None else limit
        return self._read(query, f"{only} {order}", [*kinds, most])

    def _matches(
        self, query: TextQuery, ids: Sequence[int], kinds: Collection[str]
    ) -> dict[int, Match]:
        """Some entries, as far as they match, by number."""
        matches: dict[int, Match] = {}
        for number in ids:
            matches |= self._read(query, "AND body.rowid = ?", [number])
        return {
            number: match
            for number, match in matches.items()
            if match.kind in kinds or not kinds
        }

    def _read(
        self, query: TextQuery, condition: str, values: Sequence[object]
    ) -> dict[int, Match]:
        rows = self._connection.execute(
            f"{MATCHES} {condition}", (query.expression, *values)
        )
        return {row.number: row.match for row in starmap(Found, rows)}

    def close(self) -> None:
        """Lets the file go."""
        self._connection.close()

    def _make_tables(self) -> None:
        with self._changing():
            names = self._connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table'"
            ).fetchall()
            for (name,) in names:
                self._connection.execute(f'DROP TABLE IF EXISTS "{name}"')
            for statement in SCHEMA.strip().split(";\n"):
                self._connection.execute(statement)
            self._connection.execute(
                RANK, (f"bm25({', '.join(map(str, WEIGHTS))})",)
            )
            self._connection.execute(f"PRAGMA user_version = {FORM}")

    @contextmanager
    def _changing(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def _changed_graphs(
        self, files: Snapshot, graphs: Mapping[str, str]
    ) -> frozenset[str]:
        known = {
            (path, state): graph
            for path, state, graph in self._connection.execute(
                "SELECT path, state, graph FROM file"
            )
        }
        now = {(str(file.path), file.state) for file in files.files}
        gone = {graph for entry, graph in known.items() if entry not in now}
        new = {graphs.get(path, "") for path, _ in now.difference(known)}
        return frozenset(gone | new)

    @staticmethod
    def _is_worth_reading_all(
        changed: frozenset[str], graphs: Mapping[str, str]
    ) -> bool:
        is_large = len(changed) > MOST_CHANGED * len(set(graphs.values()))
        return GRAPHS["ontology"] in changed or (is_large and len(changed) > 1)

    def _fill(self, rows: TextRows) -> None:
        for table in ("entry", "body", "name", "word"):
            self._connection.execute(f"DELETE FROM {table}")  # noqa: S608
        self._add(rows.everything())

    def _remake(self, rows: TextRows, changed: frozenset[str]) -> None:
        remade = set(changed)
        if GRAPHS["entities"] in changed:
            remade.discard(GRAPHS["entities"])
            for iri in self._remake_entities(rows):
                remade |= rows.naming(iri)
        for graph in sorted(remade - {"", *GRAPHS.values()}):
            self._drop("graph = ?", graph)
            self._add(rows.in_graph(graph))

    def _remake_entities(self, rows: TextRows) -> list[str]:
        """Remakes the rows of entities that changed, and gives their IRIs."""
        before = dict(
            self._connection.execute(
                "SELECT iri, mark FROM entry WHERE kind = 'entity'"
            ).fetchall()
        )
        now = {row.iri: row for row in rows.entities()}
        changed = [
            iri for iri, row in now.items() if before.get(iri) != _mark(row)
        ]
        gone = [iri for iri in before if iri not in now]
        for iri in (*changed, *gone):
            if iri in before:
                self._drop("kind = 'entity' AND iri = ?", iri)
        self._add(now[iri] for iri in changed)
        return [*changed, *gone]

    def _drop(self, condition: str, value: str) -> None:
        ids = f"SELECT id FROM entry WHERE {condition}"  # noqa: S608
        self._connection.execute(
            f"DELETE FROM body WHERE rowid IN ({ids})",  # noqa: S608
            (value,),
        )
        self._connection.execute(
            f"DELETE FROM name WHERE id IN ({ids})",  # noqa: S608
            (value,),
        )
        self._connection.execute(
            f"DELETE FROM entry WHERE {condition}",  # noqa: S608
            (value,),
        )

    def _add(self, rows: Iterable[TextRow]) -> None:
        """Adds rows, some thousand at a time."""
        pieces: set[str] = set()
        (last,) = self._connection.execute(
            "SELECT coalesce(max(id), 0) FROM entry"
        ).fetchone()
        numbered = enumerate(rows, last + 1)
        while batch := list(islice(numbered, AT_ONCE)):
            self._add_batch(batch)
            for _, row in batch:
                pieces.update(" ".join(row.new_texts).split())
        words = sorted({*words_of(" ".join(pieces))})
        self._connection.executemany(
            "INSERT OR IGNORE INTO word VALUES (?)",
            [(word,) for word in words],
        )

    def _add_batch(self, batch: Sequence[tuple[int, TextRow]]) -> None:
        self._connection.executemany(
            "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    number,
                    row.kind,
                    row.iri,
                    row.graph,
                    row.label,
                    row.date,
                    _mark(row),
                )
                for number, row in batch
            ],
        )
        self._connection.executemany(
            "INSERT INTO body (rowid, label, names, aliases, gist, words, topics, title)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [(number, *row.texts) for number, row in batch],
        )
        names = [
            (name, number) for number, row in batch for name in _names(row)
        ]
        self._connection.executemany("INSERT INTO name VALUES (?, ?)", names)

    def _note(self, files: Snapshot, graphs: Mapping[str, str]) -> None:
        self._connection.execute("DELETE FROM file")
        self._connection.executemany(
            "INSERT OR REPLACE INTO file VALUES (?, ?, ?)",
            [
                (str(file.path), file.state, graphs.get(str(file.path), ""))
                for file in files.files
            ],
        )
        self._connection.execute("DELETE FROM state")
        self._connection.execute("INSERT INTO state VALUES (?)", (files.key,))

    def _is_somewhere(self, expression: str) -> bool:
        query = "SELECT 1 FROM body WHERE body MATCH ? LIMIT 1"
        return (
            self._connection.execute(query, (expression,)).fetchone()
            is not None
        )

    def _spellings(self, word: str) -> list[str]:
        """Words of the index that are spelt like a word."""
        near = sorted(one_letter_off(word))
        marks = ", ".join("?" * len(near))
        rows = self._connection.execute(
            f"SELECT word FROM word WHERE word IN ({marks}) LIMIT {MOST_SPELLINGS}",  # noqa: S608
            near,
        )
        return [spelling for (spelling,) in rows]


def _names(row: TextRow) -> set[str]:
    """What an entity, topic or term is called, as names are compared."""
    if row.kind in {"statement", "document"}:
        return set()
    return {
        " ".join(words_of(name))
        for name in (row.label, *row.aliases.split(PARTED))
    }


def _mark(row: TextRow) -> int:
    """A number that tells a row from the same row with other texts."""
    return zlib.crc32("\0".join(row.texts).encode())
