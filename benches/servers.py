"""Starts SPARQL servers of this machine for the benches, each in a folder of its own, on loopback alone."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import urlopen

PROGRAM = Path(sys.executable).with_name("onrecord")
OXIGRAPH = Path(sys.executable).with_name("oxigraph")
SECONDS_TO_START = 300
VIRTUOSO = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = temporary.db
TransactionFile = temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{port}
ServerThreads = 20
DisableUnixSocket = 1
DirsAllowed = .
NumberOfBuffers = 170000
MaxDirtyBuffers = 130000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 10
[SPARQL]
ResultSetMaxRows = 10000000
"""
BULK_LOAD = """
ld_dir('.', '{name}', 'urn:bench');
rdf_loader_run();
checkpoint;
"""
USER = """
DB.DBA.USER_CREATE('onrecord', 'secret');
GRANT SPARQL_UPDATE TO "onrecord";
DB.DBA.RDF_DEFAULT_USER_PERMS_SET('onrecord', 15);
"""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs: its base, its dialect, its process, and what a client must have in its environment.

    At its port for `sql` only Virtuoso listens.
    """

    url: str
    profile: str
    process: "subprocess.Popen[bytes]"
    signs: dict[str, str] = field(default_factory=dict)
    sql: int = 0


@contextmanager
def oxigraph(folder: Path, *, writable: bool = False) -> Iterator[Server]:
    """Oxigraph's server on the store in `folder`; read-only, it asks the union of all graphs."""
    address = f"127.0.0.1:{free_port()}"
    kind = (
        ["serve"] if writable else ["serve-read-only", "--union-default-graph"]
    )
    words = [
        OXIGRAPH,
        kind[0],
        "--location",
        folder,
        "--bind",
        address,
        *kind[1:],
    ]
    with _running(words, folder.parent, f"http://{address}/") as process:
        yield Server(f"http://{address}/", "oxigraph", process)


@contextmanager
def onrecord(
    folder: Path, *words: str, writable: bool = False
) -> Iterator[Server]:
    """Our own server: of the graph that ships, or of a store in `folder` that is written to."""
    port = free_port()
    signs = {}
    line: list[str | Path] = [
        PROGRAM,
        "serve",
        "--port",
        str(port),
        "--access-log",
        os.devnull,
        *words,
    ]
    if writable:
        signs = {"ONRECORD_STORE_TOKEN": "a-token-for-benches-alone"}
        (folder / "token").write_text(
            signs["ONRECORD_STORE_TOKEN"], encoding="ascii"
        )
        (folder / "token").chmod(0o600)
        line += [
            "--writable",
            "--data",
            folder / "data",
            "--token-file",
            folder / "token",
        ]
    with _running(line, folder, f"http://127.0.0.1:{port}/health") as process:
        yield Server(f"http://127.0.0.1:{port}/", "onrecord", process, signs)


@contextmanager
def virtuoso(folder: Path) -> Iterator[Server]:
    """Virtuoso with an empty store and 1.4 GB for its pages."""
    port, http = free_port(), free_port()
    (folder / "virtuoso.ini").write_text(
        VIRTUOSO.format(port=port, http=http), encoding="ascii"
    )
    words = [_found("virtuoso-t"), "-f", "-c", "virtuoso.ini"]
    with _running(
        words, folder, f"http://127.0.0.1:{http}/sparql?query=ASK%7B%7D"
    ) as process:
        _run_sql(port, USER)
        signs = {
            "ONRECORD_STORE_USER": "onrecord",
            "ONRECORD_STORE_PASSWORD": "secret",
        }
        url = f"http://127.0.0.1:{http}/"
        yield Server(url, "virtuoso", process, signs, port)


def bulk_load_virtuoso(server: Server, file: Path) -> None:
    """Loads a file of quads, which lies in the server's own folder, by Virtuoso's own loader."""
    _run_sql(server.sql, BULK_LOAD.format(name=file.name))


def bulk_load_oxigraph(folder: Path, file: Path) -> None:
    """Loads a file of quads into a store of Oxigraph's, by its own loader."""
    words = [OXIGRAPH, "load", "--location", folder, "--file", file]
    subprocess.run(words, check=True, capture_output=True)


def _run_sql(port: int, text: str) -> None:
    shell = [_found("isql-vt"), f"127.0.0.1:{port}", "dba", "dba"]
    subprocess.run([*shell, f"exec={text}"], check=True, capture_output=True)


def has_virtuoso() -> bool:
    """Whether it is installed."""
    return all(map(shutil.which, ("virtuoso-t", "isql-vt")))


def _found(name: str) -> str:
    return shutil.which(name) or name


@contextmanager
def _running(
    words: Sequence[str | Path], folder: Path, url: str
) -> Iterator["subprocess.Popen[bytes]"]:
    process = subprocess.Popen(
        words, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        end = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < end and process.poll() is None:
            with suppress(OSError), urlopen(url, timeout=5):  # noqa: S310  this machine's own
                break
            time.sleep(0.1)
        yield process
    finally:
        process.terminate()
        process.wait(60)


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
