"""The description is true: it names what is served, and nothing that fits it breaks the server."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from starlette.routing import Route

from onrecord.server import openapi
from onrecord.server.app import application
from onrecord.server.settings import Settings
from onrecord.workspace import Workspace

EXAMPLES = 2
EXAMPLE = {"example", "examples"}
DESCRIPTION = Path(openapi.__file__).with_suffix(".json")


def test_every_address_is_described_and_every_description_is_an_address(
    reader, shipped: Workspace
) -> None:
    described = reader.client.get("/-/openapi.json").json()
    served = {
        re.sub(r":\w+}", "}", route.path): route.methods
        for route in application(None, Settings(shipped)).routes
        if isinstance(route, Route)
    }
    assert set(described["paths"]) == set(served)
    for path, operations in described["paths"].items():
        methods = {method.upper() for method in operations}
        assert methods <= served[path]
        if path not in {
            "/sparql",
            "/-/graphs",
        }:  # these two say themselves what they take
            assert served[path] - {"HEAD"} == methods
    assert described["servers"] == [{"url": reader.url}]


def test_every_parameter_and_every_body_has_an_example() -> None:
    described = json.loads(DESCRIPTION.read_text(encoding="utf-8"))
    operations = [
        operation
        for path in described["paths"].values()
        for operation in path.values()
    ]
    given = [part for one in operations for part in one.get("parameters", ())]
    bodies = [
        one["requestBody"]["content"]
        for one in operations
        if "requestBody" in one
    ]
    given += [part for content in bodies for part in content.values()]
    assert len(given) > 50
    assert [
        part for part in given if not EXAMPLE & (part.keys() | part["schema"])
    ] == []


@pytest.mark.parametrize(
    ("kind", "phases"), [("shelf", "coverage,fuzzing"), ("writer", "fuzzing")]
)
def test_nothing_that_fits_the_description_breaks_the_server(
    kind: str, phases: str, request, tmp_path: Path
) -> None:
    site = request.getfixturevalue(kind)
    line = [
        str(Path(sys.executable).with_name("schemathesis")),
        "run",
        f"{site.url}/-/openapi.json",
    ]
    line += [
        "--max-examples",
        str(EXAMPLES),
        "--checks",
        "not_a_server_error",
        "--phases",
        phases,
    ]
    line += [
        "--generation-database",
        "none",
        "--seed",
        "1",
        "--request-timeout",
        "250",
    ]
    line += [
        "--exclude-path",
        "/-/network",
    ]  # each takes a while to draw, and has tests of its own
    if kind == "writer":
        line += [
            "--header",
            f"Authorization: {site.client.headers['authorization']}",
        ]
    run = subprocess.run(
        line,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert run.returncode == 0, run.stdout[-4000:] + run.stderr[-1000:]
    assert site.health().json()["status"] == "ok"
    assert json.loads(site.client.get("/-/openapi.json").content)["info"][
        "version"
    ]
