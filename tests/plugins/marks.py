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
SLOW = (
    "tests/assistant/test_session.",
    "tests/discourse/test_coders.",
    "tests/discourse/test_utterances.",
    "tests/editing/test_add_corpus.",
    "tests/editing/test_add_graph.",
    "tests/editing/test_coding.",
    "tests/editing/test_evaluate.",
    "tests/editing/test_following.",
    "tests/editing/test_incoming.",
    "tests/editing/test_joining.",
    "tests/formats/test_dna.",
    "tests/formats/test_prose.",
    "tests/formats/test_round_trip.",
    "tests/ingest/test_bounded.",
    "tests/ingest/test_dna.",
    "tests/ingest/test_faults.",
    "tests/networks/test_layout.",
    "tests/page/test_write.",
    "tests/querying/test_ask.",
    "tests/querying/test_search.",
    "tests/rdf/test_encode.",
    "tests/store/sync/test_diff.",
    "tests/store/sync/test_pull.",
    "tests/store/test_cache.",
    "tests/store/test_calls.",
    "tests/store/test_change.",
    "tests/store/test_dataset.",
    "tests/store/test_limits.",
    "tests/store/test_parsing.",
    "tests/store/test_pool.",
    "tests/store/test_remote_hostile.",
    "tests/store/test_served.",
    "tests/test_another_field.",
    "tests/test_architecture.",
    "tests/test_core.",
    "tests/test_docs.",
    "tests/test_extensions.",
    "tests/test_setup.",
)
"""Files whose tests take a tenth of a second of CPU each and more, by `pytest --durations=0`."""
PLACES = {
    "model": ("ingest/test_articles", "extract/test_statements"),
    "server": ("tests/server/", "tests/website/"),
    "slow": SLOW,
    "wheel": ("tests/test_wheel",),
}


def pytest_configure(config: pytest.Config) -> None:
    """Declares the marks."""
    for mark, fixtures in NEEDS.items():
        names = ", ".join(sorted(fixtures))
        config.addinivalue_line("markers", f"{mark}: needs one of {names}")
    again = "flaky: tried once more by pytest-rerunfailures, where that runs"
    config.addinivalue_line("markers", again)


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
        if item.get_closest_marker("browser") is not None:
            # A browser's pace is not ours: a test in it that fails is tried once more, and the run names it.
            item.add_marker(pytest.mark.flaky(reruns=1))
