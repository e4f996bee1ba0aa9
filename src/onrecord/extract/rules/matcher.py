"""Finds names in texts: the registry's, the longest first, their short forms, and those that nobody knows yet."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import chain, islice

from onrecord.extract.extractor import Gazetteer
from onrecord.extract.rules.beside_kinds import goes_by_trade, pronoun
from onrecord.extract.rules.capitals import bodies, capitals, named_inside
from onrecord.extract.rules.employers import employers
from onrecord.extract.rules.initials import initialled, initials_behind
from onrecord.extract.rules.kinds import (
    BODIES,
    Name,
    names,
)
from onrecord.extract.rules.lexicon import Lexicon
from onrecord.extract.rules.mentions import DiscourseState, Mention
from onrecord.extract.rules.name_forms import (
    HONOUR,
    WORD,
    bare_too,
    count_words,
    ends_name,
    first_words,
    folded,
    is_name,
    is_of_another,
    last_names,
    stands_alone,
    stands_as_name,
    text_ahead,
)
from onrecord.extract.rules.no_names import is_nobody
from onrecord.extract.rules.noting import (
    NUMBERED,
    by_first_name,
    is_dateline,
    learn_initials,
    note_mentions,
    used_tools,
)
from onrecord.extract.rules.parsing import Paragraph
from onrecord.extract.rules.places import TakenPlaces
from onrecord.extract.rules.sentences import is_headline, sentence_of
from onrecord.model import Entity

MEANS = re.compile(
    r"\b(?:AI (?:app|model|tool|generator|system|software|video app) "
    r"|(?:made|created|generated|produced|composed|cloned) (?:with|using|by) (?:the )?)$"
)
"""Words before the name of a tool, not of its maker."""
PLACE = re.compile(
    r"\b(?:in|from|of|across|around|near|via|[Nn]orthern|[Ss]outhern)\s(?:the\s)?$"
)
"""Words before a name that may be a place, or part of a longer name."""
REMEMBERED = 50_000
"""Words of texts of which is kept whether a name begins with them."""
PARTY = re.compile(r"\([A-Z][a-z]{0,2}-$|, (?:D|R|I|Lab|Lib|Con)-$")
"""Before the state of a member of a parliament: "(D-Ohio)"."""
OWNED = re.compile(r"\b(?:its|his|her|their|our|my) $")


class EntityMatcher:
    """Finds the registry's names in texts, and proposes what it does not know."""

    def __init__(self, known: Gazetteer, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.names = known
        self.unsure = {
            folded(form): tuple(candidates)
            for form, candidates in known.ambiguous.items()
        }
        self.forms: dict[str, str] = {}
        for iri, entity in known.entities.items():
            for alias in entity.aliases:
                if folded(alias) not in self.unsure and len(alias) > 2:  # noqa: PLR2004  two letters are anything
                    self.forms.setdefault(folded(alias), iri)
        for iri, entity in known.entities.items():
            self.forms[folded(entity.label)] = iri
        self.starts = first_words([*self.forms, *self.unsure])

    def names_system(self, text: str) -> bool:
        """Whether a text names an AI system, or some firm's numbered tool."""
        named = self._systems.search(text) or NUMBERED.search(text)
        return named is not None

    @cached_property
    def _systems(self) -> re.Pattern[str]:
        entities = self.names.entities.values()
        systems = [entity for entity in entities if entity.cls == "AISystem"]
        forms = {
            name
            for entity in systems
            for name in (entity.label, *entity.aliases)
        }
        longest = sorted(forms, key=len, reverse=True)
        return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))}|(?!))\b")

    def known(self, name: str) -> str | None:
        """The IRI of the entity that a name stands for, whatever its case, if there is one."""
        return self.forms.get(folded(name))

    def mentions(
        self, paragraph: Paragraph, state: DiscourseState
    ) -> list[Mention]:
        """The mentions of a paragraph in their order; the state learns of them."""
        forms = len(state.forms)
        mentions = self._named(paragraph, state)
        mentions += used_tools(paragraph, mentions, state)
        if len(state.forms) > forms:
            mentions = _as_in_full(mentions, state)
            mentions += self._named_now(paragraph, mentions, state)
        self._learn_pronouns(mentions, state)
        mentions.sort(key=lambda mention: mention.start)
        mentions = [row for row in mentions if not is_dateline(paragraph, row)]
        note_mentions(paragraph, mentions, state)
        return mentions

    def _named(
        self, paragraph: Paragraph, state: DiscourseState
    ) -> list[Mention]:
        """Whoever is known by a name, and whoever looks like a name."""
        mentions = list(self._known(paragraph, state))
        taken = _taken(mentions)
        for honour in HONOUR.finditer(paragraph.text):
            start, end = honour.span()
            taken.add(start + paragraph.start, end + paragraph.start)
        known = names(paragraph, state.text, self.lexicon)
        seen = capitals(paragraph, state.text, self.lexicon)
        beside = employers(paragraph, self.lexicon)
        is_headed = _is_headed(paragraph)
        in_full = initialled(paragraph, self.lexicon)
        full = chain(in_full, bodies(paragraph, self.lexicon))
        for name in chain(full, beside, known, seen):
            start, end = (
                name.start + paragraph.start,
                name.end + paragraph.start,
            )
            if name.cls in BODIES and taken.touches(start, end):
                mentions = [
                    row for row in mentions if not _is_part(row, start, end)
                ]
                taken = _taken(mentions)
            if taken.touches(start, end) or is_nobody(name.text, state):
                continue
            if is_headed and state.text.count(name.text) == 1:
                continue
            if PARTY.search(text_ahead(state.text, start)):
                continue
            learn_initials(name, start, mentions, state)
            mention = self._new(name, start, end, state)
            if mention is not None:
                mentions.append(mention)
                taken.add(start, end)
        return mentions

    def _named_now(
        self,
        paragraph: Paragraph,
        mentions: list[Mention],
        state: DiscourseState,
    ) -> list[Mention]:
        """What has a name only now may go by a short one in the same paragraph."""
        taken = _taken(mentions)
        known = self._known(paragraph, state)
        return [row for row in known if not taken.touches(row.start, row.end)]

    def _learn_pronouns(
        self, mentions: list[Mention], state: DiscourseState
    ) -> None:
        """The pronoun that the text uses of each person."""
        if not state.text:
            return
        for mention in mentions:
            if mention.cls != "Person":
                continue
            start, end = mention.start, mention.end
            used = pronoun(state.text, start, end, self.lexicon)
            if used is not None:
                state.pronouns.setdefault(mention.entity, used)

    def _known(
        self, paragraph: Paragraph, state: DiscourseState
    ) -> Iterator[Mention]:
        words = list(WORD.finditer(paragraph.text))
        new = list(islice(state.forms, state.counted, None))
        state.counted += len(new)
        count_words(new, state.longest)
        short = state.longest
        at = 0
        while at < len(words):
            word = words[at][0]
            if not self._may_begin(word, state):
                at += 1
                continue
            first = folded(word)
            longest = max(self.starts.get(first, 1), short.get(first, 1))
            for length in range(min(longest, len(words) - at), 0, -1):
                start, end = words[at].start(), words[at + length - 1].end()
                known = self._look_up(paragraph, start, end, state)
                if known is not None:
                    entity, cls = known
                    dotted = self._label(entity).endswith(
                        "."
                    ) or not paragraph.text[start:end].endswith(".")
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

    def _may_begin(self, word: str, state: DiscourseState) -> bool:
        """Whether a word of a text is a form, or begins one."""
        if self._may_begin_known(word):
            return True
        for form in bare_too(word):
            if form in state.forms or folded(form) in state.longest:
                return True
            if form.title() in state.forms:
                return True
        return False

    @cached_property
    def _may_begin_known(self) -> Callable[[str], bool]:
        return lru_cache(REMEMBERED)(self._begins_known)

    def _begins_known(self, word: str) -> bool:
        """Whether a word of a text is a form of the registry, or begins one."""
        forms = map(folded, bare_too(word))
        known = (self.starts, self.forms, self.unsure)
        return any(form in names for form in forms for names in known)

    def _label(self, entity: str) -> str:
        known = self.names.entities.get(entity)
        return known.label if known is not None else entity

    def _look_up(
        self, paragraph: Paragraph, start: int, end: int, state: DiscourseState
    ) -> tuple[str, str] | None:
        form = paragraph.text[start:end]
        for bare in bare_too(form):
            key = folded(bare)
            unsure = key in self.unsure
            iri = (
                self._of_several(key, paragraph.text, start, end, state)
                if unsure
                else self.forms.get(key)
            )
            if (
                iri is not None
                and is_name(bare, self.names.entities[iri])
                and not (
                    self.names.entities[iri].cls == "Group"
                    and OWNED.search(text_ahead(paragraph.text, start))
                )
                and not ends_name(paragraph.text, start, end, self.lexicon)
                and not is_of_another(
                    paragraph.text,
                    (start, end),
                    self.names.entities[iri],
                    self.lexicon,
                )
            ):
                if (
                    unsure
                    and " " not in key
                    and not stands_as_name(paragraph, start, end)
                ):
                    return None
                self._learn(
                    self.names.entities[iri].label,
                    iri,
                    self.names.entities[iri].cls,
                    state,
                )
                self._learn_spelling(bare, iri, state)
                return iri, self.names.entities[iri].cls
            last = state.forms.get(bare) or state.forms.get(
                bare.title() if bare.isupper() else bare, []
            )
            if (
                len(last) == 1
                and stands_alone(paragraph.text, start, end, self.lexicon)
                and (
                    last[0][1] == "Person"
                    or (last[0][0] == bare and bare in named_inside(state.text))
                    or stands_as_name(paragraph, start, end)
                )
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
        candidates = [iri for iri in self.unsure[key] if folded(iri) != key]
        if MEANS.search(text_ahead(text, start)):
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
        full = [iri for iri in candidates if iri in state.text]
        longest = [
            iri
            for iri in full
            if not any(iri != other and iri in other for other in full)
        ]
        if len(longest) == 1 and text[start].isupper():
            return self.known(longest[0])
        sole = (
            len(self.unsure[key]) == 1
            and stands_alone(text, start, end, self.lexicon)
            and text[start].isupper()
        )
        apart = (
            PLACE.search(text_ahead(text, start)) is None
            and re.match(r"(?:[’']s)? of (?:the )?[A-Z]", text[end:]) is None
        )
        return (
            self.known(candidates[0]) if candidates and sole and apart else None
        )

    def _learn(
        self, label: str, entity: str, cls: str, state: DiscourseState
    ) -> None:
        """What a person or a company that was named in full may be called.

        A form that several have here stands for none of them.
        """
        is_person = cls == "Person"
        forms = last_names(label) if is_person else self._short(label, cls)
        own = [] if " " in label or entity != label else [label]
        for form in (*own, *forms):
            if len(form) <= 2 or form.islower():  # noqa: PLR2004  two letters are anything
                continue
            known = state.forms.setdefault(form, [])
            other = state.proposed.get(form)
            is_firm = other is not None and cls == other.type == "Company"
            rows = ((form, cls), (entity, cls)) if is_firm else ((entity, cls),)
            known += dict.fromkeys(row for row in rows if row not in known)

    def _behind(
        self, name: Name, end: int, state: DiscourseState
    ) -> list[tuple[str, str]]:
        """Who is known by the initials behind a long name: "the Society of Song Rights (SOSR)"."""
        entity = self.known(initials_behind(state.text, end))
        cls = self.names.entities[entity].cls if entity is not None else ""
        is_long = name.cls in BODIES and " of " in name.text
        return [(entity, cls)] if entity and is_long and cls in BODIES else []

    def _learn_spelling(
        self, form: str, entity: str, state: DiscourseState
    ) -> None:
        """The parts of a person's name as the text spells it: "Si-Hyuk" of "Si-hyuk"."""
        known = self.names.entities[entity]
        is_same = form.lower() == known.label.lower()
        if known.cls == "Person" and is_same and form != known.label:
            self._learn(form, entity, known.cls, state)

    def _short(self, label: str, cls: str) -> list[str]:
        """A firm's name without the words for what firms are, the longest first: "Harbor Music Group"."""
        first, _, last = label.rpartition(" ")
        is_kind = last.lower().rstrip(".") in self.lexicon.kinds["last"]
        if not first or cls != "Company" or not is_kind:
            return []
        return [first, *self._short(first, cls)]

    def _new(
        self, name: Name, start: int, end: int, state: DiscourseState
    ) -> Mention | None:
        """A name that the registry does not know: proposed, never merged by guess."""
        known = state.forms.get(name.text, []) or self._behind(name, end, state)
        if len(known) == 1:
            entity, cls = known[0]
            return Mention(start, end, entity, cls)
        person = by_first_name(name, state)
        if person is not None:
            return Mention(start, end, person, "Person")
        is_one_word = name.cls == "Person" and " " not in name.text
        if is_one_word and not goes_by_trade(
            name.text, state.text, self.lexicon
        ):
            return None
        firm = self._named_short(name, state)
        if firm is not None:
            if len(name.text) > len(state.fuller.get(firm, firm)):
                state.fuller[firm] = name.text
            return Mention(start, end, firm, state.proposed[firm].type)
        made = state.proposed.setdefault(name.text, Entity(name.text, name.cls))
        self._learn(name.text, name.text, made.type, state)
        return Mention(start, end, name.text, made.type)

    def _named_short(self, name: Name, state: DiscourseState) -> str | None:
        """The firm that the text named by a short form before: "HYBE Corp" after "HYBE".

        Not one that has since gone by another long name: "Harbor Pictures" after "Harbor" and "Harbor Music".
        """
        for form in self._short(name.text, name.cls):
            fuller = state.fuller.get(form, form)
            longer, shorter = sorted((fuller, name.text), key=len, reverse=True)
            if form in state.proposed and longer.startswith(shorter):
                return form
        return None


def _as_in_full(
    mentions: list[Mention], state: DiscourseState
) -> list[Mention]:
    """Mentions, where one that was named by a short form is who the paragraph names in full."""
    before = {mention.entity for mention in state.recent}
    rows: list[Mention] = []
    for row in mentions:
        meant = state.forms.get(row.entity, [])
        is_new = row.entity in state.proposed and row.entity not in before
        if is_new and len(meant) == 1 and meant[0][1] == "Person":
            entity, cls = meant[0]
            row = Mention(row.start, row.end, entity, cls)  # noqa: PLW2901
        rows.append(row)
    return rows


def _is_headed(paragraph: Paragraph) -> bool:
    """Whether a paragraph is a headline, in which every word may have a capital."""
    if paragraph.text.endswith(ENDS):
        return False
    return is_headline(sentence_of(paragraph.doc[0]))


ENDS = (".", "!", "”", '"', ":", ",", ";")
"""What a headline does not end with."""


def _taken(mentions: Iterable[Mention]) -> TakenPlaces:
    """The places of mentions."""
    return TakenPlaces((mention.start, mention.end) for mention in mentions)


def _is_part(mention: Mention, start: int, end: int) -> bool:
    """Whether a word for people is part of a body's name: "Actors’" of "Nordic Actors’ Guild"."""
    is_inside = start <= mention.start and mention.end <= end
    return (
        mention.cls == "Group"
        and is_inside
        and mention.end - mention.start < end - start
    )
