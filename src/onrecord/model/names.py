"""Names as people write them: compared, and looked up by their nearest spelling."""

import difflib
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

INVISIBLE = (
    0xAD,
    0xFEFF,
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x206A),
)
SIGNS = {
    **dict.fromkeys(INVISIBLE, None),
    **dict.fromkeys(map(ord, "\u2018\u2019\u02bc\uff07"), "'"),
    **dict.fromkeys(map(ord, "\u2010\u2011"), "-"),
}
"""What stands for the signs of a name that are written in several ways; None for what nobody sees."""
MOST_FOLDED = 1 << 16
"""Names of which it is remembered how they are compared: each is looked at several times."""


@lru_cache(MOST_FOLDED)
def fold(name: str) -> str:
    """A name as it is compared.

    Case, space, the shape of quotation marks and hyphens, invisible signs, and how an
    accent is written (Unicode's normal forms) do not count.
    """
    composed = unicodedata.normalize("NFC", name).casefold()
    return " ".join(composed.translate(SIGNS).split())


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
