"""Names and IRIs: what is minted, and what a faulty ontology says."""

import hashlib
from pathlib import Path

import pytest

from onrecord.model import iris, vocabulary
from onrecord.model.errors import BadGraph
from onrecord.model.names import nearest
from onrecord.querying.ask import Graph

HEAD = (
    "@prefix : <https://w3id.org/onrecord/> .\n@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
    "@prefix topic: <https://w3id.org/onrecord/topic/> .\n"
)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("SAG-AFTRA", "SAG-AFTRA"),
        ("J.J. O'Neill & Co.", "J-J-ONeill-and-Co"),
        ("Ada’s Café", "Adas-Cafe"),
        ("Warner Bros. Discovery", "Warner-Bros-Discovery"),
        ("Ядвига", "Yadviga"),
        ("…", ""),
        ("<script>alert(1)</script>", "script-alert-1-script"),
    ],
)
def test_a_slug_holds_letters_digits_and_hyphens(name: str, slug: str) -> None:
    assert iris.slug(name) == slug


def test_a_taken_or_empty_slug_takes_its_type_and_then_a_number() -> None:
    assert iris.mint("Sora", "AISystem", {"sora"}) == "Sora-AISystem"
    assert (
        iris.mint("Sora", "AISystem", {"sora", "sora-aisystem"})
        == "Sora-AISystem-2"
    )
    assert iris.mint("…", "Group", set()) == "Group"


def test_an_entity_never_takes_the_name_of_a_term_or_of_the_program(
    graph: Graph,
) -> None:
    for name in ("urges", "Person", "statement", "sparql", "health"):
        assert not graph.registry.mint(name, "Company").endswith(f"/{name}")


def test_a_digest_is_of_canonical_json_so_that_anybody_can_make_it_anew() -> (
    None
):
    text = '["https://w3id.org/onrecord/doc/x",["ü"],{"a":null}]'
    made = iris.digest("https://w3id.org/onrecord/doc/x", ["ü"], {"a": None})
    assert made == hashlib.sha256(text.encode()).hexdigest()[:12]


def test_a_term_without_what_it_needs_is_named(tmp_path: Path) -> None:
    path = tmp_path / "own.ttl"
    path.write_text(HEAD + "topic:robots a :Topic .\n", encoding="utf-8")
    with pytest.raises(BadGraph, match=r"'robots' has no label"):
        vocabulary.read([path])


def test_turtle_that_does_not_parse_is_named_with_its_line(
    tmp_path: Path,
) -> None:
    path = tmp_path / "own.ttl"
    path.write_text(HEAD + "topic:robots a :Topic\n", encoding="utf-8")
    with pytest.raises(BadGraph, match=r"own\.ttl:\d+: no Turtle"):
        vocabulary.read([path])


def test_what_a_workspace_adds_is_read_beside_what_ships(
    graph: Graph, tmp_path: Path
) -> None:
    path = tmp_path / "own.ttl"
    path.write_text(
        HEAD + 'topic:robots a :Topic ; rdfs:label "robots"@en .\n',
        encoding="utf-8",
    )
    topics = vocabulary.read([path, *graph.workspace.ontology_files()]).topics
    assert topics["robots"].label == "robots"
    assert topics.keys() > graph.vocabulary.topics.keys()


def test_the_nearest_names_are_spelt_alike_or_hold_the_name() -> None:
    names = ["Netflix", "Studio Nine", "Nine Lives"]
    assert nearest("netflx", names) == ["Netflix"]
    assert set(nearest("nine", names)) == {"Studio Nine", "Nine Lives"}
    assert nearest("zzz", names) == []


def test_the_longest_prefix_names_an_iri() -> None:
    assert iris.split("https://w3id.org/onrecord/topic/deepfakes") == (
        "topic",
        "deepfakes",
    )
    assert iris.split("https://w3id.org/onrecord/SAG-AFTRA") == (
        "",
        "SAG-AFTRA",
    )


@pytest.mark.parametrize("rest", ["", "-a", "a-", "a/b", "a.b", "é", "a%20"])
def test_an_iri_whose_rest_is_no_plain_name_stays_whole(rest: str) -> None:
    iri = f"https://w3id.org/onrecord/{rest}"
    assert iris.compact(iri) == iri
