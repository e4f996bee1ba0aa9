"""`onrecord export` and `onrecord show` as a person runs them."""

import pytest

from onrecord.formats.registry import EXPORTS


@pytest.fixture
def here(workspace):
    return {"cwd": workspace.root}


def test_export_writes_a_file_and_says_where(command, here, tmp_path):
    target = tmp_path / "graph.ttl"
    answer = command("export", "turtle", "-o", target, **here)
    assert (answer.returncode, answer.stdout, answer.stderr) == (
        0,
        "",
        f"onrecord: wrote {target}\n",
    )
    assert target.read_text().startswith(
        "@prefix : <https://w3id.org/onrecord/> .\n"
    )


def test_export_csv_says_that_it_wrote_two_files(command, here, tmp_path):
    answer = command("export", "csv", "-o", tmp_path / "graph.csv", **here)
    assert answer.stderr.split("\n")[:2] == [
        f"onrecord: wrote {tmp_path / name}"
        for name in ("graph.csv", "graph-nodes.csv")
    ]


@pytest.mark.parametrize("form", [each for each in EXPORTS if each != "neo4j"])
def test_without_a_file_the_export_goes_to_standard_output_and_talk_does_not(
    form, command, here
):
    answer = command("export", form, **here, text=False)
    assert answer.returncode == 0
    assert b"Example" in answer.stdout
    assert b"onrecord: " not in answer.stdout
    assert answer.stderr == (
        b""
        if form != "csv"
        else b"onrecord: the edges alone; -o FILE writes the nodes too, into a second file\n"
    )


def test_since_says_how_many_undated_statements_it_left_out(command, here):
    answer = command("export", "ntriples", "--since", "2026", **here)
    assert (
        answer.stderr
        == "onrecord: 3 undated statements left out for want of a date\n"
    )


def test_options_that_exclude_each_other_end_with_an_error_and_no_file(
    command, here, tmp_path
):
    answer = command(
        "export",
        "turtle",
        "--edges-only",
        "--statements-only",
        "-o",
        tmp_path / "graph.ttl",
        **here,
    )
    assert answer.returncode == 1
    assert "give one of the two" in answer.stderr
    assert not (tmp_path / "graph.ttl").exists()


def test_an_unknown_format_and_an_unknown_entity_suggest_the_nearest(
    command, here
):
    assert "did you mean jsonld?" in command("export", "json-ld", **here).stderr
    answer = command("export", "turtle", "--about", "Eve Exampl", **here)
    assert (answer.returncode, answer.stdout) == (1, "")
    assert "did you mean" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_show_prints_a_dossier(command, here):
    answer = command("show", "Eve", **here)
    assert answer.returncode == 0
    assert answer.stdout.startswith("Eve Example\nperson · director · US\n")
