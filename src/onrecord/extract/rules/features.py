"""What a clause shows of itself to the trained weights: names of features, each there or not."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from onrecord.extract.rules.clauses import Clause
from onrecord.extract.rules.contexts import ParagraphContext
from onrecord.extract.rules.factuality import (
    is_negated,
    is_open,
    is_undone,
    modality,
)
from onrecord.extract.rules.foils import said_for_itself, without_foils
from onrecord.extract.rules.lexicon import Lexicon
from onrecord.extract.rules.sources import is_passive
from onrecord.extract.rules.words import WordFacts, words_of

if TYPE_CHECKING:
    from onrecord.extract.rules.tokens import Token

SHOWN = frozenset(
    [
        "dobj",
        "attr",
        "acomp",
        "xcomp",
        "ccomp",
        "prt",
        "advmod",
        "nsubjpass",
        "oprd",
        "dative",
        "agent",
        "aux",
        "neg",
        "mark",
    ]
)
"""Dependents of a cue that tell what it says."""
JOINED = frozenset(
    ["dobj", "xcomp", "acomp", "attr", "prt", "oprd", "nsubjpass", "neg"]
)
MOST_WORDS = 60


def features(clause: Clause, votes: Iterable[tuple[str, str]]) -> set[str]:
    """The features of a clause; `votes` are relations of rules, with the rule's name."""
    lexicon = clause.context.lexicon
    shown = {f"kind={clause.kind}"}
    if clause.cue is not None:
        shown.update(_of_cue(clause, clause.cue))
    shown.update(_of_source(clause))
    shown.update(_of_words(clause))
    shown.update(_of_text(clause, lexicon))
    shown.update(_of_votes(votes))
    return shown


def _of_votes(votes: Iterable[tuple[str, str]]) -> Iterator[str]:
    is_silent = True
    for relation, rule in votes:
        is_silent = False
        yield f"vote={relation}"
        yield f"vote={relation} by {rule}"
    if is_silent:
        yield "vote=none"


def _of_cue(clause: Clause, cue: "Token") -> Iterator[str]:
    lemma = cue.lemma_.lower()
    is_deed = clause.kind in {"verb", "noun"}
    name = f"{'deed' if is_deed else 'says'}:{lemma}"
    yield f"cue={name}"
    yield f"dep={'deed' if is_deed else 'says'}:{cue.dep_}"
    yield f"tag={cue.tag_}"
    if clause.candidate is not None:
        entry = clause.candidate.entry
        yield f"frame={clause.candidate.frame}"
        yield f"entry={entry.relation}"
        yield f"cue={name} frame={clause.candidate.frame}"
    for flag, holds in _states(cue):
        if holds:
            yield f"is={flag}"
            yield f"cue={name} is={flag}"
    yield f"modality={modality(cue)}"
    yield f"head={cue.head.lemma_.lower()}"
    for word in cue.children:
        yield from _of_child(clause, name, word)
    facts = words_of(clause.context)[cue.i]
    for relation in facts.relations:
        yield f"cue {relation}"
    for hint in facts.hints:
        yield f"cue hint={hint.kind}"
        yield f"{clause.kind} cue hint={hint.kind}"


def _states(cue: "Token") -> Iterator[tuple[str, bool]]:
    yield "negated", is_negated(cue)
    yield "open", is_open(cue)
    yield "undone", is_undone(cue)
    yield "passive", is_passive(cue)


def _of_child(clause: Clause, name: str, word: "Token") -> Iterator[str]:
    if word.dep_ in SHOWN:
        lemma = word.lemma_.lower()
        yield f"{word.dep_}={lemma}"
        if word.dep_ in JOINED:
            yield f"cue={name} {word.dep_}={lemma}"
        yield from _class(clause, word, f"cue={name} {word.dep_}")
    if word.dep_ in {"prep", "agent"}:
        yield f"cue={name} prep={word.lower_}"
        for inner in word.children:
            if inner.dep_ in {"pobj", "pcomp"}:
                yield f"{word.lower_}={inner.lemma_.lower()}"
                yield from _class(clause, inner, f"cue={name} {word.lower_}")


def _class(clause: Clause, word: "Token", before: str) -> Iterator[str]:
    """The class of the entity that a word names."""
    mention = clause.context.at(word)
    if mention is not None:
        yield f"{before}:{mention.cls}"
        yield f"{before.rpartition(' ')[2]}:{mention.cls}"


def _of_source(clause: Clause) -> Iterator[str]:
    if clause.actors:
        yield f"actor={clause.actors[0].cls}"
        yield f"actors={len(clause.actors) > 1}"
    if clause.source is not None:
        yield f"source={clause.source.pos_}"
        if clause.source.pos_ != "PROPN":
            yield f"source={clause.source.lemma_.lower()}"
        yield f"source dep={clause.source.dep_}"


def _of_words(clause: Clause) -> Iterator[str]:
    """The lemmas of the words, and what the lexicon has of them."""
    last = ""
    words = _words(clause)
    for number, word in enumerate(words):
        for hint in word.hints:
            if hint.length <= len(words) - number:
                yield f"hint={hint.kind}"
                yield f"{clause.kind} hint={hint.kind}"
        lemma = word.lemma if word.cls is None else f"<{word.cls}>"
        is_again = word.cls is not None and lemma == last
        if is_again or word.is_silent:
            continue
        yield f"w={lemma}"
        last = lemma
        if word.cls is None:
            for relation in word.relations:
                yield f"has {relation}"


def _words(clause: Clause) -> tuple[WordFacts, ...]:
    """The first words of a clause, without those that it sets aside."""
    context = clause.context
    paragraph = context.paragraph
    start, end = (max(0, place - paragraph.start) for place in clause.place)
    span = paragraph.doc.touching(start, end)
    if span is None:
        return ()
    facts = words_of(context)
    kept = without_foils(context.lexicon, paragraph.text)
    return tuple(
        facts[token.i]
        for token in list(span)[:MOST_WORDS]
        if not kept[token.idx].isspace()
    )


def _of_text(clause: Clause, lexicon: Lexicon) -> Iterator[str]:
    text = clause.text
    for number, _ in lexicon.said_in(said_for_itself(lexicon, text)):
        _, relation, *_ = lexicon.contents[number]
        yield f"says:{relation}"
        yield f"says:{relation} {number}"
    for topic in lexicon.topics_of(text, most=2):
        yield f"topic={topic}"
    yield f"ai={lexicon.is_about_ai(text)}"
    yield f"ai around={lexicon.is_about_ai(clause.context.paragraph.text)}"
    yield f"marks={_marks(text)}"
    yield f"long={min(4, len(text) // 60)}"
    if text.rstrip("”\"’' ").endswith("?"):
        yield "is=question"


def _marks(text: str) -> str:
    """Whether words stand in quotation marks: all, some or none."""
    if text[:1] in '“"‘':
        return "all"
    return "some" if "“" in text or '"' in text else "none"


def topic_features(clause: Clause, matters: Iterable[str]) -> set[str]:
    """What tells the topic of a clause: its words, its sentence's, the text's matters."""
    lexicon = clause.context.lexicon
    text = clause.context.state.text
    shown = {f"words={topic}" for topic in lexicon.topics_of(clause.text)}
    whole = text[slice(*clause.whole)]
    shown |= {f"sentence={topic}" for topic in lexicon.topics_of(whole)}
    shown |= {f"text={topic}" for topic in matters}
    for word in _words(clause):
        if word.is_topical:
            shown.add(f"w={word.lemma}")
    return shown


def passage_features(context: ParagraphContext) -> frozenset[str]:
    """What a paragraph adds to the topics of each of its clauses."""
    passage = context.paragraph.text
    topics = context.lexicon.topics_of(passage)
    words = {
        f"p={word.lemma}"
        for word in words_of(context)[:MOST_PASSAGE]
        if word.is_topical and word.cls is None
    }
    return frozenset(words | {f"passage={topic}" for topic in topics})


MOST_PASSAGE = 150
