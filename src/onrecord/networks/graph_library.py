"""igraph, imported late: it takes a part of a second, for pages and clusters alone."""

import logging
from importlib import import_module
from types import ModuleType


def igraph() -> ModuleType:
    """The module; matplotlib, which it looks for, builds its font cache in silence."""
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    return import_module("igraph")
