"""Who is named where: names of the registry, names that nobody knows yet, words that stand for a name."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from onrecord.extract.parsing import Paragraph
from onrecord.model import Entity

if TYPE_CHECKING:
    from spacy.tokens import Span, Token


class Named(Protocol):
    """An entity as a registry knows it; `cls` is its class key."""

    @property
    def iri(self) -> str: ...  # noqa: D102  the words say it
    @property
    def label(self) -> str: ...  # noqa: D102
    @property
    def cls(self) -> str: ...  # noqa: D102
    @property
    def aliases(self) -> tuple[str, ...]: ...  # noqa: D102


class Names(Protocol):
    """What extraction needs of a registry: its entities, and the forms that an alias alone never links."""

    @property
    def entities(self) -> Mapping[str, Named]: ...  # noqa: D102
    @property
    def ambiguous(self) -> Mapping[str, Iterable[str]]: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Mention:
    """A place of the text where an entity is named; `entity` is its IRI, or a new one's name, `cls` its class key."""

    start: int
    end: int
    entity: str
    cls: str


@dataclass(slots=True)
class Cast:
    """Who plays a part in one document: names found so far, by form and by class, the latest last."""

    forms: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    recent: list[Mention] = field(default_factory=list)
    proposed: dict[str, Entity] = field(default_factory=dict)
    speaker: Mention | None = None
    subjects: set[int] = field(default_factory=set)

    def latest(self, classes: Iterable[str], before: int) -> Mention | None:
        """The entity of one of these classes that was named last before a place of the text."""
        wanted = set(classes)
        return next((each for each in reversed(self.recent) if each.cls in wanted and each.start < before), None)


AGENTS = frozenset(
    ["Person", "Group", "Organization", "Company", "Guild", "TradeBody", "TalentAgency", "GovernmentBody", "NewsOutlet"]
)
COMPANIES = frozenset({"Company", "TalentAgency"})
GUILDS = frozenset({"Guild"})
WORKS = frozenset({"Film", "Series", "VideoGame", "Song", "Album", "CreativeWork"})
ROLES: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(
        ("company", "studio", "streamer", "giant", "startup", "start-up", "firm", "maker", "developer", "platform"),
        COMPANIES,
    ),
    **dict.fromkeys(("union", "guild"), GUILDS),
    **dict.fromkeys(
        ("association", "organization", "organisation", "group", "body"), GUILDS | {"TradeBody", "Organization"}
    ),
    **dict.fromkeys(
        (
            "actor",
            "actress",
            "director",
            "filmmaker",
            "star",
            "singer",
            "musician",
            "composer",
            "writer",
            "screenwriter",
            "producer",
            "executive",
            "co-ceo",
            "ceo",
            "president",
            "chairman",
        ),
        frozenset({"Person"}),
    ),
    **dict.fromkeys(("court", "judge", "agency", "office", "ministry"), frozenset({"GovernmentBody"})),
    **dict.fromkeys(("film", "movie"), frozenset({"Film"})),
    **dict.fromkeys(("series", "show"), frozenset({"Series"})),
    **dict.fromkeys(("model", "tool", "system", "app", "generator"), frozenset({"AISystem"})),
}
"""Nouns that, with "the", stand for the entity of that class that was named last."""
TEAMS = frozenset({"team", "makers", "producers", "creators", "filmmakers", "crew"})
"""Nouns that, before a work, stand for those who made it."""
KINDS = {"PERSON": "Person", "ORG": "Company"}


class Finder:
    """Finds the registry's names in texts, the longest first."""

    def __init__(self, names: Names) -> None:
        self.names = names
        unsure = {_key(form) for form in names.ambiguous}
        self.forms: dict[str, str] = {}
        for iri, each in names.entities.items():
            for alias in each.aliases:
                if _key(alias) not in unsure and len(alias) > 2:  # noqa: PLR2004  two letters are anything
                    self.forms.setdefault(_key(alias), iri)
        for iri, each in names.entities.items():
            self.forms[_key(each.label)] = iri
        self.longest = max((len(form.split()) for form in self.forms), default=1)

    def known(self, name: str) -> str | None:
        """The IRI of the entity that a name stands for, whatever its case, if there is one."""
        return self.forms.get(_key(name))

    def mentions(self, paragraph: Paragraph, cast: Cast) -> list[Mention]:
        """The mentions of a paragraph in their order; the cast learns of them."""
        found = list(self._known(paragraph, cast))
        for span in paragraph.doc.ents:
            start, end = span.start_char + paragraph.start, span.end_char + paragraph.start
            if not any(each.start < end and start < each.end for each in found):
                mention = self._new(span, start, end, cast)
                if mention is not None:
                    found.append(mention)
        found.sort(key=lambda each: each.start)
        cast.recent += found
        cast.subjects.update(each.start for each in found if _is_subject(paragraph, each))
        return found

    def _known(self, paragraph: Paragraph, cast: Cast) -> Iterator[Mention]:
        words = list(WORD.finditer(paragraph.text))
        at = 0
        while at < len(words):
            for length in range(min(self.longest, len(words) - at), 0, -1):
                start, end = words[at].start(), words[at + length - 1].end()
                form = paragraph.text[start:end]
                iri = self._look_up(form, cast)
                if iri is not None:
                    known = self.names.entities[iri]
                    self._learn(known.label, iri, known.cls, cast)
                    yield Mention(start + paragraph.start, end + paragraph.start, iri, known.cls)
                    at += length
                    break
            else:
                at += 1

    def _look_up(self, form: str, cast: Cast) -> str | None:
        for each in dict.fromkeys((form, POSSESSIVE.sub("", form))):
            iri = self.forms.get(_key(each))
            if iri is not None and _is_name(each, self.names.entities[iri]):
                return iri
            last = cast.forms.get(each.title() if each.isupper() else each, [])
            if len(last) == 1 and last[0][0] in self.names.entities:
                return last[0][0]
        return None

    @staticmethod
    def _learn(label: str, entity: str, cls: str, cast: Cast) -> None:
        """A person named in full may be called by the last name, as long as it is nobody else's here."""
        last = label.rsplit(maxsplit=1)[-1]
        if cls == "Person" and " " in label and last[:1].isupper():
            known = cast.forms.setdefault(last, [])
            if (entity, cls) not in known:
                known.append((entity, cls))

    def _new(self, span: "Span", start: int, end: int, cast: Cast) -> Mention | None:
        """A name that spaCy finds and the registry does not know: proposed, never merged by guess."""
        name = POSSESSIVE.sub("", span.text.strip().removeprefix("the ").removeprefix("The "))
        if span.label_ not in KINDS or not re.match(r"[A-Z]", name) or len(name) < 3 or "\n" in name:  # noqa: PLR2004
            return None
        last = cast.forms.get(name, [])
        if len(last) == 1:
            entity, cls = last[0]
        else:
            cls = KINDS[span.label_]
            if cls == "Person" and " " not in name:
                return None
            entity = name
            cast.proposed.setdefault(name, Entity(name, cls))
            self._learn(name, name, cls, cast)
        return Mention(start, end, entity, cls)


WORD = re.compile(r"[\w][\w.&’'+-]*(?:!(?=\s))?")
POSSESSIVE = re.compile(r"[’']s?$")
COMMON = frozenset({"her", "it", "them", "us", "uprising", "here", "up", "parasite", "gravity", "lucy"})


def _key(name: str) -> str:
    return " ".join(name.replace("’", "'").strip(".,'").split()).casefold()


def _is_name(form: str, known: Named) -> bool:
    """A form counts only where it is written as a name: with a capital, or just as the registry has it."""
    if known.cls == "Group":
        return form == known.label or form in known.aliases
    if form.casefold() in COMMON and form not in {known.label, *known.aliases}:
        return False
    return form[:1].isupper() or form[:1].isdigit() or form in {known.label, *known.aliases}


def _is_subject(paragraph: Paragraph, mention: Mention) -> bool:
    """Whether a sentence of the paragraph has a mention for its subject."""
    span = paragraph.doc.char_span(
        mention.start - paragraph.start, mention.end - paragraph.start, alignment_mode="expand"
    )
    return span is not None and span.root.dep_ in {"nsubj", "nsubjpass"}


PRONOUNS = frozenset({"he", "she", "his", "her", "him"})
GROUP_PRONOUNS = frozenset({"it", "its"})


@dataclass(frozen=True, slots=True)
class Scene:
    """A paragraph with its mentions, and the cast that it plays with."""

    paragraph: Paragraph
    mentions: tuple[Mention, ...]
    cast: Cast

    def place(self, token: "Token") -> int:
        """Where in the text a token begins."""
        return token.idx + self.paragraph.start

    def at(self, token: "Token") -> Mention | None:
        """The mention that a token is part of."""
        start = self.place(token)
        return next((each for each in self.mentions if each.start <= start < each.end), None)

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
        if token.lower_ in {"who", "which", "that"}:
            return self.resolve(token.head.head) if token.head.dep_ == "relcl" else None
        if token.lower_ in PRONOUNS:
            return self._person(token)
        if token.lower_ in {"i", "we"} and not self.paragraph.quoted(token):
            return self.cast.speaker  # a transcript
        if token.lower_ in GROUP_PRONOUNS:
            return self.cast.latest(COMPANIES | GUILDS, self.place(token))
        return None

    def _person(self, token: "Token") -> Mention | None:
        """Who "she" or "he" is: the one person of the sentence so far, else the subject or speaker that came last.

        Where the sentence has two people, a name would be a guess.
        """
        sentence, place = token.sent.start_char + self.paragraph.start, self.place(token)
        near = {each.entity: each for each in self.within(sentence, place) if each.cls == "Person"}
        if near:
            return next(iter(near.values())) if len(near) == 1 else None
        earlier = [each for each in self.cast.recent if each.cls == "Person" and each.start < place]
        led = [each for each in earlier if each.start in self.cast.subjects]
        speaker = self.cast.speaker if self.cast.speaker and self.cast.speaker.cls == "Person" else None
        last = max((each for each in (*led[-1:], speaker) if each), key=lambda each: each.start, default=None)
        return last or (earlier[-1] if earlier and len({each.entity for each in earlier}) == 1 else None)

    def _beside(self, token: "Token") -> Mention | None:
        """A name beside its role: "renowned actor Ada Example", "the guild, Actors United"."""
        for each in token.children:
            if each.dep_ in {"appos", "compound", "nmod"} and each.pos_ == "PROPN":
                found = self.at(each)
                if found is not None and found.cls in ROLES.get(token.lower_, AGENTS if each.dep_ == "appos" else ()):
                    return found
        end = self.place(token) + len(token) + 1
        return next(
            (each for each in self.mentions if each.start == end and each.cls in ROLES.get(token.lower_, ())), None
        )

    def _role(self, token: "Token") -> Mention | None:
        """A role that stands for a name: "the streamer", "its co-CEO"; a company's report speaks for it."""
        owner = next((self.at(each) for each in token.children if each.dep_ in {"poss", "compound"}), None)
        if token.lower_ in DOCUMENTS:
            speaks = owner if owner and owner.cls in AGENTS else None
            return speaks or (self.cast.latest(COMPANIES, self.place(token)) if _is_earnings(token) else None)
        if token.lower_ in ROLES and any(each.lower_ in DEFINITE for each in token.children):
            return self.cast.latest(ROLES[token.lower_], self.place(token))
        return None


DEFINITE = frozenset({"the", "its", "this"})
DOCUMENTS = frozenset({"report", "statement", "letter", "filing", "release", "post", "complaint"})


def _is_earnings(token: "Token") -> bool:
    return any(each.lower_ in {"earnings", "quarterly", "annual"} for each in token.children)
