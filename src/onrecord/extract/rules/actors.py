"""Who says or does it: the entities that the words before a verb stand for, groups among them."""

from dataclasses import dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING

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
from onrecord.extract.rules.mentions import AGENTS, DiscourseState, Mention
from onrecord.extract.rules.naming import Namer
from onrecord.extract.rules.references import (
    antecedent_of,
    joined_heads,
    resolve,
)
from onrecord.extract.rules.representatives import (
    RepresentativeResolver,
    board,
    clients,
)
from onrecord.extract.rules.role_forms import holder_after
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

SPEAKING = AGENTS | {
    "Legislation",
    "Lawsuit",
    "Agreement",
    "Policy",
    "OpenLetter",
    "Event",
}
"""Classes of entities that say or do something: agents, and instruments whose makers or signers speak."""
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
        beside = _beside_cue(context, draft)
        if beside is not None:
            return [beside]
        source = candidate.source
        named = self.of_words(context, source)
        if candidate.entry.relation == "accuses" and source.pos_ == "NOUN":
            named = list(accusers(self.state, named))
        return named or self.namer.person(context, source)

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
            holder = _holder(context, head)
            if holder is not None:
                return [holder]
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
        """Those of a paper, by the head of the words for them."""
        if author is None or author.pos_ == "PRON":
            return ()
        return tuple(self.of_words(context, author))

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
            or _beside_one(context, head)
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
        if author is None or author.pos_ == "PRON":
            return None
        named = self._one(context, author)
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
        person = _person_called(context, token)
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
            or _beside_name(context, token)
        )


def _beside_one(context: ParagraphContext, one: "Token") -> tuple[Mention, ...]:
    """Who is named for one: "one of the papers, the Example Post, sued", "one spokesperson, Ada Example"."""
    number = one if one.pos_ == "NUM" else child(one, "nummod")
    is_one = number is not None and number.lower_ == "one"
    named = child(one, "appos") if is_one else None
    mention = context.at(named) if named is not None else None
    return (mention,) if mention is not None else ()


def _holder(context: ParagraphContext, head: "Token") -> Mention | None:
    """Who has a post at the firm that a word names, if both stand behind it: "Studio Nine founder Ada Example"."""
    firm = context.at(head)
    return holder_after(context, firm) if firm is not None else None


def _person_called(context: ParagraphContext, noun: "Token") -> Mention | None:
    """Who is named between commas behind what he is: "its counsel, Ada Example"."""
    if noun.pos_ != "NOUN" or noun.tag_ == "NNS":
        return None
    for word in noun.children:
        person = context.at(word) if word.dep_ == "appos" else None
        if person is not None and person.cls == "Person":
            return person
    return None


def _beside_name(context: ParagraphContext, token: "Token") -> Mention | None:
    """Who is named right before what he is: "Ada Example, a firm that …"."""
    if token.dep_ != "appos" or token.i == 0:
        return None
    return context.at(token.head)


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


def _beside_cue(
    context: ParagraphContext, draft: AttributionDraft
) -> Mention | None:
    """Who stands right before a cue that follows what was said: "…, CEO Ada Example said"."""
    candidate = draft.candidate
    if candidate is None or not draft.content:
        return None
    place = context.place(candidate.cue)
    if min(start for start, _ in draft.content) > place:
        return None
    mention = context.before(place)
    if mention is None or mention.cls != "Person":
        return None
    return mention if mention.end + 1 == place else None


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
