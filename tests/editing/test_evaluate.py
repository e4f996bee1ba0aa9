import json
import shutil
from pathlib import Path

import pytest
from recorded_model import recorded_model

from onrecord.editing.evaluation import Score, evaluate
from onrecord.extract.rules.loading import model
from onrecord.model.errors import BadInput, BadRecord, MissingExtra

DATA = Path(__file__).parents[1] / "data"
TEXT = "Mara Voss is worried about deepfakes. Mara Voss urged Northlight Pictures to adopt AI safeguards."


@pytest.fixture(autouse=True)
def _needs_the_model():
    try:
        model()
    except MissingExtra as error:
        pytest.skip(str(error))


def stated(**more) -> dict[str, object]:
    return {
        "actors": ["Mara Voss"], "relation": "concernedAbout", "negated": False, "object": "deepfakes",
        "object_kind": "topic", "topics": ["deepfakes"], "stance": "critical", "modality": "actual",
        "basis": "self-report", "gist": "Fears them.", "confidence": 0.9, "quote": {"exact": "worried about deepfakes"},
    } | more  # fmt: skip


def gold(target, *statements, **doc):
    lines = [
        {"entity": {"name": "Mara Voss", "type": "Person"}},
        {"entity": {"name": "Northlight Pictures", "type": "Company"}},
        {"doc": {"publisher": "Wire", "source_kind": "report", "url": "https://wire.example/1"} | doc,
         "statements": list(statements)},
    ]  # fmt: skip
    target.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return target


def test_what_is_found_counts_once_and_the_rest_is_listed(shipped, tmp_path):
    missing = stated(
        relation="sues",
        object="Northlight Pictures",
        object_kind="entity",
        gist="Sues.",
    )
    found = evaluate(
        gold(tmp_path / "gold.jsonl", stated(), missing, text=TEXT), shipped
    )
    assert (found.statements.right, found.statements.gold) == (1, 2)
    assert found.relations["concernedAbout"] == Score(1, 1, 1)
    assert found.relations["sues"] == Score(0, 0, 1)
    assert [each.rpartition("missed: ")[2] for each in found.misses] == [
        "Mara-Voss sues Northlight-Pictures — Sues."
    ]
    assert any("urges Northlight-Pictures" in each for each in found.extras)


def test_a_text_may_stand_in_a_file_of_its_own(shipped, tmp_path):
    (tmp_path / "text.txt").write_text(TEXT, encoding="utf-8")
    found = evaluate(
        gold(tmp_path / "gold.jsonl", stated(), path="text.txt"), shipped
    )
    assert found.statements.right == 1


def test_negation_decides(shipped, tmp_path):
    found = evaluate(
        gold(tmp_path / "gold.jsonl", stated(negated=True), text=TEXT), shipped
    )
    assert found.statements.right == 0
    assert found.words.right == 1


def test_a_record_without_a_text_is_refused(shipped, tmp_path):
    with pytest.raises(BadInput, match="neither text nor the path of a file"):
        evaluate(gold(tmp_path / "gold.jsonl", stated()), shipped)


def test_a_gold_record_with_a_fault_is_refused(shipped, tmp_path):
    with pytest.raises(BadRecord, match="Nobody at All"):
        evaluate(
            gold(
                tmp_path / "gold.jsonl",
                stated(actors=["Nobody at All"]),
                text=TEXT,
            ),
            shipped,
        )


@pytest.mark.parametrize(
    ("right", "found", "total", "f1"),
    [(1, 2, 2, 0.5), (0, 0, 3, 0.0), (2, 2, 2, 1.0)],
)
def test_f1_is_the_harmonic_mean(right, found, total, f1):
    assert Score(right, found, total).f1 == pytest.approx(f1)


def test_the_command_prints_scores_and_misses(tmp_path, command):
    path = gold(
        tmp_path / "gold.jsonl",
        stated(),
        stated(relation="opposes", gist="Is against."),
        text=TEXT,
    )
    ran = command("evaluate", path)
    assert ran.returncode == 0
    assert "concernedAbout" in ran.stdout
    assert "missed: Mara-Voss opposes deepfakes" in ran.stdout


def first_of(gold_file, target):
    """The gold file of the first text alone, beside a copy of it."""
    rows = [
        json.loads(line) for line in gold_file.read_text("utf-8").splitlines()
    ]
    first = next(row for row in rows if "doc" in row)
    path = target / first["doc"]["path"]
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(gold_file.parent / first["doc"]["path"], path)
    kept = [row for row in rows if "entity" in row] + [first]
    file = target / "gold.jsonl"
    file.write_text("\n".join(map(json.dumps, kept)), encoding="utf-8")
    return file


def test_several_extractors_stand_side_by_side_with_tokens(tmp_path, command):
    pytest.importorskip("openai")
    file = first_of(DATA / "news" / "developing.jsonl", tmp_path)
    with recorded_model(DATA / "llm" / "developing") as server:
        ran = command(
            "evaluate",
            file,
            "--extractor",
            "rules",
            "--extractor",
            "rules,llm",
            env={
                "OPENAI_BASE_URL": server.address,
                "ONRECORD_MODEL": "recorded",
            }
            | {"XDG_CACHE_HOME": str(tmp_path / "cache")},
        )
    assert ran.returncode == 0, ran.stderr
    rules, both = ran.stdout.splitlines()[0].split()
    assert (rules, both) == ("rules", "rules,llm")
    assert "an article; price_in and price_out" in ran.stdout
    assert "rules,llm: " in ran.stdout.partition("missed")[0]


def test_an_extractor_that_nobody_has_is_an_error_in_words(tmp_path, command):
    file = gold(tmp_path / "gold.jsonl", stated(), text=TEXT)
    ran = command("evaluate", file, "--extractor", "oracle")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "no extractor is called 'oracle'" in ran.stderr
