"""A document → statements: the seam, and the extractor that works by rules, offline and without any key."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from onrecord.extract.actors import Actors
from onrecord.extract.attributions import Found, Listener
from onrecord.extract.finder import Finder
from onrecord.extract.mentions import Cast, Names
from onrecord.extract.parsing import MODEL, model, paragraphs
from onrecord.extract.scenes import Scene
from onrecord.extract.statements import Maker
from onrecord.extract.topics import AI
from onrecord.model import Document, Entity, Statement

if TYPE_CHECKING:
    from spacy.language import Language

ENOUGH_AI = 3
"""A text that speaks of AI or names its systems so often is about it, so that a passage need not say so again."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """Statements of one document, and the entities they name that the registry does not know."""

    statements: tuple[Statement, ...]
    entities: tuple[Entity, ...] = ()

    def __iter__(self) -> Iterator[Statement]:
        """The statements."""
        return iter(self.statements)


class Extractor(Protocol):
    """Whatever makes statements of a document; the words of their evidence stand in the document's text."""

    def __call__(self, document: Document) -> Extracted:
        """What a document states."""
        ...


class RuleExtractor:
    """Makes statements by rules over spaCy's parse; `topics` holds the label of each topic by its key."""

    def __init__(self, names: Names, topics: Mapping[str, str], nlp: "Language | None" = None) -> None:
        self.nlp = nlp or model(MODEL)
        self.topics = topics
        self.finder = Finder(names)

    def __call__(self, document: Document) -> Extracted:
        """What a document states, in the order of the text; raises MissingExtra."""
        text = document.text or ""
        cast, listener = Cast(text), Listener()
        scenes: list[tuple[Scene, list[Found]]] = []
        for paragraph in paragraphs(text, self.nlp):
            scene = Scene(paragraph, tuple(self.finder.mentions(paragraph, cast)), cast)
            scenes.append((scene, listener.hear(paragraph)))
        systems = sum(each.cls == "AISystem" for each in cast.recent)
        about_ai = len(AI.findall(text)) + systems >= ENOUGH_AI
        maker = Maker(document, Actors(cast, self.finder), self.topics, about_ai)
        for scene, found in scenes:
            maker.take(scene, found)
        made = maker.statements()
        named = {name for each in made for name in each.references}
        return Extracted(made, tuple(each for name, each in cast.proposed.items() if name in named))
