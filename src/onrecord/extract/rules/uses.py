"""Uses of AI as events: "used AI in", "made with", "AI-generated", "the use of"; by whom, and in which work."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.extract.rules.contexts import ParagraphContext
from onrecord.extract.rules.factuality import is_undone
from onrecord.extract.rules.mentions import WORKS, Mention
from onrecord.extract.rules.sentences import sentence_of
from onrecord.extract.rules.sources import (
    child,
    is_passive,
    owner_of,
    source_of,
)

if TYPE_CHECKING:
    from onrecord.extract.rules.tokens import Token


@dataclass(frozen=True, slots=True)
class Event:
    """A event in a paragraph: who, by the head of the words that name the actor, did what to what.

    `object` is None where a topic must stand for it; `cue` is the word that tells of the event. Where `actor` is None,
    it is the work's makers.
    """

    actor: "Token | None"
    cue: "Token"
    relation: str
    object: Mention | None
    instrument: Mention | None = None
    rule: str = "event"


def uses(context: ParagraphContext, token: "Token") -> Iterator[Event]:
    """The use of AI that a word tells of, if it is one."""
    if token.pos_ == "VERB" or token.tag_ == "VBN":
        yield from _ended(context, token)
        yield from _use(context, token)
        yield from _made_with(context, token)
    if token.lower_ == "use" and token.pos_ == "NOUN":
        yield from _noun(context, token)


def _use(context: ParagraphContext, verb: "Token") -> Iterator[Event]:
    """A use of AI; its object is the nearest work of the sentence, or what the sentence is about."""
    if verb.lemma_.lower() not in context.lexicon.words["use"]:
        return
    tool, actor = _tool_and_user(context, verb)
    if tool is None or actor is None or not _is_ai(context, tool):
        return
    start = context.paragraph.start
    sentence = sentence_of(verb)
    around = context.within(start + sentence.start, start + sentence.end)
    near = sorted(
        (
            mention
            for mention in around
            if mention.cls in WORKS and not is_excepted(context, mention)
        ),
        key=lambda mention: abs(mention.start - context.place(verb)),
    )
    tools = [mention for mention in around if mention.cls == "AISystem"]
    title = child(actor, "appos")
    work = context.at(actor) or (
        context.at(title) if title is not None else None
    )
    if work is not None and work.cls in WORKS:  # its makers did
        yield Event(
            None, verb, "usesAIIn", work, tools[0] if tools else None, "use"
        )
        return
    yield Event(
        actor,
        verb,
        "usesAIIn",
        near[0] if near else None,
        tools[0] if tools else None,
        "use",
    )


ENDING = frozenset({"cease", "discontinue", "quit", "stop"})
"""Verbs of who does no longer what he did."""


def _ended(context: ParagraphContext, verb: "Token") -> Iterator[Event]:
    """The end of a use: "has stopped using AI covers"."""
    end = verb.head
    is_ended = verb.dep_ == "xcomp" and end.lemma_.lower() in ENDING
    if not is_ended or verb.lemma_.lower() not in context.lexicon.words["use"]:
        return
    tool, actor = child(verb, "dobj"), source_of(end)
    if tool is not None and actor is not None and _is_ai(context, tool):
        yield Event(actor, end, "discontinues", None, None, "use")


EXCEPTED = re.compile(
    r"\b(?:except(?:ing)?(?: for)?|excluding|other than|exception of|(?<!only )not|unlike)"
    r"(?: (?:in|on|for))?(?: (?:the|its|his|her|their)(?: [\w-]+)?)? [“\"‘']?$"
)
"""Words before a work that is the one without AI."""


def is_excepted(context: ParagraphContext, work: Mention) -> bool:
    """Whether a work is one of which something is not so: "in all its films except …"."""
    start = work.start - context.paragraph.start
    return EXCEPTED.search(context.paragraph.text[:start]) is not None


def _tool_and_user(
    context: ParagraphContext, verb: "Token"
) -> "tuple[Token | None, Token | None]":
    if (
        verb.dep_ == "amod" and verb.head.i == verb.i + 1
    ):  # a finite verb, taken for a participle: "utilized AI"
        return verb.head, _team_before(context, verb)
    shower = _shower(context, verb.head) if verb.dep_ == "acl" else None
    if verb.tag_ == "VBG" and shower is not None:
        return child(verb, "dobj"), source_of(shower)
    return child(verb, "nsubjpass" if is_passive(verb) else "dobj"), source_of(
        verb
    )


def _shower(context: ParagraphContext, noun: "Token") -> "Token | None":
    """The verb by which something is shown that a noun names, or that has it: "released a song with a voice"."""
    verb = noun.head
    if noun.dep_ == "pobj" and verb.lower_ == "with":
        verb = verb.head
    elif noun.dep_ != "dobj":
        return None
    return (
        verb if verb.lemma_.lower() in context.lexicon.words["show"] else None
    )


def _team_before(context: ParagraphContext, verb: "Token") -> "Token | None":
    """The makers that stand before a verb in its clause."""
    for word in reversed(verb.doc[sentence_of(verb).first : verb.i]):
        if word.lower_ in context.lexicon.nouns["team"]:
            return word
        if word.text in {";", ","}:
            return None
    return None


def _is_ai(context: ParagraphContext, tool: "Token") -> bool:
    """The tool itself, with the words that make one name with it; "safeguards for AI" are no AI."""
    named_by = [
        modifier
        for modifier in tool.children
        if modifier.dep_ in {"compound", "amod", "nmod", "nummod"}
    ]
    words = [
        *(near for modifier in named_by for near in modifier.subtree),
        tool,
    ]
    spaced = " ".join(word.text for word in words)
    near = {dependent.lower_ for dependent in tool.children}
    pointed = tool.lower_ in {"technology", "tool", "tools"} and bool(
        near & {"the", "this"}
    )
    named = any(
        mention and mention.cls == "AISystem"
        for mention in map(context.at, words)
    )
    return (
        named
        or pointed
        or context.lexicon.is_about_ai(spaced.replace(" - ", "-"))
    )


def _made_with(context: ParagraphContext, verb: "Token") -> Iterator[Event]:
    """A work made with AI; its user is whom the work belongs to, or its makers where nobody is named."""
    work = _made(verb)
    lemma = verb.lemma_.lower()
    if lemma not in context.lexicon.words["make"] or work is None:
        return
    if (
        lemma == "voice"
        and (work.lemma_.lower(), "noun") in context.lexicon.cues
    ):
        return  # "voiced her irritation with AI"
    if lemma not in context.lexicon.words["ai verb"] and not _is_means(
        context, verb
    ):
        return
    if is_undone(_governor(work)):
        return  # "denied using an AI-generated voice"
    named = _work(context, work) or _shown_with(context, work)
    actor = _maker(context, verb, work)
    if actor is None and named is None:
        return
    yield Event(
        actor, verb, "usesAIIn", named, _system(context, verb), "made with"
    )


def _made(verb: "Token") -> "Token | None":
    """What is made: the subject of a passive, the noun that a participle describes, the object of a verb."""
    if verb.dep_ in {"amod", "acl"} and verb.tag_ in {"VBN", "VBD"}:
        return verb.head
    if is_passive(verb):
        subject = child(verb, "nsubjpass")
        led = (
            subject is not None
            and subject.lower_ in {"which", "that"}
            and verb.dep_ == "relcl"
        )
        return verb.head if led else subject
    return child(verb, "dobj")


def _is_means(context: ParagraphContext, verb: "Token") -> bool:
    """Whether AI is what something is made with."""
    if (
        verb.i > 1
        and verb.nbor(-1).text == "-"
        and verb.nbor(-2).text in {"AI", "A.I."}
    ):
        return True
    for dependent in verb.children:
        if dependent.dep_ in {"prep", "agent"} and dependent.lower_ in {
            "with",
            "by",
        }:
            means = child(dependent, "pobj")
        elif dependent.lower_ == "using" or (
            dependent.lower_ == "with" and dependent.dep_ == "prep"
        ):
            means = child(dependent, "dobj", "pobj")
        else:
            continue
        if (
            means is not None
            and means.i > verb.i
            and _is_ai(context, means)
            and means.tag_ != "NNS"
        ):
            return True
    return False


def _work(context: ParagraphContext, noun: "Token") -> Mention | None:
    """The work that a noun names, or that it is a part of: "the trailer for “Dust”", not "images of “Dust”"."""
    preps = (
        [dependent for dependent in noun.children if dependent.dep_ == "prep"]
        if noun.lemma_.lower() not in context.lexicon.words["part"]
        else []
    )
    apart = {word for prep in preps for word in prep.subtree}
    near = [context.at(word) for word in noun.subtree if word not in apart]
    return next(
        (
            mention
            for mention in near
            if mention is not None and mention.cls in WORKS
        ),
        None,
    )


def _work_after(context: ParagraphContext, tool: "Token") -> Mention | None:
    """The work that follows a tool with "in", wherever the parser hangs it."""
    end = context.place(tool) + len(tool)
    near = [
        mention
        for mention in context.mentions
        if mention.cls in WORKS and 0 < mention.start - end < NEAR
    ]
    between = (
        context.paragraph.text[
            end - context.paragraph.start : near[0].start
            - context.paragraph.start
        ]
        if near
        else ""
    )
    return (
        near[0]
        if re.match(r"(?:’s|'s)?(?: [\w-]+)? (?:in|for|on) [^.;,]*$", between)
        else None
    )


def _work_of_sentence(
    context: ParagraphContext, noun: "Token"
) -> Mention | None:
    """The one work that a sentence names after somebody's use: "her use of AI to fill a battle in “Dust”"."""
    if child(noun, "poss") is None:
        return None
    sentence, start = sentence_of(noun), context.place(noun)
    after = context.within(start, context.paragraph.start + sentence.end)
    works = {row.entity: row for row in after if row.cls in WORKS}
    return next(iter(works.values())) if len(works) == 1 else None


def _shown_with(context: ParagraphContext, part: "Token") -> Mention | None:
    """The work that is shown with a part made by AI: "released “Dust” with an ending made by AI"."""
    shower = _shower(context, part) if part.dep_ == "pobj" else None
    work = child(shower, "dobj") if shower is not None else None
    named = context.at(work) if work is not None else None
    return named if named is not None and named.cls in WORKS else None


def _system(context: ParagraphContext, verb: "Token") -> Mention | None:
    near = [context.at(word) for word in verb.subtree]
    return next(
        (
            mention
            for mention in near
            if mention is not None and mention.cls == "AISystem"
        ),
        None,
    )


def _maker(
    context: ParagraphContext, verb: "Token", work: "Token"
) -> "Token | None":
    owner = child(work, "poss")
    if verb.lemma_.lower() in context.lexicon.words["ai verb"]:
        return source_of(verb)
    if owner is not None:
        return owner
    if verb.tag_ != "VBN" or not (
        is_passive(verb) or verb.dep_ in {"amod", "acl"}
    ):
        return source_of(verb)
    shower = _shower(context, work)
    return source_of(shower) if shower is not None else None


def _noun(context: ParagraphContext, noun: "Token") -> Iterator[Event]:
    """The use of AI in a work, or somebody's use of it."""
    of = next(
        (
            dependent
            for dependent in noun.children
            if dependent.dep_ == "prep" and dependent.lower_ == "of"
        ),
        None,
    )
    tool = child(of, "pobj") if of is not None else None
    barred = (
        noun.dep_ in {"dobj", "pobj"}
        and _governor(noun).lemma_.lower() in context.lexicon.words["not done"]
    )
    if (
        tool is None
        or barred
        or not _is_ai(context, tool)
        or any(dependent.lower_ in {"any", "no"} for dependent in noun.children)
    ):
        return
    actor, work = (
        owner_of(noun),
        _work(context, noun)
        or _work_after(context, tool)
        or _work_of_sentence(context, noun),
    )
    if work is not None or child(noun, "poss") is not None:
        yield Event(
            actor, noun, "usesAIIn", work, _system(context, noun), "made with"
        )


NEAR = 40
"""Characters between a tool and the work that it was used in."""


def _governor(noun: "Token") -> "Token":
    return noun.head.head if noun.dep_ == "pobj" else noun.head
