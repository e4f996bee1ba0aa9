"""The extractor that works by rules, offline and without any key."""

from typing import TYPE_CHECKING

from onrecord.extract.extractor import ExtractionContext, ExtractionResult, Gazetteer
from onrecord.extract.rules.actors import ActorResolver
from onrecord.extract.rules.attributions import AttributionDraft, QuoteAttributor
from onrecord.extract.rules.contexts import ParagraphContext
from onrecord.extract.rules.lexicon import Lexicon
from onrecord.extract.rules.matcher import EntityMatcher
from onrecord.extract.rules.mentions import DiscourseState
from onrecord.extract.rules.parsing import MODEL, model, paragraphs
from onrecord.extract.rules.statements import StatementBuilder
from onrecord.model import Document

if TYPE_CHECKING:
    from spacy.language import Language

ENOUGH_AI = 3
"""A text that speaks of AI or names its systems so often is about it, so that a passage need not say so again."""


class RuleExtractor:
    """Makes statements by rules over spaCy's parse."""

    def __init__(
        self,
        names: Gazetteer,
        nlp: "Language | None" = None,
        lexicon: Lexicon | None = None,
    ) -> None:
        self.nlp = nlp or model(MODEL)
        self.lexicon = lexicon or Lexicon.shipped()
        self.matcher = EntityMatcher(names, self.lexicon)

    @property
    def settings(self) -> str:
        """The hash of the rule tables, and spaCy's model with its version."""
        meta = self.nlp.meta
        name = f"{meta['lang']}_{meta['name']}"
        return f"rules {self.lexicon.fingerprint}, {name} {meta['version']}"

    def __call__(self, document: Document) -> ExtractionResult:
        """What a document states, in the order of the text; raises MissingExtra."""
        text = document.text or ""
        state, attributor = (
            DiscourseState(self.lexicon, text),
            QuoteAttributor(self.lexicon.cues),
        )
        contexts: list[tuple[ParagraphContext, list[AttributionDraft]]] = []
        for paragraph in paragraphs(text, self.nlp):
            context = ParagraphContext(
                paragraph, tuple(self.matcher.mentions(paragraph, state)), state
            )
            contexts.append((context, attributor.attribute(paragraph)))
        systems = sum(each.cls == "AISystem" for each in state.recent)
        about_ai = len(self.lexicon.ai.findall(text)) + systems >= ENOUGH_AI
        builder = StatementBuilder(
            document, ActorResolver(state, self.matcher), about_ai
        )
        for context, found in contexts:
            builder.add(context, found)
        made = builder.statements()
        named = {name for each in made for name in each.references}
        return ExtractionResult(
            made, tuple(each for name, each in state.proposed.items() if name in named)
        )


def create(context: ExtractionContext) -> RuleExtractor:
    """The extractor over a context; raises MissingExtra where spaCy or its model is not there."""
    lexicon = Lexicon.of(context.workspace)
    return RuleExtractor(context.gazetteer, model(context.model or MODEL), lexicon)
