"""Writes `docs/reference/commands.md`: the help of every command, as the program prints it.

    .venv/bin/python docs/commands.py

A test writes it again and compares.
"""

import os
from pathlib import Path

import typer
from click.testing import CliRunner

from onrecord.cli.app import COMMANDS, app
from onrecord.cli.help import grouped

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "docs" / "reference" / "commands.md"
WIDTH = "100"


def page() -> str:
    """The reference of all commands, group by group."""
    parts = [
        "# Commands",
        "",
        "The program's own help, written here by `docs/commands.py`.",
    ]
    parts += ["", "```text", _help(), "```", ""]
    for title, names in grouped(COMMANDS).items():
        parts += [f"## {title}", ""]
        for name in names:
            parts += [
                f"### onrecord {name}",
                "",
                "```text",
                _help(name),
                "```",
                "",
            ]
    return "\n".join(parts)


def _help(*names: str) -> str:
    runner = CliRunner(env={"COLUMNS": WIDTH, "TERMINAL_WIDTH": WIDTH})
    command = typer.main.get_command(app)
    words = [*names, "--help"]
    told = runner.invoke(
        command, words, prog_name="onrecord", terminal_width=100
    )
    return told.output.rstrip()


if __name__ == "__main__":
    os.environ["COLUMNS"] = WIDTH
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(page(), encoding="utf-8")
    print(TARGET.relative_to(ROOT))
