"""Words that stand for somebody without naming him, and those named before whom they may mean."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from onrecord.extract.rules.contexts import ParagraphContext
from onrecord.extract.rules.mentions import SPEAKING, Mention
from onrecord.extract.rules.pronouns import PRONOUNS as PEOPLE
from onrecord.extract.rules.role_forms import EMPLOYERS
from onrecord.extract.rules.role_nouns import is_paper

if TYPE_CHECKING:
    from onrecord.extract.rules.tokens import Token

PRONOUNS = {
    **PEOPLE,
    "it": "it",
    "its": "it",
    "they": "they",
    "them": "they",
    "their": "they",
}
"""Pronouns, each by the one that stands for all its cases."""
PERSONAL = frozenset(PEOPLE.values())
NO_ANAPHORS = frozenset(
    ["i", "me", "my", "we", "us", "our", "who", "whom", "whose", "which"]
)
"""Pronouns that others resolve, by the speaker and by the noun before them."""
POINTING = frozenset({"PRON", "DET", "NUM", "ADJ"})
"""Parts of speech of words that stand for a noun: "both", "one", "others"."""
MOST = 10
"""Entities that are ranked: those named last."""


@dataclass(frozen=True, slots=True)
class Anaphor:
    """Words without a name of their own: the head of them (none for a quotation), and where in the text they stand."""

    context: ParagraphContext
    token: "Token | None"
    place: int
    is_post: bool = False

    @property
    def form(self) -> str:
        """What it is: a pronoun by its nominative, one or many by a noun, a quotation, another word, or a post."""
        token = self.token
        if token is None:
            return "quote"
        if self.is_post:
            return "its post" if token.lower_ in PRONOUNS else "post"
        if token.lower_ in PRONOUNS:
            return PRONOUNS[token.lower_]
        if token.pos_ in POINTING:
            return "other"
        return "many" if token.tag_ in {"NNS", "NNPS"} else "one"

    @property
    def is_pronoun(self) -> bool:
        """Whether it is a pronoun, in any case."""
        return self.token is not None and self.token.lower_ in PRONOUNS

    @property
    def article(self) -> str:
        """The article or owner before a noun, or that it is bare."""
        for word in self.token.children if self.token is not None else ():
            if word.dep_ in {"det", "poss"}:
                return word.lower_
        return "bare"

    @property
    def start(self) -> int:
        """Where in the text its words begin."""
        if self.token is None or self.is_post:
            return self.place
        return self.context.place(self.token.subtree[0])

    @property
    def sentence(self) -> int:
        """Where in the text its sentence begins."""
        if self.token is None:
            return self.place
        return self.context.sentence_start(self.token)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody named before, by the places where he is, in the order of the text."""

    name: str
    mentions: Sequence[Mention]

    @property
    def last(self) -> Mention:
        """Where he was named last."""
        return self.mentions[-1]

    @property
    def cls(self) -> str:
        """His class."""
        return self.last.cls


def anaphor_of(
    context: ParagraphContext, source: "Token", named: Sequence[Mention]
) -> Anaphor | None:
    """The words around a head, if they have no name of their own; `named` is whom rules take them for."""
    if source.pos_ == "PROPN" or source.lower_ in NO_ANAPHORS:
        return None
    if named and is_paper(context, source):
        return None
    if _is_of_another(context, source):
        return None
    words = source.subtree
    start, end = context.place(words[0]), context.place(words[-1])
    if any(start <= mention.start <= end for mention in named):
        return None
    return Anaphor(context, source, context.place(source))


def _is_of_another(context: ParagraphContext, source: "Token") -> bool:
    """Whether somebody speaks for one whom nobody knows, and is none of those before: "a spokesman for the mayor"."""
    speaks = source.lower_ in context.lexicon.nouns["spokesperson"]
    words = {word.lower_ for word in source.children}
    return speaks and bool(words & {"a", "an"}) and "for" in words


def anaphor_of_post(context: ParagraphContext, place: int) -> Anaphor | None:
    """The word at a place as one that points back to an employer."""
    at = place - context.paragraph.start
    words = context.paragraph.doc.touching(at, at + 1)
    if words is None or not len(words):
        return None
    return Anaphor(context, words[0], place, is_post=True)


def candidates(anaphor: Anaphor) -> list[Candidate]:
    """Who may be meant by an anaphor: the last ten who were named before it, the nearest first."""
    state, start, known = anaphor.context.state, anaphor.start, _known(anaphor)
    named: dict[str, Candidate] = {}
    for mention in reversed(state.recent):
        name = mention.entity
        if mention.start >= start or name in named or not known(mention):
            continue
        mentions = [
            other
            for other in state.by_entity[name]
            if other.start < start and known(other)
        ]
        named[name] = Candidate(name, mentions)
        if len(named) == MOST:
            break
    last = attrgetter("last.start")
    return sorted(named.values(), key=last, reverse=True)


def _known(anaphor: Anaphor) -> Callable[[Mention], bool]:
    """Whether a name has a class that an anaphor may mean.

    Of people it may mean nobody who goes by the other pronoun, and nobody across the name of a stranger.
    """
    state, form = anaphor.context.state, anaphor.form
    if form in PERSONAL:
        before = (at for at in state.strangers if at < anaphor.place)
        stranger = max(before, default=-1)
        return lambda mention: (
            mention.cls == "Person"
            and mention.start >= stranger
            and state.goes_by(mention) in {form, None}
        )
    classes = EMPLOYERS if anaphor.is_post else SPEAKING
    if form == "it":
        classes -= {"Person"}
    return lambda mention: mention.cls in classes
