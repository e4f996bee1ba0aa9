"""The entity that a word stands for: by its own name, as a role, or as a pronoun."""

import re
from collections import deque
from typing import TYPE_CHECKING

from onrecord.extract.rules.contexts import ParagraphContext
from onrecord.extract.rules.mentions import (
    AGENTS,
    COMPANIES,
    GUILDS,
    Mention,
)
from onrecord.extract.rules.pronouns import PRONOUNS, person_of
from onrecord.extract.rules.role_nouns import (
    example,
    named_beside,
    named_by_role,
)
from onrecord.extract.rules.sentences import root_before
from onrecord.extract.rules.sources import child, subject_of

if TYPE_CHECKING:
    from onrecord.extract.rules.tokens import Token

TURN = re.compile(r"[“\"]?[A-Z][\w.'’ ()-]{1,40}: ")
"""How a turn of a transcript begins."""
RELATIVE = frozenset({"who", "whom", "which", "that", "whose"})
PEOPLE = ("er", "or", "ist", "ian", "member", "fan")
"""How nouns for people end."""
FIRST_PERSON = frozenset({"i", "we"})
SINGULAR = frozenset({"it", "its"})
PLURAL = frozenset({"they", "their", "them"})
FAR = 400
"""Characters over which "they" reaches back."""
MANY = AGENTS - {"Person", "NewsOutlet"}
"""Classes that "they" may stand for."""


def resolve(context: ParagraphContext, token: "Token") -> Mention | None:
    """The entity that a word stands for: its own name, a role with or without a name, a pronoun; else None.

    A wrong name is worse than none: nobody is chosen who was not named before in this text.
    """
    if token.pos_ == "PRON" or token.tag_ == "WP$":
        return _pronoun(context, token)
    named = example(context, token)
    if named is not None:
        return context.at(named)
    return (
        context.at(token)
        or named_beside(context, token)
        or named_by_role(context, token)
    )


def _pronoun(context: ParagraphContext, token: "Token") -> Mention | None:
    word = token.lower_
    if word in RELATIVE:
        noun = antecedent_of(token)
        if noun is None:
            return None
        is_beside = noun.dep_ == "appos"
        return resolve(context, noun) or (
            resolve(context, noun.head) if is_beside else None
        )
    if word in PRONOUNS:
        return person_of(context, token)
    if word in FIRST_PERSON:
        return _first_person(context, token)
    if word in SINGULAR or word in PLURAL:
        return _group(context, token)
    return None


def antecedent_of(token: "Token") -> "Token | None":
    """The noun that a relative pronoun stands for."""
    if token.lower_ not in RELATIVE or token.pos_ == "SCONJ":
        return None
    verb = token.head if token.lower_ != "whose" else token.head.head
    for word in (verb, *verb.ancestors):
        if word.dep_ == "relcl":
            noun = word.head
            return _whole(noun) if token.lower_ == "which" else noun
    return None


def _whole(noun: "Token") -> "Token":
    """What people belong to, where "which" cannot mean them: "a band with a million listeners, which …"."""
    is_people = noun.tag_ == "NNS" and noun.lemma_.endswith(PEOPLE)
    whole = noun.head.head
    is_part = noun.dep_ == "pobj" and whole.pos_ in {"NOUN", "PROPN"}
    return whole if is_people and is_part else noun


def _first_person(context: ParagraphContext, token: "Token") -> Mention | None:
    """Who says "I" outside quotation marks: the author, or the speaker of a transcript."""
    if context.paragraph.quoted(token):
        return None
    if TURN.match(context.paragraph.text):
        return context.state.speaker
    return context.state.author


def _group(context: ParagraphContext, token: "Token") -> Mention | None:
    """Who "it" or "they" is: the subject of the sentence before, else the last that led one."""
    teller = _teller(token)
    if teller is not None and _agree(token, teller):
        return resolve(context, teller)
    own = _telling_body(context, token, teller)
    if own is not None:
        return own
    led = _led_own(context, token) or _led_sentence_before(context, token)
    if led is not None:
        return led
    if token.lower_ in PLURAL:
        return _people(context, token)
    place = context.place(token)
    return context.state.latest(COMPANIES | GUILDS, place)


def _teller(token: "Token") -> "Token | None":
    """Who says, in the same sentence, what a pronoun leads: "fans said they had left"."""
    verb = token.head
    if token.dep_ not in {"nsubj", "nsubjpass"} or verb.dep_ != "ccomp":
        return None
    teller = child(verb.head, "nsubj")
    is_before = teller is not None and teller.i < token.i
    return teller if is_before else None


def _agree(token: "Token", noun: "Token") -> bool:
    """Whether "they" may stand for a noun in the plural."""
    return token.lower_ in PLURAL and noun.tag_ == "NNS"


def _led_own(context: ParagraphContext, token: "Token") -> Mention | None:
    """Whose "its" is: the firm or body that last was a subject in the same sentence."""
    if token.lower_ != "its":
        return None
    start = context.sentence_start(token)
    for mention in reversed(context.within(start, context.place(token))):
        is_body = mention.cls in MANY and mention.cls != "Group"
        if is_body and mention.start in context.state.subjects:
            return mention
    return None


def _telling_body(
    context: ParagraphContext, token: "Token", teller: "Token | None"
) -> Mention | None:
    """The body that tells of itself: "the agency said that it is looking into the deal"."""
    if token.lower_ not in SINGULAR or teller is None:
        return None
    named = resolve(context, teller) if teller.pos_ != "PRON" else None
    is_body = named is not None and named.cls in MANY and named.cls != "Group"
    return named if is_body else None


def _led_sentence_before(
    context: ParagraphContext, token: "Token"
) -> Mention | None:
    """The subject of the sentence before that of a word, if it is no person."""
    root = root_before(token)
    subject = subject_of(root) if root is not None else None
    if root is not None and token.lower_ in SINGULAR and _is_many(subject):
        joined = (subject_of(w) for w in root.children if w.dep_ == "conj")
        subject = next((w for w in joined if not _is_many(w)), subject)
    if subject is None or subject.pos_ == "PRON":
        return None
    led = resolve(context, subject)
    return led if led is not None and led.cls != "Person" else None


def _is_many(subject: "Token | None") -> bool:
    """Whether a subject is a noun in the plural, for which "it" cannot stand."""
    return subject is not None and subject.tag_ == "NNS"


def _people(context: ParagraphContext, token: "Token") -> Mention | None:
    """Who "they" are: the people or the organization that led a sentence last, near by."""
    state, place = context.state, context.place(token)
    for mention in reversed(state.recent):
        is_near = place - FAR < mention.start < place
        if is_near and mention.start in state.subjects:
            return mention if mention.cls in MANY else None
    return None


DASHES = frozenset({"—", "–", "-", "--"})
"""Signs between a noun and the names of those whom it means."""


def joined_heads(context: ParagraphContext, source: "Token") -> "list[Token]":
    """A head and those that are joined to it, and to these; a name right after a noun stands for it."""
    heads: list[Token] = []
    left = deque([source])
    while left:
        head = left.popleft()
        left += [word for word in head.children if word.dep_ == "conj"]
        named = name_after(context, head) or example(context, head)
        if named is None:
            heads.append(head)
        else:
            left.appendleft(named)
    return heads


def name_after(context: ParagraphContext, noun: "Token") -> "Token | None":
    """The head of the name that follows a noun at once: "the songwriters Ada Example and Jo Finch"."""
    if noun.pos_ != "NOUN" or noun.i + 1 == len(noun.doc):
        return None
    named = child(noun, "appos") or _twin_after(context, noun)
    if named is None or named.pos_ != "PROPN":
        return None
    first = noun.i + 1
    if noun.doc[first].text in DASHES and noun.tag_ == "NNS":
        first += 1
    is_next = named.left_edge.i == first
    return named if is_next and context.at(named) is not None else None


def _twin_after(context: ParagraphContext, noun: "Token") -> "Token | None":
    """A name after a noun that the parser hung beside it: "targets tech platforms Studio Nine and Lilt"."""
    mention = context.at(noun.nbor(1))
    name = context.token(mention) if mention is not None else None
    if name is None:
        return None
    is_twin = (name.head, name.dep_) == (noun.head, noun.dep_)
    is_hung_higher = name.dep_ == "appos" and name.head in noun.ancestors
    return name if is_twin or is_hung_higher else None
