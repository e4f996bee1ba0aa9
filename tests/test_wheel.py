"""The wheel, built from a clean copy and installed in an environment of its own, is the whole program."""

import os
import shutil
import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

# Plain pip fetches every extra, which takes minutes where its cache is empty.
pytestmark = [pytest.mark.timeout(1500), pytest.mark.xdist_group("wheel")]

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


def run(*words: str | Path, cwd: Path, seconds: int = 110, **more: str) -> str:
    """What a program prints that ends well."""
    env = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith("PYTHON")
    } | more
    done = subprocess.run(
        words,
        cwd=cwd,
        env=env,
        capture_output=True,
        text=True,
        timeout=seconds,
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
    """An environment that has the wheel: with the libraries of this one, or by plain pip with all that it asks for."""
    folder = tmp_path_factory.mktemp("an environment")
    if os.environ.get("ONRECORD_PLAIN_PIP") == "1":
        _install_with_everything(wheel, folder)
    else:
        _install_alone(wheel, folder)
    return folder / "env" / "bin"


def _install_with_everything(wheel: Path, folder: Path) -> None:
    """As a stranger does it: the pip of this Python, every extra, whatever versions there are today."""
    run(sys.executable, "-m", "venv", "env", cwd=folder)
    run(
        folder / "env" / "bin" / "python",
        *("-m", "pip", "install", "--quiet", "--no-compile"),
        *("--disable-pip-version-check", f"{wheel}[all]"),
        cwd=folder,
        seconds=1200,
    )


def _install_alone(wheel: Path, folder: Path) -> None:
    """The wheel without what it asks for; libraries are this environment's, but not the checkout's program."""
    python = folder / "env" / "bin" / "python"
    # Half a minute is saved where this environment has a pip that can serve another.
    has_pip = find_spec("pip") is not None
    pip = (sys.executable, "-m", "pip", "--python", python)
    without = ["--without-pip"] if has_pip else []
    run(sys.executable, "-m", "venv", *without, "env", cwd=folder)
    run(
        *(pip if has_pip else (python, "-m", "pip")),
        *("install", "--quiet", "--disable-pip-version-check"),
        *("--no-deps", "--no-index"),
        wheel,
        cwd=folder,
    )
    packages = next((folder / "env" / "lib").glob("python*/site-packages"))
    # As a line of a .pth file the libraries' folder is searched, and its own .pth files (the editable install) are not.
    (packages / "libraries.pth").write_text(
        f"{Path(pytest.__file__).parents[1]}\n", encoding="utf-8"
    )


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
        f"{info}/licenses/{name}"
        for name in ("LICENSE", "LICENSE-DATA", "NOTICE")
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
        '{"entity": {"name": "Ada Example", "type": "Person"}}\n',
        encoding="utf-8",
    )
    run(elsewhere / "onrecord", "init", "my topic", cwd=tmp_path)
    assert "1 added" in run(
        elsewhere / "onrecord", "-C", "my topic", "add", records, cwd=tmp_path
    )
    assert run(
        elsewhere / "onrecord",
        "-C",
        "my topic",
        "show",
        "Ada Example",
        cwd=tmp_path,
    ).startswith("Ada Example\n")


PAGE = """<!DOCTYPE html>
<html lang="en"><head><title>A guild asks</title>
<meta property="og:site_name" content="Example Herald"></head>
<body><nav>Menu</nav><article><h1>A guild asks</h1>
<p>SAG-AFTRA urged OpenAI on Monday to stop training on the voices of actors.</p>
<p>The guild said that every performer must be asked before a voice is copied.</p>
</article></body></html>"""


def test_the_wheel_reads_a_page(elsewhere: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(PAGE, encoding="utf-8")
    run(elsewhere / "onrecord", "init", "mine", cwd=tmp_path)
    run(
        *(elsewhere / "onrecord", "-C", "mine", "add"),
        *("--published", "2025-10-20", page),
        cwd=tmp_path,
    )
    (path,) = (tmp_path / "mine" / "texts").iterdir()
    text = path.read_text(encoding="utf-8")
    assert text.startswith("A guild asks\nSAG-AFTRA urged OpenAI on Monday")
    assert "Menu" not in text


def test_the_wheel_is_never_written(elsewhere: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [elsewhere / "onrecord", "remove", "x"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=250,
        check=False,
    )
    assert done.returncode == 1
    assert "no workspace here; `onrecord init NAME` makes one" in done.stderr
