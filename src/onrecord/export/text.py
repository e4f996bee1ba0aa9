"""Tables for people: fitted to a width, or as Markdown."""

import re
import textwrap
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from onrecord.query.table import Iri, Table, Value, show
from onrecord.vocabulary import PREFIXES

if TYPE_CHECKING:
    from onrecord.network.graph import Step
    from onrecord.query.dossier import Dossier

GAP = "  "
LEAST_WIDTH = 9
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Controls that would move a terminal's cursor, or turn the reading order of what follows."""
_BY_LENGTH = sorted(PREFIXES.items(), key=lambda pair: len(pair[1]), reverse=True)


def compact(iri: str) -> str:
    """An IRI with a known prefix (`:SAG-AFTRA`), else whole."""
    for prefix, base in _BY_LENGTH:
        rest = iri.removeprefix(base)
        if rest != iri and re.fullmatch(r"[\w-]+", rest):
            return f"{prefix}:{rest}"
    return iri


def cell(value: Value) -> str:
    """A value as a person reads it: IRIs compact, no control character at work."""
    text = compact(value) if isinstance(value, Iri) else show(value)
    return UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text.replace("\t", " "))


def table(found: Table, width: int) -> str:
    """The table in at most `width` columns of text: cells wrap and nothing is cut.

    A table with too many columns for the width is shown row by row, a line a cell.
    """
    rows = [[cell(row[name]) for name in found.columns] for row in found]
    widths = _fit([_natural(column) for column in zip(found.columns, *rows, strict=True)], width)
    if widths is None:
        return _blocks(found.columns, rows, width)
    head = [_line(found.columns, widths), _line(["─" * each for each in widths], widths)]
    wrapped = [_wrap_row(row, widths) for row in rows]
    apart = any(len(lines) > 1 for lines in wrapped)
    return "\n".join([*head, *("\n".join(lines) + ("\n" if apart else "") for lines in wrapped)]).rstrip() + "\n"


def markdown(found: Table) -> str:
    """The table in GitHub's Markdown, with what could be markup escaped."""
    lines = [list(found.columns), ["---"] * len(found.columns)]
    lines += [[_escape(cell(row[name])) for name in found.columns] for row in found]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def width_of(text: str) -> int:
    """The columns that a terminal gives a text: two for wide characters, none for combining ones."""
    return sum(
        0
        if unicodedata.combining(each) or unicodedata.category(each) in {"Cf", "Me"}
        else 1 + (unicodedata.east_asian_width(each) in "WF")
        for each in text
    )


def _natural(column: Sequence[str]) -> int:
    return max(width_of(line) for text in column for line in text.split("\n"))


def _fit(natural: Sequence[int], width: int) -> list[int] | None:
    """Column widths that sum up to the width, taking from the widest; None where columns would be too narrow to read."""
    room = width - len(GAP) * (len(natural) - 1)
    widths = list(natural)
    while sum(widths) > room:
        widest = max(range(len(widths)), key=widths.__getitem__)
        if widths[widest] <= LEAST_WIDTH:
            return None
        widths[widest] -= 1
    return widths


def _wrap(text: str, width: int) -> list[str]:
    """Lines of at most `width` columns; a word that is longer is broken, never cut."""
    lines = [part for line in text.split("\n") for part in textwrap.wrap(line, width, break_on_hyphens=False) or [""]]
    if all(width_of(line) <= width for line in lines):
        return lines
    return [part for line in lines for part in _break_wide(line, width)]


def _break_wide(line: str, width: int) -> Iterable[str]:
    part = ""
    for each in line:
        if width_of(part + each) > width:
            yield part
            part = ""
        part += each
    yield part


def _wrap_row(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    cells = [_wrap(text, width) for text, width in zip(row, widths, strict=True)]
    height = max((len(lines) for lines in cells), default=0)
    return [_line([lines[at] if at < len(lines) else "" for lines in cells], widths) for at in range(height)]


def _line(texts: Sequence[str], widths: Sequence[int]) -> str:
    return GAP.join(text + " " * (width - width_of(text)) for text, width in zip(texts, widths, strict=True)).rstrip()


def _blocks(columns: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> str:
    name = max(map(width_of, columns))
    room = max(LEAST_WIDTH, width - name - len(GAP))
    lines = []
    for row in rows:
        for column, text in zip(columns, row, strict=True):
            first, *rest = _wrap(text, room)
            lines.append(f"{column}{' ' * (name - width_of(column))}{GAP}{first}".rstrip())
            lines += [" " * (name + len(GAP)) + each for each in rest]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _escape(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>|&#!])", r"\\\1", text).replace("\n", " ")


def dossier(found: "Dossier", width: int) -> str:
    """A dossier, to be read: who it is, then what it says and does, then what is said of it."""
    facts = found.facts
    line = " · ".join(filter(None, [found.kind, facts.get("role"), facts.get("country")]))
    parts = [found.name, line, *filter(None, [facts.get("description")])]
    if "listedWith" in facts:
        parts.append(f"listed with {facts['listedWith']}")
    if found.aliases:
        parts.append(f"also: {', '.join(sorted(found.aliases))}")
    parts.append(found.iri)
    lines = [each for part in parts for each in _wrap(cell(part), width)]
    for head, table_ in (("Says or does", found.by), ("Is spoken of, or acted on", found.about)):
        lines += ["", f"{head} ({len(table_)})"]
        for row in table_:
            lines += _statement(row, width)
    return "\n".join(lines) + "\n"


def _statement(row: Mapping[str, Value], width: int) -> list[str]:
    """A statement in a few lines: date and sentence, gist, words, source."""
    date = cell(row["date"]) or "undated"
    marked = f"{date} (published)" if row["dated"] == "published" else date
    stance = f" [{cell(row['stance'])}]" if row["stance"] else ""
    source = " · ".join(filter(None, [cell(row["publisher"]), cell(row["title"]), cell(row["url"])]))
    words = [f"“{cell(row['words'])}”"] if row["words"] else []
    told = [cell(row["gist"]), *words, source]
    return [
        "",
        *_hang(f"{marked}  {cell(row['sentence'])}{stance}", width, 2),
        *(x for each in told for x in _hang(each, width, 6)),
    ]


def steps(found: Sequence["Step"], width: int) -> str:
    """A path, step by step, each with the statements that bear it."""
    if not found:
        return "both names stand for the same entity\n"
    lines = [" → ".join([found[0].start.label, *(step.end.label for step in found)])]
    for step in found:
        lines += ["", f"{cell(step.start.label)} — {cell(step.end.label)}"]
        for proof in step.proofs:
            date = proof.said or (f"{proof.published} (published)" if proof.published else "undated")
            source = " · ".join(filter(None, [proof.publisher, proof.url]))
            lines += _hang(cell(f"{date}  {proof.sentence}"), width, 2)
            words = [f"“{proof.quote}”"] if proof.quote else []
            lines += [x for each in (proof.gist, *words, source) for x in _hang(cell(each), width, 6)]
    return "\n".join(lines) + "\n"


def _hang(text: str, width: int, indent: int) -> list[str]:
    return [" " * indent + line for line in _wrap(text, max(LEAST_WIDTH, width - indent))]
