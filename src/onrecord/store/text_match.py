"""What a search finds: a row of the index, and what of it is shown."""

from dataclasses import dataclass
from typing import NamedTuple

from onrecord.store.text_rows import MARK_END, MARK_START


@dataclass(frozen=True, slots=True)
class Match:
    """Something that a text was found in.

    `kind` is statement, entity, topic, term or document; `score` is higher where it fits better. The snippet is where
    the text stands, with MARK_START and MARK_END around what matches, or the gist where that is the label. A date is
    as precise as the graph has it.
    """

    kind: str
    iri: str
    label: str
    snippet: str
    score: float
    date: str | None


def unmarked(snippet: str) -> str:
    """A snippet without the marks around its matches."""
    return snippet.replace(MARK_START, "").replace(MARK_END, "")


class Found(NamedTuple):
    """A row that matches, with where the text stands in the column that fits best, in names, aliases and the gist."""

    number: int
    kind: str
    iri: str
    label: str
    score: float
    date: str | None
    best: str
    names: str
    aliases: str
    gist: str

    @property
    def snippet(self) -> str:
        """What says most: where only those fit whom a statement names, its gist does, not their names."""
        is_named = self.kind == "statement" and self.best in {
            self.names,
            self.aliases,
        }
        says_more = not is_named and unmarked(self.best) != self.label
        return self.best if says_more or not self.gist else self.gist

    @property
    def match(self) -> Match:
        """The row as a match."""
        return Match(
            self.kind,
            self.iri,
            self.label,
            self.snippet,
            self.score,
            self.date,
        )
