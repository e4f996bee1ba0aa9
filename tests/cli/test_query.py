"""`onrecord query` as a person runs it: what is printed where, and how it ends."""

import csv
import json
import os
import pty
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from onrecord.formats.registry import ANSWERS, FORMATS
from onrecord.model.errors import BadQuery
from onrecord.querying.ask import ask
from onrecord.querying.evaluate import GRAPH_FORMATS
from onrecord.workspace import Workspace, find

Command = Callable[..., "subprocess.CompletedProcess[str]"]
FOREVER = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
HUNGRY = "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY DESC(?f) ?a"
TRIPLES = "CONSTRUCT { ?x :urges ?y } { ?x :urges ?y }"


def test_sparql_needs_no_prefix_lines(command: Command) -> None:
    found = command("query", "SELECT ?whom WHERE { :SAG-AFTRA :urges ?whom }")
    assert (found.returncode, found.stderr) == (0, "")
    assert found.stdout.startswith("whom")
    assert ":OpenAI" in found.stdout


def test_a_named_question_takes_parameters(command: Command) -> None:
    found = command(
        "query",
        "statements-by",
        "--param",
        "actor=Ted Sarandos",
        "-p",
        "since=2025",
        "--format",
        "csv",
    )
    assert (found.returncode, found.stderr) == (0, "")
    rows = [*csv.DictReader(found.stdout.splitlines())]
    assert rows
    assert all(row["date"] >= "2025" for row in rows)


def test_a_file_and_standard_input_are_asked(
    command: Command, tmp_path: Path
) -> None:
    text = "SELECT ?x { VALUES ?x { 'found' } }"
    (tmp_path / "my.rq").write_text(text, encoding="utf-8")
    for found in (
        command("query", "my.rq", "-f", "csv"),
        command("query", "-", "-f", "csv", input=text),
    ):
        assert (found.returncode, found.stdout, found.stderr) == (
            0,
            "x\nfound\n",
            "",
        )


def meant(text: str, form: str) -> object:
    """What an answer says: triples have no order, and nothing promises them the same one twice."""
    if FORMATS[form].holds == "graph":
        return {*ox.parse(text, GRAPH_FORMATS[form])}
    return text.splitlines()


@pytest.mark.parametrize("form", ANSWERS)
def test_every_format_is_printed_and_is_known_by_its_suffixes(
    command: Command, tmp_path: Path, form: str
) -> None:
    query = (
        TRIPLES
        if FORMATS[form].holds == "graph"
        else "SELECT * { ?x :urges ?y } ORDER BY ?x ?y"
    )
    printed = command("query", query, "--format", form)
    assert (printed.returncode, printed.stderr) == (0, "")
    assert printed.stdout.count("\n") > 1 or form in {"json", "xml", "jsonld"}
    for suffix in FORMATS[form].suffixes:
        written = command("query", query, "-o", f"answer{suffix}")
        assert (written.returncode, written.stdout) == (0, "")
        assert (
            written.stderr
            == f"onrecord: wrote {tmp_path / f'answer{suffix}'}\n"
        )
        text = (tmp_path / f"answer{suffix}").read_bytes().decode()
        assert meant(text, form) == meant(printed.stdout, form)


def test_a_foreign_file_is_overwritten_only_by_force(
    command: Command, tmp_path: Path
) -> None:
    target = tmp_path / "mine.csv"
    target.write_text("mine", encoding="utf-8")
    refused = command("query", "ASK {}", "-o", "mine.csv")
    assert refused.returncode == 1
    assert "--force overwrites it" in refused.stderr
    assert target.read_text(encoding="utf-8") == "mine"
    for words in (["--force"], []):
        assert (
            command("query", "ASK {}", "-o", "mine.csv", *words).returncode == 0
        )
        assert target.read_text(encoding="utf-8") == "answer\ntrue\n"


def test_a_query_that_fails_leaves_the_old_file_whole(
    command: Command, tmp_path: Path
) -> None:
    command("query", "ASK {}", "-o", "answer.csv")
    failed = command(
        "query",
        "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
        "-o",
        "answer.csv",
        "--time-limit",
        "0.5",
    )
    assert failed.returncode == 1
    assert (tmp_path / "answer.csv").read_text(
        encoding="utf-8"
    ) == "answer\ntrue\n"
    assert [path.name for path in tmp_path.iterdir()] == ["answer.csv"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["who-urge-whom"], "did you mean who-urges-whom or "),
        (
            ["statements-by", "-p", "actor=Ted Sarando"],
            "did you mean 'Ted Sarandos'",
        ),
        (["statements-by", "-p", "actr=Ted Sarandos"], "did you mean actor?"),
        (
            ["statements-by", "-p", "since=2025-13-45"],
            "is no date like 2025, 2025-10 or 2025-10-21",
        ),
        (["statements-by", "-p", "actor"], "write it as name=value"),
        (["works", "--format", "turtel"], "did you mean turtle?"),
        (
            ["works", "--format", "turtle"],
            "gives rows, which cannot be written as turtle; take csv",
        ),
        (
            [TRIPLES, "--format", "csv"],
            "makes a graph, which cannot be written as csv; take turtle",
        ),
        (["nowhere.rq"], "nowhere.rq: No such file or directory"),
        (["INSERT DATA { :a :b :c }"], "onrecord add"),
        (["LOAD <file:///etc/passwd>"], "onrecord add"),
        (
            ["SELECT * { SERVICE <http://127.0.0.1:1/> { ?x ?y ?z } }"],
            "--allow-network",
        ),
        (
            ["SELECT * { ?x ?y }"],
            "line 1, column 18: } is not expected here\n  SELECT * { ?x ?y }\n                   ^\n",
        ),
    ],
)
def test_what_is_wrong_is_said_on_standard_error_with_what_to_do(
    command: Command, words: list[str], said: str
) -> None:
    found = command("query", *words)
    assert (found.returncode, found.stdout) == (1, "")
    assert found.stderr.startswith("onrecord: ")
    assert said in found.stderr
    assert "Traceback" not in found.stderr


def test_a_name_that_two_share_lists_the_ids(
    command: Command, small: Workspace
) -> None:
    found = command(
        "-C", str(small.root), "query", "statements-by", "-p", "actor=Mercury"
    )
    assert found.returncode == 1
    assert ":Mercury  Mercury (Film)" in found.stderr
    assert ":Mercury-Company  Mercury (Company)" in found.stderr


def test_a_table_stops_at_a_thousand_rows_and_says_so(command: Command) -> None:
    every = "SELECT ?statement { ?statement a :Statement } ORDER BY ?statement"
    table = command("query", every)
    assert len(table.stdout.splitlines()) == 1002
    assert (
        table.stderr
        == "onrecord: the first 1000 rows; --max-rows shows more, --format csv all\n"
    )
    assert (
        len(command("query", every, "--max-rows", "1200").stdout.splitlines())
        == 1202
    )
    assert (
        len(
            command(
                "query", every, "--max-rows", "5", "-f", "markdown"
            ).stdout.splitlines()
        )
        == 7
    )
    assert len(command("query", every, "-f", "csv").stdout.splitlines()) > 1400


@pytest.mark.parametrize(
    "words", [["--max-rows", "0"], ["--max-rows", "5", "-f", "csv"]]
)
def test_a_limit_of_rows_that_makes_no_sense_is_wrong_usage(
    command: Command, words: list[str]
) -> None:
    found = command("query", "works", *words)
    assert (found.returncode, found.stdout) == (2, "")
    assert "--max-rows" in found.stderr


def test_a_runaway_query_is_stopped(command: Command) -> None:
    found = command("query", FOREVER, "--time-limit", "0.5")
    assert (found.returncode, found.stdout) == (1, "")
    assert (
        found.stderr
        == "onrecord: the query took more than 0.5 s and was stopped; --time-limit gives it more\n"
    )


@pytest.mark.parametrize("query", [HUNGRY, f"SELECT * {'{' * 60_000}"])
def test_a_query_that_eats_memory_or_is_too_deep_is_stopped(
    command: Command, query: str
) -> None:
    found = command("query", "-", "--memory-limit", "100", input=query)
    assert (found.returncode, found.stdout) == (1, "")
    assert found.stderr == (
        "onrecord: the query needed more than 100 MB of memory (--memory-limit gives it more), "
        "or is nested too deep, and was stopped\n"
    )


def await_child(pid: int) -> None:
    """Waits until a program runs its query, which it does in a child."""
    children = Path(f"/proc/{pid}/task/{pid}/children")
    until = time.monotonic() + 30
    while not children.read_text(encoding="ascii").strip():
        assert time.monotonic() < until, "it started no child"
        time.sleep(0.05)


def test_ctrl_c_stops_at_once_and_leaves_nothing_running(
    program: Path, tmp_path: Path
) -> None:
    running = subprocess.Popen(
        [program, "query", FOREVER, "--time-limit", "600"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    await_child(running.pid)
    os.killpg(running.pid, signal.SIGINT)
    printed, said = running.communicate(timeout=250)
    assert (running.returncode, printed, said) == (130, b"", b"")
    with pytest.raises(ProcessLookupError):
        os.killpg(running.pid, 0)


def test_a_closed_pipe_ends_the_command_in_silence(
    program: Path, tmp_path: Path
) -> None:
    for options in ("-f csv", "--max-rows 9000"):
        line = (
            f"{program} query 'SELECT * {{ ?x ?y ?z }}' {options} | head -n 1"
        )
        found = subprocess.run(
            ["/bin/sh", "-c", line],
            cwd=tmp_path,
            capture_output=True,
            timeout=250,
            check=True,
        )
        assert found.stderr in {
            b"",
            b"onrecord: the first 9000 rows; --max-rows shows more, --format csv all\n",
        }
        assert found.stdout.count(b"\n") == 1


def test_the_network_is_reached_only_when_it_is_allowed(
    command: Command, endpoint: tuple[str, list[str]]
) -> None:
    address, reached = endpoint
    query = f"SELECT ?x {{ SERVICE <{address}> {{ ?x ?y ?z }} }}"
    reached.clear()
    assert command("query", query, "-f", "csv").returncode == 1
    assert reached == []
    assert (
        command("query", query, "-f", "csv", "--allow-network").stdout
        == "x\nfrom afar\n"
    )
    assert len(reached) == 1


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { FILTER(1<2)SERVICE#>\n<E>{?x ?y ?z} }",
        "SELECT * { FILTER(1<2)#>'''\nSERVICE<E>{?x ?y ?z} #'''\n}",
        "PREFIX p: <http://h:8> ASK { ?s ?p p:SERVICE<E>{?x ?y ?z} }",
    ],
)
def test_no_disguise_of_a_question_reaches_the_network(
    command: Command,
    small: Workspace,
    endpoint: tuple[str, list[str]],
    query: str,
) -> None:
    address, reached = endpoint
    reached.clear()
    disguised = query.replace("<E>", f"<{address}>")
    (small.root / "queries").mkdir()
    (small.root / "queries" / "stored.rq").write_text(
        f"#+ title: A colleague's\n{disguised}", encoding="utf-8"
    )
    for words in (
        ["query", "stored"],
        ["query", "stored", "-f", "csv"],
        ["query", disguised],
    ):
        found = command("-C", small.root, *words)
        assert (found.returncode, found.stdout) == (1, "")
        assert "SERVICE reaches the network" in found.stderr
    with pytest.raises(BadQuery, match="SERVICE reaches the network"):
        ask("stored", workspace=find(small.root))
    assert reached == []


def test_an_endpoint_that_is_not_there_is_told(command: Command) -> None:
    for form in ("csv", "table"):
        found = command(
            "query",
            "SELECT * { SERVICE <http://127.0.0.1:1/> { ?x ?y ?z } }",
            "--allow-network",
            "-f",
            form,
        )
        assert found.returncode == 1
        assert found.stderr.startswith(
            "onrecord: the query failed while it was answered: "
        )


def test_a_cache_that_cannot_be_written_is_said_when_asked(
    command: Command, tmp_path: Path
) -> None:
    (tmp_path / "cache").write_text("a file", encoding="utf-8")
    env = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    for words, said in (
        ([], ""),
        (
            ["-v"],
            f"onrecord: no cache is kept in {tmp_path / 'cache' / 'onrecord'}: ",
        ),
    ):
        found = command(*words, "query", "ASK {}", "-f", "csv", env=env)
        assert (found.returncode, found.stdout) == (0, "answer\ntrue\n")
        assert found.stderr.startswith(said)
        assert found.stderr.count("\n") == len(words)


def test_two_commands_at_once_on_an_empty_cache_answer_alike(
    program: Path, tmp_path: Path
) -> None:
    env = os.environ | {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    words = [program, "query", "who-urges-whom", "-f", "json"]
    running = [
        subprocess.Popen(words, cwd=tmp_path, env=env, stdout=subprocess.PIPE)
        for _ in range(3)
    ]
    answers = [json.loads(each.communicate(timeout=250)[0]) for each in running]
    assert answers[0] == answers[1] == answers[2]
    assert {each.returncode for each in running} == {0}


def test_a_broken_turtle_file_is_named_and_nothing_is_answered(
    command: Command, small: Workspace
) -> None:
    (small.home / "documents" / "bad.ttl").write_text(
        "\n<http://e/a> oops .", encoding="utf-8"
    )
    found = command("query", "ASK {}", cwd=small.root)
    assert (found.returncode, found.stdout) == (1, "")
    assert (
        f"{small.home / 'documents' / 'bad.ttl'}:2: no Turtle: " in found.stderr
    )


def test_a_table_fits_the_terminal(program: Path, tmp_path: Path) -> None:
    mine, its = pty.openpty()
    env = {key: value for key, value in os.environ.items() if key != "COLUMNS"}
    env["NO_COLOR"] = "1"
    size = subprocess.run(
        ["/bin/stty", "cols", "100", "rows", "40"],
        stdin=its,
        check=True,
        timeout=250,
    )
    assert size.returncode == 0
    running = subprocess.Popen(
        [program, "--no-pager", "query", "works"],
        cwd=tmp_path,
        env=env,
        stdout=its,
        stderr=its,
    )
    os.close(its)
    text = b""
    try:
        while piece := os.read(mine, 65536):
            text += piece
    except OSError:  # the other end is closed
        pass
    assert running.wait(timeout=250) == 0
    widths = [len(line) for line in text.decode().splitlines()]
    assert 80 < max(widths) <= 100
