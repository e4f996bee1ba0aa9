"""igraph, imported late: it takes a part of a second, for pages and clusters alone."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType

PLOTS = "matplotlib"
"""What igraph imports where it is installed, to plot: a second, of which we use nothing."""
PROGRAM = "onrecord.cli"
"""What is imported in processes of the program itself, where nobody plots by igraph."""


def igraph() -> ModuleType:
    """The module; in a notebook or a script with plots, whose font cache matplotlib builds in silence."""
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    if PROGRAM in sys.modules and sys.modules.keys().isdisjoint(
        {PLOTS, "igraph"}
    ):
        with _hidden(PLOTS):
            return import_module("igraph")
    return import_module("igraph")


@contextmanager
def _hidden(module: str) -> Iterator[None]:
    """Has an import of a module fail as if it were not installed."""
    sys.modules[module] = None  # type: ignore[assignment]  # so Python's reference says
    try:
        yield
    finally:
        del sys.modules[module]
