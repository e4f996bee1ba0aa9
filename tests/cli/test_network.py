"""`onrecord network` as a person runs it."""

import csv
import io
import json
import os
import subprocess
import sys

import pytest

from onrecord.cli.app import COMMANDS


@pytest.fixture
def network(command):
    """Runs `onrecord network WORDS...` on the shipped graph."""
    return lambda *words, **more: command("network", *words, **more)


def test_the_strongest_ties_stand_in_a_table_with_their_evidence_below(network):
    shown = network(
        "congruence",
        "--actors",
        "organization",
        "--normalize",
        "average",
        "--top",
        "4",
        "--evidence",
        "1",
    )
    assert shown.returncode == 0
    assert shown.stdout.startswith("one ")
    assert max(map(len, shown.stdout.splitlines())) <= 80
    assert "[critical]" in shown.stdout or "[conditional]" in shown.stdout
    assert "onrecord: the first 4 rows of " in shown.stderr
    assert "take no side" in shown.stderr


def test_a_file_gets_the_format_of_its_suffix(network, tmp_path):
    for name, first in (
        ("a.net", "*Vertices"),
        ("a.html", "<!doctype html>"),
        ("a.svg", "<?xml"),
    ):
        shown = network(
            "conflict",
            "--actors",
            "organization",
            "--topic",
            "copyright-and-training-data",
            "-o",
            name,
        )
        assert (shown.returncode, shown.stdout) == (0, "")
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(first)


def test_a_hyphen_is_standard_output(network):
    shown = network("congruence", "--format", "csv", "-o", "-")
    assert shown.returncode == 0
    assert "," in shown.stdout.splitlines()[0]


def test_the_matrix_goes_out_as_csv(network):
    shown = network(
        "affiliation",
        "--concepts",
        "family",
        "--aggregate",
        "ignore",
        "--format",
        "csv",
    )
    rows = list(csv.reader(io.StringIO(shown.stdout)))
    assert len(rows[0]) == 7
    assert {len(row) for row in rows} == {7}


def test_slices_are_rows_and_measures_tables(network):
    shown = network(
        *(
            "subtract",
            "--actors",
            "folded",
            "--since",
            "2025",
            "--window",
            "120d",
            "--step",
            "120d",
        ),
        *(
            "--clusters",
            "leiden",
            "--polarization",
            "--centralities",
            "--backbone",
        ),
    )
    assert shown.returncode == 0
    assert shown.stdout.startswith("on ")
    for head in ("cluster ", "camps ", "actor "):
        assert f"\n{head}" in shown.stdout


def test_no_statement_left_is_a_sentence_and_no_error(network):
    for method in ("congruence", "affiliation"):
        shown = network(method, "--since", "2099")
        assert (shown.returncode, shown.stdout) == (0, "nothing found\n")
        assert "no statement is left after the filters" in shown.stderr
    assert (
        json.loads(
            network("congruence", "--since", "2099", "--format", "json").stdout
        )
        == []
    )


def test_a_window_longer_than_the_time_is_a_sentence(network):
    shown = network("congruence", "--since", "2026", "--window", "9y")
    assert shown.returncode == 0
    assert (
        "no window of 9y fits into the time of the statements" in shown.stderr
    )


def test_without_isolates_every_row_has_a_tie(network):
    shown = network(
        "congruence",
        "--backbone",
        "--no-isolates",
        "--actors",
        "organization",
        "--format",
        "csv",
    )
    header, *rows = csv.reader(io.StringIO(shown.stdout))
    assert header[1:] == [row[0] for row in rows]
    assert all(any(float(cell) for cell in row[1:]) for row in rows)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["harmony"], "there are affiliation, ignore, congruence"),
        (["congruence", "--topic", "deepfake"], "did you mean 'deepfakes'"),
        (
            ["congruence", "--kernel", "box", "--window", "9d"],
            "there are uniform",
        ),
        (
            ["congruence", "--window", "soon"],
            "write days, weeks, months or years",
        ),
        (["affiliation", "--clusters", "louvain"], "take congruence"),
        (["congruence", "--format", "doc"], "no format here is called 'doc'"),
        (
            ["congruence", "--variables", "organization"],
            "organization,concept,agreement",
        ),
    ],
)
def test_what_means_nothing_is_told_what_there_is(network, words, said):
    shown = network(*words)
    assert (shown.returncode, shown.stdout) == (1, "")
    assert said in shown.stderr


def test_without_the_extra_the_line_that_installs_it_is_said(tmp_path):
    (tmp_path / "numpy").mkdir()
    (tmp_path / "numpy" / "__init__.py").write_text(
        "raise ModuleNotFoundError('numpy')"
    )
    run = subprocess.run(
        [sys.executable, "-c", "from onrecord.cli import main; main()", "network", "congruence"],
        env=os.environ | {"PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, check=False, timeout=250,
    )  # fmt: skip
    assert run.returncode == 1
    assert "pip install 'onrecord[discourse]'" in run.stderr


def test_every_command_of_discourse_networks_is_there():
    assert {
        "network",
        "positions",
        "contradictions",
        "utterances",
        "agreement",
    } <= set(COMMANDS)
