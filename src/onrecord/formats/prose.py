"""Dossiers and paths, told in lines that a person reads from top to bottom."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from onrecord.formats.layout import cell, hang, wrap
from onrecord.model.counts import reports
from onrecord.model.dates import Dated
from onrecord.querying.table import Iri, Value

if TYPE_CHECKING:
    from onrecord.networks import Proof
    from onrecord.networks.path import Step
    from onrecord.querying.dossier import Dossier

HEAD, BODY = 2, 6
"""How far the head of a statement and what is told of it stand to the right."""


def dossier(found: "Dossier", width: int) -> str:
    """A dossier, to be read: who it is, then what it says and does, then what is said of it.

    Of a statement it tells date and sentence, gist, words, document, the id (for a correction), and the address.
    """
    facts = found.facts
    line = " · ".join(
        filter(None, [found.kind, facts.get("role"), facts.get("country")])
    )
    parts = [found.name, line, *filter(None, [facts.get("description")])]
    if "listedWith" in facts:
        parts.append(f"listed with {facts['listedWith']}")
    if found.aliases:
        parts.append(f"also: {', '.join(sorted(found.aliases))}")
    if "exactMatch" in facts:
        parts.append(f"the same as {facts['exactMatch']}")
    parts.append(found.iri)
    lines = [each for part in parts for each in wrap(cell(part), width)]
    for head, statements, acts in (
        ("Says or does", found.by, found.acts_by),
        ("Is spoken of, or acted on", found.about, found.acts_about),
    ):
        lines += ["", f"{head} ({reports(len(statements), acts)})"]
        for row in statements:
            lines += ["", *_row(row, width)]
    return "\n".join(lines) + "\n"


def steps(found: Sequence["Step"], width: int) -> str:
    """A path, step by step, each with the statements that bear it."""
    if not found:
        return "both names stand for the same entity\n"
    lines = wrap(
        cell(" → ".join([found[0].start.label, *(step.end.label for step in found)])),
        width,
    )
    for step in found:
        lines += ["", *wrap(cell(f"{step.start.label} — {step.end.label}"), width)]
        for proof in step.proofs:
            lines += ["", *_proof(proof, width)]
    return "\n".join(lines) + "\n"


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


def _proof(proof: "Proof", width: int) -> list[str]:
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
    told: tuple[Value, Value],
    source: Iterable[Value],
    address: Value,
    width: int,
) -> list[str]:
    """Date and sentence, gist, words, source; the address on a line of its own, to be clicked."""
    gist, words = told
    parts = [
        gist,
        f"“{words}”" if words else None,
        " · ".join(cell(each) for each in source if each),
        address,
    ]
    body = (
        line for part in parts if part for line in hang(cell(_plain(part)), width, BODY)
    )
    return [*hang(cell(head), width, HEAD), *body]


def _plain(value: Value) -> Value:
    """An address whole, where other IRIs would be shortened."""
    return str(value) if isinstance(value, Iri) else value
