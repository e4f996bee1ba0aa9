"""An endpoint that a workspace names gets nothing without a person's word."""

import json
from dataclasses import replace

import pytest

from onrecord.extract.extractor import create
from onrecord.extract.llm.trust import KEPT
from onrecord.model.errors import Untrusted

TABLE = '[llm]\nendpoint = "{}"\nmodel = "m"\n'
ALLOWED = {"allow-endpoint": "true"}


@pytest.fixture(autouse=True)
def _bare(monkeypatch, tmp_path):
    pytest.importorskip("openai")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    for name in ("OPENAI_BASE_URL", "ONRECORD_MODEL", "OPENAI_API_KEY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def named(context):
    """A context whose workspace names an endpoint."""

    def made(endpoint="https://models.example/v1", **options):
        table = TABLE.format(endpoint)
        file = context.workspace.root / "onrecord.toml"
        file.write_text(table, encoding="utf-8")
        return replace(context, options={**options})

    return made


def test_an_endpoint_that_the_workspace_names_is_refused(named):
    with pytest.raises(Untrusted, match=r"models.example/v1.*--allow-endpoint"):
        create("llm", named())


def test_the_word_is_given_once_for_this_endpoint_alone(named):
    create("llm", named(**ALLOWED))
    assert create("llm", named()).destination == "models.example"
    with pytest.raises(Untrusted):
        create("llm", named("https://other.example/v1"))


def test_a_word_that_came_with_the_workspace_counts_nothing(named):
    context = named()
    kept = context.workspace.root / KEPT
    kept.parent.mkdir(exist_ok=True)
    kept.write_text(json.dumps("0" * 64), encoding="ascii")
    with pytest.raises(Untrusted):
        create("llm", context)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]"])
def test_this_machine_needs_no_word(named, host):
    assert create("llm", named(f"http://{host}:9/v1")).destination == ""


def test_an_endpoint_of_the_environment_needs_no_word(named, monkeypatch):
    monkeypatch.setenv("OPENAI_BASE_URL", "https://own.example/v1")
    assert create("llm", named()).destination == "own.example"


def test_answers_of_a_batch_go_nowhere(named):
    assert create("llm", named(offline="true")).destination == ""
