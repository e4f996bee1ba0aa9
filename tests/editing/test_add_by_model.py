"""Articles that a language model reads: recorded answers, from an endpoint on this machine."""

import json
import re
import shutil
import signal
import subprocess
import sys
import traceback
from pathlib import Path

import pytest
from recorded_model import completion, recorded_model

import onrecord
from onrecord import workspace
from onrecord.editing import reviewing as review
from onrecord.editing.add_articles import write_requests
from onrecord.extract.llm.batch import keep_answers
from onrecord.extract.llm.kept import FOLDER, KeptAnswers
from onrecord.ingest.articles import ReadingOptions
from onrecord.ingest.document import DocumentDescription
from onrecord.model.errors import BadInput, ModelFailed

DATA = Path(__file__).parents[1] / "data"
RECORDED = DATA / "llm" / "developing"
LLM = ReadingOptions(
    DocumentDescription(publisher="Example Herald"), extractor="llm"
)


@pytest.fixture
def model(monkeypatch):
    """The recorded model's endpoint, named in the environment."""
    pytest.importorskip("openai")
    pytest.importorskip("spacy")
    with recorded_model(RECORDED) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.address)
        monkeypatch.setenv("ONRECORD_MODEL", "recorded")
        yield server


@pytest.fixture
def home(tmp_path):
    """A workspace, and a folder of two articles beside it."""
    gold = (DATA / "news" / "developing.jsonl").read_text(encoding="utf-8")
    rows = [json.loads(line) for line in gold.splitlines()]
    paths = [row["doc"]["path"] for row in rows if "doc" in row][:2]
    (tmp_path / "in").mkdir()
    for path in paths:
        shutil.copy(DATA / "news" / path, tmp_path / "in")
    return workspace.init(tmp_path / "desk")


def add(home, how=LLM):
    return onrecord.add([home.root.parent / "in"], workspace=home, how=how)


def run_settings(home) -> str:
    return (home.root / "graphs" / "runs.ttl").read_text(encoding="utf-8")


def test_articles_are_added_with_tokens_in_the_run_and_asked_about_once(
    model, home
):
    added = add(home)
    assert added.statements["added"] > 10
    assert any("tokens in" in note for note in added.notes)
    assert "tokens in" in run_settings(home)
    asked = len(model.asked)
    assert add(home).statements.get("added", 0) == 0
    assert len(model.asked) == asked == 2


SECRET = "sk-secret-of-ada-example"  # noqa: S105  opens nothing


def test_a_price_is_told_and_a_key_stands_in_no_file_and_no_error(
    model, home, monkeypatch
):
    monkeypatch.setenv("OPENAI_API_KEY", SECRET)
    settings = "[llm]\nprice_in = 0.2\nprice_out = 0.8\n"
    (home.root / "onrecord.toml").write_text(settings, encoding="utf-8")
    added = add(home)
    [cost] = re.findall(r"cost ([\d.]+)", " ".join(added.notes))
    assert 0 < float(cost) < 0.1
    files = [
        path.read_bytes() for path in home.root.rglob("*") if path.is_file()
    ]
    assert not any(SECRET.encode() in content for content in files)
    model.folder = home.root
    with pytest.raises(ModelFailed) as failed:
        add(home, ReadingOptions(LLM.described, extractor="llm", fresh=True))
    assert SECRET not in "".join(traceback.format_exception(failed.value))


def test_fresh_asks_again(model, home):
    add(home)
    add(home, ReadingOptions(LLM.described, extractor="llm", fresh=True))
    assert len(model.asked) == 4


@pytest.mark.usefixtures("model")
def test_several_at_a_time_give_what_one_at_a_time_gives(home, tmp_path):
    other = workspace.init(tmp_path / "other")
    one = add(home)
    several = onrecord.add(
        [tmp_path / "in"],
        workspace=other,
        how=ReadingOptions(LLM.described, extractor="llm", jobs=2),
    )
    assert one.statements == several.statements


def test_where_the_model_fails_what_is_done_is_kept(model, home):
    shutil.copytree(RECORDED, home.root.parent / "few")
    model.folder = home.root.parent / "few"
    texts = sorted((home.root.parent / "in").iterdir())
    texts[1].write_text(
        texts[1].read_text() + "\nOne more line.", encoding="utf-8"
    )
    added = add(home)
    assert added.failed
    assert added.documents["added"] == 1
    assert "the same command goes on from there" in added.notes[-1]


KILLED = """
import os, signal, sys
from pathlib import Path
import onrecord
from onrecord import workspace
from onrecord.extract.llm.kept import KeptAnswers
from onrecord.ingest.articles import ReadingOptions
from onrecord.ingest.document import DocumentDescription

put = KeptAnswers.put

def dying(*arguments):
    put(*arguments)
    os.kill(os.getpid(), signal.SIGKILL)

KeptAnswers.put = dying
how = ReadingOptions(DocumentDescription(publisher="Example Herald"), extractor="llm")
home, articles = map(Path, sys.argv[1:])
onrecord.add([articles], workspace=workspace.find(home), how=how)
"""
"""Keeps an answer, and is killed."""


def test_after_a_kill_nothing_is_asked_twice_and_no_text_is_half_there(
    model, home
):
    folders = str(home.root), str(home.root.parent / "in")
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, *folders], timeout=250, check=False
    )
    assert killed.returncode == -signal.SIGKILL
    assert (documents(home), len(model.asked)) == ([], 1)
    added = add(home)
    assert added.documents["added"] == 2
    assert len(model.asked) == 2
    assert not list(home.root.rglob("tmp*"))


def test_a_model_that_fails_at_the_first_article_is_told_with_how_to_go_on(
    model, home
):
    model.folder = home.root
    with pytest.raises(
        ModelFailed, match="the same command goes on from there"
    ):
        add(home)


@pytest.mark.usefixtures("model")
def test_a_french_article_is_read_with_its_own_words_and_english_gists(
    home, model
):
    model.folder = DATA / "llm" / "french"
    added = onrecord.add(
        [model.folder / "article.txt"], workspace=home, how=LLM
    )
    assert (added.statements["added"], added.entities["added"]) == (8, 6)
    kept = (model.folder / "article.txt").read_text(encoding="utf-8").strip()
    items = review.Reader(home).items(next(iter(documents(home))))
    told = {item.statement.relation: item.statement for item in items}
    assert told["sues"].gist == "Takes the company to court over voices."
    assert "qu’il accuse d’avoir copié" in kept
    words = told["accuses"].evidence
    assert words is not None
    assert kept[words.start : words.end] == words.exact
    assert items[0].document.language == "fr"


def documents(home) -> list[str]:
    return [
        path.stem for path in (home.root / "graphs" / "documents").glob("*.ttl")
    ]


def test_a_batch_goes_out_and_comes_back_by_the_command(
    model, home, tmp_path, command
):
    env = {"OPENAI_BASE_URL": model.address, "ONRECORD_MODEL": "recorded"}
    words = ("-C", home.root, "add", "in", "--extractor", "llm", "--batch")
    ran = command(*words, "write", "requests.jsonl", env=env)
    assert ran.stdout == "requests    2 written to requests.jsonl\n"
    asked = (
        (tmp_path / "requests.jsonl").read_text(encoding="utf-8").splitlines()
    )
    answers = [json.dumps(answered(model, json.loads(row))) for row in asked]
    (tmp_path / "answers.jsonl").write_text(
        "\n".join(answers), encoding="utf-8"
    )
    model.asked.clear()
    ran = command(*words, "read", "answers.jsonl", env=env)
    assert ran.stdout.startswith("answers     2 read\ndocuments   2 added\n")
    assert model.asked == []


def test_a_batch_is_written_and_its_answers_are_added(model, home, tmp_path):
    file = tmp_path / "requests.jsonl"
    assert write_requests([str(tmp_path / "in")], home, LLM, file) == (2, [])
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    answers = [answered(model, row) for row in rows]
    back = tmp_path / "answers.jsonl"
    back.write_text("\n".join(map(json.dumps, answers)), encoding="utf-8")
    assert keep_answers(back, KeptAnswers.of(home)).kept == 2
    model.asked.clear()
    offline = ReadingOptions(
        LLM.described, extractor="llm", options={"offline": "true"}
    )
    assert add(home, offline).statements["added"] > 10
    assert model.asked == []


def answered(model, row: dict) -> dict:
    body = completion(row["body"], model.answer(row["body"]))
    response = {"status_code": 200, "body": body}
    return {"custom_id": row["custom_id"], "response": response, "error": None}


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("no json", "is no JSON"),
        ("[1]", "is no JSON object"),
        ('{"custom_id": "../../x"}', "custom_id is none that onrecord wrote"),
        ('{"custom_id": "%s"}', "did not answer"),
        ('{"custom_id": "%s", "response": {"body": {}}}', "no chat completion"),
    ],
)
def test_a_line_that_is_no_answer_is_told(tmp_path, line, fault):
    file = tmp_path / "answers.jsonl"
    name = f"{'0' * 32}-{'1' * 32}"
    file.write_text(line.replace("%s", name), encoding="utf-8")
    taken = keep_answers(file, KeptAnswers(tmp_path))
    assert taken.kept == 0
    assert fault in taken.faults[0]


@pytest.mark.usefixtures("model")
def test_what_is_not_answered_is_a_fault_of_the_article(home):
    offline = ReadingOptions(
        LLM.described, extractor="llm", options={"offline": "true"}
    )
    with pytest.raises(BadInput, match="is not answered yet"):
        add(home, offline)


@pytest.mark.usefixtures("model")
def test_removing_a_document_takes_its_answers(home):
    add(home)
    folders = list((home.root / FOLDER).iterdir())
    document = next((home.root / "graphs" / "documents").glob("*.ttl"))
    onrecord.remove(document.stem, workspace=home)
    assert len(list((home.root / FOLDER).iterdir())) == len(folders) - 1
