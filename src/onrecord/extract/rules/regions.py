"""Countries and parts of the world by their English names: where somebody is, not who."""

from functools import cache


@cache
def regions() -> frozenset[str]:
    """The names of countries and of parts of the world, as CLDR has them."""
    from babel import localedata  # noqa: PLC0415  of the same extra as spaCy

    # Alone: what English inherits adds no name, and takes a third more time.
    english = localedata.load("en", merge_inherited=False)
    return frozenset(english["territories"].values())
