"""What every test runs with: folders of its own for cache and state, the graph that ships, the command line.

One rule besides those in pyproject.toml (no network but this machine's own, warnings are errors, random order): where
all parts must be there (ONRECORD_REQUIRE_ALL=1), a skip is a failure.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from onrecord import workspace
from onrecord.query.ask import Graph

COMMAND = Path(sys.executable).with_name("onrecord")
REQUIRE_ALL = os.environ.get("ONRECORD_REQUIRE_ALL") == "1"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that skips itself."""
    report = yield
    _refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """A file that skips itself when it is imported."""
    report = yield
    _refuse_skip(report)
    return report


def _refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    """An expected failure counts as skipped for pytest, but is none."""
    if REQUIRE_ALL and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"{reason}; ONRECORD_REQUIRE_ALL=1 asks for every test"


@pytest.fixture(scope="session", autouse=True)
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Cache and state in a folder of this run, here and in every command that a test starts."""
    folder = tmp_path_factory.mktemp("homes")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        patch.setenv("XDG_STATE_HOME", str(folder / "state"))
        yield folder


@pytest.fixture(scope="session")
def shipped() -> workspace.Workspace:
    """The workspace that ships, which no command may write."""
    return replace(workspace.shipped(), root=None)


@pytest.fixture(scope="session")
def graph(shipped: workspace.Workspace) -> Graph:
    """The graph that ships, opened once for all tests that only ask."""
    return Graph(shipped)


@pytest.fixture
def command(tmp_path: Path) -> Callable[..., "subprocess.CompletedProcess[str]"]:
    """Runs `onrecord WORDS...` in an empty folder, 80 columns wide, and gives what came of it.

    Any `subprocess.run` argument may be added: `input` for standard input, `cwd`, `env` (added to this process's own).
    """

    def run(*words: str | Path, **more) -> "subprocess.CompletedProcess[str]":
        env = os.environ | {"COLUMNS": "80", "PYTHONUTF8": "1"} | more.pop("env", {})
        settings = {"cwd": tmp_path, "capture_output": True, "text": True, "timeout": 60} | more
        return subprocess.run([str(COMMAND), *map(str, words)], check=False, env=env, **settings)

    return run
