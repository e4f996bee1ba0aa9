"""The command line: a command is one call of a public function, and its answer printed."""

import gc
import os

__all__ = ["main"]

RARELY = 100_000
"""New objects after which Python looks for garbage among them: what a command imports and reads stays to its end."""


def main() -> None:
    """Runs the program; a shell that waits for names is told them before the commands are imported."""
    gc.set_threshold(RARELY)
    try:
        _run()
    finally:
        gc.freeze()  # else all objects are gone through twice more before the process ends


def _run() -> None:
    if "_ONRECORD_COMPLETE" in os.environ:
        from onrecord.cli.quick import complete  # noqa: PLC0415  for a shell alone

        if complete():
            return
    from onrecord.cli.app import main as run  # noqa: PLC0415  typer, which names do not wait for

    run()
