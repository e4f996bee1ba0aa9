"""The registry's names in a text, found by their words alone: candidates for a prompt, and who a name stands for."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from onrecord.extract.extractor import Gazetteer, KnownEntity
from onrecord.model.names import fold

WORD = re.compile(r"\w[\w.&’'+-]*")
POSSESSIVE = re.compile(r"['’]s?$")
SHORTEST = 3
"""Characters of an alias that is looked for; two letters are anything."""
FULL_NAME = re.compile(
    r"[^\W\d_a-z][\w’'-]+(?: (?:[^\W\d_a-z][\w.’'-]*|van|de|der|von))+"
)


@dataclass(frozen=True, slots=True)
class Candidates:
    """The known entities that a passage may mean, and the forms in it that may mean several."""

    entities: tuple[KnownEntity, ...]
    unsure: Mapping[str, tuple[str, ...]]


class Names:
    """The names of a gazetteer by their forms."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.entities = gazetteer.entities
        self.unsure = {
            _key(form): tuple(candidates)
            for form, candidates in gazetteer.ambiguous.items()
        }
        self.forms: dict[str, str] = {}
        self._add_aliases()
        for iri, entity in self.entities.items():
            self.forms[_key(entity.label)] = iri
        self.longest = self._lengths()

    def known(self, name: str) -> KnownEntity | None:
        """The entity that a name stands for by itself, if there is one."""
        iri = self.forms.get(_key(name))
        return self.entities[iri] if iri else None

    def candidates(self, text: str) -> Candidates:
        """What the names in a passage may mean, in the order in which they come."""
        entities: dict[str, KnownEntity] = {}
        unsure: dict[str, tuple[str, ...]] = {}
        for form, key in self._look(text):
            if key in self.unsure:
                if not form.islower():
                    unsure[form] = self.unsure[key]
                continue
            entity = self.entities[self.forms[key]]
            if entity.cls == "Group" or not form.islower():
                entities[entity.iri] = entity
        return Candidates(tuple(entities.values()), unsure)

    def _add_aliases(self) -> None:
        for iri, entity in self.entities.items():
            for alias in entity.aliases:
                key = _key(alias)
                if key not in self.unsure and len(key) >= SHORTEST:
                    self.forms.setdefault(key, iri)

    def _lengths(self) -> dict[str, int]:
        """How many words the longest form has, by its first word."""
        longest: dict[str, int] = {}
        for form in (*self.forms, *self.unsure):
            words = WORD.findall(form)
            if words:
                first = _key(words[0])
                longest[first] = max(longest.get(first, 1), len(words))
        return longest

    def _look(self, text: str) -> Iterator[tuple[str, str]]:
        """Each form in the text with its key, the longest first where several begin at one word."""
        words = list(WORD.finditer(text))
        at = 0
        while at < len(words):
            match = self._match(
                text, words[at : at + self._reach(words[at][0])]
            )
            if match is None:
                at += 1
                continue
            form, key, length = match
            yield form, key
            at += length

    def _reach(self, word: str) -> int:
        plain = POSSESSIVE.sub("", word)
        return max(
            self.longest.get(_key(word), 1), self.longest.get(_key(plain), 1)
        )

    def _match(
        self, text: str, words: list[re.Match[str]]
    ) -> tuple[str, str, int] | None:
        for length in range(len(words), 0, -1):
            form = text[words[0].start() : words[length - 1].end()]
            for written in (form, POSSESSIVE.sub("", form)):
                key = _key(written)
                if key in self.forms or key in self.unsure:
                    return written, key, length
        return None


def full_names(text: str) -> list[str]:
    """What looks like a full name in a text, each once: who was named so far."""
    return list(dict.fromkeys(FULL_NAME.findall(text)))


def _key(name: str) -> str:
    return fold(name.strip(".,"))
