import json

import pytest

from onrecord.discourse.evaluation import Score, evaluate
from onrecord.extract.rules.parsing import model
from onrecord.model.errors import BadInput, BadRecord, MissingExtra

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
    found = evaluate(gold(tmp_path / "gold.jsonl", stated(), path="text.txt"), shipped)
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
            gold(tmp_path / "gold.jsonl", stated(actors=["Nobody at All"]), text=TEXT),
            shipped,
        )


@pytest.mark.parametrize(
    ("right", "found", "total", "f1"), [(1, 2, 2, 0.5), (0, 0, 3, 0.0), (2, 2, 2, 1.0)]
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
