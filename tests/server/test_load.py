"""Many clients at one time: every answer comes, and each is the right one; the generator is the bench's own."""

import importlib.util
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.querying.ask import Graph
from onrecord.querying.evaluate import evaluate, serialize
from onrecord.querying.question import named_question
from onrecord.workspace import Workspace

ROOT = Path(__file__).parents[2]
CLIENTS, SECONDS = 16, 3
MOST_GROWN = 64 << 20
ASKED = (
    *("demands", "documents", "network-around", "quoted-words", "topics"),
    *("deals", "lawsuits", "planned", "who-urges-whom", "works"),
)
"""Short and long answers, each worked out in no time: all are asked many times before memory is measured."""
FORMS = {
    "ntriples": "application/n-triples",
    "json": "application/sparql-results+json",
}


@pytest.fixture(scope="module")
def requests(graph: Graph, shipped: Workspace) -> str:
    """Shipped questions as the generator of load reads them, each with the digest of its local answer."""
    spec = importlib.util.spec_from_file_location(
        "load", ROOT / "benches" / "load.py"
    )
    load = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(load)
    lines = []
    for name in ASKED:
        question = named_question(name, shipped)
        form = "ntriples" if "CONSTRUCT" in question.sparql else "json"
        headers = {
            "content-type": "application/sparql-query",
            "accept": FORMS[form],
        }
        told = {
            "method": "POST",
            "target": "/sparql",
            "headers": headers,
            "body": question.sparql,
        }
        output = io.BytesIO()
        serialize(evaluate(graph.store, question.sparql), form, output)
        lines.append(
            json.dumps(
                {
                    "name": question.name,
                    **told,
                    "right": load.digest(output.getvalue()),
                }
            )
        )
    return "\n".join(lines)


def resident(pid: int) -> int:
    """Bytes that a process and what it started hold."""
    family = [
        pid,
        *map(
            int,
            Path(f"/proc/{pid}/task/{pid}/children")
            .read_text(encoding="ascii")
            .split(),
        ),
    ]
    return sum(
        int(Path(f"/proc/{each}/statm").read_text(encoding="ascii").split()[1])
        * 4096
        for each in family
    )


@pytest.mark.skipif(
    sys.platform != "linux", reason="/proc tells how much memory a server holds"
)
@pytest.mark.parametrize(
    "cache", ["64", "0"], ids=["with-kept-answers", "without"]
)
def test_under_load_no_answer_is_lost_or_mixed_and_memory_stays_flat(
    cache: str, starting, requests: str
) -> None:
    site = starting(
        "--workers", "2", "--cache", cache, "--access-log", "/dev/null"
    )
    line = [
        sys.executable,
        "-m",
        "benches.load",
        site.url,
        "--clients",
        str(CLIENTS),
        "--seconds",
        str(SECONDS),
    ]
    held = []
    for _ in range(2):
        run = subprocess.run(
            line,
            input=requests,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=120,
            check=True,
        )
        found = json.loads(run.stdout)
        assert (found["failed"], found["wrong"]) == ({}, {})
        assert found["answered"] >= CLIENTS
        held.append(resident(site.process.pid))
    assert held[1] - held[0] < MOST_GROWN
    site.stop()
