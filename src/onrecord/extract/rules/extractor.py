"""The extractor that works by rules, offline and without any key."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.extract.extractor import (
    ExtractionContext,
    ExtractionResult,
    Gazetteer,
)
from onrecord.extract.rules.actors import ActorResolver
from onrecord.extract.rules.attributions import (
    ParagraphAttributions,
    QuoteAttributor,
)
from onrecord.extract.rules.choosing import Chooser
from onrecord.extract.rules.contexts import ParagraphContext
from onrecord.extract.rules.lexicon import Lexicon
from onrecord.extract.rules.loading import MODEL, model
from onrecord.extract.rules.matcher import EntityMatcher
from onrecord.extract.rules.mentions import DiscourseState
from onrecord.extract.rules.parsing import paragraphs
from onrecord.extract.rules.statements import StatementBuilder
from onrecord.extract.rules.weighing import WeighingBuilder
from onrecord.extract.rules.weights import Weights
from onrecord.model import Document, Entity, Statement
from onrecord.model.errors import BadInput
from onrecord.model.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.language import Language

    from onrecord.extract.rules.encoder import Encoder

NAME = re.compile(r"[\w,;] (?:[a-z]+\.)?[A-Z0-9]|[“”\"«»]")
"""What a paragraph without a name or a quotation has none of."""
ENOUGH_AI = 3
"""A text that speaks of AI or names its systems so often is about it, so that a passage need not say so again."""
DENSE = 500
"""Characters of a short text for each time that it must speak of AI."""

SAMPLE = (
    "“We will never use AI without consent,” said Ada Example, who runs Example Studio, on Monday.\n"
    "The union opposes the plan to train AI models on songs, and urged lawmakers to act.\n"
    "Example Studio signed a licensing deal with Toneloom, an AI music generator."
)
"""A text in which the rules find something of each sort."""
NOT_ENGLISH = (
    "does not look like English, and the rules read English alone; "
    "a language model (--extractor llm) reads others, or add it as records"
)


class RuleExtractor:
    """Makes statements by rules over spaCy's parse, and by trained weights beside them.

    Where it does not weigh, the rules work alone; an encoder looks at what is weighed.
    """

    def __init__(
        self,
        names: Gazetteer,
        nlp: "Language | None" = None,
        lexicon: Lexicon | None = None,
        vocabulary: Vocabulary | None = None,
        *,
        weighs: bool = True,
    ) -> None:
        self.vocabulary = vocabulary
        self.weighs, self.refers = weighs, True
        self.encoder: Encoder | None = None
        self.nlp = nlp or model(MODEL)
        self.lexicon = lexicon or Lexicon.shipped()
        self.matcher = EntityMatcher(names, self.lexicon)

    @property
    def settings(self) -> str:
        """The hash of the rule tables, and spaCy's model with its version."""
        meta = self.nlp.meta
        name = f"{meta['lang']}_{meta['name']}"
        rules = f"rules {self.lexicon.fingerprint}, {name} {meta['version']}"
        if self.encoder is None:
            return rules
        return f"{rules}, {self.encoder.name}"

    def warm(self) -> None:
        """Reads a text of nobody's, so that children which read one each find weights and expressions made."""
        self(Document("", text=SAMPLE))

    def __call__(self, document: Document) -> ExtractionResult:
        """What a document states, in the order of the text; raises MissingExtra.

        A text that has no word about AI and names no system is not parsed; one that is
        not English raises BadInput.
        """
        if document.language not in {None, "en"}:
            raise BadInput(NOT_ENGLISH)
        text = document.text or ""
        if not self.may_matter(text):
            return ExtractionResult(())
        state = DiscourseState(self.lexicon, text, referents=self.referents)
        passages = list(self.passages(text, state))
        resolver = ActorResolver(state, self.matcher)
        builder = self._builder(document, resolver)
        for context, attributions in passages:
            builder.add(context, attributions)
        made = within(builder.statements(), self.vocabulary)
        for context, _ in passages:
            context.paragraph.doc.release()
        named = {name for statement in made for name in statement.references}
        new = tuple(e for name, e in state.proposed.items() if name in named)
        return ExtractionResult(*in_full(made, new, state.fuller))

    def _builder(
        self, document: Document, resolver: ActorResolver
    ) -> StatementBuilder:
        about_ai = self.is_about_ai(resolver.state)
        if not self._is_weighing:
            return StatementBuilder(document, resolver, about_ai)
        chooser = Chooser(self.lexicon.weights, self.encoder)
        return WeighingBuilder(document, resolver, about_ai, chooser=chooser)

    @property
    def _is_weighing(self) -> bool:
        return self.weighs and self.lexicon.is_trained

    @property
    def referents(self) -> Weights | None:
        """What ranks those whom a pronoun may mean, where the extractor weighs."""
        is_asked = self.refers and self._is_weighing
        return self.lexicon.weights("referents") if is_asked else None

    def may_matter(self, text: str) -> bool:
        """Whether a text speaks of AI or names a system, so that it is worth parsing."""
        is_named = self.lexicon.is_about_ai(text) or self.matcher.names_system(
            text
        )
        return is_named or self.lexicon.hints_at_ai(text)

    def passages(
        self, text: str, state: DiscourseState
    ) -> "Iterator[tuple[ParagraphContext, ParagraphAttributions]]":
        """Mentions, then attributions, paragraph by paragraph."""
        attributor = QuoteAttributor(self.lexicon.cues)
        for paragraph in paragraphs(text, self.nlp, self._may_tell):
            mentions = tuple(self.matcher.mentions(paragraph, state))
            context = ParagraphContext(paragraph, mentions, state)
            yield context, attributor.attribute(paragraph)

    def _may_tell(self, paragraph: str) -> bool:
        """Whether a paragraph holds a name, a quotation, a matter, or a word about AI."""
        if NAME.search(paragraph) or self.lexicon.is_about_ai(paragraph):
            return True
        return self.lexicon.weight_of(paragraph) > 0

    def is_about_ai(self, state: DiscourseState) -> bool:
        """Whether a text speaks of AI so often that a passage need not say so again."""
        systems = sum(mention.cls == "AISystem" for mention in state.recent)
        words = self.lexicon.times_of_ai(state.text)
        enough = min(ENOUGH_AI, 1 + len(state.text) // DENSE)
        return words + systems >= enough


def create(context: ExtractionContext) -> RuleExtractor:
    """The extractor over a context, with an encoder where one is installed; raises MissingExtra without spaCy."""
    extractor = create_without_encoder(context)
    from onrecord.extract.rules.encoder_files import (  # noqa: PLC0415  imports numpy, which comes with spaCy
        encoder_of,
    )

    extractor.encoder = encoder_of(extractor.lexicon)
    return extractor


def create_without_encoder(context: ExtractionContext) -> RuleExtractor:
    """The extractor over a context, by rules and weights alone; raises MissingExtra where spaCy is not installed."""
    lexicon = Lexicon.of(context.workspace)
    nlp = model(context.model or MODEL)
    return RuleExtractor(context.gazetteer, nlp, lexicon, context.vocabulary)


def in_full(
    made: tuple[Statement, ...],
    new: tuple[Entity, ...],
    fuller: Mapping[str, str],
) -> tuple[tuple[Statement, ...], tuple[Entity, ...]]:
    """Statements and new entities with the longest name that the text has for each."""
    if not fuller:
        return made, new
    statements = tuple(
        replace(
            statement,
            actors=tuple(
                fuller.get(actor, actor) for actor in statement.actors
            ),
            object=fuller.get(statement.object, statement.object),
        )
        for statement in made
    )
    entities = (replace(e, name=fuller.get(e.name, e.name)) for e in new)
    return statements, tuple({e.name: e for e in entities}.values())


def within(
    statements: tuple[Statement, ...], vocabulary: Vocabulary | None
) -> tuple[Statement, ...]:
    """What a field can state: of another field's relations and topics nothing is said."""
    if vocabulary is None:
        return statements
    known = vocabulary.topics.keys()
    kept: list[Statement] = []
    for statement in statements:
        topics = tuple(topic for topic in statement.topics if topic in known)
        aim = statement.object
        if statement.object_is_topic and aim not in known:
            aim = topics[0] if topics else ""
        if aim and statement.relation in vocabulary.relations:
            kept.append(replace(statement, object=aim, topics=topics))
    return tuple(kept)
