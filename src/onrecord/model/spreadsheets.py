"""Cells that no spreadsheet takes for a formula: the one guard of whatever goes out as CSV or as a sheet."""

FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # noqa: RUF001  the full-width signs are meant
"""How a text begins that a spreadsheet would calculate."""


def defused(text: str) -> str:
    """A text as a cell: preceded by an apostrophe where a spreadsheet would calculate it.

    Source: OWASP, "CSV Injection".
    """
    return f"'{text}" if text.startswith(FORMULA) else text
