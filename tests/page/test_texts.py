"""The page speaks of its field in the words that a workspace gives."""

from dataclasses import replace

from onrecord.networks import Network
from onrecord.page.payload import payload
from onrecord.workspace import shipped


def test_stances_and_kinds_are_called_as_the_field_calls_them(
    words, few: Network
):
    texts = replace(
        shipped().texts(),
        page={**shipped().texts().page, "stance": "Stance on cycling"},
        stances={"supportive": "for bicycles"},
        kinds={"person": "Riders"},
    )
    rest = payload(few, words, texts=texts).rest
    labels = [stance["label"] for stance in rest["look"]["stances"]]
    assert labels == [
        "for bicycles",
        "critical",
        "conditional",
        "neutral",
        "none",
    ]
    assert rest["look"]["kinds"][0]["label"] == "Riders"
    assert rest["texts"]["stance"] == "Stance on cycling"


def test_without_texts_the_shipped_ones_are_said(words, few: Network):
    rest = payload(few, words).rest
    assert rest["texts"]["stage"] == shipped().texts().page["stage"]
    assert all(kind["label"] for kind in rest["look"]["kinds"])
