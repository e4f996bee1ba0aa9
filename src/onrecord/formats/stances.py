"""Positions and contradictions, told in lines that a person reads from top to bottom."""

from collections.abc import Iterable

from onrecord.discourse.positions import Contradiction, Positions
from onrecord.discourse.utterances import Utterance
from onrecord.formats.layout import cell, hang, wrap
from onrecord.formats.text import table
from onrecord.networks.model import EdgeStatement

MARKS = {"supportive": "▲", "critical": "▼", "conditional": "◆", "neutral": "●"}
HEADS = {
    "change": "Earlier and later: one side stands wholly before the other",
    "conflict": "At the same time: both sides in one span of time",
    "order unknown": "Order unknown: a side has no date",
}


def positions_text(positions: Positions, width: int) -> str:
    """Who, the table of topics and stances, then each statement with date, mark, gist, words and source."""
    if not positions.statements:
        return f"{positions.name} takes no stance on the record\n"
    lines = [positions.name, "", *table(positions.topics, width).splitlines()]
    for proof in positions.statements:
        lines += ["", *statement_lines(proof, width)]
    return "\n".join(lines) + "\n"


def contradictions_text(
    contradictions: Iterable[Contradiction], width: int
) -> str:
    """Under a heading a kind: actor, topic, and the statements of both sides in the order of time."""
    lines: list[str] = []
    kind = None
    for contradiction in contradictions:
        if contradiction.kind != kind:
            kind = contradiction.kind
            lines += ["", HEADS[kind], "─" * min(width, len(HEADS[kind]))]
        lines += [
            "",
            *wrap(
                cell(f"{contradiction.actor}, on {contradiction.topic}"), width
            ),
        ]
        for proof in contradiction.statements:
            lines += statement_lines(proof, width)
    return (
        "\n".join(lines[1:]) + "\n"
        if lines
        else "nobody is on the record on both sides of a topic\n"
    )


def utterances_text(utterances: Iterable[Utterance], width: int) -> str:
    """Numbered: who, how many statements, how alike; then each statement."""
    lines: list[str] = []
    for number, utterance in enumerate(utterances, 1):
        likeness = f", likeness {utterance.near}" if utterance.near else ""
        head = f"{number}. {', '.join(utterance.actors)}: {len(utterance.statements)} statements{likeness}"
        lines += ["", *wrap(cell(head), width)]
        for proof in utterance.statements:
            lines += statement_lines(proof, width)
    return (
        "\n".join(lines[1:]) + "\n"
        if lines
        else "no two documents seem to report one utterance\n"
    )


def statement_lines(proof: EdgeStatement, width: int) -> list[str]:
    """Date, mark and stance, gist; then the words, and where they stand."""
    stance = proof.stance or ""
    lines = hang(
        cell(f"{proof.dated}  {MARKS.get(stance, '')} {stance}: {proof.gist}"),
        width,
        2,
    )
    if proof.quote:
        lines += hang(cell(f"“{proof.quote}”"), width, 6)
    lines += hang(cell(proof.publisher), width, 6)
    return [*lines, f"      {cell(proof.url)}"] if proof.url else lines
