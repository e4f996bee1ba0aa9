"""`onrecord serve` as a person starts and stops it."""

import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from typer.testing import CliRunner

from onrecord.cli.app import app
from onrecord.model.errors import BadInput
from onrecord.workspace import Workspace

Command = Callable[..., "subprocess.CompletedProcess[str]"]
TOKEN = "0123456789abcdef"  # noqa: S105  opens nothing


@pytest.mark.parametrize("kind", [signal.SIGINT, signal.SIGTERM])
def test_it_says_where_it_listens_and_stops_in_good_order(
    kind: int, starting
) -> None:
    site = starting()
    assert re.match(
        r"onrecord: http://127\.0\.0\.1:\d+/ serves the graph of onrecord itself, read-only",
        site.said[0],
    )
    assert site.health().status_code == 200
    assert site.stop(kind) == 0
    assert "Traceback" not in "".join(site.said)


def test_an_answer_that_is_under_way_is_finished(starting) -> None:
    seconds = {"serve.SECONDS_TO_END": 100}
    site = starting("--workers", "1", seconds=seconds)
    query = {"query": "SELECT * { ?s ?p ?o }", "format": "csv"}
    with httpx.stream(
        "GET", f"{site.url}/sparql", params=query, timeout=60, trust_env=False
    ) as answer:
        pieces = answer.iter_bytes()
        begun = next(pieces)
        site.process.terminate()
        await_closed(site)
        rest = b"".join(pieces)
    assert (begun + rest).count(b"\n") > 40_000
    assert site.process.wait(60) == 0


def await_closed(site) -> None:
    """Returns when a server takes no other connection."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            socket.create_connection((site.host, site.port), 60).close()
        except ConnectionRefusedError:
            return
        time.sleep(0.05)
    message = "a server that ends still takes connections"
    raise AssertionError(message)


PAIRS = "{ ?a ?p ?x . ?b ?q ?y . ?c ?r ?z }"


def test_answers_that_take_too_long_for_a_server_that_ends_are_refused_or_cut(
    starting,
) -> None:
    limits = ("--workers", "2", "--time-limit", "300")
    site = starting(*limits, seconds={"serve.SECONDS_TO_END": 1})
    head = "GET /sparql?format=csv&query={} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    count = quote(f"SELECT (COUNT(*) AS ?n) {PAIRS}")
    endless = {"query": f"SELECT ?a ?b ?c {PAIRS}", "format": "csv"}
    with socket.create_connection((site.host, site.port), 60) as unbegun:
        unbegun.sendall(head.format(count).encode())
        with httpx.stream(
            *("GET", f"{site.url}/sparql"),
            params=endless,
            timeout=60,
            trust_env=False,
        ) as begun:
            pieces = begun.iter_bytes()
            next(pieces)  # the other request came before this one
            site.process.terminate()
            with pytest.raises(httpx.RemoteProtocolError):
                list(pieces)
        refused = unbegun.makefile("rb").read()
    assert site.process.wait(60) == 0
    site.stop()
    assert refused.startswith(b"HTTP/1.1 503")
    assert b"the server is being stopped" in refused
    said = "".join(site.said)
    assert "Traceback" not in said
    assert "Exception" not in said


def test_a_workspace_is_served_alone_or_with_what_ships(
    starting, small: Workspace
) -> None:
    people = "SELECT (COUNT(?x) AS ?n) { ?x a :Person }"
    alone = starting(before=("-C", small.root))
    assert alone.ask(people) == ["1"]
    assert f"serves the graph of {small.root}, read-only" in "".join(alone.said)
    alone.stop()
    both = starting(before=("-C", small.root, "--with-shipped"))
    assert int(both.ask(people)[0]) > 50
    both.stop()


def test_a_port_in_use_is_told(command: Command, reader) -> None:
    found = command("serve", "--port", str(reader.port))
    assert found.returncode == 1
    assert found.stderr == (
        f"onrecord: cannot listen at 127.0.0.1: port {reader.port} is in use; --port takes another one, 0 any that is"
        " free\n"
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--writable"], "--writable needs --data DIR"),
        (["--writable", "--data", "d"], "--token-file FILE"),
        (["--data", "d"], "belong to --writable"),
        (["--port", "70000"], "70000"),
        (["--cors", "yasgui.example"], "https://"),
        (["--public", "example.org"], "https://"),
    ],
)
def test_wrong_usage_is_told(words: list[str], told: str) -> None:
    found = CliRunner().invoke(app, ["serve", *words])
    assert found.exit_code == 2
    assert told in " ".join(found.output.replace("│", "").split())


@pytest.mark.parametrize(
    "token", ["", "short", "two words of a long token", "é" * 20]
)
def test_a_token_that_is_none_is_told(token: str, tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(token, encoding="utf-8")
    options = ["--writable", "--data", str(tmp_path / "d")]
    line = ["serve", *options, "--token-file", str(file)]
    error = CliRunner().invoke(app, line).exception
    assert isinstance(error, BadInput)
    assert "a token is" in str(error)
    assert token not in str(error).replace(str(file), "") or not token


def test_a_token_file_that_is_missing_is_told(command: Command) -> None:
    found = command(
        "serve", "--writable", "--data", "d", "--token-file", "nowhere"
    )
    assert (found.returncode, found.stderr) == (
        1,
        "onrecord: nowhere: No such file or directory\n",
    )


def test_a_token_that_others_can_read_and_an_open_address_are_said(
    program: Path, tmp_path: Path
) -> None:
    token = tmp_path / "token"
    token.write_text(TOKEN, encoding="ascii")
    token.chmod(0o644)
    line = [program, "serve", "--port", "0", "--host", "0.0.0.0"]  # noqa: S104  what is said of it is the test
    line += ["--writable", "--data", tmp_path / "d", "--token-file", token]
    process = subprocess.Popen(
        [*map(str, line)], cwd=tmp_path, stderr=subprocess.PIPE, text=True
    )
    said = [process.stderr.readline() for _ in range(3)]
    process.terminate()
    process.communicate(timeout=60)
    assert "can be read by others" in said[0]
    assert "reached from other machines too" in said[1]
    assert "to read and to write" in said[2]
    assert TOKEN not in "".join(said)


def test_a_folder_is_held_by_one_server(
    starting, command: Command, tmp_path: Path
) -> None:
    site = starting(data=tmp_path / "store")
    token = tmp_path / "token"
    token.write_text(TOKEN, encoding="ascii")
    token.chmod(0o600)
    found = command(
        "serve",
        "--port",
        "0",
        "--writable",
        "--data",
        tmp_path / "store",
        "--token-file",
        token,
    )
    assert found.returncode == 1
    assert str(tmp_path / "store") in found.stderr
    site.stop()


def test_each_request_is_a_line_and_what_is_asked_stays_private_unless_wanted(
    starting, tmp_path: Path
) -> None:
    for before, is_shown in (((), False), (("-v",), True)):
        log = tmp_path / f"log-{is_shown}"
        site = starting("--access-log", log, before=before)
        site.client.get("/sparql", params={"query": "ASK { :secret ?p ?o }"})
        site.client.get("/no%0athing")
        site.stop()
        lines = log.read_text(encoding="utf-8").splitlines()
        assert re.fullmatch(
            r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ 127\.0\.0\.1 GET /sparql\S* 200 \d+ [\d.]+ms",
            lines[0],
        )
        assert ("secret" in lines[0]) == is_shown
        assert lines[1].split()[3:5] == ["/no%0athing", "400"]


def test_without_the_extra_the_line_that_installs_it_is_said(
    tmp_path: Path,
) -> None:
    code = (
        "import sys; sys.modules['uvicorn'] = None; sys.argv = ['onrecord', 'serve']\n"
        "from onrecord.cli import main; main()"
    )
    found = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=250,
        check=False,
    )
    assert found.returncode == 1
    assert found.stderr.endswith("pip install 'onrecord[serve]'\n")
    assert "Traceback" not in found.stderr


def test_the_server_tells_nobody_its_make_and_a_browser_what_it_may_not(
    reader,
) -> None:
    for path in ("/", "/sparql?query=ASK%20%7B%7D", "/nothing", "/health"):
        headers = reader.client.get(path).headers
        assert headers["server"] == "onrecord"
        assert headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "referrer-policy" in headers
