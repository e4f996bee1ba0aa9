"""`--store URL`: commands that ask say the same of a store over HTTP as of the files; those that write refuse."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import onrecord
from onrecord.querying.ask import Graph
from onrecord.workspace import Endpoint, find

# With the questions that are asked of stores: one worker fills a store.
pytestmark = pytest.mark.xdist_group("virtuoso")
Run = Callable[..., "subprocess.CompletedProcess[str]"]
ASKING = [
    ("query", "who-urges-whom", "--param", "actor=SAG-AFTRA"),
    (
        "query",
        "SELECT ?whom WHERE { :SAG-AFTRA :urges ?whom } ORDER BY ?whom",
        "--format",
        "csv",
    ),
    (
        "query",
        "is-it-on-record",
        "--param",
        "actor=SAG-AFTRA",
        "--format",
        "json",
    ),
    ("show", "Bryan Cranston"),
    ("path", "Bryan Cranston", "Netflix"),
    ("list", "topics"),
    ("stats",),
    ("positions", "Ted Sarandos"),
    ("contradictions", "--topic", "voice-cloning"),
    ("utterances",),
    ("network", "congruence", "--topic", "voice-cloning"),
    ("export", "nquads"),
    ("export", "csv", "--about", "Bryan Cranston"),
    ("questions",),
]
WRITING = [
    ("check",),
    ("init", "new"),
    ("evaluate", "gold.jsonl"),
    ("agreement", "a.csv", "b.csv"),
]


@pytest.fixture
def url(oxigraph_server: str, holding: Callable[[Endpoint], Endpoint]) -> str:
    return holding(Endpoint(oxigraph_server, "oxigraph")).url


@pytest.mark.parametrize("words", ASKING, ids=" ".join)
def test_a_store_answers_as_the_files_do(
    words: tuple[str, ...], command: Run, url: str
) -> None:
    here, there = command(*words), command("--store", url, *words)
    assert there.stderr == here.stderr
    assert there.stdout == here.stdout
    assert there.returncode == 0


def test_a_store_is_searched_for_a_text_as_it_stands(
    command: Run, url: str
) -> None:
    answer = command(
        "--store", url, "search", "digital replica", "--kind", "entity"
    )
    assert (answer.returncode, answer.stderr) == (0, "")
    assert "AB 2602" in answer.stdout
    assert "statement" not in answer.stdout


def test_a_page_of_a_store_is_that_of_the_files(
    command: Run, url: str, tmp_path: Path
) -> None:
    assert (
        command(
            "view", "--about", "Bryan Cranston", "-o", "here.html"
        ).returncode
        == 0
    )
    assert (
        command(
            "--store",
            url,
            "view",
            "--about",
            "Bryan Cranston",
            "-o",
            "there.html",
        ).returncode
        == 0
    )
    assert (tmp_path / "here.html").read_bytes() == (
        tmp_path / "there.html"
    ).read_bytes()


@pytest.mark.parametrize("words", WRITING, ids=" ".join)
def test_what_does_more_than_ask_refuses_a_store(
    words: tuple[str, ...], command: Run, tmp_path: Path
) -> None:
    shown = command("--store", "http://127.0.0.1:9/", *words)
    assert shown.returncode == 1
    assert shown.stdout == ""
    assert f"onrecord: {words[0]} works on a workspace's files" in shown.stderr
    assert list(tmp_path.iterdir()) == []


def test_utterances_of_a_store_are_not_accepted(command: Run, url: str) -> None:
    shown = command("--store", url, "utterances", "--accept", "1")
    assert shown.returncode == 1
    assert "is only asked" in shown.stderr


def test_service_is_refused_unless_it_is_allowed(
    command: Run, url: str, endpoint: tuple[str, list[str]]
) -> None:
    query = f"SELECT ?x {{ SERVICE <{endpoint[0]}> {{ ?x ?y ?z }} }}"
    shown = command("--store", url, "query", query)
    assert shown.returncode == 1
    assert "SERVICE reaches the network" in shown.stderr


def test_a_query_that_does_not_parse_is_explained_as_it_is_here(
    command: Run, url: str
) -> None:
    here, there = (
        command(*store, "query", "SELECT ?x WHERE {\n ?x :urges }")
        for store in ((), ("--store", url))
    )
    assert there.stderr == here.stderr
    assert "line 2" in there.stderr


def test_a_time_limit_holds_for_a_store(command: Run, url: str) -> None:
    # Some seconds of work: the server goes on with it when nobody waits for it any more.
    query = """SELECT (COUNT(*) AS ?n) {
      { SELECT ?a { ?a ?b ?c } LIMIT 1500 } { SELECT ?f { ?d ?e ?f } LIMIT 1500 }
      FILTER (CONTAINS(SHA512(SHA512(CONCAT(STR(?a), STR(?f)))), "z")) }"""
    shown = command("--store", url, "query", query, "--time-limit", "1")
    assert shown.returncode == 1
    assert "--time-limit gives" in shown.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ("--store", "https://ada:open-sesame@store.example/", "stats"),
            "ONRECORD_STORE_PASSWORD",
        ),
        (
            ("--store", "store.example", "stats"),
            "write it like https://host/sparql",
        ),
        (
            (
                "--store",
                "https://store.example/",
                "--profile",
                "stardog",
                "stats",
            ),
            "no profile is called 'stardog'",
        ),
        (("--profile", "fuseki", "stats"), "name the store with --store URL"),
        (("--store", "http://127.0.0.1:9/", "stats"), "cannot be reached"),
    ],
)
def test_what_cannot_be_asked_is_told_in_a_line(
    words: tuple[str, ...], told: str, command: Run
) -> None:
    shown = command(*words)
    assert shown.returncode == 1
    assert told in shown.stderr
    assert shown.stderr.count("\n") == 1
    assert "open-sesame" not in shown.stderr


def test_python_asks_a_store_too(url: str) -> None:
    where = find(store=url)
    assert onrecord.ask("topics", workspace=where) == Graph().ask("topics")
    assert (
        onrecord.to_networkx(about="Sora 2", workspace=where).number_of_nodes()
        > 10
    )


def test_asking_the_files_imports_no_http_client() -> None:
    code = "import onrecord, sys; onrecord.ask('topics'); print('httpx' in sys.modules)"
    shown = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert shown.stdout.splitlines() == ["False"]
