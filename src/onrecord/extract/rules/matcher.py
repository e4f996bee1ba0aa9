"""Finds names in texts: the registry's, the longest first, their short forms, and those that nobody knows yet."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import chain, islice
from typing import TYPE_CHECKING

from onrecord.extract.extractor import Gazetteer, KnownEntity
from onrecord.extract.rules.capitals import bodies, capitals
from onrecord.extract.rules.contexts import ParagraphContext
from onrecord.extract.rules.kinds import Name, names, pronoun
from onrecord.extract.rules.lexicon import Lexicon
from onrecord.extract.rules.mentions import AGENTS, DiscourseState, Mention
from onrecord.extract.rules.parsing import Paragraph
from onrecord.model import Entity

if TYPE_CHECKING:
    from spacy.tokens import Token

WORD = re.compile(r"[\w][\w.&’'+-]*(?:!(?=\s))?")
MEANS = re.compile(
    r"\b(?:AI (?:app|model|tool|generator|system|software|video app) "
    r"|(?:made|created|generated|produced|composed|cloned) (?:with|using|by) (?:the )?)$"
)
"""Words before the name of a tool, not of its maker."""
PLACE = re.compile(
    r"\b(?:in|from|of|across|around|near|via|[Nn]orthern|[Ss]outhern)\s(?:the\s)?$"
)
"""Words before a name that may be a place, or part of a longer name."""
OWNED = re.compile(r"\b(?:its|his|her|their|our|my) $")
POSSESSIVE = re.compile(r"[’']s?$")
COMMON = frozenset(
    {"her", "it", "them", "us", "uprising", "here", "up", "parasite", "gravity", "lucy"}
)


@lru_cache(maxsize=4)
def _beside(lexicon: Lexicon) -> frozenset[str]:
    """Words with a capital that may stand beside a last name and are no part of it."""
    posts = {word for title in lexicon.titles for word in title.split()}
    return frozenset(posts | set(lexicon.kinds["before"]))


class EntityMatcher:
    """Finds the registry's names in texts, and proposes what it does not know."""

    def __init__(self, known: Gazetteer, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.names = known
        self.unsure = {
            _key(form): tuple(candidates)
            for form, candidates in known.ambiguous.items()
        }
        self.forms: dict[str, str] = {}
        for iri, each in known.entities.items():
            for alias in each.aliases:
                if _key(alias) not in self.unsure and len(alias) > 2:  # noqa: PLR2004  two letters are anything
                    self.forms.setdefault(_key(alias), iri)
        for iri, each in known.entities.items():
            self.forms[_key(each.label)] = iri
        self.starts = _starts([*self.forms, *self.unsure])

    def names_system(self, text: str) -> bool:
        """Whether a text names an AI system, or some firm's numbered tool."""
        named = self._systems.search(text) or NUMBERED.search(text)
        return named is not None

    @cached_property
    def _systems(self) -> re.Pattern[str]:
        entities = self.names.entities.values()
        systems = [entity for entity in entities if entity.cls == "AISystem"]
        forms = {name for entity in systems for name in (entity.label, *entity.aliases)}
        longest = sorted(forms, key=len, reverse=True)
        return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))}|(?!))\b")

    def known(self, name: str) -> str | None:
        """The IRI of the entity that a name stands for, whatever its case, if there is one."""
        return self.forms.get(_key(name))

    def mentions(self, paragraph: Paragraph, state: DiscourseState) -> list[Mention]:
        """The mentions of a paragraph in their order; the state learns of them."""
        found = list(self._known(paragraph, state))
        forms = len(state.forms)
        known = names(paragraph, state.text, self.lexicon)
        seen = capitals(paragraph, state.text, self.lexicon)
        for name in chain(bodies(paragraph, self.lexicon), known, seen):
            start, end = name.start + paragraph.start, name.end + paragraph.start
            if name.cls in BODIES and _touches(found, start, end):
                found = [m for m in found if not _is_part(m, start, end)]
            if not _touches(found, start, end):
                _learn_initials(name, start, found, state)
                mention = self._new(name, start, end, state)
                found += [mention] if mention is not None else []
        found += _tools(paragraph, found, state)
        if (
            len(state.forms) > forms
        ):  # what has a name now may go by a short one in the same paragraph
            found += [
                each
                for each in self._known(paragraph, state)
                if not _touches(found, each.start, each.end)
            ]
        for each in found if state.text else ():
            told = (
                pronoun(state.text, each.start, each.end, self.lexicon)
                if each.cls == "Person"
                else None
            )
            if told is not None:
                state.pronouns.setdefault(each.entity, told)
        found.sort(key=lambda each: each.start)
        found = [mention for mention in found if not _is_dateline(paragraph, mention)]
        state.recent += found
        state.quoted.update(
            mention.start
            for mention in found
            if _is_within(paragraph.quotes, mention.start - paragraph.start)
        )
        _note_trades(paragraph, found, state)
        _note_author(paragraph, found, state)
        state.subjects.update(
            each.start for each in found if _is_subject(paragraph, each)
        )
        sure = [m for m in found if " " in m.entity or m.entity not in state.proposed]
        state.strangers += _strangers(paragraph, sure)
        return found

    def _known(self, paragraph: Paragraph, state: DiscourseState) -> Iterator[Mention]:
        words = list(WORD.finditer(paragraph.text))
        new = list(islice(state.forms, state.counted, None))
        state.counted += len(new)
        _count_words(new, state.longest)
        short = state.longest
        at = 0
        while at < len(words):
            first = _key(words[at][0])
            longest = max(self.starts.get(first, 1), short.get(first, 1))
            for length in range(min(longest, len(words) - at), 0, -1):
                start, end = words[at].start(), words[at + length - 1].end()
                found = self._look_up(paragraph, start, end, state)
                if found is not None:
                    entity, cls = found
                    dotted = self._label(entity).endswith(".") or not paragraph.text[
                        start:end
                    ].endswith(".")
                    yield Mention(
                        start + paragraph.start,
                        end + paragraph.start - (not dotted),
                        entity,
                        cls,
                    )
                    at += length
                    break
            else:
                at += 1

    def _label(self, entity: str) -> str:
        known = self.names.entities.get(entity)
        return known.label if known is not None else entity

    def _look_up(
        self, paragraph: Paragraph, start: int, end: int, state: DiscourseState
    ) -> tuple[str, str] | None:
        form = paragraph.text[start:end]
        is_owned = OWNED.search(_ahead(paragraph.text, start)) is not None
        for each in dict.fromkeys((form, POSSESSIVE.sub("", form))):
            key = _key(each)
            unsure = key in self.unsure
            iri = (
                self._of_several(key, paragraph.text, start, end, state)
                if unsure
                else self.forms.get(key)
            )
            if (
                iri is not None
                and _is_name(each, self.names.entities[iri])
                and not (is_owned and self.names.entities[iri].cls == "Group")
                and not _ends_name(paragraph.text, start, end, self.lexicon)
            ):
                if (
                    unsure
                    and " " not in key
                    and not _stands_as_name(paragraph, start, end)
                ):
                    return None
                self._learn(
                    self.names.entities[iri].label,
                    iri,
                    self.names.entities[iri].cls,
                    state,
                )
                return iri, self.names.entities[iri].cls
            last = state.forms.get(each.title() if each.isupper() else each, [])
            if len(last) == 1 and _stands_alone(
                paragraph.text, start, end, self.lexicon
            ):
                return last[0]
        return None

    def _of_several(
        self, key: str, text: str, start: int, end: int, state: DiscourseState
    ) -> str | None:
        """The one thing that an ambiguous form stands for here, if its candidates and the text tell.

        The system where something is made with it; the candidate that the text names in full, if it is one alone; a
        sole candidate where the form stands alone and is no place. What the registry says beside the candidates (its
        default, and in words its rule) is for people who code: a machine is silent where these three do not tell.
        """
        candidates = [each for each in self.unsure[key] if _key(each) != key]
        if MEANS.search(_ahead(text, start)):
            systems = [
                iri
                for iri in map(self.known, candidates)
                if iri and self.names.entities[iri].cls == "AISystem"
            ]
            same = self.forms.get(key)
            if same is not None and self.names.entities[same].cls == "AISystem":
                return same
            return systems[0] if len(systems) == 1 else same
        if key in self.forms:
            return self.forms[key]
        full = [each for each in candidates if each in state.text]
        longest = [
            each
            for each in full
            if not any(each != other and each in other for other in full)
        ]
        if len(longest) == 1 and text[start].isupper():
            return self.known(longest[0])
        sole = (
            len(self.unsure[key]) == 1
            and _stands_alone(text, start, end, self.lexicon)
            and text[start].isupper()
        )
        apart = (
            PLACE.search(_ahead(text, start)) is None
            and re.match(r"(?:[’']s)? of (?:the )?[A-Z]", text[end:]) is None
        )
        return self.known(candidates[0]) if candidates and sole and apart else None

    def _learn(self, label: str, entity: str, cls: str, state: DiscourseState) -> None:
        """What a person or a company that was named in full may be called.

        A form that several have here stands for none of them.
        """
        forms = _last_names(label) if cls == "Person" else self._short(label, cls)
        for form in forms:
            if len(form) <= 2 or not form[:1].isupper():  # noqa: PLR2004  two letters are anything
                continue
            known = state.forms.setdefault(form, [])
            if (entity, cls) not in known:
                known.append((entity, cls))

    def _short(self, label: str, cls: str) -> list[str]:
        first, _, last = label.rpartition(" ")
        is_kind = last.lower().rstrip(".") in self.lexicon.kinds["last"]
        return [first] if first and cls == "Company" and is_kind else []

    def _new(
        self, name: Name, start: int, end: int, state: DiscourseState
    ) -> Mention | None:
        """A name that the registry does not know: proposed, never merged by guess."""
        known = state.forms.get(name.text, [])
        if len(known) == 1:
            entity, cls = known[0]
            return Mention(start, end, entity, cls)
        if name.cls == "Person" and " " not in name.text:
            return None
        base = self._short(name.text, name.cls)
        if base and base[0] in state.proposed:  # "HYBE Corp" after "HYBE"
            entity = base[0]
            if len(name.text) > len(state.fuller.get(entity, entity)):
                state.fuller[entity] = name.text
            return Mention(start, end, entity, state.proposed[entity].type)
        made = state.proposed.setdefault(name.text, Entity(name.text, name.cls))
        self._learn(name.text, name.text, made.type, state)
        return Mention(start, end, name.text, made.type)


def _learn_initials(
    name: Name, start: int, found: Iterable[Mention], state: DiscourseState
) -> None:
    """What a body goes by after its name: "the Federation of Editors (FOE)"."""
    if " " in name.text or state.text[start - 2 : start] != " (":
        return
    for mention in found:
        if mention.end == start - 2 and mention.cls in AGENTS - {"Person"}:
            state.forms.setdefault(name.text, [(mention.entity, mention.cls)])


@lru_cache(maxsize=1024)
def _last_names(label: str) -> tuple[str, ...]:
    """The forms by which a person named in full may be called: "Mason", "Mason Jr."."""
    from nameparser import HumanName  # noqa: PLC0415  of the same extra as spaCy

    first, _, rest = label.partition(" ")
    if not rest:
        return ()
    name = HumanName(label)
    forms = dict.fromkeys((label.rpartition(" ")[2], name.last, rest))
    suffixes = name.suffix.split(", ") if name.suffix else []
    for suffix in suffixes:
        forms.pop(suffix, None)
        forms[f"{name.last} {suffix}"] = None
    return tuple(form for form in forms if form and form != first)


DATELINE = re.compile(r"[A-Z][A-Za-z .,’'-]{2,40}\(([^)]{2,30})\) ?(?:—|–|-)")


def _is_dateline(paragraph: Paragraph, mention: Mention) -> bool:
    """Whether a name is that of the wire in a date line: "BOSTON (AP) — …"."""
    match = DATELINE.match(paragraph.text)
    return match is not None and mention.start - paragraph.start < match.end()


def _is_within(spans: Iterable[tuple[int, int]], place: int) -> bool:
    return any(start <= place < end for start, end in spans)


USED = re.compile(r"\b(?:us(?:e|ed|es|ing)|with|via) (?:the )?$")
NUMBERED = re.compile(
    r"(?:(?<=[’']s)|[’']s) ([A-Z][\w]*[- ]?\d[\w.]*)(?= (?:to|for|in|on)\b)"
)


def _tools(
    paragraph: Paragraph, found: Iterable[Mention], state: DiscourseState
) -> list[Mention]:
    """A firm's numbered tool that somebody uses: "used Studio Nine's Painter 2 to …"."""
    tools = []
    for maker in found:
        start = maker.start - paragraph.start
        match = NUMBERED.match(paragraph.text, maker.end - paragraph.start)
        is_used = USED.search(_ahead(paragraph.text, start)) is not None
        if maker.cls != "Company" or match is None or not is_used:
            continue
        a, b = (place + paragraph.start for place in match.span(1))
        if not _touches(found, a, b):
            state.proposed.setdefault(match[1], Entity(match[1], "AISystem"))
            tools.append(Mention(a, b, match[1], "AISystem"))
    return tools


PARTICLES = frozenset(
    {"von", "van", "der", "den", "de", "del", "della", "di", "da", "dos", "al", "bin"}
)
NO_NAME = frozenset({"the", "a", "an", "ai", "he", "she", "it", "they", "i", "we"})


def new_name(context: ParagraphContext, head: "Token") -> tuple[int, int] | None:
    """The place of a name that ends or begins at a subject, whatever its shape."""
    doc = head.doc
    first = last = head.i
    while first and _is_of_name(doc[first - 1]):
        first -= 1
    while last + 1 < len(doc) and _is_of_name(doc[last + 1]):
        last += 1
    if first and doc[first - 1].text == "The" and first - 1 == head.sent.start:
        first -= 1
    while doc[first].lower_ in PARTICLES or context.lexicon.kinds["before"].get(
        doc[first].lower_
    ):
        first += 1
        if first > last:
            return None
    span = doc[first : last + 1]
    words = {word.lower_ for word in span}
    is_shaped = any(word.text[:1].isupper() for word in span) or "." in head.text[1:-1]
    known = words & (context.lexicon.roles.keys() | context.lexicon.titles.keys())
    if not is_shaped or known or words <= NO_NAME or head.pos_ not in {"PROPN", "X"}:
        return None
    if any(word.ent_type_ in {"DATE", "GPE", "LOC", "NORP"} for word in span):
        return None
    start = context.place(span[0])
    return start, start + len(span.text)


def _is_of_name(word: "Token") -> bool:
    is_capital = word.text[:1].isupper() and word.pos_ in {"PROPN", "X"}
    return (
        is_capital or word.lower_ in PARTICLES or (word.like_num and not word.is_alpha)
    )


BYLINE = re.compile(r"(?:By|Par|Von) (?=[A-Z])|.*[.!?”\"] — (?=[A-Z][^.]*$)")


def _note_author(
    paragraph: Paragraph, found: Iterable[Mention], state: DiscourseState
) -> None:
    """A byline, or a name after a dash at the end, tells who says "I" in the text."""
    match = BYLINE.match(paragraph.text)
    if match is None or paragraph.text[:1] in '“"':
        return
    end = len(paragraph.text)
    for mention in found:
        start = mention.start - paragraph.start
        is_last = end - (mention.end - paragraph.start) <= 1
        if mention.cls == "Person" and start == match.end() and is_last:
            state.author = mention


def _note_trades(
    paragraph: Paragraph, found: Iterable[Mention], state: DiscourseState
) -> None:
    """The nouns beside a person's name: "singer Ada Example", "Ada Example, a singer"."""
    for mention in found:
        if mention.cls != "Person":
            continue
        span = paragraph.doc.char_span(
            mention.start - paragraph.start,
            mention.end - paragraph.start,
            alignment_mode="expand",
        )
        if span is None:
            continue
        words = state.trades.setdefault(mention.entity, set())
        words.update(word.lower_ for word in span.root.children if word.pos_ == "NOUN")
        head = span.root.head
        if span.root.dep_ in {"appos", "compound"} and head.pos_ == "NOUN":
            words.add(head.lower_)


BODIES = frozenset({"Guild", "TradeBody", "Organization"})


def _is_part(mention: Mention, start: int, end: int) -> bool:
    """Whether a word for people is part of a body's name: "Actors’" of "Nordic Actors’ Guild"."""
    is_inside = start <= mention.start and mention.end <= end
    return (
        mention.cls == "Group"
        and is_inside
        and mention.end - mention.start < end - start
    )


def _ahead(text: str, start: int) -> str:
    """What stands right before a place."""
    return text[max(0, start - AHEAD) : start]


AHEAD = 80
"""Characters before a name that may tell what it is."""


def _touches(found: Iterable[Mention], start: int, end: int) -> bool:
    return any(each.start < end and start < each.end for each in found)


def _starts(forms: Iterable[str]) -> dict[str, int]:
    """How many words the longest form has, by the first word of forms: most words of a text begin none."""
    longest: dict[str, int] = {}
    _count_words(forms, longest)
    return longest


def _count_words(forms: Iterable[str], longest: dict[str, int]) -> None:
    """Adds forms to how many words the longest one has, by its first word."""
    for form in forms:
        words = WORD.findall(form)
        if words:
            first = _key(words[0])
            longest[first] = max(longest.get(first, 1), len(words), len(form.split()))


def _key(name: str) -> str:
    return " ".join(name.replace("’", "'").strip(".,'").split()).casefold()


def _is_name(form: str, known: KnownEntity) -> bool:
    """A form counts only where it is written as a name: with a capital, or just as the registry has it."""
    if known.cls == "Group":
        return form == known.label or form in known.aliases
    if form.casefold() in COMMON and form not in {known.label, *known.aliases}:
        return False
    return (
        form[:1].isupper()
        or form[:1].isdigit()
        or form in {known.label, *known.aliases}
    )


def _ends_name(text: str, start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether a word like "Studios" is the end of a longer name."""
    return (
        text[start:end].lower() in lexicon.kinds["last"]
        and re.search(r"[A-Z][\w’'-]* $", _ahead(text, start)) is not None
    )


def _stands_as_name(paragraph: Paragraph, start: int, end: int) -> bool:
    """Whether a word that may be none ("Believe it or not") is a name here, by its part of speech."""
    span = paragraph.doc.char_span(start, end, alignment_mode="expand")
    return span is None or any(each.pos_ in {"PROPN", "NOUN"} for each in span)


def _stands_alone(text: str, start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether a last name or short form is no part of a longer name: "Jane Example", "Example Street"."""
    ahead = _ahead(text, start)
    before = re.search(r"([A-Z][\w.’'-]*) $", ahead)
    after = re.match(r" ([A-Z][\w-]*)", text[end:])
    if (
        before is not None
        and before[1].endswith(".")
        and len(before[1]) > LONGEST_TITLE
    ):
        before = None  # the end of the sentence before
    first = before is not None and (
        before.start() == 0 or ahead[: before.start()].rstrip()[-1:] in '.?!“"”:'
    )
    alone = (
        before is None
        or (first and before[1].lower() in FIRST)
        or before[1].strip(".’'").lower() in _beside(lexicon)
    )
    return alone and (
        after is None
        or after[1].lower() in _beside(lexicon)
        or text[start:end].endswith(("'s", "’s"))
    )


LONGEST_TITLE = 5
"""Letters of a title before a name, with its full stop: "Prof."."""
FIRST = frozenset({
    "the", "but", "and", "when", "while", "after", "before", "in", "at", "for", "as", "if", "both", "said", "says",
    "asked", "yet", "so", "then", "with", "like", "to",
})  # fmt: skip
"""Words that may stand before a name at a sentence's beginning."""


def _is_subject(paragraph: Paragraph, mention: Mention) -> bool:
    """Whether a sentence of the paragraph has a mention for its subject."""
    span = paragraph.doc.char_span(
        mention.start - paragraph.start,
        mention.end - paragraph.start,
        alignment_mode="expand",
    )
    if span is None:
        return False
    head = span.root.head if span.root.dep_ == "appos" else span.root
    return head.dep_ in {"nsubj", "nsubjpass"}


def _strangers(paragraph: Paragraph, found: Iterable[Mention]) -> Iterator[int]:
    """Where a name is a subject, or somebody's to spaCy, that is none of those found."""
    taken = [
        (each.start - paragraph.start, each.end - paragraph.start) for each in found
    ]
    people = {
        token.i
        for span in paragraph.doc.ents
        if span.label_ == "PERSON"
        for token in span
    }
    for token in paragraph.doc:
        subject = token.dep_ in {"nsubj", "nsubjpass"} and token.pos_ == "PROPN"
        subject = (
            subject and token.ent_type_ in {"", "PERSON"} and not token.text.isupper()
        )
        named = subject or token.i in people
        if (
            named
            and not paragraph.quoted(token)
            and not any(a <= token.idx < b for a, b in taken)
        ):
            yield token.idx + paragraph.start
