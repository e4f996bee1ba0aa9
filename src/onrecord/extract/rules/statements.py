"""Attributions, events and posts → statements: who, relation, object, words, and how sure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from textwrap import shorten
from typing import TYPE_CHECKING

from onrecord.extract.rules.actors import ActorResolver
from onrecord.extract.rules.as_such import is_of_ai_alone
from onrecord.extract.rules.attributions import (
    AttributionDraft,
    ParagraphAttributions,
    begun,
    kind,
)
from onrecord.extract.rules.contexts import ParagraphContext
from onrecord.extract.rules.events import MUTUAL, events
from onrecord.extract.rules.factuality import is_negated, is_open, is_undone, modality
from onrecord.extract.rules.frames import Candidate
from onrecord.extract.rules.lexicon import Lexicon
from onrecord.extract.rules.meanings import Meaning, Speaker
from onrecord.extract.rules.mentions import AGENTS, COMPANIES, WORKS, Mention
from onrecord.extract.rules.passages import (
    asked_about,
    covers,
    is_pronoun,
    is_void,
    place_in_text,
    place_of,
    with_cue,
)
from onrecord.extract.rules.places import SpanIndex
from onrecord.extract.rules.proposals import DraftStatement, Proposal
from onrecord.extract.rules.quotations import Span
from onrecord.extract.rules.reading import (
    addressees,
    meaning,
    sentence_meaning,
    subject_target,
)
from onrecord.extract.rules.retelling import is_retold, is_twin
from onrecord.extract.rules.role_mentions import RoleMention, role_mentions
from onrecord.extract.rules.uses import Event
from onrecord.model import Document, Evidence, Statement

if TYPE_CHECKING:
    from spacy.tokens import Span as Words
    from spacy.tokens import Token

LONGEST_GIST = 240
"""Characters of a passage that stand for it in lists."""
CONTEXT = 32
"""Characters of prefix and suffix that tell a passage from its like."""
ASKED = re.compile(r"(?:whether|if|why|which|how|what|who|where)\b", re.IGNORECASE)
"""How the content of a report begins that tells nothing."""
OWN = frozenset(
    {
        "callsFor",
        "promises",
        "concernedAbout",
        "supports",
        "opposes",
        "denies",
        "acknowledges",
        "criticizes",
    }
)
"""What a speaker's plain sentence in a transcript may mean."""
PLANNED = frozenset({"promises", "predicts", "callsFor", "rejects"})
"""Relations that plain words bear only where they name a matter."""
OWN_WILL = re.compile(
    r"\b(?:I|[Ww]e)(?: will|[’']ll| won[’']t| would) (?:not |never )?[a-z]"
)
PLAIN = frozenset({"content", "inner cue"})
"""Ways of reading what somebody means from what he says."""
POINTING = re.compile(r"\b(?:it|this|that|these|they|them|tools?|technology)\b")
"""Words by which praise may be of what was spoken of before."""
CHARGES = frozenset(
    {"accuses", "sues", "criticizes", "opposes", "urges", "threatens", "protests"}
)
"""Relations after which the object is somebody who was charged."""
SPOKEN_OF = frozenset({"of", "about", "on", "asked"})
ASKING = frozenset({"urges", "callsFor"})
WISHING = frozenset({"want", "like", "wish", "hope"})
"""Verbs by which nobody is asked."""
WANTING = frozenset({"supports", "callsFor", "promises", "usesAIIn"})
"""Relations whose object nobody gives who is asked for a harm."""
INSTEAD = {
    "supports": "ai-as-such",
    "callsFor": "safeguards",
    "promises": "safeguards",
    "usesAIIn": "efficiency-and-cost",
}
"""The object of a wish where the words name a harm alone."""
SIDED = frozenset({"supportive", "critical", "conditional"})
POSTED = frozenset({"leads", "worksFor", "memberOf", "represents"})
"""Relations that tell a post, which a report takes for known."""
MANY = 40
"""More topics than there are."""
STRONG = 3
"""The weight of one plain word of a topic, or of several vague ones."""
LONG = 1200
"""Characters of a text that has matters of its own, which a passage need not name."""
FAULTS = re.compile(
    r"\b(?:inadequate|insufficient|lax|flawed|weak|careless|reckless)\s+(?:\w+\s+){0,2}"
    r"(?:safeguards?|protections?|guardrails?|controls?)",
    re.IGNORECASE,
)
INFERENCE = re.compile(
    r"\b(?:may|might|could) (?:serve|stand|act) as\b.{0,40}\bsuggesting that\b"
)
"""An outlet's own reading of what somebody's position means for others."""
SENTENCES = re.compile(r"(?<=[a-z\d][.!?])\s+(?=[A-Z“])")
SPLIT = re.compile(r",?\s(?:and|but)\s(?=that\s|it\s|he\s|she\s|they\s)|;\s")


@dataclass
class StatementBuilder:
    """Makes the statements of one document."""

    document: Document
    actors: ActorResolver
    about_ai: bool
    made: dict[tuple[object, ...], Statement] = field(default_factory=dict)
    parties: set[str] = field(default_factory=set)
    proposals: list[Proposal] = field(default_factory=list)
    _reports: SpanIndex[Mention] = field(default_factory=SpanIndex)
    _hearsay: SpanIndex[str] = field(default_factory=SpanIndex)

    def add(self, context: ParagraphContext, heard: ParagraphAttributions) -> None:
        """Takes in a paragraph with its attributions."""
        drafts = [draft for draft in heard.drafts if draft.content]
        if self._tells_posts():
            for post in role_mentions(context):
                self._post(post)
        self.actors.note_papers(context)
        inner = list(heard.candidates)
        for draft in drafts:
            self._attribution(context, draft, inner)
        for event in events(context):
            self._event(context, event)
        self._note_parties(context)
        contents = [span for draft in drafts for span in draft.content]
        for sentence in context.paragraph.doc.sents:
            self._judgement(context, sentence, contents)

    def _tells_posts(self) -> bool:
        return self.lexicon.is_about_ai(self._text)

    def statements(self) -> tuple[Statement, ...]:
        """What was made, in the order of the text; a remark on one's own deed is that deed."""
        made = sorted(self.made.values(), key=place_in_text)
        return tuple(
            value
            for number, value in enumerate(made)
            if not is_retold(value, made) and not is_twin(value, made[:number])
        )

    @property
    def lexicon(self) -> Lexicon:
        """The words that the text is read by."""
        return self.actors.state.lexicon

    @property
    def _text(self) -> str:
        return self.document.text or ""

    @cached_property
    def matters(self) -> tuple[str, ...]:
        """What the sentences on AI of a long text are about, its headline counted twice."""
        if not self.about_ai or len(self._text) < LONG:
            return ()
        sentences = re.split(r"(?<=[.!?”\"])\s+|\n+", self._text)
        of_ai = [text for text in sentences if self.lexicon.is_about_ai(text)]
        return self.lexicon.topics_of(" \n".join([sentences[0], *of_ai]), most=3)

    def _note_parties(self, context: ParagraphContext) -> None:
        for sentence in context.paragraph.doc.sents:
            if self.lexicon.is_about_ai(sentence.text):
                place = place_of(context, sentence)
                named = context.within(*place)
                self.parties.update(mention.entity for mention in named)

    # What was said

    def _attribution(
        self, context: ParagraphContext, draft: AttributionDraft, inner: list[Candidate]
    ) -> None:
        actors = self.actors.of_attribution(context, draft)
        candidate = draft.candidate
        if not actors and candidate is not None and candidate.source.pos_ == "NOUN":
            for span in draft.content:
                self._hearsay.add(span, candidate.source.text)
        if not actors or (
            candidate is not None and is_void(candidate, self.lexicon.cues)
        ):
            return
        if candidate is not None and self._is_wire(candidate, actors[0]):
            self._wire(context, draft, inner)
            return
        self.actors.state.speaker = actors[0]
        if candidate is None:
            self._transcript(context, actors, inner)
            return
        for span in draft.content:
            self._reports.add(span, actors[0])
        speaker = self._speaker(actors)
        for meant, place in self._meanings(context, draft, inner, speaker):
            self._report(context, draft, actors, meant, place)

    def _is_wire(self, candidate: Candidate, actor: Mention) -> bool:
        """Whether an outlet only passes on what others said or did."""
        if candidate.entry.relation != "states":
            return False
        name = self.actors.label(actor).lower()
        is_wire = name in self.lexicon.words["wire"]
        return is_wire or actor.cls == "NewsOutlet"

    def _wire(
        self, context: ParagraphContext, draft: AttributionDraft, inner: list[Candidate]
    ) -> None:
        """What somebody is reported to have said, in the place of the report."""
        for cue in inner:
            is_inside = covers(draft.content, context.place(cue.cue))
            if is_inside and cue.content and not context.paragraph.quoted(cue.cue):
                self._attribution(context, begun(context.paragraph, cue), inner)
                return

    def _speaker(self, actors: list[Mention]) -> Speaker:
        return Speaker(
            {actor.entity for actor in actors},
            any(self.actors.is_charged(actor) for actor in actors),
        )

    def _meanings(
        self,
        context: ParagraphContext,
        draft: AttributionDraft,
        inner: list[Candidate],
        speaker: Speaker,
    ) -> list[tuple[Meaning, Span]]:
        """What an attribution means: as a whole, else what each of its parts does."""
        candidate = draft.candidate
        if candidate is None:
            return []
        whole = min(a for a, _ in draft.content), max(b for _, b in draft.content)
        text = self._words(draft)
        inside = [cue for cue in inner if covers(draft.content, context.place(cue.cue))]
        meant = meaning(context, candidate, inside, text, speaker)
        is_denied = meant.negated or is_negated(candidate.cue)
        is_plain = candidate.entry.relation == "states" and not is_denied
        if not is_plain or meant.rule == "opinion":
            return [(meant, whole)]
        parts = self._parts(context, draft, inside, speaker)
        return parts or [(meant, whole)]

    def _parts(
        self,
        context: ParagraphContext,
        draft: AttributionDraft,
        inner: list[Candidate],
        speaker: Speaker,
    ) -> list[tuple[Meaning, Span]]:
        """What each quotation or clause means, where it means more than a remark."""
        parts: dict[str, tuple[Meaning, Span]] = {}
        for start, end in self._pieces(draft):
            held = [cue for cue in inner if start <= context.place(cue.cue) < end]
            words = context.span(start, end)
            if words is None or not len(words):
                continue
            meant = sentence_meaning(context, words, words.root, held, speaker)
            if meant is not None and meant.relation != "states":
                parts.setdefault(meant.relation, (meant, (start, end)))
        return list(parts.values())

    def _pieces(self, draft: AttributionDraft) -> Iterator[Span]:
        for start, end in sorted(draft.content):
            text = self._text[start:end]
            is_quoted = text[:1] in "“\"‘'"
            at = start
            for match in (SENTENCES if is_quoted else SPLIT).finditer(text):
                yield at, start + match.start()
                at = start + match.end()
            yield at, end

    def _words(self, draft: AttributionDraft) -> str:
        return " ".join(self._text[a:b] for a, b in sorted(draft.content))

    def _report(
        self,
        context: ParagraphContext,
        draft: AttributionDraft,
        actors: list[Mention],
        meant: Meaning,
        place: Span,
    ) -> None:
        candidate = draft.candidate
        if candidate is None:
            return
        whole = self._words(draft)
        first = place[0] <= min(draft.content)[0] and place[1] >= max(draft.content)[1]
        text = whole if first else self._text[slice(*place)]
        is_by_words = meant.rule == "content" or meant.relation == "states"
        if is_by_words and ASKED.match(text):
            return
        if meant.object is None and is_pronoun(candidate):
            return
        matters = self._matters(context, draft, text, meant)
        wording = kind(self._text, draft)
        meant = self._asked(context, candidate, meant, actors)
        target = self._target(context, candidate, meant, (actors, place))
        if target is None:
            target = asked_about(context, meant, candidate, place[0])
        topics = self._topics(context, draft, text, meant)
        self._add(
            DraftStatement(
                actors=tuple(actors),
                relation=meant.relation,
                target=target,
                topics=topics,
                place=with_cue(draft, meant, place) if wording != "direct" else place,
                rule=self._rule(wording, meant),
                cue=_cue_place(context, candidate),
                matters=matters,
            ),
            Statement(
                (),
                "",
                "",
                "",
                negated=meant.negated,
                stance=self._stance(meant, target, topics, text),
                modality=meant.modality,
                wording=wording,
                basis="self-report",
            ),
        )

    def _asked(
        self,
        context: ParagraphContext,
        candidate: Candidate,
        meant: Meaning,
        actors: list[Mention],
    ) -> Meaning:
        """A demand on somebody urges them: "asked the studio to …", "urged fans to …"."""
        is_asking = candidate.entry.relation in ASKING
        if meant.relation != "callsFor" or not is_asking:
            return meant
        if candidate.entry.word in WISHING:
            return meant
        own = {actor.entity for actor in actors}
        for word in addressees(candidate.cue):
            named = self.actors.of_words(context, word)
            if word.lower_ == "them" and not named:
                last = self.actors.state.latest(COMPANIES, context.place(word))
                named = [last] if last is not None else []
            if named and named[0].cls in AGENTS and named[0].entity not in own:
                return replace(meant, relation="urges", object=named[0])
        return meant

    @staticmethod
    def _rule(wording: str, meant: Meaning) -> str:
        plain = meant.rule == "cue" and meant.relation == "states"
        return "quote" if plain and wording == "direct" else meant.rule

    def _target(
        self,
        context: ParagraphContext,
        candidate: Candidate,
        meant: Meaning,
        speech: tuple[list[Mention], Span],
    ) -> Mention | None:
        """Whom or what it is against or for: as the grammar says, else as the words name it."""
        actors, place = speech
        own = {actor.entity for actor in actors}
        own |= {self.actors.state.posts.get(actor.entity, "") for actor in actors}
        if meant.object is not None:
            return None if meant.object.entity in own else meant.object
        if meant.rule == "opinion" or meant.relation not in AIMED:
            return None
        subject = subject_target(context, candidate)
        if subject is not None and subject.cls in AIMED[meant.relation] - WORKS:
            return None if subject.entity in own else subject
        named = {
            mention.entity: mention
            for mention in context.within(*place)
            if mention.entity not in own
            and mention.cls in AIMED[meant.relation] - {"Group"}
        }
        return next(iter(named.values())) if len(named) == 1 else None

    def _topics(
        self,
        context: ParagraphContext,
        draft: AttributionDraft,
        text: str,
        meant: Meaning,
    ) -> tuple[str, ...]:
        """What the words are about; AI as such where they speak of it and nothing narrower."""
        own = self.lexicon.topics_of(text)
        is_of_ai = self.lexicon.is_about_ai(text)
        is_first = is_of_ai_alone(draft, meant)
        if is_of_ai and (is_first or not own):
            return self._with_matters(("ai-as-such", *own), keep=is_first)
        if not own:
            own = self.lexicon.topics_of(self._around(context, draft))
        if not own and self.matters:
            passage = self.lexicon.topics_of(context.paragraph.text, most=1)
            return self._with_matters((self.matters[0], *passage))
        if not own and self.about_ai and not self._is_aside(draft, text, meant):
            own = ("ai-as-such",)
        return self._with_matters(own)

    def _with_matters(
        self, own: tuple[str, ...], *, keep: bool = False
    ) -> tuple[str, ...]:
        """The first three of one's own topics and those of the text; AI as such last, unless kept."""
        if own[:1] == ("ai-as-such",) and self.matters and not keep:
            own = (*own[1:], *self.matters[:2], "ai-as-such")
        return tuple(dict.fromkeys((*own, *self.matters)))[:3]

    def _around(self, context: ParagraphContext, draft: AttributionDraft) -> str:
        """The sentence of a report without the words that name who speaks."""
        if draft.candidate is None or draft.paragraph is not context.paragraph:
            return ""
        start, end = place_of(context, draft.candidate.cue.sent)
        text = self._text[start:end]
        for a, b in sorted(draft.source, reverse=True):
            if start <= a < end:
                text = text[: a - start] + text[b - start :]
        return text

    def _stance(
        self,
        meant: Meaning,
        target: Mention | None,
        topics: tuple[str, ...],
        text: str,
    ) -> str | None:
        """The side on AI that the words take; unset where the verb alone would tell it."""
        if meant.stance not in SIDED:
            return None
        is_system = target is not None and target.cls in {
            "AISystem",
            "SyntheticPerformer",
        }
        by_verb = target is not None and meant.rule != "content"
        is_bound = target is not None and target.cls in BOUND
        if not is_system and (by_verb or is_bound):
            return None
        if topics[:1] == ("regulation",) or not (
            self.lexicon.is_about_ai(text) or "ai-as-such" in topics
        ):
            return None
        return meant.stance

    def _matters(
        self,
        context: ParagraphContext,
        draft: AttributionDraft,
        text: str,
        meant: Meaning,
    ) -> bool:
        """Whether what is said is about AI: by its own words, or in a passage that is."""
        if self._is_about_ai(context, draft.content, text):
            return True
        sentence = draft.candidate.cue.sent.text if draft.candidate else ""
        near = self.lexicon.is_about_ai(sentence) or self._names_system(context, draft)
        if meant.relation == "states":
            return self._is_worth_telling(context, draft, text, near=near)
        if self._is_aside(draft, text, meant):
            return False
        if near:
            return True
        if not self.about_ai:
            return False
        passage = context.paragraph.text
        return (
            self.lexicon.is_about_ai(passage)
            or meant.object is not None
            or self._names_party(context)
            or self.lexicon.weight_of(text) >= STRONG - 1
        )

    def _is_worth_telling(
        self,
        context: ParagraphContext,
        draft: AttributionDraft,
        text: str,
        *,
        near: bool,
    ) -> bool:
        """Whether a mere remark is about AI: by its cue, its sentence or its passage."""
        if self._is_said_of_ai(draft):
            return True
        is_direct = near and kind(self._text, draft) == "direct"
        if is_direct and self.lexicon.topics_of(self._around(context, draft)):
            return True
        here = near or self.lexicon.is_about_ai(context.paragraph.text)
        return here and self.lexicon.weight_of(text) >= STRONG

    def _is_aside(self, draft: AttributionDraft, text: str, meant: Meaning) -> bool:
        """Whether plain words name no matter and may be about anything: "We are thrilled to be here"."""
        if meant.rule not in PLAIN or self.lexicon.weight_of(text) >= STRONG - 1:
            return False
        if self.lexicon.is_about_ai(text) or self._is_said_of_ai(draft):
            return False
        is_pointing = POINTING.search(text) is not None
        if meant.relation == "supports":
            return not is_pointing
        is_own = OWN_WILL.search(text) is not None
        return meant.relation in PLANNED and not (is_own and is_pointing)

    def _is_said_of_ai(self, draft: AttributionDraft) -> bool:
        """Whether the cue names AI as what is spoken of: "she said of AI", "asked about AI"."""
        if draft.candidate is None:
            return False
        for prep in draft.candidate.cue.children:
            if prep.dep_ not in {"prep", "advcl"} or prep.lower_ not in SPOKEN_OF:
                continue
            words = " ".join(word.text for word in prep.subtree)
            is_alone = words.endswith(("AI", "artificial intelligence"))
            if self.lexicon.is_about_ai(words) and (
                is_alone or self.lexicon.topics_of(words)
            ):
                return True
        return False

    def _names_party(self, context: ParagraphContext) -> bool:
        """Whether a paragraph names somebody whom a sentence about AI has named before."""
        return any(mention.entity in self.parties for mention in context.mentions)

    @staticmethod
    def _names_system(context: ParagraphContext, draft: AttributionDraft) -> bool:
        if draft.candidate is None or draft.paragraph is not context.paragraph:
            return False
        place = place_of(context, draft.candidate.cue.sent)
        return any(mention.cls == "AISystem" for mention in context.within(*place))

    def _is_about_ai(
        self, context: ParagraphContext, content: Iterable[Span], text: str
    ) -> bool:
        systems = any(
            mention.cls == "AISystem"
            for a, b in content
            for mention in context.within(a, b)
        )
        return systems or self.lexicon.is_about_ai(text)

    # A transcript

    def _transcript(
        self, context: ParagraphContext, actors: list[Mention], inner: list[Candidate]
    ) -> None:
        """What a speaker of a transcript says: "I am worried …", "we will …"."""
        speaker = self._speaker(actors)
        mine = [
            cue
            for cue in inner
            if cue.content
            and cue.source.lower_ in {"i", "we"}
            and not is_void(cue, self.lexicon.cues)
        ]
        for cue in mine:
            text = " ".join(token.text for token in cue.content)
            meant = meaning(context, cue, [], text, speaker)
            self._own(context, actors, meant, text, cue.content)
        for sentence in context.paragraph.doc.sents:
            if any(cue.cue in sentence for cue in mine):
                continue
            meant_so = sentence_meaning(context, sentence, sentence.root, [], speaker)
            if meant_so is not None and meant_so.relation in OWN:
                self._own(context, actors, meant_so, sentence.text, tuple(sentence))

    def _own(
        self,
        context: ParagraphContext,
        actors: list[Mention],
        meant: Meaning,
        text: str,
        words: "tuple[Token, ...]",
    ) -> None:
        """A speaker's own words in a transcript, as a statement."""
        sentence = words[0].sent
        is_ours = self.about_ai or self.lexicon.is_about_ai(sentence.text)
        if meant.relation == "states" or not is_ours:
            return
        topics = self.lexicon.topics_of(text) or self.lexicon.topics_of(sentence.text)
        if not topics and self.lexicon.is_about_ai(sentence.text):
            topics = ("ai-as-such",)
        draft = DraftStatement(
            tuple(actors),
            meant.relation,
            meant.object,
            self._with_matters(topics),
            place_of(context, sentence),
            meant.rule,
        )
        value = Statement(
            (),
            "",
            "",
            "",
            negated=meant.negated,
            stance=self._stance(meant, meant.object, topics, sentence.text),
            modality=meant.modality,
            wording="direct",
            basis="self-report",
        )
        self._add(draft, value)

    # What was done

    def _post(self, post: RoleMention) -> None:
        self.actors.state.posts[post.person.entity] = post.organization.entity
        draft = DraftStatement(
            (post.person,),
            post.relation,
            post.organization,
            (),
            (post.start, post.end),
            post.rule,
        )
        self._add(draft, Statement((), "", "", "", wording="deed"))

    def _event(self, context: ParagraphContext, event: Event) -> None:
        sentence = event.cue.sent
        place = place_of(context, sentence)
        actors = _others(self._doers(context, event), event)
        if not actors or not self._happened(event, actors):
            return
        matters = self.about_ai or self._is_about_ai(context, [place], sentence.text)
        topics = self.lexicon.topics_of(_told(event))
        if not topics and event.relation == "usesAIIn":
            topics = ("efficiency-and-cost",)
        draft = DraftStatement(
            tuple(actors),
            event.relation,
            event.object,
            self._with_matters(topics),
            place,
            event.rule,
            context.place(event.cue),
            matters,
        )
        tool = event.instrument if event.instrument != event.object else None
        teller = self._teller(context.place(event.cue))
        is_told = teller is not None and teller not in actors
        value = Statement(
            (),
            "",
            "",
            "",
            negated=is_negated(event.cue),
            modality=modality(event.cue),
            wording="deed",
            instrument=tool.entity if tool is not None else None,
            stage=self._stage(event),
            according_to=teller.entity if teller is not None and is_told else None,
        )
        self._add(draft, value)

    def _stage(self, event: Event) -> str | None:
        """The stage of production that a use of AI belongs to."""
        if event.relation != "usesAIIn":
            return None
        text = event.cue.sent.text.lower()
        for name, words in self.lexicon.words.items():
            if name.startswith("stage ") and any(word in text for word in words):
                return name.removeprefix("stage ")
        return None

    @staticmethod
    def _happened(event: Event, actors: list[Mention]) -> bool:
        """Whether the text says that it was done, by somebody to something else."""
        if is_open(event.cue) or is_undone(event.cue):
            return False
        doers = {actor.entity for actor in actors}
        return event.object is None or event.object.entity not in doers

    def _teller(self, place: int) -> Mention | None:
        """Who says it, where a place of the text is part of what somebody says."""
        return next(self._reports.covering(place), None)

    def _doers(self, context: ParagraphContext, event: Event) -> list[Mention]:
        if event.actor is not None:
            return self.actors.of_words(context, event.actor)
        return [self.actors.makers(event.object)] if event.object is not None else []

    # What the outlet itself says

    def _judgement(
        self, context: ParagraphContext, sentence: "Words", contents: list[Span]
    ) -> None:
        """A fault that the text itself finds with a system, and what it infers from a position.

        A forecast that nobody makes is nobody's.
        """
        place = place_of(context, sentence)
        fault = FAULTS.search(sentence.text)
        inference = INFERENCE.search(sentence.text)
        match = fault or inference
        if match is None or not self.document.publisher:
            return
        if covers(contents, place[0] + match.start()):
            return
        systems = [m for m in context.within(*place) if m.cls == "AISystem"]
        if fault is not None and systems:
            relation, target, stance = "criticizes", systems[0], "critical"
        elif inference is not None and self.lexicon.is_about_ai(sentence.text):
            relation, target, stance = "predicts", None, None
        else:
            return
        draft = DraftStatement(
            (self.actors.publisher(self.document.publisher),),
            relation,
            target,
            self.lexicon.topics_of(sentence.text),
            place,
            "judgement",
        )
        value = Statement((), "", "", "", stance=stance, wording="indirect")
        self._add(draft, value)

    # A statement

    def _add(
        self, draft: DraftStatement, value: Statement, share: float | None = None
    ) -> None:
        """Completes a statement and keeps it, unless it is there or has no object."""
        if value.wording == "deed" and self._is_hearsay(draft, value):
            return
        if share is not None:
            draft = replace(draft, topics=self._borne_out(draft))
        aim = self._aim(draft)
        if aim is None:
            return
        draft = replace(draft, place=_without_that(self._text, draft.place))
        topics = tuple(dict.fromkeys((aim, *draft.topics)))[:3]
        made = replace(
            value,
            actors=tuple(actor.entity for actor in draft.actors),
            relation=draft.relation,
            object=draft.target.entity if draft.target is not None else aim,
            object_is_topic=draft.target is None,
            topics=topics if draft.target is None else draft.topics,
            gist=self._sentence(*draft.place),
            confidence=self.lexicon.confidence(draft.rule, draft.relation),
            evidence=self._evidence(*draft.place),
        )
        if share is None:
            self.proposals.append(Proposal(draft, made))
        if not draft.matters:
            return
        if share is not None:
            made = replace(made, confidence=share)
        if draft.relation in CHARGES and draft.target is not None:
            self.actors.state.charged.add(draft.target.entity)
        key = (
            frozenset(made.actors),
            made.relation,
            made.object,
            made.negated,
            made.gist,
        )
        self.made.setdefault(key, made)

    def _is_hearsay(self, draft: DraftStatement, value: Statement) -> bool:
        """Whether a deed is told by somebody alone whom the text does not name: "a suit claims that …"."""
        if draft.relation in POSTED or value.according_to is not None:
            return False
        place = draft.cue if draft.cue >= 0 else draft.actors[0].start
        return any(self._hearsay.covering(place))

    def _borne_out(self, draft: DraftStatement) -> tuple[str, ...]:
        """The topics of trained weights, first those that words bear out; else AI as such."""
        known = {*self._named_topics, "ai-as-such"}
        ranked = sorted(draft.topics, key=lambda topic: topic not in known)
        is_borne = not ranked or ranked[0] in known
        return tuple(ranked) if is_borne else ("ai-as-such", *ranked)

    @cached_property
    def _named_topics(self) -> frozenset[str]:
        """Every topic that a word of the text speaks for."""
        return frozenset(self.lexicon.topics_of(self._text, most=MANY))

    def _aim(self, draft: DraftStatement) -> str | None:
        """The topic that stands as object; no harm is what somebody wants."""
        if draft.target is not None:
            return draft.topics[0] if draft.topics else ""
        if not draft.topics:
            return None
        harms = self.lexicon.words["harm topic"]
        if draft.relation not in WANTING or draft.topics[0] not in harms:
            return draft.topics[0]
        others = [topic for topic in draft.topics if topic not in harms]
        return others[0] if others else INSTEAD[draft.relation]

    def _sentence(self, start: int, end: int) -> str:
        """The passage in one line, cut at a word where it is long."""
        words = " ".join(self._text[start:end].split())
        return shorten(words, LONGEST_GIST, placeholder=" …")

    def _evidence(self, start: int, end: int) -> Evidence:
        """The words with their place, and what stands left and right of them."""
        before = self._text[max(0, start - CONTEXT) : start]
        after = self._text[end : end + CONTEXT]
        return Evidence(
            self._text[start:end], before or None, after or None, start, end
        )


def _without_that(text: str, place: Span) -> Span:
    """The words of a report without the conjunction that they begin with."""
    match = THAT.match(text, *place)
    return (match.end(), place[1]) if match else place


THAT = re.compile(r"that\s+(?=\w)")


def _cue_place(context: ParagraphContext, candidate: Candidate) -> int:
    is_here = candidate.cue.doc is context.paragraph.doc
    return context.place(candidate.cue) if is_here else -1


def _others(actors: list[Mention], event: Event) -> list[Mention]:
    """The actors of what two do with each other, without the one that is its object."""
    if event.object is None or event.relation not in MUTUAL or len(actors) != PAIR:
        return actors
    return [actor for actor in actors if actor.entity != event.object.entity]


PAIR = 2


def _told(event: Event) -> str:
    """The words that tell what an event is about."""
    if event.object is not None:
        return event.cue.sent.text
    whole = event.cue.head if event.cue.pos_ == "NOUN" else event.cue
    return " ".join(token.text for token in whole.subtree)


BOUND = frozenset(
    {"Legislation", "Lawsuit", "Agreement", "Policy", "Guild", "TradeBody", "Event"}
)
"""Classes of objects that tell nothing of the side on AI."""
AIMED = {
    "accuses": AGENTS,
    "criticizes": AGENTS | WORKS | {"AISystem", "SyntheticPerformer", *BOUND},
    "urges": AGENTS,
    "threatens": AGENTS,
    "rejects": AGENTS | {"AISystem"},
    "supports": WORKS | {"AISystem", "SyntheticPerformer", *BOUND},
    "opposes": WORKS | {"AISystem", "SyntheticPerformer", *BOUND},
}
"""Classes that the object of a relation may have where the words name it."""
