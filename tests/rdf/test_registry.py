"""Who is meant by a name: IRI, id, label, alias, and never a guess."""

import pytest

from onrecord.model.errors import AmbiguousName, UnknownName
from onrecord.model.iris import BASE
from onrecord.model.registry import Known, Registry

PEOPLE = (
    Known(f"{BASE}Studio-Nine", "Studio Nine", "Company", ("Nine", "The Nine")),
    Known(f"{BASE}Nine-Music", "Nine Music", "Company", ("Nine Records",)),
    Known(f"{BASE}ONeill", "J.J. O’Neill", "Person"),
    Known(f"{BASE}Ada", "Ada Example", "Person", ("Ada",)),
    Known(f"{BASE}Ada-Example-Film", "Ada Example", "Film"),
)


@pytest.fixture
def registry(graph) -> Registry:
    made = Registry(
        graph.vocabulary,
        {"Nine": ["Studio Nine", "Nine Music"], "the records": ["Nine Music"]},
    )
    for each in PEOPLE:
        made.add(each)
    return made


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Studio Nine", "Studio-Nine"),
        ("studio  nine", "Studio-Nine"),
        ("The Nine", "Studio-Nine"),
        (":Studio-Nine", "Studio-Nine"),
        ("Studio-Nine", "Studio-Nine"),
        (f"{BASE}Studio-Nine", "Studio-Nine"),
        ("j.j. o'neill", "ONeill"),
        ("Ada", "Ada"),
        ("the records", "Nine-Music"),
    ],
)
def test_a_name_in_any_of_its_forms_is_found(
    registry: Registry, name: str, slug: str
) -> None:
    assert registry.find(name).iri == BASE + slug


def test_a_form_that_may_mean_several_asks_for_the_id_and_lists_them(
    registry: Registry,
) -> None:
    with pytest.raises(AmbiguousName) as caught:
        registry.find("Nine")
    assert str(caught.value).splitlines() == [
        "'Nine' stands for several entities; use the id of one:",
        "  :Studio-Nine  Studio Nine (Company)",
        "  :Nine-Music  Nine Music (Company)",
    ]


def test_a_shared_label_asks_for_the_id(registry: Registry) -> None:
    with pytest.raises(AmbiguousName, match=":Ada-Example-Film"):
        registry.find("Ada Example")


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("Studio Nien", "did you mean 'Studio Nine'?"),
        ("Music", "did you mean 'Nine Music'?"),
        ("Zzyzx", "`onrecord search` shows who is known"),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest(
    registry: Registry, name: str, hint: str
) -> None:
    with pytest.raises(UnknownName) as caught:
        registry.find(name)
    assert str(caught.value) == f"no entity is called {name!r}; {hint}"


def test_a_slug_is_minted_once_and_never_that_of_a_word_of_the_ontology(
    registry: Registry,
) -> None:
    assert registry.mint("Studio Nine", "Film") == f"{BASE}Studio-Nine-Film"
    assert registry.mint("Urges", "Film") == f"{BASE}Urges-Film"
    registry.remove(f"{BASE}Nine-Music")
    assert registry.mint("Nine Music", "Company") == f"{BASE}Nine-Music-Company"


def test_an_entity_that_is_added_again_has_its_new_names_alone(
    registry: Registry,
) -> None:
    registry.add(Known(f"{BASE}ONeill", "Jay O'Neill", "Person"))
    assert registry.find("Jay O’Neill").iri == f"{BASE}ONeill"
    with pytest.raises(UnknownName):
        registry.find("J.J. O'Neill")


def test_what_was_merged_is_found_by_its_old_id_and_iri_through_every_merge(
    registry: Registry,
) -> None:
    registry.merge(f"{BASE}Nine-Old", f"{BASE}Nine-Older")
    registry.merge(f"{BASE}Nine-Older", f"{BASE}Studio-Nine")
    for name in (":Nine-Old", "Nine-Old", f"{BASE}Nine-Old", ":Nine-Older"):
        assert registry.find(name).label == "Studio Nine"
    assert registry.mint("Nine Old", "Company") == f"{BASE}Nine-Old-Company"


def test_merges_that_lead_in_a_circle_end(registry: Registry) -> None:
    registry.merge(f"{BASE}One", f"{BASE}Two")
    registry.merge(f"{BASE}Two", f"{BASE}One")
    with pytest.raises(UnknownName):
        registry.find(":One")
