import pytest


def relations(rows, text: str, actor: str) -> set[str]:
    return {
        relation
        for actors, relation, _ in rows(text)
        if actor in actors.split("+")
    }


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        (
            "Actress Ada Example met Ben Specimen. She is worried about deepfakes.",
            "ada",
        ),
        (
            "Ms. Ada Example met Mr. Ben Specimen. She is worried about deepfakes.",
            "ada",
        ),
        (
            "Ada Example, the actress, met Ben Specimen. She is worried about deepfakes.",
            "ada",
        ),
        (
            "Ben Specimen came late.\n\nChairwoman Ada Example left. She is worried about deepfakes.",
            "ada",
        ),
        ("Ada Example voiced her fear of deepfakes.", "ada"),
        ("Ada Example said she is worried about deepfakes.", "ada"),
    ],
)
def test_a_pronoun_goes_to_who_may_go_by_it(rows, text, actor):
    assert "concernedAbout" in relations(rows, text, actor)


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        (
            "Actress Ada Example came alone. He is worried about deepfakes.",
            "ada",
        ),
        (
            "Ada Example, the guild's spokeswoman, left. He is worried about deepfakes.",
            "ada",
        ),
        ("Ada Example told Ben Specimen that he fears deepfakes.", "ada"),
        (
            "Ada Example came. Director Ivy Castellan spoke. She is worried about deepfakes.",
            "ada",
        ),
        (
            "Ada Example came. Tolva spoke for an hour. She is worried about deepfakes.",
            "ada",
        ),
        ("Ada Example met Ben Specimen. He is worried about deepfakes.", "ada"),
        ("“He is worried about deepfakes,” Ada Example said.", "ada"),
        (
            "Ben Specimen rejected AI games. Ada Example criticized him. He is worried about deepfakes.",
            "ada",
        ),
    ],
)
def test_a_wrong_name_is_worse_than_none(rows, text, actor):
    assert "concernedAbout" not in relations(rows, text, actor)


def test_her_in_a_clause_is_not_its_subject(rows):
    assert "opposes" not in relations(
        rows, "Ada Example disagreed with her about AI voices.", "ada"
    )


@pytest.mark.parametrize(
    "text",
    [
        "No artists are worried about deepfakes.",
        "Few artists are worried about deepfakes.",
    ],
)
def test_nobody_and_few_are_no_actors(rows, text):
    assert rows(text) == []
