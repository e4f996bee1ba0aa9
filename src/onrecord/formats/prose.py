"""Dossiers, statements, paths and comparisons as text that a person reads from top to bottom."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from onrecord.formats.layout import cell, hang, pad, wrap
from onrecord.model.counts import reports
from onrecord.model.dates import Dated
from onrecord.networks.model import TOLD_BY_THE_SENTENCE, repeats
from onrecord.querying.table import Iri, Value

if TYPE_CHECKING:
    from onrecord.networks import EdgeStatement
    from onrecord.networks.comparison import Comparison
    from onrecord.networks.path import Step
    from onrecord.querying.dossier import Dossier

GAP = 2
"""Columns between two that stand side by side."""
HEAD, BODY = 2, 6
"""How far the head of a statement and what is told of it stand to the right."""


def dossier(subject: "Dossier", width: int) -> str:
    """A dossier, to be read: who it is, then what it says and does, then what is said of it.

    Of a statement it tells date and sentence, gist, words, document, the id (for a correction), and the address.
    """
    lines: list[str] = []
    for part in _who(subject):
        lines += wrap(cell(part), width)
    lines += ["", f"Says or does ({reports(len(subject.by), subject.acts_by)})"]
    for row in subject.by:
        lines += ["", *_row(row, width)]
    count = reports(len(subject.about), subject.acts_about)
    lines += ["", f"Is spoken of, or acted on ({count})"]
    for row in subject.about:
        lines += ["", *_row(row, width)]
    return "\n".join(lines) + "\n"


def _who(subject: "Dossier") -> Iterator[str]:
    """Who somebody is: name, kind and role, description, affiliation, other names, IRI."""
    facts = subject.facts
    kind = [subject.kind, facts.get("role"), facts.get("country")]
    yield subject.name
    yield " · ".join(filter(None, kind))
    if facts.get("description"):
        yield facts["description"]
    if "listedWith" in facts:
        yield f"listed with {facts['listedWith']}"
    if subject.aliases:
        yield f"also: {', '.join(sorted(subject.aliases))}"
    if "exactMatch" in facts:
        yield f"the same as {facts['exactMatch']}"
    yield subject.iri


def said(rows: Iterable[Mapping[str, Value]], width: int) -> str:
    """Statements one below the other, as in a dossier."""
    blocks = ["\n".join(_row(row, width)) for row in rows]
    return "\n\n".join(blocks or ["nothing found"]) + "\n"


def steps(path: Sequence["Step"], width: int) -> str:
    """A path, step by step, each with the statements that bear it."""
    if not path:
        return "both names stand for the same entity\n"
    names = [path[0].start.label, *(step.end.label for step in path)]
    lines = wrap(cell(" → ".join(names)), width)
    for step in path:
        lines += [
            "",
            *wrap(cell(f"{step.start.label} — {step.end.label}"), width),
        ]
        for proof in step.proofs:
            lines += ["", *_edge_statement(proof, width)]
    return "\n".join(lines) + "\n"


def beside(compared: "Comparison", width: int) -> str:
    """Two entities: what each says on the topics of both in two columns, then the way that links them."""
    lines = _columns([compared.one.label], [compared.other.label], width)
    if not compared.topics:
        lines += ["", "no topic on which both are on record"]
    for topic in compared.topics:
        lines += ["", *wrap(cell(topic.topic), width)]
        lines += _columns(_side(topic.one), _side(topic.other), width)
    lines += ["", "How they are linked", ""]
    way = (
        steps(compared.way, width)
        if compared.way
        else "no edges link the two\n"
    )
    return "\n".join(lines) + "\n" + way


def _columns(one: Iterable[str], other: Iterable[str], width: int) -> list[str]:
    """Two texts side by side, each wrapped to its half."""
    half = (width - GAP) // 2
    left, right = _wrapped(one, half), _wrapped(other, half)
    lines = []
    for first, second in zip_longest(left, right, fillvalue=""):
        line = pad(first, half + GAP) + second
        lines.append(line.rstrip())
    return lines


def _wrapped(texts: Iterable[str], width: int) -> Iterator[str]:
    for text in texts:
        yield from wrap(text, width)


def _side(said: Iterable["EdgeStatement"]) -> list[str]:
    """What one says on a topic: date and stance, gist, source, and the id that leads to the rest."""
    parts: list[Value] = []
    for proof in said:
        head = f"{proof.dated}{_stance(proof.stance)}{_caution(proof)}"
        parts += [head, proof.gist, f"{proof.publisher} · st:{proof.id}", ""]
    return [cell(part) for part in parts[:-1]]


def _stance(stance: Value) -> str:
    return f" [{stance}]" if stance else ""


def _caution(proof: "EdgeStatement") -> str:
    """Why a statement is not to be taken at face value, in words; empty where nothing says so."""
    is_told = not proof.caution or proof.caution in TOLD_BY_THE_SENTENCE
    return "" if is_told else f", {proof.caution}"


def _row(row: Mapping[str, Value], width: int) -> list[str]:
    date = Dated(str(row["date"]) if row["date"] else None, str(row["dated"]))
    head = f"{date}  {row['sentence']}{_stance(row['stance'])}"
    texts = (row["gist"], row["words"])
    source = (row["publisher"], row["title"], row["statement"])
    return _statement(head, texts, source, row["url"], width)


def _edge_statement(proof: "EdgeStatement", width: int) -> list[str]:
    head = f"{proof.dated}  {proof.sentence}{_stance(proof.stance)}"
    texts = (proof.gist, proof.quote)
    source = (proof.publisher, proof.title)
    return _statement(head, texts, source, proof.url, width)


def _statement(
    head: str,
    texts: tuple[Value, Value],
    source: Iterable[Value],
    address: Value,
    width: int,
) -> list[str]:
    """Date and sentence, gist, words, source; the address on a line of its own, to be clicked.

    A gist that is the words themselves is not told twice.
    """
    gist, words = texts
    parts: list[Value] = [
        None if repeats(str(gist or ""), str(words or "")) else gist,
        _in_marks(str(words)) if words else None,
        " · ".join(cell(value) for value in source if value),
        address,
    ]
    lines = hang(cell(head), width, HEAD)
    for part in parts:
        if part:
            lines += hang(cell(_plain(part)), width, BODY)
    return lines


def _in_marks(words: str) -> str:
    """Words in quotation marks, which a passage that begins with some has already."""
    return words if words[:1] in '“"' else f"“{words}”"


def _plain(value: Value) -> Value:
    """An address whole, where other IRIs would be shortened."""
    return str(value) if isinstance(value, Iri) else value
