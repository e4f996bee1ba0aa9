"""The command line: each command calls one public function and prints what it gives, in one file of its own."""

from onrecord.cli.app import main

__all__ = ["main"]
