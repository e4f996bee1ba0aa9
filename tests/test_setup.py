"""The promises of the set-up: pins, extras, rooms, licences, and the rules that every test runs under."""

import os
import re
import shutil
import socket
import subprocess
import sys
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version
from pytest_socket import SocketConnectBlockedError

import onrecord

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PINS = (ROOT / "constraints.txt").read_text(encoding="utf-8")
MARK = "# The extras, and the tools of development:"
PIN = re.compile(r"^(?P<name>[a-z0-9-]+)==(?P<version>\S+)(?: ; [^\\]+)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$")


def pinned(text: str) -> dict[str, set[Version]]:
    found: dict[str, set[Version]] = {}
    for match in filter(None, map(PIN.match, text.splitlines())):
        found.setdefault(match["name"], set()).add(Version(match["version"]))
    return found


def groups(*names: str) -> list[Requirement]:
    lines = [
        line for name in names for line in PROJECT["dependency-groups"][name]
    ]
    return [Requirement(line) for line in lines if isinstance(line, str)]


def program() -> list[Requirement]:
    wanted = [
        *PROJECT["project"]["dependencies"],
        *PROJECT["build-system"]["requires"],
    ]
    return [*map(Requirement, wanted), *groups("build")]


def extras() -> list[Requirement]:
    found = [
        Requirement(line)
        for lines in PROJECT["project"]["optional-dependencies"].values()
        for line in lines
    ]
    return [each for each in found if each.name != "onrecord"]


def unmet(
    wanted: list[Requirement], pins: dict[str, set[Version]]
) -> list[str]:
    return [
        str(each)
        for each in wanted
        if not (versions := pins.get(canonicalize_name(each.name)))
        or not all(map(each.specifier.contains, versions))
    ]


def test_constraints_hold_pins_hashes_and_comments_only_so_no_address() -> None:
    lines = [line for line in PINS.splitlines() if not line.startswith("#")]
    assert [
        line for line in lines if not PIN.match(line) and not HASH.match(line)
    ] == []
    assert "//" not in PINS


def test_every_pin_has_a_hash() -> None:
    lines = [*PINS.splitlines(), ""]
    assert [
        line
        for line, after in pairwise(lines)
        if PIN.match(line) and not HASH.match(after)
    ] == []


def test_every_extra_and_every_tool_is_pinned_to_a_version_that_it_allows() -> (
    None
):
    assert unmet([*program(), *extras(), *groups("dev")], pinned(PINS)) == []


def test_the_pins_before_the_mark_suffice_for_the_program() -> None:
    head, mark, rest = PINS.partition(MARK)
    assert mark
    assert unmet(program(), pinned(head)) == []
    assert "spacy" in pinned(rest)


def test_the_extra_all_holds_every_other_extra() -> None:
    named = PROJECT["project"]["optional-dependencies"]
    (everything,) = map(Requirement, named["all"])
    assert everything.extras == named.keys() - {"all"}


def test_the_import_contract_lists_every_room_and_parenthesizes_those_not_filled() -> (
    None
):
    (contract,) = PROJECT["tool"]["importlinter"]["contracts"]
    listed = {
        room.strip()
        for layer in contract["layers"]
        for room in layer.split("|")
    }
    there = {
        path.stem
        for path in (ROOT / "src" / "onrecord").glob("*")
        if path.name != "__init__.py" and path.suffix in {"", ".py"}
    } - {"__pycache__", "py"}
    assert {room for room in listed if not room.startswith("(")} == there
    assert {
        room.strip("()") for room in listed if room.startswith("(")
    } & there == set()


def test_the_version_is_one_in_program_and_citation() -> None:
    citation = yaml.safe_load(
        (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    )
    assert citation["version"] == onrecord.__version__


@pytest.mark.parametrize("name", PROJECT["project"]["license-files"])
def test_every_licence_file_is_there(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8").strip()


@pytest.mark.parametrize(
    "folder",
    PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["only-include"],
)
def test_every_folder_that_the_wheel_packs_is_there(folder: str) -> None:
    assert any((ROOT / folder).iterdir())


def test_continuous_integration_can_be_run() -> None:
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


@pytest.mark.filterwarnings("ignore:A test tried to use socket")
def test_no_test_reaches_another_machine() -> None:
    with socket.socket() as one, pytest.raises(SocketConnectBlockedError):
        one.connect(("192.0.2.1", 80))


def test_tests_reach_this_machine() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=5).close()


SKIPPING = {
    "test": "import pytest\n\ndef test_one():\n    pytest.skip('not here')\n",
    "file": "import pytest\n\npytest.skip('not here', allow_module_level=True)\n",
}


@pytest.mark.parametrize("what", SKIPPING)
@pytest.mark.parametrize("required", [False, True])
def test_a_skip_is_a_failure_where_everything_is_required(
    tmp_path: Path, what: str, required: bool
) -> None:
    shutil.copy(ROOT / "tests/plugins/no_skips.py", tmp_path / "conftest.py")
    (tmp_path / "test_one.py").write_text(SKIPPING[what], encoding="utf-8")
    printed = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-rs",
            "--rootdir",
            tmp_path,
            tmp_path,
        ],
        env=os.environ | {"ONRECORD_REQUIRE_ALL": str(int(required))},
        capture_output=True,
        text=True,
        timeout=250,
        check=False,
    ).stdout
    assert "not here" in printed
    assert ("1 skipped" in printed) is not required
    assert ("asks for every test" in printed) is required
