"""What a watcher is told of a server."""

import os
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest


def test_a_server_that_answers_says_what_it_holds(shelf) -> None:
    told = shelf.health().json()
    assert (told["status"], told["writable"]) == ("ok", False)
    assert told["graphs"] >= 3
    assert told["triples"] > 0


@pytest.mark.skipif(sys.platform != "linux", reason="/proc names the workers")
def test_a_server_whose_workers_do_not_answer_says_so_in_time_and_is_well_again_when_they_do(
    starting,
) -> None:
    site = starting("--workers", "1", seconds={"health.SECONDS": 2})
    pid = site.process.pid
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(
        encoding="ascii"
    )
    workers = [int(child) for child in children.split()]
    for worker in workers:
        os.kill(worker, signal.SIGSTOP)
    try:
        since = time.monotonic()
        answer = site.client.get("/health")
        assert time.monotonic() - since < 30
    finally:
        for worker in workers:
            with suppress(ProcessLookupError):  # the pool has ended it
                os.kill(worker, signal.SIGCONT)
    assert (answer.status_code, answer.json()["status"]) == (503, "failing")
    assert answer.json()["detail"] == "no worker answered within 2 s"
    assert answer.headers["cache-control"] == "no-store"
    assert site.health().status_code == 200
    site.stop()
