import subprocess
import sys
import threading
import time
from itertools import count

import pytest

from onrecord.store.sync.in_parallel import AHEAD, AT_ONCE, in_parallel

HANGING = """
import sys, threading
from onrecord.store.sync.in_parallel import in_parallel
print("begins", flush=True)
for _ in in_parallel(lambda _: threading.Event().wait(100), range(3)):
    pass
"""


def test_results_come_in_the_order_of_the_items() -> None:
    def slow_first(number: int) -> int:
        time.sleep(0.05 if number == 0 else 0)
        return number * number

    assert [*in_parallel(slow_first, range(50))] == [
        number * number for number in range(50)
    ]


def test_a_few_are_worked_on_at_a_time() -> None:
    meeting = threading.Barrier(AT_ONCE, timeout=60)
    assert (
        len([*in_parallel(lambda _: meeting.wait(), range(AT_ONCE * 2))])
        == AT_ONCE * 2
    )


def test_nobody_runs_far_ahead() -> None:
    begun: list[int] = []
    results = in_parallel(begun.append, count())
    next(results)
    time.sleep(0.1)
    assert len(begun) <= AHEAD * AT_ONCE + 1
    results.close()


def test_what_the_work_raises_is_raised_and_no_more_is_begun() -> None:
    begun: list[int] = []

    def fail(number: int) -> None:
        begun.append(number)
        if number == 1:
            message = "one too many"
            raise ValueError(message)

    with pytest.raises(ValueError, match="one too many"):
        [*in_parallel(fail, count(), 1)]
    assert len(begun) <= AHEAD + 2


def test_ctrl_c_does_not_wait_for_what_hangs() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HANGING],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout.readline() == b"begins\n"
        time.sleep(0.3)
        process.send_signal(2)
        assert process.wait(60) != 0
