"""How far the coders of a workspace agree, and side by side what each made of the same words."""

from collections.abc import Iterable, Mapping
from itertools import islice

from onrecord.discourse.agreement import VARIABLES, compared
from onrecord.discourse.coders import Difference, coders, differences
from onrecord.editing.desk.desk import Desk
from onrecord.editing.desk.state import Answer
from onrecord.model import Statement
from onrecord.model.errors import BadInput

MOST = 500
"""Disagreements on the page."""


def agreement(desk: Desk) -> Answer:
    """By variable, by pair, and each passage on which coders differ.

    `variables` is None where fewer than two coded; raises BadInput where coding is blind.
    """
    if desk.blind:
        message = "coding is blind here: who serves the desk sees how far coders agree"
        raise BadInput(message)
    try:
        coded = coders(desk.where)
    except BadInput:
        return {"variables": None}
    agreed = compared(coded.coded)
    rows = [_row(desk, row) for row in islice(differences(coded), MOST)]
    return {
        "variables": list(agreed.variables),
        "pairs": list(agreed.spans),
        "coders": list(agreed.coders),
        "disagreements": rows,
    }


def _row(desk: Desk, row: Difference) -> Answer:
    values = row.sides.values()
    return {
        "document": row.document,
        "words": _words(values),
        "fields": list(row.fields),
        "missing": list(row.missing),
        "sides": [_side(desk, *side) for side in row.sides.items()],
    }


def _words(values: Iterable[Statement]) -> str:
    """The longest passage that somebody marked."""
    passages = (value.evidence.exact for value in values if value.evidence)
    return max(passages, key=len, default="")


def _side(desk: Desk, coder: str, value: Statement) -> Answer:
    codes: Mapping[str, str] = {
        name: desk.state.labelled(value, name) for name in VARIABLES
    }
    key = value.id or ""
    return {
        "coder": coder,
        "id": key,
        "says": desk.state.says(value),
        "codes": codes,
    }
