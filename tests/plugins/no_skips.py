"""Where all parts must be there (ONRECORD_REQUIRE_ALL=1), a skip is a failure."""

import os
from collections.abc import Generator

import pytest

REQUIRE_ALL = os.environ.get("ONRECORD_REQUIRE_ALL") == "1"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[
    None, pytest.TestReport, pytest.TestReport
]:
    """A test that skips itself."""
    report = yield
    _refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[
    None, pytest.CollectReport, pytest.CollectReport
]:
    """A file that skips itself when it is imported."""
    report = yield
    _refuse_skip(report)
    return report


def _refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    """An expected failure counts as skipped for pytest, but is none."""
    if REQUIRE_ALL and report.skipped and not hasattr(report, "wasxfail"):
        reason = (
            report.longrepr[2]
            if isinstance(report.longrepr, tuple)
            else report.longrepr
        )
        report.outcome = "failed"
        report.longrepr = (
            f"{reason}; ONRECORD_REQUIRE_ALL=1 asks for every test"
        )
