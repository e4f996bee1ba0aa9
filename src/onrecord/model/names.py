"""Names as people write them: compared, and looked up by their nearest spelling."""

import difflib
from collections.abc import Iterable
from functools import lru_cache

MOST_FOLDED = 1 << 16
"""Names of which it is remembered how they are compared: each is looked at several times."""


@lru_cache(MOST_FOLDED)
def fold(name: str) -> str:
    """A name as it is compared: case, space and the shape of quotation marks and hyphens do not count."""
    return " ".join(
        name.casefold().replace("’", "'").replace("‘", "'").replace("‑", "-").split()
    )


def nearest(name: str, names: Iterable[str], most: int = 3) -> list[str]:
    """The names spelt most like `name`, the nearest first; those that hold it whole count as near."""
    folded = {fold(name): name for name in names}
    close = difflib.get_close_matches(fold(name), folded, n=most, cutoff=0.6)
    holding = [
        spelling
        for spelling in folded
        if len(name) > 2 and fold(name) in spelling and spelling not in close  # noqa: PLR2004
    ]
    return [folded[spelling] for spelling in (*close, *sorted(holding))][:most]
