"""A discourse of three invented organizations, small enough to work out by hand."""

from collections.abc import Callable

import pytest

from onrecord.network.discourse.statements import Coded

ROWS = (
    # id, document, date, actor, concept, agrees
    ("s1", "d1", "2024-01-01", "Alpha", "levy", True),
    ("s2", "d1", "2024-01-01", "Alpha", "levy", True),
    ("s3", "d1", "2024-01-01", "Alpha", "ban", False),
    ("s4", "d2", "2024-01-08", "Beta", "levy", True),
    ("s5", "d2", "2024-01-08", "Beta", "ban", True),
    ("s6", "d3", "2024-01-15", "Gamma", "levy", False),
    ("s7", "d3", "2024-01-15", "Gamma", "fund", True),
)


@pytest.fixture
def discourse() -> list[Coded]:
    """Alpha for a levy (twice) and against a ban, Beta for both, Gamma against the levy and alone with a fund."""
    return [Coded(*row) for row in ROWS]


@pytest.fixture
def coded() -> Callable[..., list[Coded]]:
    """Makes coded statements of (actor, concept, qualifier), one a document, a day apart."""

    def make(*rows) -> list[Coded]:
        days = [f"2024-{1 + at // 28:02}-{1 + at % 28:02}" for at in range(len(rows))]
        return [Coded(f"s{at:04}", f"d{at:04}", days[at], *row) for at, row in enumerate(rows)]

    return make
