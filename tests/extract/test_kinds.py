import pytest

from onrecord.extract.kinds import names
from onrecord.extract.parsing import paragraphs


@pytest.fixture
def named(nlp):
    def find(text: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for part in paragraphs(text, nlp):
            for each in names(part, text):
                assert part.text[each.start : each.end].casefold() == each.text.casefold()
                found.setdefault(each.text, each.cls)
        return found

    return find


@pytest.mark.parametrize(
    ("text", "name", "cls"),
    [
        ("Helena Marsh, the president of the Screen Craft Union, spoke.", "Helena Marsh", "Person"),
        ("Helena Marsh, the president of the Screen Craft Union, spoke.", "Screen Craft Union", "Guild"),
        ("Northgate CEO Marcus Oyelaran spoke.", "Marcus Oyelaran", "Person"),
        ("The deal with Paletta AI was signed.", "Paletta AI", "Company"),
        ("It was made for the film “The Glass Orchard.”", "The Glass Orchard", "Film"),
        ("LIWEI TAN: I am tired.\n\nGREG HOLM: So am I.", "Liwei Tan", "Person"),
        ("The Writers Guild of Great Britain met.", "Writers Guild of Great Britain", "Guild"),
        ("Crews met Helena Marsh. Marsh spoke.", "Helena Marsh", "Person"),
    ],
)
def test_words_tell_what_a_name_names(named, text, name, cls):
    assert named(text).get(name) == cls


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("BREAKING NEWS: The set burnt.", "Breaking News"),
        ("It was “Winter Harbor” that won.", "Winter Harbor"),
        ("The president spoke.", "The president"),
    ],
)
def test_what_is_no_name_is_not_proposed(named, text, name):
    assert name not in named(text)


def test_a_short_form_is_the_company_named_in_full(stated):
    made = stated("Harbor Pictures grew. Harbor praised AI dubbing.")
    assert [each.actors for each in made if each.relation == "supports"] == [("Harbor Pictures",)]


def test_a_last_name_inside_a_longer_name_is_somebody_else(stated):
    made = stated("Ada Example left. Jane Example is worried about deepfakes.")
    assert all("ada" not in each.actors for each in made)
