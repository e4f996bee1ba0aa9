"""Pages on a slow line and a slow machine: a test that takes for granted what is only usual fails at once.

`pytest -m browser --latency=400` lets each answer come 400 milliseconds later; with `--throttle=6` a page's scripts
take six times as long. `make test` uses neither: they are for the search for tests that pass by chance.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declares the two options."""
    group = parser.getgroup("slow pages")
    group.addoption(
        "--latency",
        type=int,
        default=0,
        help="milliseconds until an answer comes to a page",
    )
    group.addoption(
        "--throttle",
        type=int,
        default=1,
        help="how many times as long a page's scripts take",
    )


@pytest.fixture(scope="session")
def slowed(pytestconfig: pytest.Config) -> Callable[["Browser"], "Browser"]:
    """Makes a browser's pages as slow as the options say."""
    latency, throttle = map(pytestconfig.getoption, ("latency", "throttle"))
    slow = partial(_slow_down, latency=latency, throttle=throttle)

    def slow_contexts(browser: "Browser") -> "Browser":
        new_context = browser.new_context

        def new_slow_context(**options: object) -> "BrowserContext":
            context = new_context(**options)
            context.on("page", slow)
            return context

        browser.new_context = new_slow_context
        return browser

    return slow_contexts if latency or throttle > 1 else lambda browser: browser


def _slow_down(page: "Page", *, latency: int, throttle: int) -> None:
    tools = page.context.new_cdp_session(page)
    line = {
        "offline": False,
        "latency": latency,
        "downloadThroughput": -1,
        "uploadThroughput": -1,
    }
    tools.send("Network.enable")
    tools.send("Network.emulateNetworkConditions", line)
    tools.send("Emulation.setCPUThrottlingRate", {"rate": throttle})
