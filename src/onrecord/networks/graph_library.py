"""igraph, imported late: it takes a part of a second, for pages and clusters alone."""

import logging
from types import ModuleType


def igraph() -> ModuleType:
    """The module; matplotlib, which it looks for, builds its font cache in silence."""
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    import igraph as module  # noqa: PLC0415

    return module
