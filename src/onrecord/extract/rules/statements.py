"""Paragraphs with their attributions → statements: each stage proposes, and what is proposed is collected."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from onrecord.extract.rules.actors import ActorResolver
from onrecord.extract.rules.attributions import ParagraphAttributions
from onrecord.extract.rules.collecting import Collector
from onrecord.extract.rules.contexts import ParagraphContext
from onrecord.extract.rules.deeds import DeedReader
from onrecord.extract.rules.judgements import JudgementReader
from onrecord.extract.rules.lexicon import Lexicon
from onrecord.extract.rules.proposals import Proposal
from onrecord.extract.rules.relevance import Relevance
from onrecord.extract.rules.reports import ReportReader
from onrecord.extract.rules.tellers import Tellers
from onrecord.extract.rules.text_topics import TextTopics
from onrecord.extract.rules.transcripts import TranscriptReader
from onrecord.model import Document, Statement


@dataclass
class StatementBuilder:
    """Makes the statements of one document."""

    document: Document
    actors: ActorResolver
    about_ai: bool
    topics: TextTopics = field(init=False)
    collector: Collector = field(init=False)
    reports: ReportReader = field(init=False)
    deeds: DeedReader = field(init=False)
    judgements: JudgementReader = field(init=False)

    def __post_init__(self) -> None:
        """Sets up the stages, which share what they know of the text."""
        state, tellers = self.actors.state, Tellers()
        self.topics = TextTopics(
            self.document.text or "", state.lexicon, self.about_ai
        )
        relevance = Relevance(self.topics)
        self.collector = Collector(self.topics, state, tellers)
        self.reports = ReportReader(
            self.actors,
            relevance,
            tellers,
            TranscriptReader(self.topics),
        )
        self.deeds = DeedReader(self.actors, relevance, tellers)
        self.judgements = JudgementReader(self.actors, self.document.publisher)

    @property
    def lexicon(self) -> Lexicon:
        """The words that the text is read by."""
        return self.topics.lexicon

    def add(
        self, context: ParagraphContext, heard: ParagraphAttributions
    ) -> None:
        """Takes in a paragraph with its attributions."""
        for proposal in self._proposals(context, heard):
            self.collector.add(proposal)

    def statements(self) -> tuple[Statement, ...]:
        """What was made, in the order of the text."""
        return self.collector.statements()

    def _proposals(
        self, context: ParagraphContext, heard: ParagraphAttributions
    ) -> Iterator[Proposal]:
        """What the stages propose, each knowing what those before have made."""
        drafts = [draft for draft in heard.drafts if draft.content]
        if self._tells_posts():
            yield from self.deeds.posts(context)
        self.actors.note_papers(context)
        for draft in drafts:
            yield from self.reports.read(context, draft, heard.candidates)
        yield from self.deeds.events(context)
        self.reports.relevance.note_parties(context)
        contents = [span for draft in drafts for span in draft.content]
        yield from self.judgements.read(context, contents)

    def _tells_posts(self) -> bool:
        """Whether posts are told without a word of AI beside them: where the text speaks of it."""
        return self.lexicon.is_about_ai(self.topics.text)
