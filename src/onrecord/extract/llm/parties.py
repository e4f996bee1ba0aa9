"""Who is named in an answer: known or new, and whether the text names them at all."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from onrecord.extract.llm.names import Names
from onrecord.extract.llm.source import SourceText, name_in, plain
from onrecord.model import Document, Entity
from onrecord.model.names import fold
from onrecord.model.vocabulary import Vocabulary

FIRM = re.compile(
    r",? (?:Inc|Ltd|LLC|AB|AG|GmbH|plc|Corp|Co|SA|Oy|AS|NV|BV|KK)\.?$"
)
WORD = re.compile(r"\w+")
NAMELESS = frozenset({
    "Agreement", "Event", "Group", "Lawsuit", "Legislation", "OpenLetter", "Policy",
})  # fmt: skip
"""Classes whose members often have no name of their own: papers, cases, people by what they do."""
JOINING = frozenset(
    {
        "a",
        "against",
        "and",
        "by",
        "for",
        "in",
        "letter",
        "of",
        "on",
        "open",
        "over",
        "s",
        "the",
        "to",
    }
)
"""Words of such a name that need not stand in the text."""
ENDING = 2
"""Letters at a word's end that a case may change, in languages that have cases."""
LONG = 4
"""Letters of a word that may have such an ending."""


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody or something that an answer names.

    `reference` is an IRI or a new name; `forms` are the names by which a text may call it.
    """

    reference: str
    cls: str
    forms: tuple[str, ...]
    new: Entity | None = None

    def is_named_in(self, text: str) -> bool:
        """Whether a passage has one of the forms."""
        any_case = self.cls == "Group"
        return any(
            name_in(form, text, any_case=any_case) for form in self.forms
        )


class Parties:
    """The parties of one document's answers by name."""

    def __init__(
        self,
        document: Document,
        source: SourceText,
        names: Names,
        vocabulary: Vocabulary,
    ) -> None:
        self.source, self.names, self.vocabulary = source, names, vocabulary
        parts = (document.publisher, document.author, document.title)
        self.heading = plain(" \n ".join(filter(None, parts)))
        self.is_english = document.language == "en"

    def resolve(self, rows: Iterable[Mapping[str, str]]) -> dict[str, Party]:
        """The parties of an answer that the text names, by the name that the answer gives them."""
        parties: dict[str, Party] = {}
        for row in rows:
            name = " ".join(row["name"].split())
            party = self._party(name, row["type"])
            if party is not None:
                parties[fold(name)] = party
        return parties

    def may_act(self, party: Party) -> bool:
        """Whether a party is of a class that can say or do something."""
        cls = self.vocabulary.classes.get(party.cls)
        return cls is not None and cls.may_act

    def _party(self, name: str, cls: str) -> Party | None:
        known = self.names.known(name)
        if known is not None:
            forms = (known.label, *known.aliases)
            party = Party(
                known.iri, known.cls, (*forms, *_short(known.label, known.cls))
            )
            return party if self._names_any(forms, known.cls) else None
        if not (self._names_any((name,), cls) or self._tells(name, cls)):
            return None
        forms = (name, *_short(name, cls))
        return Party(name, cls, forms, Entity(name, cls))

    def _names_any(self, forms: Iterable[str], cls: str) -> bool:
        return any(self._names(form, any_case=cls == "Group") for form in forms)

    def _names(self, form: str, *, any_case: bool) -> bool:
        """Whether text or heading have a name; one of several words in any case ("the estate of Ann Lee")."""
        loose = any_case or " " in form
        in_text = self.source.has_name(form, any_case=loose)
        return in_text or name_in(form, self.heading, any_case=loose)

    def _tells(self, name: str, cls: str) -> bool:
        """Whether the text refers to somebody by other words than the name.

        What has no name of its own may be called by words of the text that stand apart ("contract of the guild"); in a
        language that is not English, any name may stand in another case.
        """
        words = WORD.findall(plain(name))
        if cls in NAMELESS:
            telling = [word for word in words if word.lower() not in JOINING]
            return bool(telling) and all(
                self._has_inflected([word]) for word in telling
            )
        return not self.is_english and self._has_inflected(words)

    def _has_inflected(self, words: Iterable[str]) -> bool:
        pattern = r"\W+".join(_stem(word) for word in words)
        text = plain(self.source.text)
        return (
            re.search(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE)
            is not None
        )


def _short(name: str, cls: str) -> tuple[str, ...]:
    """What somebody is called who was named in full: by the last name, without the firm's form."""
    if cls == "Person" and " " in name:
        return (name.rpartition(" ")[2],)
    without = FIRM.sub("", name)
    return (without,) if without != name else ()


def _stem(word: str) -> str:
    if len(word) < LONG or not word.isalpha():
        return re.escape(word)
    return re.escape(word[:-ENDING]) + r"\w{0,5}"
