"""The cue lexicon: words by which a source says, thinks or does something, with the frames of their contents.

The table is data, `cues.tsv` beside this file; its head explains the columns.
"""

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Cue:
    """One row of the table; `frames` says where the content stands, `relation` is a key of the ontology."""

    word: str
    kind: str
    frames: frozenset[str]
    relation: str
    stance: str


Lexicon = Mapping[tuple[str, str], tuple[Cue, ...]]
"""Cues by word and kind; a verb and its particle are one word with a space."""


@cache
def lexicon() -> Lexicon:
    """Reads the table that ships."""
    table: defaultdict[tuple[str, str], list[Cue]] = defaultdict(list)
    text = (
        files("onrecord.extract.rules").joinpath("cues.tsv").read_text(encoding="utf-8")
    )
    for line in text.splitlines():
        if line and not line.startswith("#"):
            word, kind, frames, relation, stance = line.split("\t")
            table[word, kind].append(
                Cue(word, kind, frozenset(frames.split()), relation, stance)
            )
    return {key: tuple(rows) for key, rows in table.items()}


@cache
def fingerprint() -> str:
    """Eight hexadecimal digits that change with any of the rule tables."""
    found = (
        each
        for each in files("onrecord.extract.rules").iterdir()
        if each.name.endswith(".tsv")
    )
    tables = sorted((each.name, each.read_bytes()) for each in found)
    return hashlib.sha256(
        b"".join(name.encode() + content for name, content in tables)
    ).hexdigest()[:8]
