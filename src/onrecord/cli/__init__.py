"""The command line: a command is one call of a public function, and its answer printed."""

import os

__all__ = ["main"]


def main() -> None:
    """Runs the program; a shell that waits for names is told them before the commands are imported."""
    if "_ONRECORD_COMPLETE" in os.environ:
        from onrecord.cli.quick import complete  # noqa: PLC0415  for a shell alone

        if complete():
            return
    from onrecord.cli.app import main as run  # noqa: PLC0415  typer, which names do not wait for

    run()
