"""Small texts on which extraction failed: `tests/data/cases.tsv`, one row a text, by kind.

"Actor relation object" must be stated, or must not be; "*" stands for any, "|" for or.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from onrecord.model import Statement
from onrecord.model.iris import local
from onrecord.querying.ask import Graph
from onrecord.workspace import shipped

pytestmark = pytest.mark.xdist_group("rules")
CASES = Path(__file__).parents[1] / "data" / "cases.tsv"
HARMS = {
    "job-displacement",
    "deepfakes",
    "infringing-outputs",
    "quality-and-slop",
}
Row = tuple[str, bool, str, str]


def cases() -> Iterator[list[str]]:
    for line in CASES.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield line.replace("¶", "\n\n").split("\t")


@pytest.fixture(scope="session")
def graph() -> Graph:
    return Graph(shipped())


Reader = Callable[[str], tuple[Statement, ...]]


@pytest.fixture(scope="session")
def read(nlp, graph) -> Reader:
    """The statements of a text by the names of the graph that ships."""
    return reader(nlp, graph)


@pytest.fixture(scope="session")
def read_with_encoder(nlp, graph, encoder) -> Reader:
    """The statements of a text by the same names, with the encoder."""
    return reader(nlp, graph, encoder)


def reader(nlp, graph: Graph, encoder=None) -> Reader:
    from onrecord.extract.rules.extractor import RuleExtractor  # noqa: PLC0415  beside the model that may be missing
    from onrecord.ingest.articles import KnownNames  # noqa: PLC0415
    from onrecord.model import Document  # noqa: PLC0415

    extractor = RuleExtractor(KnownNames.of(graph.registry), nlp)
    extractor.encoder = encoder
    return lambda text: (
        extractor(Document("Example Daily", text=text)).statements
    )


@pytest.fixture(scope="session")
def rows(read, graph) -> Callable[[str], list[Row]]:
    def name(reference: str) -> str:
        known = graph.registry.entities.get(reference)
        return known.label if known else reference

    def row(value: Statement) -> Row:
        actors = "+".join(name(actor) for actor in value.actors)
        target = (
            local(value.object) if value.object_is_topic else name(value.object)
        )
        return actors, value.negated, value.relation, target

    return lambda text: [row(value) for value in read(text)]


@pytest.fixture(scope="session")
def parse(graph) -> Callable[[str], Row]:
    """Reads "Actor not relation object"; actors and objects may have spaces."""
    relations = "|".join(graph.vocabulary.stated)
    form = re.compile(rf"(.+?) (not )?((?:{relations}|\*|\|)+) (.+)$")

    def parsed(text: str) -> Row:
        match = form.match(text)
        assert match, text
        return match[1], bool(match[2]), match[3], match[4]

    return parsed


def fits(wanted: Row, made: Row) -> bool:
    pairs = zip(wanted, made, strict=True)
    return all(
        one == other
        if isinstance(one, bool)
        else other in one.split("|") or one == "*"
        for one, other in pairs
    )


@pytest.mark.parametrize("case", list(cases()), ids=lambda case: case[1][:40])
def test_a_small_text_is_read_right(rows, parse, case):
    _, text, wanted, unwanted = case
    made = rows(text)
    missing = [
        row
        for row in wanted.split(";")
        if row != "-" and not any(fits(parse(row), one) for one in made)
    ]
    wrong = [
        row
        for row in unwanted.split(";")
        if row != "-" and any(fits(parse(row), one) for one in made)
    ]
    assert (missing, wrong) == ([], []), made


def texts() -> Iterator[str]:
    for case in cases():
        yield case[1]
    folder = CASES.parent
    gold = (folder / "developing.jsonl").read_text(encoding="utf-8")
    for name in re.findall(r'"path": "(texts/[^"]+)"', gold):
        yield (folder / name).read_text(encoding="utf-8")
    for path in sorted((folder / "news" / "texts").glob("dev-*.txt")):
        yield path.read_text(encoding="utf-8")


@pytest.fixture(scope="session", params=["read", "read_with_encoder"])
def everything(request) -> list[Statement]:
    """All statements of the cases and of the project's own texts to develop on, without the encoder and with it."""
    read = request.getfixturevalue(request.param)
    return [value for text in texts() for value in read(text)]


def test_nothing_is_given_to_the_publisher(everything):
    said = [value for value in everything if "Example Daily" in value.actors]
    assert said == []


def test_nobody_wants_or_supports_a_harm(everything):
    wanting = {"supports", "callsFor", "promises"}
    wrong = [
        value
        for value in everything
        if value.relation in wanting and value.object in HARMS
    ]
    assert wrong == []


def test_a_deed_takes_no_side(everything):
    assert {
        value.stance for value in everything if value.wording == "deed"
    } == {None}


def test_a_side_is_set_only_by_words_about_ai_or_a_system(everything, graph):
    bound = {
        "Legislation",
        "Lawsuit",
        "Agreement",
        "Policy",
        "Guild",
        "TradeBody",
    }
    entities = graph.registry.entities
    sided = [
        value.object
        for value in everything
        if value.stance and value.object in entities
    ]
    assert {entities[target].cls for target in sided} & bound == set()


def test_nobody_accuses_himself_or_criticizes_his_own_firm(everything):
    wrong = [
        value
        for value in everything
        if value.relation in {"accuses", "criticizes", "sues", "threatens"}
        and value.object in value.actors
    ]
    assert wrong == []
