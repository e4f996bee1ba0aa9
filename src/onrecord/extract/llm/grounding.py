"""Nothing is believed that the text does not bear: each statement is checked, and kept or dropped by a reason."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import cast

from jsonschema import Draft202012Validator

from onrecord.extract.llm.claims import (
    Claim,
    instrument_of,
    is_blamed,
    is_labelled,
    is_name_of_other,
    objects_of,
    reference_of,
    topics_of,
)
from onrecord.extract.llm.names import Names
from onrecord.extract.llm.parties import Parties, Party
from onrecord.extract.llm.schema import entity_schema, statement_schema
from onrecord.extract.llm.source import SourceText, Span, plain
from onrecord.model import CONTROL, Document, Entity, Statement
from onrecord.model.vocabulary import Vocabulary

SURE, UNSURE = 0.9, 0.7
FEWEST_CHARACTERS = 6
"""Of the words that bear a statement; less stands in any text."""
MOST_WORDS = 80
MOST_STATEMENTS = 300
"""Of one answer; a window has no room for more."""
COPIED = 6
"""Words in a row that a gist may not have from the source."""
MOST_GIST = 300
"""Characters of a gist."""
BEFORE, AFTER = 3, 1
"""Paragraphs around the words in which the text must refer to their speaker."""
AGAINST = frozenset({
    "accuses", "criticizes", "investigates", "opposes", "protests", "states", "sues", "threatens", "urges",
})  # fmt: skip
"""Relations whose actor is easily taken for the one whom the words are against."""
SAID = re.compile(
    r"[\s,]*(?:said|says|wrote|writes|added|adds|told|asked|argued|warned|explained)\s+"
)
"""What stands between a quotation and the name of its speaker."""
TURN = re.compile(r"([^:\n\"“”]{2,60}):\s")
"""A transcript's turn: who speaks, and a colon."""


class Reason(StrEnum):
    """Why a statement, or its gist alone, is not kept."""

    FORM = "not in the form"
    NO_TERM = "no such relation or topic"
    WORDS = "words not in the text"
    LENGTH = "words too few or too many"
    ACTOR = "actor not in the text"
    CANNOT_ACT = "actor that cannot act"
    NOT_REFERRED = "actor not referred to at the words"
    OTHER = "somebody else's words"
    QUOTATION = "quotation outside its speaker's marks"
    ACCUSED = "the accused as actor"
    ACCUSER = "an allegation without its accuser"
    OBJECT = "object not in the text"
    GIST = "gist copied from the text (the gist alone)"
    TWICE = "said twice"
    MANY = "too many in one answer"


class Dropped(Exception):
    """A statement that is not kept; its argument is the reason."""


@dataclass(frozen=True, slots=True)
class Grounded:
    """What the text bears out, the new names in it, and how many statements were dropped for which reason."""

    statements: tuple[Statement, ...]
    entities: tuple[Entity, ...]
    dropped: Mapping[str, int]


@dataclass(slots=True)
class _Kept:
    statement: Statement
    place: Span


@dataclass
class Grounding:
    """Checks the answers about one document, window by window."""

    document: Document
    names: Names
    vocabulary: Vocabulary
    dropped: Counter[str] = field(default_factory=Counter)
    kept: list[_Kept] = field(default_factory=list)
    entities: dict[str, Entity] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.source = SourceText(self.document.text or "")
        self.parties = Parties(
            self.document, self.source, self.names, self.vocabulary
        )
        self._entity = Draft202012Validator(entity_schema(self.vocabulary))
        self._statement = Draft202012Validator(
            statement_schema(self.vocabulary)
        )

    def take(self, answer: Mapping[str, object], near: int = 0) -> None:
        """Takes an answer in; its words are looked for from `near` on."""
        entities = objects_of(answer.get("entities"))
        good = [row for row in entities if self._entity.is_valid(row)]
        parties = self.parties.resolve(cast("list[Mapping[str, str]]", good))
        rows = objects_of(answer.get("statements"))
        if len(rows) > MOST_STATEMENTS:
            self.dropped[Reason.MANY] += len(rows) - MOST_STATEMENTS
        for row in rows[:MOST_STATEMENTS]:
            try:
                self._take(row, parties, near)
            except Dropped as reason:
                self.dropped[str(reason)] += 1

    def result(self) -> Grounded:
        """Everything that was kept, in the order of the text."""
        kept = sorted(self.kept, key=lambda one: one.place)
        statements = tuple(one.statement for one in kept)
        named = {name for one in statements for name in one.references}
        new = [
            entity for name, entity in self.entities.items() if name in named
        ]
        return Grounded(statements, tuple(new), dict(self.dropped))

    def _take(
        self, row: Mapping[str, object], parties: Mapping[str, Party], near: int
    ) -> None:
        self._check_form(row)
        claim = Claim(row, parties)
        place = self._place(claim, near)
        actors = self._actors(claim)
        self._check_speaker(claim, place, actors, parties)
        self._check_quotation(claim, place, actors, parties)
        statement = self._statement_of(claim, place, actors)
        if set(statement.actors) & {statement.object}:
            raise Dropped(Reason.ACCUSED)
        self._check_accused(claim, place, actors)
        self._keep(_Kept(statement, place), [*actors, *claim.named()])

    def _check_form(self, row: Mapping[str, object]) -> None:
        if self._statement.is_valid(row):
            return
        wrong = {
            str(error.path[0])
            for error in self._statement.iter_errors(row)
            if error.path
        }
        named = wrong & {"relation", "topics"}
        raise Dropped(Reason.NO_TERM if named else Reason.FORM)

    def _place(self, claim: Claim, near: int) -> Span:
        words = claim.text("words")
        place = self.source.find(words, near)
        if place is None:
            raise Dropped(Reason.WORDS)
        text = self.source.text[place[0] : place[1]]
        if len(text) < FEWEST_CHARACTERS or len(text.split()) > MOST_WORDS:
            raise Dropped(Reason.LENGTH)
        return place

    def _actors(self, claim: Claim) -> list[Party]:
        actors = claim.parties_of("actors")
        if not actors:
            raise Dropped(Reason.ACTOR)
        if not all(self.parties.may_act(actor) for actor in actors):
            raise Dropped(Reason.CANNOT_ACT)
        return actors

    def _check_speaker(
        self,
        claim: Claim,
        place: Span,
        actors: Sequence[Party],
        parties: Mapping[str, Party],
    ) -> None:
        """The text must refer to the actor near the words, and not by somebody else's name."""
        speaker = plain(claim.text("speaker"))
        around = plain(self.source.around(place, BEFORE, AFTER))
        if not speaker or speaker not in around:
            raise Dropped(Reason.NOT_REFERRED)
        if is_name_of_other(speaker, actors, parties):
            raise Dropped(Reason.OTHER)

    def _check_quotation(
        self,
        claim: Claim,
        place: Span,
        actors: Sequence[Party],
        parties: Mapping[str, Party],
    ) -> None:
        quotation = self.source.quotation(place)
        if quotation is not None:
            self._check_quoted(quotation, actors, parties)
            return
        if claim.text("wording") != "direct":
            return
        turn = self._turn(place)
        if turn is None and self._is_author(actors):
            return
        if turn is None or not any(
            is_labelled(turn, actor) for actor in actors
        ):
            raise Dropped(Reason.QUOTATION)

    def _check_quoted(
        self,
        quotation: Span,
        actors: Sequence[Party],
        parties: Mapping[str, Party],
    ) -> None:
        """A quotation that is followed by "said" and another's name is that other's."""
        _, end = self.source.paragraph(quotation)
        after = self.source.text[quotation[1] : end]
        said = SAID.match(after)
        if said is None:
            return
        speaker = re.split(r"[,.;“\"]", after[said.end() :], maxsplit=1)[0]
        others = [party for party in parties.values() if party not in actors]
        own = any(actor.is_named_in(speaker) for actor in actors)
        people = [party for party in others if party.cls == "Person"]
        if not own and any(person.is_named_in(speaker) for person in people):
            raise Dropped(Reason.OTHER)

    def _turn(self, place: Span) -> str | None:
        """Who speaks, in a transcript's turn."""
        start, end = self.source.paragraph(place)
        turn = TURN.match(self.source.text[start:end])
        return turn[1] if turn and start + turn.end() <= place[0] else None

    def _is_author(self, actors: Iterable[Party]) -> bool:
        """Whether an actor wrote the text: named in its heading, or in a line that signs it."""
        return any(
            actor.is_named_in(self.parties.heading) or self._signs(actor)
            for actor in actors
        )

    def _signs(self, actor: Party) -> bool:
        name = re.escape(plain(actor.forms[0]))
        lines = map(plain, self.source.text.splitlines())
        signed = re.compile(
            rf"(?:by|von|par|por|di) {name}\b|.*- ?{name}\W*$", re.IGNORECASE
        )
        return any(signed.match(line) for line in lines)

    def _check_accused(
        self, claim: Claim, place: Span, actors: Iterable[Party]
    ) -> None:
        """Whoever stands only where the blamed one stands did not do the blaming."""
        if claim.text("relation") not in AGAINST:
            return
        sentence = plain(self.source.sentence(place))
        for actor in actors:
            if is_blamed(actor, sentence):
                raise Dropped(Reason.ACCUSED)

    def _statement_of(
        self, claim: Claim, place: Span, actors: Sequence[Party]
    ) -> Statement:
        relation = self.vocabulary.relations[claim.text("relation")]
        is_topic = claim.text("object_kind") == "topic"
        target = self._object(claim)
        topics = topics_of(claim, target if is_topic else None)
        basis, accuser = claim.text("basis"), claim.party("according_to")
        if basis == "allegation" and accuser is None:
            raise Dropped(Reason.ACCUSER)
        structural = relation.family == "structural"
        uses = relation.key == "usesAIIn"
        return Statement(
            actors=tuple(dict.fromkeys(actor.reference for actor in actors)),
            relation=relation.key,
            object=target,
            gist=self._gist(claim, target),
            object_is_topic=is_topic,
            negated=claim.row["negated"] is True,
            recipient=reference_of(claim.party("recipient")),
            instrument=instrument_of(claim) if uses else None,
            stage=claim.maybe("stage") if uses else None,
            topics=() if structural else topics,
            stance=None if structural else claim.maybe("stance"),
            modality=claim.text("modality"),
            basis=basis,
            according_to=reference_of(accuser)
            if basis == "allegation"
            else None,
            evidence=self.source.evidence(place),
            wording=self._wording(claim, place),
            via=claim.maybe("via"),
            confidence=SURE if claim.row["sure"] is True else UNSURE,
        )

    def _object(self, claim: Claim) -> str:
        name = claim.text("object")
        if claim.text("object_kind") == "topic":
            if name not in self.vocabulary.topics:
                raise Dropped(Reason.NO_TERM)
            return name
        party = claim.party("object")
        if party is None:
            raise Dropped(Reason.OBJECT)
        return party.reference

    def _wording(self, claim: Claim, place: Span) -> str:
        """Mixed where a part of the words is quoted, as the text has it."""
        wording = claim.text("wording")
        words = self.source.text[place[0] : place[1]]
        if wording == "mixed" and '"' not in plain(words):
            inside = self.source.quotation(place)
            return "direct" if inside else "indirect"
        return wording

    def _gist(self, claim: Claim, target: str) -> str:
        """The model's sentence, unless it copies the source; then the relation's own words."""
        gist = " ".join(CONTROL.sub(" ", claim.text("gist")).split())
        if (
            gist
            and len(gist) <= MOST_GIST
            and not self.source.copied(gist, COPIED)
        ):
            return gist
        self.dropped[Reason.GIST] += 1
        return self._told(claim, target)

    def _told(self, claim: Claim, target: str) -> str:
        relation = self.vocabulary.relations[claim.text("relation")]
        topic = self.vocabulary.topics.get(target)
        name = topic.label if topic else claim.text("object")
        label = (
            f"{'not: ' if claim.row['negated'] else ''}{relation.label} {name}"
        )
        return f"{label[:1].upper()}{label[1:]}."

    def _keep(self, new: _Kept, parties: Iterable[Party]) -> None:
        """Keeps a statement, unless the same stands already: other words for it, or the same words of two windows."""
        if any(_is_same(old, new) for old in self.kept):
            self.dropped[Reason.TWICE] += 1
            return
        self.kept.append(new)
        for party in parties:
            if party.new is not None:
                self.entities.setdefault(party.new.name, party.new)


def _is_same(old: _Kept, new: _Kept) -> bool:
    one, other = old.statement, new.statement
    key, wanted = (
        (set(value.actors), value.relation, value.object, value.negated)
        for value in (one, other)
    )
    if key != wanted:
        return False
    overlap = old.place[0] < new.place[1] and new.place[0] < old.place[1]
    return overlap or one.gist == other.gist
