"""igraph, without what it would plot by."""

import subprocess
import sys

SHOWN = """
import sys
from importlib.util import find_spec
import onrecord.cli
from onrecord.networks.graph_library import igraph
igraph().Graph(2)
print("matplotlib" in sys.modules, find_spec("matplotlib") is not None)
"""


def test_a_command_spares_what_igraph_plots_by() -> None:
    line = [sys.executable, "-c", SHOWN]
    done = subprocess.run(line, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]
