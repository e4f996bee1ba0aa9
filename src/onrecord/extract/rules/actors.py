"""Who says or does it: the entities that the words before a verb stand for, groups among them."""

from dataclasses import dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING

from onrecord.extract.rules.anaphors import Anaphor, anaphor_of
from onrecord.extract.rules.beside_names import (
    beside_cue,
    beside_name,
    beside_one,
    holder,
    person_called,
)
from onrecord.extract.rules.cataphors import named_later
from onrecord.extract.rules.contexts import ParagraphContext
from onrecord.extract.rules.drafts import AttributionDraft
from onrecord.extract.rules.events import suits
from onrecord.extract.rules.frames import Candidate
from onrecord.extract.rules.groups import GroupResolver, members
from onrecord.extract.rules.joined_names import (
    both_of,
    joined_names,
    may_act_with,
    names_before,
)
from onrecord.extract.rules.matcher import EntityMatcher
from onrecord.extract.rules.mentions import (
    SPEAKING,
    DiscourseState,
    Mention,
)
from onrecord.extract.rules.naming import Namer
from onrecord.extract.rules.references import (
    antecedent_of,
    joined_heads,
    resolve,
)
from onrecord.extract.rules.referents import of_post, referent
from onrecord.extract.rules.representatives import (
    RepresentativeResolver,
    board,
    clients,
)
from onrecord.extract.rules.role_nouns import (
    is_definite,
    is_paper,
    paper_kind,
)
from onrecord.extract.rules.sentences import root_before, sentence_of
from onrecord.extract.rules.sources import (
    author_of,
    child,
    source_of,
    subject_of,
    subjects_beside,
)
from onrecord.extract.rules.suits import accusers, note_suit, plaintiffs

if TYPE_CHECKING:
    from onrecord.extract.rules.tokens import Token

NOBODY = frozenset({"no", "few", "fewer", "not", "hardly"})
"""Words before a noun that keep it from factuality for those who do it."""
DENYING = frozenset({"det", "amod", "neg", "advmod"})


@dataclass(slots=True)
class ActorResolver:
    """Finds actors in one document; what nobody knows yet is proposed to its state."""

    state: DiscourseState
    matcher: EntityMatcher
    namer: Namer = field(init=False)
    _heard: dict["Token", list[Mention]] = field(default_factory=dict)
    _told: dict[AttributionDraft, list[Mention]] = field(default_factory=dict)
    _asked: set["Token"] = field(default_factory=set)
    _groups: GroupResolver = field(init=False)
    _others: RepresentativeResolver = field(init=False)

    def __post_init__(self) -> None:
        """Sets up what finds groups and representatives."""
        self.namer = Namer(self.state, self.matcher)
        self._groups = GroupResolver(self.namer)
        self._others = RepresentativeResolver(self.namer)

    def label(self, mention: Mention) -> str:
        """The name of an entity."""
        return self.namer.label(mention)

    def publisher(self, name: str) -> Mention:
        """The outlet that a text comes from."""
        return self.namer.mention(name, "NewsOutlet", 0, 0)

    def makers(self, work: Mention) -> Mention:
        """Those who made a work, whoever they are."""
        return self.namer.makers(work)

    def estate(
        self, context: ParagraphContext, token: "Token"
    ) -> Mention | None:
        """The estate or the family that a noun stands for."""
        return self._others.estate(context, token)

    def is_charged(self, mention: Mention) -> bool:
        """Whether somebody, or the firm that he has a post in, was charged before."""
        charged = self.state.charged
        firm = self.state.posts.get(mention.entity)
        return mention.entity in charged or firm in charged

    def of_attribution(
        self, context: ParagraphContext, draft: AttributionDraft
    ) -> list[Mention]:
        """Who an attribution belongs to; what goes on in a later paragraph belongs to who spoke before."""
        if draft not in self._told:
            self._told[draft] = self._told_by(context, draft)
        return self._told[draft]

    def _told_by(
        self, context: ParagraphContext, draft: AttributionDraft
    ) -> list[Mention]:
        """Who an attribution belongs to by its source, else by what the text shows of those named before."""
        named = self._speakers(context, draft)
        if not named and not draft.source and self.state.referents is not None:
            place = min(start for start, _ in draft.content)
            words = Anaphor(context, None, place)
            named = list(referent(self.state.referents, words, ()))
        if named:
            place = min(start for start, _ in draft.content or draft.source)
            self.state.heard[place] = named[0].entity
        return named

    def _speakers(
        self, context: ParagraphContext, draft: AttributionDraft
    ) -> list[Mention]:
        """Who an attribution belongs to by the words for its source."""
        candidate = draft.candidate
        if candidate is None:
            return _first_named(context, draft)
        if candidate.cue.doc is context.paragraph.doc:
            self._heard[candidate.cue] = self._of_candidate(
                context, draft, candidate
            )
        return self._heard.get(candidate.cue, [])

    def _of_candidate(
        self,
        context: ParagraphContext,
        draft: AttributionDraft,
        candidate: Candidate,
    ) -> list[Mention]:
        """Who an attribution of this paragraph belongs to, by its cue."""
        beside = beside_cue(context, draft)
        if beside is not None:
            return [beside]
        source = candidate.source
        named = self.who(context, source)
        if candidate.entry.relation == "accuses" and source.pos_ == "NOUN":
            named = list(accusers(self.state, named))
        return named or self.namer.person(context, source)

    def who(self, context: ParagraphContext, source: "Token") -> list[Mention]:
        """Who says or does it: everybody whom the words around a head name, or whom they point back to."""
        named = self.of_words(context, source)
        if self.state.referents is None:
            return named
        anaphor = anaphor_of(context, source, named)
        if anaphor is None:
            return named
        meant = list(referent(self.state.referents, anaphor, named))
        return meant or named_later(context, source)

    def employer(
        self,
        context: ParagraphContext,
        place: int,
        _person: Mention,
        ruled: Mention | None,
    ) -> Mention | None:
        """Whose a post is, by the place of the word that points back to it, and whom rules take for it."""
        if self.state.referents is None:
            return ruled
        return of_post(self.state.referents, context, place, ruled)

    def of_words(
        self, context: ParagraphContext, source: "Token"
    ) -> list[Mention]:
        """Everybody whom the words around a head name: itself and those joined to it."""
        named = self._of_heads(context, source)
        for other in subjects_beside(source) if not named else ():
            named = named or self._of_heads(context, other)
        joined = joined_names(context, named)
        joined += names_before(context, source, named)
        if joined:
            named = sorted([*named, *joined], key=attrgetter("start"))
        speaking: dict[str, Mention] = {}
        for mention in named:
            if mention.cls in SPEAKING and may_act_with(named[0], mention):
                speaking[mention.entity] = mention
        return list(speaking.values())

    def _of_heads(
        self, context: ParagraphContext, source: "Token"
    ) -> list[Mention]:
        """Everybody whom a head names, and those that the grammar joins to it."""
        named: list[Mention] = []
        for head in joined_heads(context, source):
            held = holder(context, head)
            if held is not None:
                return [held]
            together = self._together(context, head)
            if together:
                named += together
                continue
            mention = self._one(context, head)
            senders = self._of_paper(context, head)
            if mention is not None and mention in senders:
                named += senders
            elif mention is not None:
                named.append(mention)
            elif named and head.pos_ == "PROPN":
                named += self.namer.person(context, head)
        return named

    def note_papers(self, context: ParagraphContext) -> None:
        """Remembers who sent a letter, filed a suit or signed a petition."""
        for token in context.paragraph.doc:
            if token.lemma_ == "sue" and token.pos_ == "VERB":
                kind, author = paper_kind("suit"), source_of(token)
            elif is_paper(context, token) and not _is_argument(token):
                kind = paper_kind(token.lemma_.lower())
                author = author_of(token)
            else:
                continue
            senders = self._senders(context, author)
            if senders:
                context.state.papers[kind] = senders
        for suit in suits(context, self.estate):
            suing = self._senders(context, suit.actor)
            if suing and suit.object is not None:
                note_suit(context.state, suing, suit.object)

    def _senders(
        self, context: ParagraphContext, author: "Token | None"
    ) -> tuple[Mention, ...]:
        """Those of a paper, by the head of the words for them; nobody where two papers are each other's."""
        if author is None or author.pos_ == "PRON" or author in self._asked:
            return ()
        self._asked.add(author)
        named = tuple(self.of_words(context, author))
        self._asked.discard(author)
        return named

    def _of_paper(
        self, context: ParagraphContext, head: "Token"
    ) -> tuple[Mention, ...]:
        """For whom a paper speaks that several sent: "the complaint by A and B", or one told of before."""
        if not is_paper(context, head) or context.at(head) is not None:
            return ()
        own = self._senders(context, author_of(head))
        if own or not is_definite(head):
            return own
        kind = paper_kind(head.lemma_.lower())
        return context.state.papers.get(kind, ())

    def _together(
        self, context: ParagraphContext, head: "Token"
    ) -> tuple[Mention, ...]:
        """All for whom a noun for those who sue, or "they", stands."""
        named = context.at(head)
        if named is not None and named.cls != "Group":
            return ()
        return (
            plaintiffs(context, head)
            or both_of(context, head)
            or self._led_before(context, head)
            or beside_one(context, head)
        )

    def _led_before(
        self, context: ParagraphContext, they: "Token"
    ) -> tuple[Mention, ...]:
        """Several, or a group, who led the sentence before one that "they" leads."""
        if they.lower_ != "they" or context.paragraph.quoted(they):
            return ()
        root = root_before(they)
        subject = subject_of(root) if root is not None else None
        if subject is None or subject.pos_ == "PRON" or not _leads(they):
            return ()
        named = self.of_words(context, subject)
        is_many = len(named) > 1 or any(one.cls == "Group" for one in named)
        return tuple(named) if is_many else ()

    def _author_of_speaking(
        self, context: ParagraphContext, token: "Token"
    ) -> Mention | None:
        """For whom a paper speaks that says itself who made it."""
        if not is_paper(context, token):
            return None
        return context.at(token) or self._author(context, token)

    def _author(
        self, context: ParagraphContext, paper: "Token"
    ) -> Mention | None:
        """Who sent, wrote or signed a paper: "a letter signed by 400 writers"."""
        author = author_of(paper)
        if author is None or author.pos_ == "PRON" or author in self._asked:
            return None
        self._asked.add(author)
        named = self._one(context, author)
        self._asked.discard(author)
        if named is None or named.cls not in SPEAKING:
            return None
        return named

    def _one(self, context: ParagraphContext, token: "Token") -> Mention | None:
        """The one actor that a noun or a name stands for."""
        if _is_nobody(token):
            return None
        meant = antecedent_of(token) or members(token) or clients(token)
        if meant is not None and context.at(token) is None:
            return self._one(context, meant)
        person = person_called(context, token)
        is_spoken = token.lower_ in context.lexicon.nouns["spokesperson"]
        if person is None and is_spoken:
            named = context.at(token)
            return named or self._others.spoken_for(context, token)
        whose = person or board(context, token)
        if whose is not None:
            return whose
        makers = self._groups.makers(context, token)
        if makers is not None or _is_of_somebody(context, token):
            return makers
        return (
            self._others.estate(context, token)
            or self._groups.group(context, token)
            or self._others.body(context, token)
            or self._author_of_speaking(context, token)
            or resolve(context, token)
            or self._others.office(context, token)
            or beside_name(context, token)
        )


def _first_named(
    context: ParagraphContext, draft: AttributionDraft
) -> list[Mention]:
    """Who is named in the words for a source and may speak: a person before his firm."""
    named: list[Mention] = []
    for start, end in draft.source:
        for mention in context.within(start, end) or context.state.recent:
            is_there = start <= mention.start < end
            if is_there and mention.cls in SPEAKING:
                named.append(mention)
    people = [mention for mention in named if mention.cls == "Person"]
    return (people or named)[:1]


def _is_argument(token: "Token") -> bool:
    """Whether a case is one that is made, and not brought."""
    return token.lemma_ == "case" and token.head.lemma_ == "make"


def _leads(token: "Token") -> bool:
    """Whether a word is the subject of its sentence."""
    return token.head == sentence_of(token).words.root


def _is_nobody(token: "Token") -> bool:
    """Whether a noun is denied: "no studio", "few artists"."""
    return any(
        word.lower_ in NOBODY and word.dep_ in DENYING
        for word in token.children
    )


def _is_of_somebody(context: ParagraphContext, token: "Token") -> bool:
    """Whether people are somebody's: "fans of Ada Example" are not all fans."""
    if token.tag_ != "NNS":
        return False
    for word in token.children:
        if word.dep_ == "prep" and word.lower_ == "of":
            whose = child(word, "pobj")
            return whose is not None and context.at(whose) is not None
    return False
