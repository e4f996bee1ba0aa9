"""Times things in turns, so that a busy machine is as unkind to one as to the other, and prints their ratios."""

import signal
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path


def in_turns(runs: int, **things: Callable[[], object]) -> dict[str, float]:
    """The median time of each thing in seconds, after one run that does not count."""
    taken: dict[str, list[float]] = {name: [] for name in things}
    for number in range(runs + 1):
        for name, thing in things.items():
            since = time.perf_counter()
            thing()
            if number:
                taken[name].append(time.perf_counter() - since)
    return {name: statistics.median(each) for name, each in taken.items()}


def once(thing: Callable[[], object], most: int) -> float:
    """The seconds that one run of something in pure Python takes, or `most`, when it is stopped."""

    def stop(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(most)
    since = time.perf_counter()
    with suppress(TimeoutError):
        thing()
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)
    return time.perf_counter() - since


def command(
    words: Sequence[str | Path], env: Mapping[str, str], cwd: Path
) -> Callable[[], object]:
    """A command to be timed, its output thrown away; Python may keep its bytecode, as it may where it is installed."""
    kept = {
        name: value
        for name, value in env.items()
        if name != "PYTHONDONTWRITEBYTECODE"
    }
    return lambda: subprocess.run(
        words,
        env=kept,
        cwd=cwd,
        stdout=subprocess.DEVNULL,
        timeout=600,
        check=True,
    )


@dataclass(frozen=True, slots=True)
class Timed:
    """Something, and the seconds that it took."""

    what: str
    seconds: float

    def __str__(self) -> str:
        return (
            f"{self.seconds * 1000:.1f} ms"
            if self.seconds < 1
            else f"{self.seconds:.2f} s"
        )


def at_most(ours: Timed, peer: Timed, limit: float, more: float = 0.0) -> None:
    """Prints a time beside its peer's, which it should not pass by more than a factor and a number of seconds."""
    wanted = f"at most {limit:g}" + (
        f" and {more * 1000:.0f} ms" if more else ""
    )
    ratio = f"{ours.seconds / peer.seconds:.2f} times {peer.what}"
    _line(
        ours,
        f"{ratio} ({peer}; {wanted})",
        holds=ours.seconds <= limit * peer.seconds + more,
    )


def faster(ours: Timed, peer: Timed, least: float) -> None:
    """Prints how many times faster something is than its peer."""
    ratio = peer.seconds / ours.seconds
    _line(
        ours,
        f"{ratio:.1f} times faster than {peer.what} ({peer}; at least {least:g})",
        holds=ratio >= least,
    )


def _line(ours: Timed, beside: str, *, holds: bool) -> None:
    print(
        f"  {ours.what:28}{ours!s:>10}  {beside}{'' if holds else '  FALLS SHORT'}",
        flush=True,
    )
