"""Numbers with their nouns, as every list, page and answer says them."""


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: "1 statement", "2,064 statements"."""
    noun = one if number == 1 else many or f"{one}s"
    return f"{number:,} {noun}"


def reports(statements: int, acts: int) -> str:
    """Statements, and how many acts they report where several report the same one.

    "3 statements" where each reports an act of its own, else "47 statements of 41 acts".
    """
    number = counted(statements, "statement")
    if acts == statements:
        return number
    return f"{number} of {counted(acts, 'act')}"
