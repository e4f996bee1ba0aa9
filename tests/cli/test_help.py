"""The help tells of every command in a group, with an example."""

import shlex

import pytest

from onrecord.cli.app import COMMANDS
from onrecord.cli.help import EXAMPLES, GROUPS, grouped


def test_every_command_stands_in_one_group_and_has_an_example():
    named = [name for members in GROUPS.values() for name in members]
    assert len(named) == len(set(named))
    assert set(COMMANDS) <= set(named)
    assert set(COMMANDS) <= set(EXAMPLES)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_an_example_is_a_line_of_its_command(name):
    assert shlex.split(EXAMPLES[name])[:2] == ["onrecord", name]


def test_what_stands_in_no_group_is_told_last():
    assert grouped(["query", "dance"]) == {"Ask": ["query"], "More": ["dance"]}


def test_the_help_has_the_groups_and_a_command_s_help_its_example(command):
    told = command("--help").stdout
    assert told.index("Ask:") < told.index("Share:")
    assert "Example: onrecord stats" in command("stats", "--help").stdout
