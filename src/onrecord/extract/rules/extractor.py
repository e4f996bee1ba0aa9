"""The extractor that works by rules, offline and without any key."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from onrecord.extract.extractor import ExtractionContext, ExtractionResult, Gazetteer
from onrecord.extract.rules.actors import Actors
from onrecord.extract.rules.attributions import Found, Listener
from onrecord.extract.rules.finder import Finder
from onrecord.extract.rules.lexicon import fingerprint
from onrecord.extract.rules.mentions import Cast
from onrecord.extract.rules.parsing import MODEL, model, paragraphs
from onrecord.extract.rules.scenes import Scene
from onrecord.extract.rules.statements import Maker
from onrecord.extract.rules.topics import AI
from onrecord.model import Document

if TYPE_CHECKING:
    from spacy.language import Language

ENOUGH_AI = 3
"""A text that speaks of AI or names its systems so often is about it, so that a passage need not say so again."""


class RuleExtractor:
    """Makes statements by rules over spaCy's parse; `topics` holds the label of each topic by its key."""

    def __init__(
        self, names: Gazetteer, topics: Mapping[str, str], nlp: "Language | None" = None
    ) -> None:
        self.nlp = nlp or model(MODEL)
        self.topics = topics
        self.finder = Finder(names)

    @property
    def settings(self) -> str:
        """The hash of the rule tables, and spaCy's model with its version."""
        meta = self.nlp.meta
        name = f"{meta['lang']}_{meta['name']}"
        return f"rules {fingerprint()}, {name} {meta['version']}"

    def __call__(self, document: Document) -> ExtractionResult:
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
        return ExtractionResult(
            made, tuple(each for name, each in cast.proposed.items() if name in named)
        )


def create(context: ExtractionContext) -> RuleExtractor:
    """The extractor over a context; raises MissingExtra where spaCy or its model is not there."""
    labels = {key: topic.label for key, topic in context.vocabulary.topics.items()}
    return RuleExtractor(context.gazetteer, labels, model(context.model or MODEL))
