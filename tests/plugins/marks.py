"""Marks by what a test needs, set by the fixtures it asks for.

`make quick` leaves the marked ones out.
"""

import pytest

NEEDS = {
    "browser": {"browser", "opened"},
    "model": {"extracted", "nlp", "model", "rules"},
    "server": {
        "endpoint",
        "odd_site",
        "oxigraph_server",
        "reader",
        "shelf",
        "start",
        "start_onrecord",
        "start_oxigraph",
        "starting",
        "store",
        "strict",
        "virtuoso",
        "writer",
    },
    "shipped": {"graph", "holding", "quads_by_graph", "shipped", "whole"},
    "command": {"command", "desk", "desk_at", "new_desk", "program"},
    "wheel": {"wheel"},
}
PLACES = {
    "model": ("ingest/test_articles", "extract/test_statements"),
    "server": ("tests/server/", "tests/website/"),
    "slow": ("tests/test_docs", "tests/test_setup"),
    "wheel": ("tests/test_wheel",),
}


def pytest_configure(config: pytest.Config) -> None:
    """Declares the marks."""
    for mark, fixtures in NEEDS.items():
        names = ", ".join(sorted(fixtures))
        config.addinivalue_line("markers", f"{mark}: needs one of {names}")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Gives each test the marks of its fixtures."""
    for item in items:
        used = set(getattr(item, "fixturenames", ()))
        for mark, fixtures in NEEDS.items():
            if used & fixtures:
                item.add_marker(mark)
        for mark, places in PLACES.items():
            if any(place in item.nodeid for place in places):
                item.add_marker(mark)
