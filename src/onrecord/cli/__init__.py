"""The command line: a command is one call of a public function, and its answer printed."""

from onrecord.cli.app import main

__all__ = ["main"]
