import pytest

from onrecord.discourse.positions import contradictions, positions
from onrecord.formats.stances import contradictions_text, positions_text
from onrecord.model.errors import UnknownName


def found(graph, **choice):
    return [
        (
            each.actor,
            each.topic,
            each.kind,
            [proof.id[-1] for proof in each.statements],
        )
        for each in contradictions(workspace=graph.workspace, **choice)
    ]


def test_positions_are_counted_by_topic_and_told_newest_first(opened):
    mine = positions("Ada Example", workspace=opened.workspace)
    assert [each.id[-1] for each in mine.statements] == ["2", "1"]
    (row,) = mine.topics
    assert (
        row["topic"],
        row["supportive"],
        row["critical"],
        row["conditional"],
    ) == (
        "regulation",
        1,
        1,
        None,
    )
    assert row["when"] == "2023-05-01 to 2025-05-01"
    text = positions_text(mine, 80)
    assert "2025-05-01  ▲ supportive: Says 000000000002." in text
    assert max(map(len, text.splitlines())) <= 80


def test_an_allegation_is_nobodys_position(opened):
    mine = positions("Cleo Mock", workspace=opened.workspace)
    assert [each.id[-1] for each in mine.statements] == ["4"]


def test_who_takes_no_stance_is_a_sentence(opened):
    nobody = positions("Studio Nine", workspace=opened.workspace)
    assert (
        positions_text(nobody, 80)
        == "Studio Nine takes no stance on the record\n"
    )


def test_a_change_has_one_side_wholly_before_the_other(opened):
    assert found(opened) == [
        ("Ada Example", "regulation", "change", ["1", "2"])
    ]


def test_sides_that_overlap_in_time_are_a_conflict(written, said):
    graph = written(
        said(1, ":Ben-Sample", "critical", "2024-01-01"),
        said(2, ":Ben-Sample", "supportive", "2024-02-01"),
        said(3, ":Ben-Sample", "critical", "2024-03-01"),
    )
    assert found(graph) == [
        ("Ben Sample", "regulation", "conflict", ["1", "2", "3"])
    ]


def test_a_day_and_its_month_have_no_order(written, said):
    month = ' ; :saidOn "2024-02"^^xsd:gYearMonth'
    graph = written(
        said(1, ":Ben-Sample", "critical", "2024-02-09"),
        said(2, ":Ben-Sample", "supportive", more=month),
    )
    assert found(graph) == [
        ("Ben Sample", "regulation", "conflict", ["2", "1"])
    ]


def test_undated_sides_stand_apart(written, said):
    graph = written(
        said(1, ":Ben-Sample", "critical"),
        said(2, ":Ben-Sample", "supportive", "2024-02-01"),
    )
    assert found(graph) == [
        ("Ben Sample", "regulation", "order unknown", ["2", "1"])
    ]
    text = contradictions_text(contradictions(workspace=graph.workspace), 80)
    assert text.startswith("Order unknown")
    assert "undated  ▼ critical: Says 000000000001." in text


def test_conditional_and_neutral_are_no_side(written, said):
    graph = written(
        said(1, ":Ben-Sample", "conditional", "2024-01-01"),
        said(2, ":Ben-Sample", "critical", "2024-02-01"),
    )
    assert found(graph) == []
    assert (
        contradictions_text([], 80)
        == "nobody is on the record on both sides of a topic\n"
    )


def test_one_utterance_in_two_documents_counts_once(written, said):
    same = " ; :utterance <https://w3id.org/onrecord/utterance/speech>"
    graph = written(
        said(1, ":Ben-Sample", "critical", "2024-01-01", more=same),
        said(2, ":Ben-Sample", "critical", "2024-01-02", more=same),
        said(3, ":Ben-Sample", "supportive", "2024-02-01"),
    )
    assert found(graph) == [("Ben Sample", "regulation", "change", ["1", "3"])]


def test_they_are_narrowed_to_an_actor_and_a_topic_or_family(opened):
    assert found(opened, actor="Ben Sample") == []
    assert (
        len(found(opened, topic="regulation"))
        == len(found(opened, topic="rules-and-trust"))
        == 1
    )
    assert found(opened, topic="deepfakes") == []
    with pytest.raises(UnknownName, match="regulation"):
        found(opened, topic="regulations")


def test_the_commands_print_them(command, opened):
    shown = command("-C", opened.workspace.root, "positions", "Ada Example")
    assert shown.stdout.startswith("Ada Example\n\ntopic")
    shown = command("-C", opened.workspace.root, "contradictions")
    assert "Ada Example, on regulation" in shown.stdout
    assert shown.stderr == "onrecord: 1 change, 0 conflict, 0 order unknown\n"
