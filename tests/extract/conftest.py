"""The language model, loaded once; a registry of invented people; and short ways from a text to what was found."""

from collections.abc import Callable, Iterable, Iterator

import pytest

from onrecord.extract.rules.attributions import attributions
from onrecord.extract.rules.extractor import RuleExtractor
from onrecord.extract.rules.lexicon import Lexicon
from onrecord.extract.rules.loading import model
from onrecord.ingest.articles import KnownNames
from onrecord.model import Document, Statement
from onrecord.model.errors import MissingExtra
from onrecord.model.registry import Known

CAST = (
    Known("ada", "Ada Example", "Person"),
    Known("eve", "Eve Example", "Person"),
    Known("ben", "Ben Specimen", "Person"),
    Known("nine", "Studio Nine", "Company"),
    Known("lumen", "Lumen Pictures", "Company", ("Lumen",)),
    Known("guild", "Example Players Guild", "Guild", ("EPG",)),
    Known("painter", "Painter 2", "AISystem"),
    Known("mercury", "Mercury Falls", "Film"),
    Known("artists", "Artists", "Group"),
    Known("pact", "Silver Pact", "Agreement"),
)
EVERYBODY = KnownNames({known.iri: known for known in CAST}, {})


class Remembering:
    """The language model; what it has parsed once, it does not parse again."""

    def __init__(self, nlp) -> None:
        self.nlp = nlp
        self.docs = {}

    def __call__(self, text: str):
        return next(self.pipe([text]))

    def pipe(self, texts: Iterable[str]) -> Iterator:
        every = list(texts)
        new = sorted({*every} - self.docs.keys(), key=len)
        self.docs |= zip(new, self.nlp.pipe(new), strict=True)
        return (self.docs[text] for text in every)


@pytest.fixture(scope="session")
def nlp():
    try:
        return Remembering(model())
    except MissingExtra as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def files():
    """The module that reads the encoder, where what it needs is installed."""
    from onrecord.extract.rules import encoder_files  # noqa: PLC0415  needs numpy

    if not encoder_files.is_installed():
        pytest.skip(str(MissingExtra("the encoder", "encoder")))
    return encoder_files


@pytest.fixture(scope="session")
def encoder(files):
    return files.encoder_of(Lexicon.shipped())


@pytest.fixture(scope="session")
def said(nlp) -> Callable[[str], list[tuple[str, str, str]]]:
    """Source, cue and content of each attribution in a text, each as its words; parts joined by " … "."""

    def read(text: str) -> list[tuple[str, str, str]]:
        found = attributions(Document("Example Herald", text=text), nlp)
        words = ((each.source, each.cue, each.content) for each in found)
        return [
            tuple(" … ".join(text[a:b] for a, b in part) for part in parts)
            for parts in words
        ]

    return read


@pytest.fixture(scope="session")
def stated(nlp) -> Callable[..., list[Statement]]:
    """The statements of a text."""
    return _reader(RuleExtractor(EVERYBODY, nlp))


@pytest.fixture(scope="session")
def ruled(nlp) -> Callable[..., list[Statement]]:
    """The statements that the rules make of a text alone, without any weights."""
    return _reader(RuleExtractor(EVERYBODY, nlp, weighs=False))


@pytest.fixture(scope="session")
def weighed(nlp) -> Callable[[Lexicon, str], list[Statement]]:
    """The statements of a text by the tables of another lexicon."""

    def read(lexicon: Lexicon, text: str) -> list[Statement]:
        return _reader(RuleExtractor(EVERYBODY, nlp, lexicon))(text)

    return read


def _reader(extractor: RuleExtractor) -> Callable[..., list[Statement]]:
    def read(text: str, publisher: str = "Example Herald") -> list[Statement]:
        document = Document(publisher, text=text)
        made = list(extractor(document))
        for each in made:
            words = each.evidence
            assert text[words.start : words.end] == words.exact
        return made

    return read


@pytest.fixture(scope="session")
def rows(stated) -> Callable[[str], list[tuple[str, str, str]]]:
    """Actors, relation and object of each statement; a negated relation has "not " before it."""

    def read(
        text: str, publisher: str = "Example Herald"
    ) -> list[tuple[str, str, str]]:
        return [
            (
                "+".join(each.actors),
                ("not " if each.negated else "") + each.relation,
                each.object,
            )
            for each in stated(text, publisher)
        ]

    return read
