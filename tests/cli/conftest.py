"""Stores that the commands are run against."""

from collections.abc import Callable

import pytest

from onrecord.store.sync.sources import RemoteSource
from onrecord.workspace import Endpoint


@pytest.fixture
def oxigraph_url(oxigraph_server: str) -> str:
    """The base of an `oxigraph` server that holds none of our graphs."""
    with RemoteSource(Endpoint(oxigraph_server, "oxigraph")) as there:
        for graph in there.graphs():
            there.delete(graph)
    return oxigraph_server


@pytest.fixture
def read_only_url(start_oxigraph: Callable[..., str]) -> str:
    """The base of one that is only read."""
    return start_oxigraph(kind="serve-read-only")
