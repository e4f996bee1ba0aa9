"""Attributions, events and posts → statements: who, relation, object or topic, stance, words and how sure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from textwrap import shorten
from typing import TYPE_CHECKING

from onrecord.extract.rules.actors import ActorResolver
from onrecord.extract.rules.attributions import AttributionDraft, kind
from onrecord.extract.rules.contexts import ParagraphContext
from onrecord.extract.rules.events import events
from onrecord.extract.rules.factuality import is_negated, is_open, is_undone, modality
from onrecord.extract.rules.frames import Candidate, candidates
from onrecord.extract.rules.lexicon import Lexicon
from onrecord.extract.rules.mentions import Mention
from onrecord.extract.rules.passages import (
    asked_about,
    covers,
    is_forecast,
    is_pronoun,
    is_void,
    may_have_parts,
    place_in_text,
    place_of,
    with_cue,
)
from onrecord.extract.rules.quotations import Span
from onrecord.extract.rules.reading import Meaning, meaning, sentence_meaning
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
STANCES = {"usesAIIn": "supportive", "leads": None}
"""The side that a event takes, where it takes one; who leads whom takes none."""
ASKED = re.compile(r"(?:whether|if|why|which|how|what|who|where)\b", re.IGNORECASE)
"""How the content of a report begins that tells nothing."""
OWN = frozenset({"callsFor", "promises", "concernedAbout"})
"""What a speaker's plain sentence in a transcript may mean; a forecast there is too often a mere thought."""
STRONG = 3
"""The weight of one plain word of a topic, or of several vague ones."""
FAULTS = re.compile(
    r"\b(?:inadequate|insufficient|lax|flawed|weak|careless|reckless)\s+(?:\w+\s+){0,2}"
    r"(?:safeguards?|protections?|guardrails?|controls?)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement in the making: `target` or the first of `topics` is its object, `words` give the gist its keys."""

    actors: "tuple[Mention, ...]"
    relation: str
    target: Mention | None
    topics: tuple[str, ...]
    words: "tuple[Token, ...]"
    place: Span
    rule: str


@dataclass(slots=True)
class StatementBuilder:
    """Makes the statements of one document."""

    document: Document
    actors: ActorResolver
    about_ai: bool
    made: dict[tuple[object, ...], Statement] = field(default_factory=dict)
    _said: list[Span] = field(default_factory=list)
    _reports: list[tuple[AttributionDraft, Mention]] = field(default_factory=list)

    def add(self, context: ParagraphContext, heard: Iterable[AttributionDraft]) -> None:
        """Takes in a paragraph with its attributions."""
        found = [each for each in heard if each.content]
        for post in (
            role_mentions(context) if self.lexicon.is_about_ai(self._text) else ()
        ):
            self._post(post)
        inner = list(candidates(context.paragraph.doc, self.lexicon.cues))
        for each in found:
            self._attribution(context, each, inner)
        for event in events(context):
            self._deed(context, event)
        for sentence in context.paragraph.doc.sents:
            self._judgement(
                context, sentence, [span for each in found for span in each.content]
            )

    def statements(self) -> tuple[Statement, ...]:
        """What was made, in the order of the text."""
        return tuple(sorted(self.made.values(), key=place_in_text))

    def _attribution(
        self, context: ParagraphContext, found: AttributionDraft, inner: list[Candidate]
    ) -> None:
        actors = self.actors.of_attribution(context, found)
        if not actors or (
            found.candidate is not None and is_void(found.candidate, self.lexicon.cues)
        ):
            return
        self.actors.state.speaker = actors[0]
        text = " ".join(self._text[a:b] for a, b in sorted(found.content))
        if found.candidate is None:
            self._transcript(context, actors, inner)
            return
        self._reports.append((found, actors[0]))
        sources = {each.entity for each in actors}
        inside = [
            each for each in inner if covers(found.content, context.place(each.cue))
        ]
        meant = meaning(context, found.candidate, inside, text, sources)
        parts = (
            list(self._parts(context, found, inside, sources))
            if may_have_parts(found, meant)
            else []
        )
        whole = min(a for a, _ in found.content), max(b for _, b in found.content)
        for each, place in parts or [(meant, whole)]:
            self._report(context, found, actors, each, place)

    def _parts(
        self,
        context: ParagraphContext,
        found: AttributionDraft,
        inner: list[Candidate],
        sources: set[str],
    ) -> Iterable[tuple[Meaning, Span]]:
        """What each sentence of a quotation means, where it means more than a remark."""
        for sentence in context.paragraph.doc.sents:
            start, end = place_of(context, sentence)
            place = next(
                (
                    (max(a, start), min(b, end))
                    for a, b in found.content
                    if a < end and start < b
                ),
                None,
            )
            said = [
                each
                for each in sentence
                if place and place[0] <= context.place(each) < place[1]
            ]
            tops = [each for each in said if each.head == each or each.head not in said]
            root = next((each for each in tops if each.pos_ in {"VERB", "AUX"}), None)
            held = [each for each in inner if each.cue in said]
            meant = (
                sentence_meaning(context, sentence, root, held, sources)
                if root is not None
                else None
            )
            if place is not None and meant is not None:
                yield meant, place

    def _report(
        self,
        context: ParagraphContext,
        found: AttributionDraft,
        actors: list[Mention],
        meant: Meaning,
        place: Span,
    ) -> None:
        candidate = found.candidate
        if candidate is None:
            return
        whole = " ".join(self._text[a:b] for a, b in sorted(found.content))
        text = meant.told or (
            whole if place[0] <= min(found.content)[0] else self._text[slice(*place)]
        )
        if meant.relation == "states" and ASKED.match(text):
            return
        if not self._matters(context, found, text, meant) or (
            meant.object is None and is_pronoun(candidate)
        ):
            return
        how = kind(self._text, found)
        told = [(max(a, place[0]), min(b, place[1])) for a, b in found.content]
        draft = Draft(
            actors=tuple(actors),
            relation=meant.relation,
            target=meant.object or asked_about(context, meant, candidate, place[0]),
            topics=self.lexicon.topics_of(text)
            or self.lexicon.topics_of(candidate.cue.sent.text),
            words=tuple(
                each
                for each in context.paragraph.doc
                if covers(told, context.place(each))
            ),
            place=with_cue(found, meant, place) if how != "direct" else place,
            rule="quote" if how == "direct" and meant.rule == "cue" else meant.rule,
        )
        self._said.append(place_of(context, candidate.cue.sent))
        self._add(
            draft,
            Statement(
                (), "", "", "", negated=meant.negated, stance=meant.stance, modality=meant.modality, wording=how,
                basis="self-report",
            ),
        )  # fmt: skip

    def _transcript(
        self, context: ParagraphContext, actors: list[Mention], inner: list[Candidate]
    ) -> None:
        """What a speaker of a transcript says: "I am worried …", "we will …", "studios must …"."""
        sources = {each.entity for each in actors}
        mine = [
            each
            for each in inner
            if each.content
            and each.source.lower_ in {"i", "we"}
            and not is_void(each, self.lexicon.cues)
        ]
        for each in mine:
            text = " ".join(token.text for token in each.content)
            self._own(
                context,
                actors,
                meaning(context, each, [], text, sources),
                text,
                each.content,
            )
        for sentence in context.paragraph.doc.sents:
            if not any(each.cue in sentence for each in mine):
                meant = sentence_meaning(context, sentence, sentence.root, [], sources)
                if meant is not None and meant.relation in OWN:
                    self._own(context, actors, meant, sentence.text, tuple(sentence))

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
        if meant.relation == "states" or not (
            self.about_ai or self.lexicon.is_about_ai(sentence.text)
        ):
            return
        topics, place = (
            self.lexicon.topics_of(text) or self.lexicon.topics_of(sentence.text),
            place_of(context, sentence),
        )
        draft = Draft(
            tuple(actors),
            meant.relation,
            meant.object,
            topics,
            words,
            place,
            meant.rule,
        )
        self._add(
            draft,
            Statement(
                (), "", "", "", negated=meant.negated, stance=meant.stance, modality=meant.modality,
                wording="direct", basis="self-report",
            ),
        )  # fmt: skip

    @property
    def lexicon(self) -> Lexicon:
        """The words that the text is read by."""
        return self.actors.state.lexicon

    @property
    def _text(self) -> str:
        return self.document.text or ""

    def _matters(
        self,
        context: ParagraphContext,
        found: AttributionDraft,
        text: str,
        meant: Meaning,
    ) -> bool:
        """Whether what is said is about AI: by its own words, systems or sentence, or in a text that is."""
        systems = any(
            each.cls == "AISystem"
            for a, b in found.content
            for each in context.within(a, b)
        )
        sentence = found.candidate.cue.sent.text if found.candidate else ""
        if systems or self.lexicon.is_about_ai(text):
            return True
        if (
            meant.relation == "states"
        ):  # a mere remark counts where its own words are about a topic
            return (
                self.about_ai or self.lexicon.is_about_ai(sentence)
            ) and self.lexicon.weight_of(text) >= STRONG
        known = meant.object is not None or bool(
            self.lexicon.topics_of(text) or self.lexicon.topics_of(sentence)
        )
        return self.lexicon.is_about_ai(sentence) or (self.about_ai and known)

    def _post(self, post: RoleMention) -> None:
        draft = Draft(
            (post.person,),
            post.relation,
            post.organization,
            (),
            (),
            (post.start, post.end),
            post.rule,
        )
        self._add(draft, Statement((), "", "", "", wording="deed"))

    def _deed(self, context: ParagraphContext, event: Event) -> None:
        sentence = event.cue.sent
        place = place_of(context, sentence)
        actors = self._doers(context, event)
        itself = event.object is not None and event.object.entity in {
            each.entity for each in actors
        }
        systems = any(each.cls == "AISystem" for each in context.within(*place))
        if (
            not actors
            or itself
            or is_open(event.cue)
            or is_undone(event.cue)
            or not (systems or self.lexicon.is_about_ai(sentence.text) or self.about_ai)
        ):
            return
        told = (
            " ".join(each.text for each in event.cue.subtree)
            if event.object is None
            else sentence.text
        )
        topics = self.lexicon.topics_of(told)
        teller = self._teller(context.place(event.cue))
        draft = Draft(
            tuple(actors),
            event.relation,
            event.object,
            topics,
            tuple(sentence),
            place,
            event.rule,
        )
        tool = event.instrument if event.instrument != event.object else None
        self._add(
            draft,
            Statement(
                (), "", "", "", negated=is_negated(event.cue), modality=modality(event.cue), wording="deed",
                stance=STANCES.get(event.relation, "neutral"),
                instrument=tool.entity if tool is not None else None,
                according_to=teller.entity if teller is not None and teller not in actors else None,
            ),
        )  # fmt: skip

    def _teller(self, place: int) -> Mention | None:
        """Who says it, where a place of the text is part of what somebody says."""
        return next(
            (teller for found, teller in self._reports if covers(found.content, place)),
            None,
        )

    def _doers(self, context: ParagraphContext, event: Event) -> list[Mention]:
        if event.actor is not None:
            return self.actors.of_words(context, event.actor)
        return [self.actors.makers(event.object)] if event.object is not None else []

    def _judgement(
        self, context: ParagraphContext, sentence: "Words", contents: list[Span]
    ) -> None:
        """What nobody is named for is the publisher's: forecasts, and faults found with a system."""
        if not self.document.publisher:
            return
        place = place_of(context, sentence)
        fault = FAULTS.search(sentence.text)
        systems = [each for each in context.within(*place) if each.cls == "AISystem"]
        if fault and systems and not covers(contents, place[0] + fault.start()):
            relation, target, stance = "criticizes", systems[0], "critical"
        elif (
            is_forecast(sentence)
            and self.lexicon.is_about_ai(sentence.text)
            and not self._is_said(place)
        ):
            relation, target, stance = "predicts", None, "neutral"
        else:
            return
        actor = self.actors.publisher(self.document.publisher)
        draft = Draft(
            (actor,),
            relation,
            target,
            self.lexicon.topics_of(sentence.text),
            tuple(sentence),
            place,
            "judgement",
        )
        self._add(draft, Statement((), "", "", "", stance=stance, wording="indirect"))

    def _is_said(self, place: Span) -> bool:
        return any(a < place[1] and place[0] < b for a, b in self._said)

    def _add(self, draft: Draft, value: Statement) -> None:
        """Completes a statement and keeps it, unless the same is there already or it has no object."""
        if draft.target is None and not draft.topics:
            return
        made = replace(
            value,
            actors=tuple(each.entity for each in draft.actors),
            relation=draft.relation,
            object=draft.target.entity if draft.target is not None else draft.topics[0],
            object_is_topic=draft.target is None,
            topics=draft.topics,
            gist=self._sentence(*draft.place),
            confidence=self.lexicon.confidence[draft.rule],
            evidence=self._evidence(*draft.place),
        )
        self.made.setdefault(
            (
                frozenset(made.actors),
                made.relation,
                made.object,
                made.negated,
                made.gist,
            ),
            made,
        )

    def _sentence(self, start: int, end: int) -> str:
        """The passage in one line, cut at a word where it is long."""
        words = " ".join(self._text[start:end].split())
        return shorten(words, LONGEST_GIST, placeholder=" …")

    def _evidence(self, start: int, end: int) -> Evidence:
        """The words with their place, and what stands left and right of them."""
        before, after = (
            self._text[max(0, start - CONTEXT) : start],
            self._text[end : end + CONTEXT],
        )
        return Evidence(
            self._text[start:end], before or None, after or None, start, end
        )
