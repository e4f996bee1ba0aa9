"""What an attribution means: the relation and its object, negated or not, from the cue, its frame and the content."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.extract.rules.contents import read_content
from onrecord.extract.rules.contexts import ParagraphContext
from onrecord.extract.rules.demands import cue_relation
from onrecord.extract.rules.factuality import (
    OWED,
    is_former,
    is_negated,
    is_open,
    modality,
)
from onrecord.extract.rules.frames import Candidate
from onrecord.extract.rules.meanings import OPPOSITES, STANCES, Meaning, Speaker
from onrecord.extract.rules.mentions import AGENTS, Mention
from onrecord.extract.rules.objects import (
    object_of,
    root_of,
)
from onrecord.extract.rules.opinions import (
    AGAINST,
    CLAIMS,
    SIDES,
    attitude,
    of_attitude,
    opinion,
)
from onrecord.extract.rules.references import resolve
from onrecord.extract.rules.sentences import sentence_of
from onrecord.extract.rules.sources import child

if TYPE_CHECKING:
    from onrecord.extract.rules.tokens import Token, Words


def meaning(
    context: ParagraphContext,
    candidate: Candidate,
    inner: "list[Candidate]",
    text: str,
    speaker: Speaker,
) -> Meaning:
    """Reads an attribution; `inner` are the cues inside its content, `text` it."""
    called = opinion(context, candidate, text)
    if called is not None:
        return called
    if candidate.entry.word == "defend" and _is_of_own(candidate):
        return Meaning("denies", None, is_negated(candidate.cue))
    own = _of(context, candidate)
    if candidate.entry.word in CONFIRMING and not own.negated:
        own = _confirmed(context, candidate, inner, text, speaker) or own
    if own.relation != "states" or candidate.entry.relation != "states":
        return (
            own
            if not is_former(candidate.cue)
            else replace(own, relation="states")
        )
    held = _held(context, inner, speaker) if not own.negated else None
    if held is not None:
        return held
    apart = replace(speaker, others=others_attitudes(context, inner, speaker))
    return _by_content(context, candidate, text, apart, own)


CONFIRMING = frozenset({"confirm"})
"""Verbs by which somebody owns up to a deed, or to what he means to do."""
INTENTS = frozenset({"promises", "rejects", "threatens"})


def _confirmed(
    context: ParagraphContext,
    candidate: Candidate,
    inner: "list[Candidate]",
    text: str,
    speaker: Speaker,
) -> Meaning | None:
    """What somebody confirms that he means to do: "confirmed that she would sue"."""
    held = _held(context, inner, speaker)
    root = root_of(candidate)
    meant = held or _content_meaning(context, root, text, speaker)
    return meant if meant is not None and meant.relation in INTENTS else None


WHERE_NEGATED = {"acknowledges": "denies", "promises": "rejects"}
"""What somebody does who does not do it: who is not aware of a case denies it."""


def sentence_meaning(
    context: ParagraphContext,
    sentence: "Words",
    root: "Token",
    inner: "list[Candidate]",
    speaker: Speaker,
) -> Meaning | None:
    """What one sentence of somebody's words means; None for a mere remark."""
    held = _held(context, inner, speaker)
    if held is not None:
        return held
    apart = replace(speaker, others=others_attitudes(context, inner, speaker))
    return _content_meaning(context, root, sentence.text, apart)


def others_attitudes(
    context: ParagraphContext, inner: "list[Candidate]", speaker: Speaker
) -> frozenset[str]:
    """What the words tell of somebody else's attitudes, or of none that anybody has."""
    return frozenset(
        cue.entry.relation
        for cue in inner
        if cue.content
        and cue.entry.relation != "states"
        and _is_somebody(context, cue.source)
        and not _is_about_speaker(context, cue, speaker)
    )


def _is_somebody(context: ParagraphContext, source: "Token") -> bool:
    """Whether a holder of an attitude is somebody else in particular, or people."""
    if source.pos_ == "PRON":
        return source.lower_ in {"he", "she", "who"}
    return source.tag_ == "NNS" or context.at(source) is not None


def _held(
    context: ParagraphContext, inner: "list[Candidate]", speaker: Speaker
) -> Meaning | None:
    """The first attitude of the speaker's own inside what is said."""
    for attribution in inner:
        if (
            _is_about_speaker(context, attribution, speaker)
            and attribution.entry.relation != "states"
            and not _is_void(context, attribution.cue)
        ):
            return replace(
                _of(context, attribution, rule="inner cue"),
                told=sentence_of(attribution.cue).text,
            )
    return None


def _is_about_speaker(
    context: ParagraphContext, inner: Candidate, speaker: Speaker
) -> bool:
    """Whether an attitude is the speaker's: "I" and "we" in quotation marks, else the name or a pronoun for it."""
    if inner.source.lower_ in {"i", "we"}:
        return True
    sources = speaker.entities
    if context.place(inner.source) == speaker.place:
        return True
    quoted = context.paragraph.quoted(inner.source)
    if inner.source.lower_ == "it" and _is_in_question(inner.cue):
        return False
    if inner.source.lower_ in {"it", "they"} and not quoted:
        start = sentence_of(inner.source).start + context.paragraph.start
        before = [
            mention
            for mention in context.within(start, context.place(inner.source))
            if mention.cls in AGENTS
        ]
        return all(mention.entity in sources for mention in before)
    if inner.source.lower_ in {"he", "she"} and not quoted:
        return not _names_another(context, inner.source, sources)
    named = (
        resolve(context, inner.source)
        if not quoted
        else context.at(inner.source)
    )
    return named is not None and named.entity in sources


def _is_in_question(verb: "Token") -> bool:
    """Whether a verb tells how or why something is or may be done: "how it could threaten us"."""
    joined = [verb, *(word for word in verb.conjuncts if word.i < verb.i)]
    beside = [word for one in joined for word in one.children]
    return any(word.tag_ == "WRB" and word.i < verb.i for word in beside)


def _names_another(
    context: ParagraphContext, pronoun: "Token", sources: set[str]
) -> bool:
    """Whether a sentence names somebody else before a pronoun, who may be meant."""
    start = sentence_of(pronoun).start + context.paragraph.start
    people = {
        mention.entity
        for mention in context.within(start, context.place(pronoun))
        if mention.cls == "Person"
    }
    resolved = resolve(context, pronoun)
    is_other = resolved is not None and resolved.entity not in sources
    return bool(people - sources) or is_other


def _of(
    context: ParagraphContext, candidate: Candidate, rule: str = "cue"
) -> Meaning:
    relation = cue_relation(context, candidate)
    noun = attitude(context, candidate)
    if (
        noun is not None
        and relation in SIDES
        and (noun.relation in AGAINST or (noun.word, relation) in CLAIMS)
    ):
        return of_attitude(context, candidate, noun, rule)
    relation = _by_matter(candidate, relation)
    target = object_of(context, candidate, relation)
    if relation == "urges" and (target is None or target.cls not in AGENTS):
        relation, target = "callsFor", None
        if candidate.frame in {"that", "quote"} and candidate.entry.word in {
            "ask",
            "tell",
        }:
            relation = "states"
    negated = is_negated(candidate.cue)
    stance = STANCES.get(candidate.entry.stance)
    if negated and candidate.entry.word == "want":
        return Meaning("opposes", "critical", object=target, rule=rule)
    if negated and relation in WHERE_NEGATED:
        relation, negated = WHERE_NEGATED[relation], False
    if negated:
        stance = OPPOSITES.get(stance or "")
    if _is_of_measure(context, candidate):
        stance = None
    return Meaning(
        relation, stance, negated, modality(candidate.cue), target, rule
    )


def _is_of_own(candidate: Candidate) -> bool:
    """Whether somebody defends what is his own: "defended its practices"."""
    thing = child(candidate.cue, "dobj")
    return thing is not None and any(
        word.tag_ == "PRP$" for word in thing.subtree if word.i < thing.i
    )


PLEAS = frozenset({"appeal", "injunction", "motion", "petition"})
"""What a court rules on: "denied the firm's motion"."""
ASKED_FOR = frozenset({"application", "bid", "plea", "request"})
"""What is turned down, and no charge: "denied the union's request"."""


def _by_matter(candidate: Candidate, relation: str) -> str:
    """The relation by what is promised or denied: a motion and a request charge nobody."""
    if relation == "promises" and _is_of_fight(candidate):
        return "threatens"
    if relation == "promises" and candidate.frame == "that":
        return _promised(candidate)
    if relation not in {"denies", "rejects"}:
        return relation
    matter = child(candidate.cue, "dobj")
    word = matter.lemma_.lower() if matter is not None else ""
    if word in PLEAS:
        return "decides"
    return "rejects" if word in ASKED_FOR else relation


FIGHTING = frozenset({"boycott", "picket", "strike", "sue", "walk"})
"""What somebody threatens who vows to do it."""


def _is_of_fight(candidate: Candidate) -> bool:
    """Whether somebody vows to sue, or to strike."""
    root = root_of(candidate)
    is_vow = candidate.frame == "to" and not is_negated(candidate.cue)
    return is_vow and root is not None and root.lemma_.lower() in FIGHTING


def _is_of_measure(context: ParagraphContext, candidate: Candidate) -> bool:
    """Whether an attitude is to a ban, a ruling or a strike, and not to AI itself."""
    inside = set(candidate.content)
    head = next(
        (word for word in candidate.content if word.head not in inside), None
    )
    if head is None:
        return False
    return head.lemma_.lower() in context.lexicon.words["measure"]


def _promised(candidate: Candidate) -> str:
    """What somebody swears that is so already is no promise: "swears that it never learns"."""
    root = root_of(candidate)
    if (
        root is None
        or child(root, "aux") is not None
        or root.tag_ not in FINITE
    ):
        return "promises"
    return "denies" if is_negated(root) else "states"


FINITE = frozenset({"VBZ", "VBP", "VBD"})


def _is_void(context: ParagraphContext, cue: "Token") -> bool:
    """Whether an attitude inside a report is none that somebody has now, on a matter of ours."""
    words = sentence_of(cue).text
    return (
        is_open(cue)
        or is_former(cue)
        or not (
            context.lexicon.is_about_ai(words)
            or context.lexicon.topics_of(words)
        )
    )


def _by_content(
    context: ParagraphContext,
    candidate: Candidate,
    text: str,
    speaker: Speaker,
    own: Meaning,
) -> Meaning:
    """A plain report verb: the words tell a promise, a demand or a fear from a remark.

    What somebody does not believe is negated; what somebody did not say is nothing.
    """
    root = root_of(candidate)
    if is_beside(candidate):
        return own
    meant = _content_meaning(context, root, text, speaker)
    if own.negated and candidate.entry.word not in BELIEVING:
        return own
    if not own.negated:
        return meant or own
    if meant is not None and meant.relation in {"predicts", "concernedAbout"}:
        return replace(meant, negated=True, stance=None)
    subject = child(root, "nsubj") if root is not None else None
    target = resolve(context, subject) if subject is not None else None
    is_bad = BAD.search(text) is not None
    return Meaning("criticizes", None, is_bad, object=target, rule="content")


def _content_meaning(
    context: ParagraphContext, root: "Token | None", text: str, speaker: Speaker
) -> Meaning | None:
    if root is not None and is_open(root):
        return None
    reading = read_content(
        context.lexicon, text, speaker.others, is_charged=speaker.is_charged
    )
    if reading is None:
        return None
    relation, stance = reading.relation, reading.stance
    if relation == "promises" and root is not None:
        relation = _promise(context, root, speaker)
    asked = _asked(context, root, speaker) if relation == "callsFor" else None
    if asked is not None:
        return Meaning("urges", stance, object=asked, rule="content")
    return Meaning(relation, stance, reading.negated, rule="content")


NEEDING = frozenset({"need", "have"})


def _asked(
    context: ParagraphContext, root: "Token | None", speaker: Speaker
) -> Mention | None:
    """Somebody else who is to do what the words call for: "the studio should pay"."""
    if root is None or not _is_duty(root):
        return None
    subject = child(root, "nsubj")
    named = resolve(context, subject) if subject is not None else None
    if named is None or named.entity in speaker.entities:
        return None
    return named if named.cls in AGENTS - {"NewsOutlet"} else None


def _is_duty(verb: "Token") -> bool:
    """Whether a verb tells what is to be done: "should pay", "needs to pay"."""
    words = {
        word.lemma_.lower() for word in verb.children if word.dep_ == "aux"
    }
    inner = child(verb, "xcomp")
    is_bound = inner is not None and child(inner, "aux") is not None
    return bool(words & OWED) or (verb.lemma_.lower() in NEEDING and is_bound)


def _promise(context: ParagraphContext, root: "Token", speaker: Speaker) -> str:
    """A promise where the speaker is to do it, else what the speaker expects."""
    own = _is_own_deed(context, root, speaker.entities)
    passive = child(root, "nsubjpass") is not None
    subject = child(root, "nsubj", "nsubjpass")
    is_pronoun = subject is not None and subject.lower_ in OWN_PRONOUNS
    return "promises" if own or passive or is_pronoun else "predicts"


OWN_PRONOUNS = frozenset(
    {"i", "we", "it", "they", "he", "she", "company", "studio"}
)


def is_beside(candidate: Candidate) -> bool:
    """Whether a cue only tells what somebody spoke of: "addressed fears about AI"."""
    return candidate.frame == "obj" and candidate.entry.word in BESIDE


BESIDE = frozenset({"address", "compare", "discuss", "liken", "tackle"})
"""Verbs of who only speaks of others' fears or hopes."""
BAD = re.compile(
    r"\b(?:bad|evil|harmful|dangerous|worse|enemy|problem|threat)\b"
)
"""What who does not believe it finds no fault with."""
BELIEVING = frozenset({"believe", "think", "expect", "feel", "see"})
"""Verbs that, negated, deny what they report."""


def _is_own_deed(
    context: ParagraphContext, verb: "Token", sources: set[str]
) -> bool:
    """Whether the speaker, or the company that the speaker speaks for, is to do it."""
    subject = child(verb, "nsubj")
    if subject is None or verb.lemma_ == "be":
        return False
    named = resolve(context, subject)
    return subject.lower_ in {"i", "we", "company"} or (
        named is not None and named.entity in sources
    )
