"""A paragraph with who and what is named in it, and whom its pronouns and roles stand for."""

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
    from spacy.tokens import Token

PRONOUNS = {"he": "he", "his": "he", "him": "he", "she": "she", "her": "she"}
NEAR = 200
"""Characters before a role in which two names of its class leave open whom it means."""
GROUP_PRONOUNS = frozenset({"it", "its"})


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
        start = self.place(token)
        return next(
            (each for each in self.mentions if each.start <= start < each.end), None
        )

    def within(self, start: int, end: int) -> list[Mention]:
        """The mentions between two places of the text."""
        return [each for each in self.mentions if start <= each.start < end]

    def resolve(self, token: "Token") -> Mention | None:
        """The entity that a word stands for: its own name, a role with or without a name, a pronoun; else None.

        A wrong name is worse than none: nobody is chosen who was not named before in this text.
        """
        if token.pos_ == "PRON":
            return self._pronoun(token)
        return self.at(token) or self._beside(token) or self._role(token)

    def _pronoun(self, token: "Token") -> Mention | None:
        if token.lower_ in {"who", "whom", "which", "that"}:
            return self.resolve(token.head.head) if token.head.dep_ == "relcl" else None
        if token.lower_ in PRONOUNS:
            return self._person(token)
        if token.lower_ in {"i", "we"} and not self.paragraph.quoted(token):
            return self.state.speaker  # a transcript
        if token.lower_ in GROUP_PRONOUNS:
            return self.state.latest(COMPANIES | GUILDS, self.place(token))
        return None

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
            if each.cls == "Person" and each.start < place
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
        """A role that stands for a name: "the streamer", "its co-CEO"; a company's report speaks for it."""
        owner = next(
            (
                self.at(each)
                for each in token.children
                if each.dep_ in {"poss", "compound"}
            ),
            None,
        )
        if token.lower_ in self.lexicon.nouns["paper"]:
            speaks = owner if owner and owner.cls in AGENTS else None
            return speaks or (
                self.state.latest(COMPANIES, self.place(token))
                if _is_earnings(token)
                else None
            )
        if token.lower_ in self.lexicon.roles and any(
            each.lower_ in DEFINITE for each in token.children
        ):
            return self._bearer(token)
        return None

    def _bearer(self, token: "Token") -> Mention | None:
        """Whom "the studio" stands for: who was named last, or the one subject of several."""
        wanted, place = self.lexicon.roles[token.lower_], self.place(token)
        last = self.state.latest(wanted, place)
        near = [
            each
            for each in self.state.recent
            if each.cls in wanted and place - NEAR < each.start < place
        ]
        if len({each.entity for each in near}) < 2:  # noqa: PLR2004  two leave it open, unless one alone leads
            return last
        led = {each.entity: each for each in near if each.start in self.state.subjects}
        return next(iter(led.values())) if len(led) == 1 else None


DEFINITE = frozenset({"the", "its", "this"})


def _is_earnings(token: "Token") -> bool:
    return any(
        each.lower_ in {"earnings", "quarterly", "annual"} for each in token.children
    )
