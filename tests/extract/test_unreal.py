"""What a text denies from afar, calls false, supposes or has as given up is not told as done."""

import pytest

WORK = "“Mercury Falls”"
DENIED = (
    f"At no point did Lumen Pictures use AI in {WORK}.",
    f"Lumen Pictures used no AI in {WORK}.",
    f"Lumen Pictures says it used no AI at all in {WORK}.",
    f"Lumen Pictures has used zero AI in {WORK}.",
    f"Lumen Pictures used neither AI nor motion capture in {WORK}.",
    f"Lumen Pictures used little or no AI in {WORK}.",
    f"Nor did Lumen Pictures use AI in {WORK}.",
)
UNTOLD = (
    f"It is not true that Lumen Pictures used AI in {WORK}.",
    f"It is false that Lumen Pictures used AI in {WORK}.",
    f"It's a lie that Lumen Pictures used AI in {WORK}.",
    f"Reports that Lumen Pictures used AI in {WORK} are false.",
    f"The claim that Lumen Pictures used AI in {WORK} is false.",
    f"Lumen Pictures rejected claims that it used AI in {WORK}.",
    f"Lumen Pictures dismissed reports that it had used AI in {WORK} as false.",
    f"There is no truth to claims that Lumen Pictures used AI in {WORK}.",
    f"Lumen Pictures considered using AI in {WORK} but decided against it.",
    f"Had Lumen Pictures used AI in {WORK}, the guild would have sued.",
    f"Far from using AI in {WORK}, Lumen Pictures hired 200 artists.",
    f"Instead of using AI in {WORK}, Lumen Pictures hired artists.",
    f"Lumen Pictures abandoned plans to use AI in {WORK}.",
    f"Lumen Pictures dropped the idea of using AI in {WORK}.",
    f"Lumen Pictures would not confirm that it used AI in {WORK}.",
    f"Lumen Pictures wishes it had used AI in {WORK}.",
    f"Until Lumen Pictures uses AI in {WORK}, nobody will know.",
)
TOLD = (
    f"Not only did Lumen Pictures use AI in {WORK}, it said so.",
    f"Never before has Lumen Pictures used AI in {WORK}.",
    f"Lumen Pictures used no-code AI tools in {WORK}.",
    f"It is true that Lumen Pictures used AI in {WORK}.",
    f"It is wrong that Lumen Pictures used AI in {WORK}.",
    f"It is not surprising that Lumen Pictures used AI in {WORK}.",
    f"The fact that Lumen Pictures used AI in {WORK} angered fans.",
    f"Lumen Pictures had no qualms about using AI in {WORK}.",
)


@pytest.mark.parametrize("text", DENIED)
def test_a_use_that_is_denied_from_afar_is_negated(rows, text):
    made = [row for row in rows(text) if row[1].endswith("usesAIIn")]
    assert made == [("lumen", "not usesAIIn", "mercury")]


@pytest.mark.parametrize("text", UNTOLD)
def test_a_use_that_did_not_happen_is_not_told(rows, text):
    assert "usesAIIn" not in {relation for _, relation, _ in rows(text)}


@pytest.mark.parametrize("text", TOLD)
def test_a_use_beside_a_word_that_denies_something_else_is_told(rows, text):
    assert ("lumen", "usesAIIn", "mercury") in rows(text)


@pytest.mark.parametrize(
    "text",
    [
        f"Lumen Pictures considers using AI in {WORK}.",
        f"It is possible that Lumen Pictures used AI in {WORK}.",
    ],
)
def test_what_is_only_considered_or_possible_is_supposed(stated, text):
    uses = [value for value in stated(text) if value.relation == "usesAIIn"]
    assert [value.modality for value in uses] == ["hypothetical"]


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("In no case did Lumen Pictures sue Studio Nine over AI.", "sues"),
        ("Lumen Pictures has no plans to sue Studio Nine over AI.", "sues"),
        ("It is false that Lumen Pictures sued Studio Nine.", "sues"),
        ("Lumen Pictures decided against suing Studio Nine.", "sues"),
        ("Lumen Pictures ruled out suing Studio Nine.", "sues"),
        ("Lumen Pictures almost sued Studio Nine over AI.", "sues"),
        ("Studio Nine was nearly sued by Lumen Pictures over AI.", "sues"),
        (
            "Lumen Pictures neither confirmed nor denied that it used AI.",
            "denies",
        ),
        ("The guild withdrew its support for the AI bill.", "supports"),
        ("The guild gave no support to the AI bill.", "supports"),
        ("Ada Example lifted her opposition to the AI bill.", "opposes"),
        ("Ada Example, an actress, is not opposed to AI.", "opposes"),
        ("Ada Example does not think AI is bad.", "criticizes"),
        (
            "“I have no reason to be afraid of AI,” Ada Example said.",
            "concernedAbout",
        ),
        ("Lumen Pictures reversed its ban on AI scripts.", "restricts"),
    ],
)
def test_a_deed_or_an_attitude_is_not_turned_round(rows, text, relation):
    assert relation not in {made for _, made, _ in rows(text)}


@pytest.mark.parametrize(
    ("text", "works"),
    [
        (f"Lumen Pictures used AI in all its films except {WORK}.", []),
        (f"Lumen Pictures used AI in all its films but not in {WORK}.", []),
        (f"Lumen Pictures used AI not only in {WORK}.", ["mercury"]),
    ],
)
def test_the_work_without_ai_is_not_the_one_with_it(rows, text, works):
    made = [
        target for _, relation, target in rows(text) if relation == "usesAIIn"
    ]
    assert [target for target in made if target == "mercury"] == works


@pytest.mark.parametrize(
    "text",
    [
        "Ada Example criticised Lumen Pictures for not using AI.",
        "Ada Example praised the crew for refusing to use AI.",
        "Ada Example condemned attacks on AI artists.",
    ],
)
def test_a_judgement_of_what_is_done_against_ai_takes_no_side_on_it(
    stated, text
):
    sides = {value.stance for value in stated(text) if "ada" in value.actors}
    assert sides <= {None}
