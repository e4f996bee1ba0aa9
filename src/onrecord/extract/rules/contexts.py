"""A paragraph with who and what is named in it, and whom its pronouns and roles stand for."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.extract.rules.lexicon import Lexicon
from onrecord.extract.rules.mentions import (
    AGENTS,
    COMPANIES,
    GUILDS,
    DiscourseState,
    Mention,
)
from onrecord.extract.rules.parsing import Paragraph
from onrecord.extract.rules.sources import subject_of

if TYPE_CHECKING:
    from spacy.tokens import Span as Words
    from spacy.tokens import Token

PRONOUNS = {"he": "he", "his": "he", "him": "he", "she": "she", "her": "she"}
TURN = re.compile(r"[“\"]?[A-Z][\w.'’ ()-]{1,40}: ")
"""How a turn of a transcript begins."""
NEAR = 200
"""Characters before a role in which two names of its class leave open whom it means."""
GROUP_PRONOUNS = frozenset({"it", "its"})
FAR = 400
"""Characters over which "they" reaches back."""
MANY = AGENTS - {"Person", "NewsOutlet"}
"""Classes that "they" may stand for."""


def _start(mention: Mention) -> int:
    return mention.start


@dataclass(frozen=True, slots=True)
class ParagraphContext:
    """A paragraph with its mentions, and the state that it plays with."""

    paragraph: Paragraph
    mentions: tuple[Mention, ...]
    state: DiscourseState

    @property
    def lexicon(self) -> Lexicon:
        """The words that the text is read by."""
        return self.state.lexicon

    def place(self, token: "Token") -> int:
        """Where in the text a token begins."""
        return token.idx + self.paragraph.start

    def at(self, token: "Token") -> Mention | None:
        """The mention that a token is part of."""
        place = self.place(token)
        following = bisect_right(self.mentions, place, key=_start)
        near = self.mentions[max(0, following - 2) : following]
        return next((each for each in near if place < each.end), None)

    def span(self, start: int, end: int) -> "Words | None":
        """The tokens between two places of the text; None outside the paragraph."""
        begin = self.paragraph.start
        if not begin <= start < end <= begin + len(self.paragraph.text):
            return None
        return self.paragraph.doc.char_span(
            start - begin, end - begin, alignment_mode="contract"
        )

    def token(self, mention: Mention) -> "Token | None":
        """The head of a mention of the paragraph."""
        words = self.span(mention.start, mention.end)
        return words.root if words is not None and len(words) else None

    def within(self, start: int, end: int) -> list[Mention]:
        """The mentions between two places of the text."""
        first = bisect_left(self.mentions, start, key=_start)
        last = bisect_left(self.mentions, end, key=_start)
        return list(self.mentions[first:last])

    def resolve(self, token: "Token") -> Mention | None:
        """The entity that a word stands for: its own name, a role with or without a name, a pronoun; else None.

        A wrong name is worse than none: nobody is chosen who was not named before in this text.
        """
        if token.pos_ == "PRON":
            return self._pronoun(token)
        return self.at(token) or self._beside(token) or self._role(token)

    def _pronoun(self, token: "Token") -> Mention | None:
        if token.lower_ in {"who", "whom", "which", "that", "whose"}:
            return self._antecedent_of(token)
        if token.lower_ in PRONOUNS:
            return self._person(token)
        if token.lower_ in {"i", "we"} and not self.paragraph.quoted(token):
            return self._first_person()
        if token.lower_ in GROUP_PRONOUNS | {"they", "their", "them"}:
            return self._group_pronoun(token)
        return None

    def _first_person(self) -> Mention | None:
        """Who says "I" outside quotation marks: the author, or the speaker of a transcript."""
        is_transcript = TURN.match(self.paragraph.text) is not None
        return self.state.speaker if is_transcript else self.state.author

    def _group_pronoun(self, token: "Token") -> Mention | None:
        """Who "it" or "they" is: the subject of the sentence before, else the last that led one."""
        start = token.sent.start
        if start:
            before = self._subject_of_sentence(token.doc[start - 1])
            if before is not None:
                resolved = None if before.pos_ == "PRON" else self.resolve(before)
                if resolved is not None and resolved.cls != "Person":
                    return resolved
        if token.lower_ not in GROUP_PRONOUNS:
            return self._people(token)
        return self.state.latest(COMPANIES | GUILDS, self.place(token))

    def _people(self, token: "Token") -> Mention | None:
        """Who "they" are: the people or the organization that led a sentence last, near by."""
        place = self.place(token)
        for mention in reversed(self.state.recent):
            is_before = place - FAR < mention.start < place
            is_led = mention.start in self.state.subjects
            if is_before and is_led:
                return mention if mention.cls in MANY else None
        return None

    def _antecedent_of(self, token: "Token") -> Mention | None:
        """What a relative pronoun stands for."""
        verb = token.head if token.lower_ != "whose" else token.head.head
        for word in (verb, *verb.ancestors):
            if word.dep_ == "relcl":
                return self.resolve(word.head)
        return None

    @staticmethod
    def _subject_of_sentence(word: "Token") -> "Token | None":
        return subject_of(word.sent.root)

    def _person(self, token: "Token") -> Mention | None:
        """Who "she" or "he" is: the one person of the sentence so far, else the subject or speaker that came last.

        Nobody who is known to go by the other pronoun, nobody across a name that nobody knows, nobody where the
        sentence has two people: a name would be a guess.
        """
        pronoun = PRONOUNS[token.lower_]
        fitting = self._fitting(token, pronoun)
        found = self._antecedent(
            fitting, pronoun, token.sent.start_char + self.paragraph.start
        )
        if found is None or self._is_unsure(found, token, pronoun):
            return None
        if token.lower_ == pronoun:
            self.state.pronouns.setdefault(found.entity, pronoun)
        return found

    def _fitting(self, token: "Token", pronoun: str) -> list[Mention]:
        """The people named before a pronoun who may go by it.

        "Her" and "him" may be anybody's but the subject's, so they need somebody known to go by them, or one alone.
        """
        place, pronouns = self.place(token), self.state.pronouns
        people = [
            each
            for each in self.state.recent
            if each.cls == "Person"
            and each.start < place
            and each.start not in self.state.quoted
        ]
        fitting = [
            each for each in people if pronouns.get(each.entity, pronoun) == pronoun
        ]
        sentence = token.sent.start_char + self.paragraph.start
        if token.lower_ == pronoun or not any(
            each.start >= sentence for each in people
        ):
            return fitting
        itself = self._subject(token) if token.tag_ == "PRP" else None
        sure = len({each.entity for each in people}) == 1
        known = [
            each for each in fitting if sure or pronouns.get(each.entity) == pronoun
        ]
        return [
            each for each in known if itself is None or each.entity != itself.entity
        ]

    def _subject(self, token: "Token") -> Mention | None:
        """Who is the subject of the clause that a word stands in, by name."""
        verb = next(
            (each for each in token.ancestors if each.pos_ in {"VERB", "AUX"}), None
        )
        subject = subject_of(verb) if verb is not None else None
        return self.at(subject) if subject is not None else None

    def _is_unsure(self, found: Mention, token: "Token", pronoun: str) -> bool:
        """Whether somebody else may be meant, whom nobody knows or whom the one found is said to have met ("him")."""
        place = self.place(token)
        for each in token.doc[: token.i]:
            other = (
                each.tag_ == "PRP"
                and PRONOUNS.get(each.lower_) == pronoun
                and each.lower_ != pronoun
            )
            if (
                other
                and self.place(each) > found.start
                and not self.paragraph.quoted(each)
            ):
                subject = self._subject(each)
                if subject is not None and subject.entity == found.entity:
                    return True
        return any(found.start < each < place for each in self.state.strangers)

    def _antecedent(
        self, fitting: list[Mention], pronoun: str, sentence: int
    ) -> Mention | None:
        """The one of the sentence, else who led or spoke last; who is known to go by the pronoun before who may."""
        near = [
            each
            for each in fitting
            if each.start >= sentence and not self._is_quoted(each)
        ]
        if near:
            return self._only(near, pronoun)
        led = [each for each in fitting if each.start in self.state.subjects]
        speaker = self.state.speaker if self.state.speaker in fitting else None
        last = max(
            (each for each in (*led[-1:], speaker) if each),
            key=lambda each: each.start,
            default=None,
        )
        return self._only(
            [each for each in fitting if last is None or each.start >= last.start],
            pronoun,
        )

    def _only(self, people: list[Mention], pronoun: str) -> Mention | None:
        known = [
            each for each in people if self.state.pronouns.get(each.entity) == pronoun
        ]
        found = {each.entity: each for each in known or people}
        return next(iter(found.values())) if len(found) == 1 else None

    def _is_quoted(self, mention: Mention) -> bool:
        at = mention.start - self.paragraph.start
        return any(start <= at < end for start, end in self.paragraph.quotes)

    def _beside(self, token: "Token") -> Mention | None:
        """A name beside its role: "renowned actor Ada Example", "the guild, ActorResolver United"."""
        for each in token.children:
            if each.dep_ in {"appos", "compound", "nmod"} and each.pos_ == "PROPN":
                found = self.at(each)
                if found is not None and found.cls in self.lexicon.roles.get(
                    token.lower_, AGENTS if each.dep_ == "appos" else ()
                ):
                    return found
        end = self.place(token) + len(token) + 1
        return next(
            (
                each
                for each in self.mentions
                if each.start == end
                and each.cls in self.lexicon.roles.get(token.lower_, ())
            ),
            None,
        )

    def _role(self, token: "Token") -> Mention | None:
        """A role that stands for a name: "the streamer"; a paper speaks for its author."""
        if token.lower_ in self.lexicon.nouns["paper"]:
            return self._paper(token)
        if token.lower_ in self.lexicon.roles and _is_definite(token):
            return self._bearer(token)
        return None

    def _paper(self, token: "Token") -> Mention | None:
        """Whose a letter, report or complaint is: its owner's, else whoever filed one before."""
        for word in token.children:
            owner = self.at(word) if word.dep_ in {"poss", "compound"} else None
            if owner is not None and owner.cls in AGENTS:
                return owner
            if word.dep_ in {"prep", "agent"} and word.lower_ in {"by", "from"}:
                for named in word.children:
                    by = self.at(named)
                    if by is not None and by.cls in AGENTS:
                        return by
        if _is_earnings(token):
            return self.state.latest(COMPANIES, self.place(token))
        if not _is_definite(token):
            return None
        return self.state.papers.get(paper_kind(token.lower_))

    def _bearer(self, token: "Token") -> Mention | None:
        """Whom "the studio" stands for: who is called so, was named last, or leads."""
        wanted, place = self.lexicon.roles[token.lower_], self.place(token)
        called = self._called(token.lower_, place)
        if called is not None:
            return called
        if wanted == {"Person"}:
            return self._of_trade(token.lower_, place)
        if wanted == {"GovernmentBody"}:
            return self._sole_body(token.lower_, place)
        last = self.state.latest(wanted, place)
        near = [
            mention
            for mention in self.state.recent
            if mention.cls in wanted and place - NEAR < mention.start < place
        ]
        if len({mention.entity for mention in near}) <= 1:
            return last
        led = {
            mention.entity: mention
            for mention in near
            if mention.start in self.state.subjects
        }
        return next(iter(led.values())) if len(led) == 1 else None

    def _sole_body(self, word: str, place: int) -> Mention | None:
        """The one public body named so far whose name tells no other kind: "the government" is no court."""
        named: dict[str, Mention] = {}
        for mention in self.state.recent:
            if mention.cls != "GovernmentBody" or mention.start >= place:
                continue
            words = set(self.state.text[mention.start : mention.end].lower().split())
            if not words & (PUBLIC - {word}):
                named[mention.entity] = mention
        return next(iter(named.values())) if len(named) == 1 else None

    def _called(self, word: str, place: int) -> Mention | None:
        """The one whose name holds the word: "the League"."""
        named: dict[str, Mention] = {}
        for mention in self.state.recent:
            if mention.cls not in AGENTS or mention.start >= place:
                continue
            text = self.state.text[mention.start : mention.end].lower()
            if word in text and word in text.split():
                named[mention.entity] = mention
        return next(iter(named.values())) if len(named) == 1 else None

    def _of_trade(self, word: str, place: int) -> Mention | None:
        """The one person of a trade: "the singer" or "the vocalist" is singer Ada Example."""
        alike = next((group for group in TRADES if word in group), {word})
        people = {
            mention.entity: mention
            for mention in self.state.recent
            if mention.cls == "Person" and mention.start < place
        }
        trades = self.state.trades
        fitting = [e for e in people if alike & trades.get(e, set())]
        if len(fitting) == 1:
            return people[fitting[0]]
        if fitting:
            return None
        speaker = self.state.speaker
        near = {
            mention.entity
            for mention in self.state.recent
            if mention.cls == "Person" and place - NEAR < mention.start < place
        }
        if speaker is not None and near <= {speaker.entity}:
            return speaker if speaker.cls == "Person" else None
        return people[next(iter(near))] if len(near) == 1 else None


PUBLIC = frozenset(
    [
        "agency",
        "bureau",
        "commission",
        "committee",
        "congress",
        "council",
        "court",
        "department",
        "government",
        "ministry",
        "office",
        "parliament",
        "senate",
    ]
)
"""Words that tell the kind of a public body."""
DEFINITE = frozenset({"the", "its", "this", "same"})
TRADES = (
    {
        "singer",
        "vocalist",
        "frontman",
        "frontwoman",
        "songwriter",
        "musician",
        "rapper",
    },
    {"actor", "actress", "star", "performer"},
    {"director", "filmmaker"},
    {"writer", "author", "novelist", "screenwriter", "playwright"},
    {"comedian", "comic"},
    {"artist", "illustrator", "painter"},
)
"""Nouns for people that may stand for each other."""
LEGAL = frozenset(
    {"charge", "complaint", "filing", "lawsuit", "suit", "motion", "brief", "appeal"}
)


def paper_kind(word: str) -> str:
    """The kind of a paper, since a complaint is also a filing and a suit."""
    return "legal" if word in LEGAL else word


def _is_definite(token: "Token") -> bool:
    owners = [word for word in token.children if word.dep_ in {"poss", "compound"}]
    near = [*token.children, *(word for owner in owners for word in owner.children)]
    return any(word.lower_ in DEFINITE for word in near)


def _is_earnings(token: "Token") -> bool:
    return any(
        each.lower_ in {"earnings", "quarterly", "annual"} for each in token.children
    )
