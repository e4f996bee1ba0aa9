"""Dossiers, statements, paths and comparisons as text that a person reads from top to bottom."""

from collections.abc import Iterable, Mapping, Sequence
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
    facts = subject.facts
    line = " · ".join(
        filter(None, [subject.kind, facts.get("role"), facts.get("country")])
    )
    parts = [subject.name, line, *filter(None, [facts.get("description")])]
    if "listedWith" in facts:
        parts.append(f"listed with {facts['listedWith']}")
    if subject.aliases:
        parts.append(f"also: {', '.join(sorted(subject.aliases))}")
    if "exactMatch" in facts:
        parts.append(f"the same as {facts['exactMatch']}")
    parts.append(subject.iri)
    lines = [line for part in parts for line in wrap(cell(part), width)]
    for head, statements, acts in (
        ("Says or does", subject.by, subject.acts_by),
        ("Is spoken of, or acted on", subject.about, subject.acts_about),
    ):
        lines += ["", f"{head} ({reports(len(statements), acts)})"]
        for row in statements:
            lines += ["", *_row(row, width)]
    return "\n".join(lines) + "\n"


def said(rows: Iterable[Mapping[str, Value]], width: int) -> str:
    """Statements one below the other, as in a dossier."""
    blocks = ["\n".join(_row(row, width)) for row in rows]
    return "\n\n".join(blocks or ["nothing found"]) + "\n"


def steps(path: Sequence["Step"], width: int) -> str:
    """A path, step by step, each with the statements that bear it."""
    if not path:
        return "both names stand for the same entity\n"
    lines = wrap(
        cell(" → ".join([path[0].start.label, *(step.end.label for step in path)])),
        width,
    )
    for step in path:
        lines += ["", *wrap(cell(f"{step.start.label} — {step.end.label}"), width)]
        for proof in step.proofs:
            lines += ["", *_edge_statement(proof, width)]
    return "\n".join(lines) + "\n"


def beside(compared: "Comparison", width: int) -> str:
    """Two entities: what each says on the topics of both in two columns, then the way that links them."""
    names = [compared.one.label, compared.other.label]
    lines = _columns([[name] for name in names], width)
    if not compared.topics:
        lines += ["", "no topic on which both are on record"]
    for topic in compared.topics:
        sides = [_side(side) for side in (topic.one, topic.other)]
        lines += ["", *wrap(cell(topic.topic), width), *_columns(sides, width)]
    return (
        "\n".join([*lines, "", "How they are linked", ""])
        + "\n"
        + (steps(compared.way, width) if compared.way else "no edges link the two\n")
    )


def _columns(sides: Sequence[Sequence[str]], width: int) -> list[str]:
    """Two texts side by side, each wrapped to its half."""
    half = (width - GAP) // 2
    columns = [[line for text in side for line in wrap(text, half)] for side in sides]
    return [
        (pad(left, half + GAP) + right).rstrip()
        for left, right in zip_longest(*columns, fillvalue="")
    ]


def _side(said: Iterable["EdgeStatement"]) -> list[str]:
    """What one says on a topic: date and stance, gist, source, and the id that leads to the rest."""
    parts: list[Value] = []
    for proof in said:
        stance = f" [{proof.stance}]" if proof.stance else ""
        head = f"{proof.dated}{stance}{_caution(proof)}"
        parts += [head, proof.gist, f"{proof.publisher} · st:{proof.id}", ""]
    return [cell(part) for part in parts[:-1]]


def _caution(proof: "EdgeStatement") -> str:
    """Why a statement is not to be taken at face value, in words; empty where nothing says so."""
    is_told = not proof.caution or proof.caution in TOLD_BY_THE_SENTENCE
    return "" if is_told else f", {proof.caution}"


def _row(row: Mapping[str, Value], width: int) -> list[str]:
    stance = f" [{row['stance']}]" if row["stance"] else ""
    date = Dated(str(row["date"]) if row["date"] else None, str(row["dated"]))
    source = (row["publisher"], row["title"], row["statement"])
    return _statement(
        f"{date}  {row['sentence']}{stance}",
        (row["gist"], row["words"]),
        source,
        row["url"],
        width,
    )


def _edge_statement(proof: "EdgeStatement", width: int) -> list[str]:
    stance = f" [{proof.stance}]" if proof.stance else ""
    head = f"{proof.dated}  {proof.sentence}{stance}"
    return _statement(
        head,
        (proof.gist, proof.quote),
        (proof.publisher, proof.title),
        proof.url,
        width,
    )


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
    parts = [
        None if repeats(str(gist or ""), str(words or "")) else gist,
        _in_marks(str(words)) if words else None,
        " · ".join(cell(value) for value in source if value),
        address,
    ]
    body = (
        line for part in parts if part for line in hang(cell(_plain(part)), width, BODY)
    )
    return [*hang(cell(head), width, HEAD), *body]


def _in_marks(words: str) -> str:
    """Words in quotation marks, which a passage that begins with some has already."""
    return words if words[:1] in '“"' else f"“{words}”"


def _plain(value: Value) -> Value:
    """An address whole, where other IRIs would be shortened."""
    return str(value) if isinstance(value, Iri) else value
