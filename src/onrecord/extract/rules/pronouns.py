"""Whom "she" and "he" stand for: somebody named before, who may go by the pronoun.

Nobody who is known to go by the other pronoun, nobody across a name that nobody knows,
nobody where the sentence has two people: a name would be a guess.
"""

from typing import TYPE_CHECKING

from onrecord.extract.rules.contexts import ParagraphContext
from onrecord.extract.rules.mentions import DiscourseState, Mention
from onrecord.extract.rules.sources import subject_of

if TYPE_CHECKING:
    from onrecord.extract.rules.tokens import Token

PRONOUNS = {"he": "he", "his": "he", "him": "he", "she": "she", "her": "she"}


def person_of(context: ParagraphContext, token: "Token") -> Mention | None:
    """Who "she" or "he" is: the one person of the sentence so far, else the subject or speaker that came last."""
    pronoun = PRONOUNS[token.lower_]
    fitting = _fitting(context, token, pronoun)
    sentence = context.sentence_start(token)
    person = _antecedent(context, fitting, pronoun, sentence)
    if person is None or _is_unsure(context, person, token, pronoun):
        return None
    if token.lower_ == pronoun:
        context.state.pronouns.setdefault(person.entity, pronoun)
    return person


def _fitting(
    context: ParagraphContext, token: "Token", pronoun: str
) -> list[Mention]:
    """The people named before a pronoun who may go by it.

    "Her" and "him" may be anybody's but the subject's, so they need somebody known to go by them, or one alone.
    """
    people = _people_before(context.state, context.place(token))
    fitting = [
        person
        for person in people
        if context.state.goes_by(person) in {pronoun, None}
    ]
    sentence = context.sentence_start(token)
    is_near = any(person.start >= sentence for person in people)
    if token.lower_ == pronoun or not is_near:
        return fitting
    itself = _subject(context, token) if token.tag_ == "PRP" else None
    is_one = len({person.entity for person in people}) == 1
    known: list[Mention] = []
    for person in fitting:
        is_known = is_one or context.state.goes_by(person) == pronoun
        is_other = itself is None or person.entity != itself.entity
        if is_known and is_other:
            known.append(person)
    return known


def _people_before(state: DiscourseState, place: int) -> list[Mention]:
    """The people named before a place of the text, but inside quotations."""
    return [
        mention
        for mention in state.recent
        if mention.cls == "Person"
        and mention.start < place
        and mention.start not in state.quoted
    ]


def _subject(context: ParagraphContext, token: "Token") -> Mention | None:
    """Who is the subject of the clause that a word stands in, by name."""
    for word in token.ancestors:
        if word.pos_ in {"VERB", "AUX"}:
            subject = subject_of(word)
            return context.at(subject) if subject is not None else None
    return None


def _is_unsure(
    context: ParagraphContext, person: Mention, token: "Token", pronoun: str
) -> bool:
    """Whether somebody else may be meant, whom nobody knows or whom the one named is said to have met ("him")."""
    place = context.place(token)
    named = context.span(person.start, person.end)
    first = named.start if named is not None else 0
    for word in token.doc[first : token.i]:
        if not _is_object(context, word, pronoun):
            continue
        if context.place(word) <= person.start:
            continue
        subject = _subject(context, word)
        if subject is not None and subject.entity == person.entity:
            return True
    strangers = context.state.strangers
    return any(person.start < start < place for start in strangers)


def _is_object(context: ParagraphContext, word: "Token", pronoun: str) -> bool:
    """Whether a word is "him" for "he", or "her" for "she", outside quotation marks."""
    return (
        word.tag_ == "PRP"
        and word.dep_ != "poss"
        and PRONOUNS.get(word.lower_) == pronoun
        and word.lower_ != pronoun
        and not context.paragraph.quoted(word)
    )


def _antecedent(
    context: ParagraphContext,
    fitting: list[Mention],
    pronoun: str,
    sentence: int,
) -> Mention | None:
    """The one of the sentence, else who led or spoke last; who is known to go by the pronoun before who may."""
    state = context.state
    near = [
        person
        for person in fitting
        if person.start >= sentence and not _is_quoted(context, person)
    ]
    if near:
        return _only(state, near, pronoun)
    last = _last_to_lead(state, fitting)
    since = [person for person in fitting if person.start >= last]
    return _only(state, since, pronoun)


def _last_to_lead(state: DiscourseState, people: list[Mention]) -> int:
    """Where the last of some people stands who led a sentence or spoke; 0 if none did."""
    place = 0
    for person in people:
        if person.start in state.subjects:
            place = person.start
    speaker = state.speaker
    if speaker is None or speaker not in people:
        return place
    return max(place, speaker.start)


def _only(
    state: DiscourseState, people: list[Mention], pronoun: str
) -> Mention | None:
    """The one of them who goes by a pronoun, or the only one who may."""
    known = [person for person in people if state.goes_by(person) == pronoun]
    last = {person.entity: person for person in known or people}
    return next(iter(last.values())) if len(last) == 1 else None


def _is_quoted(context: ParagraphContext, mention: Mention) -> bool:
    """Whether a mention of the paragraph stands in quotation marks."""
    at = mention.start - context.paragraph.start
    quotes = context.paragraph.quotes
    return any(start <= at < end for start, end in quotes)
