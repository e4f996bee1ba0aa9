"""The wheel, built from a clean copy and installed in an environment of its own, is the whole program."""

import os
import shutil
import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKED = (
    "README.md",
    "LICENSE",
    "LICENSE-DATA",
    "NOTICE",
    "graphs",
    "ontology",
    "pyproject.toml",
    "queries",
    "src",
)
UNWANTED = shutil.ignore_patterns("__pycache__", ".lock", ".stage")


def run(*words: str | Path, cwd: Path, **more: str) -> str:
    """What a program prints that ends well."""
    env = {
        key: value for key, value in os.environ.items() if not key.startswith("PYTHON")
    } | more
    done = subprocess.run(
        words,
        cwd=cwd,
        env=env,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built with what is installed here, so that no registry is asked."""
    if not all(map(find_spec, ("build", "hatchling"))):
        pytest.skip("build and hatchling are not installed")
    source = tmp_path_factory.mktemp("source")
    for name in PACKED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, source / name, ignore=UNWANTED)
        else:
            shutil.copy2(ROOT / name, source / name)
    run(
        sys.executable,
        "-m",
        "build",
        "--wheel",
        "--no-isolation",
        "--outdir",
        "dist",
        cwd=source,
    )
    (built,) = (source / "dist").glob("*.whl")
    return built


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment that has the wheel, and of this one the libraries alone, not the checkout's program."""
    folder = tmp_path_factory.mktemp("an environment")
    python = folder / "env" / "bin" / "python"
    # Half a minute is saved where this environment has a pip that can serve another.
    pip = (
        (sys.executable, "-m", "pip", "--python", python)
        if find_spec("pip")
        else (python, "-m", "pip")
    )
    run(
        sys.executable,
        "-m",
        "venv",
        *(["--without-pip"] if find_spec("pip") else []),
        "env",
        cwd=folder,
    )
    run(
        *pip,
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-deps",
        "--no-index",
        wheel,
        cwd=folder,
    )
    packages = next((folder / "env" / "lib").glob("python*/site-packages"))
    # As a line of a .pth file the libraries' folder is searched, and its own .pth files (the editable install) are not.
    (packages / "libraries.pth").write_text(
        f"{Path(pytest.__file__).parents[1]}\n", encoding="utf-8"
    )
    return folder / "env" / "bin"


def test_the_wheel_holds_program_ontology_graphs_and_questions_and_nothing_else(
    wheel: Path,
) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for name in (
        "onrecord/_shipped/graphs/entities.ttl",
        "onrecord/_shipped/ontology/edges.rq",
        "onrecord/_shipped/queries/who-urges-whom.rq",
        "onrecord/py.typed",
        "onrecord/cli/app.py",
    ):
        assert name in names
    info = f"{'-'.join(wheel.name.split('-')[:2])}.dist-info"
    assert {name.partition("/")[0] for name in names} == {"onrecord", info}
    assert {
        f"{info}/licenses/{name}" for name in ("LICENSE", "LICENSE-DATA", "NOTICE")
    } <= {*names}


def test_the_wheel_answers_a_question_elsewhere(
    elsewhere: Path, tmp_path: Path
) -> None:
    home = {"XDG_CACHE_HOME": str(tmp_path / "cache"), "COLUMNS": "80"}
    where = run(
        elsewhere / "python",
        "-c",
        "import onrecord; print(onrecord.__file__)",
        cwd=tmp_path,
    )
    assert Path(where.strip()).is_relative_to(elsewhere.parent)
    answer = run(
        elsewhere / "onrecord", "query", "who-urges-whom", cwd=tmp_path, **home
    )
    assert answer.startswith("who ")
    assert "OpenAI" in answer


def test_the_wheel_makes_a_workspace_and_adds_to_it(
    elsewhere: Path, tmp_path: Path
) -> None:
    records = tmp_path / "records.jsonl"
    records.write_text(
        '{"entity": {"name": "Ada Example", "type": "Person"}}\n', encoding="utf-8"
    )
    run(elsewhere / "onrecord", "init", "my topic", cwd=tmp_path)
    assert "1 added" in run(
        elsewhere / "onrecord", "-C", "my topic", "add", records, cwd=tmp_path
    )
    assert run(
        elsewhere / "onrecord", "-C", "my topic", "show", "Ada Example", cwd=tmp_path
    ).startswith("Ada Example\n")


def test_the_wheel_is_never_written(elsewhere: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [elsewhere / "onrecord", "remove", "x"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert "no workspace here; `onrecord init NAME` makes one" in done.stderr
