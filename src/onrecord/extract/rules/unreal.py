"""Events that a text tells of and that did not happen: denied from afar, told as false, supposed, given up."""

import re
from typing import TYPE_CHECKING

from onrecord.extract.rules.sentences import sentence_of
from onrecord.extract.rules.sources import child

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onrecord.extract.rules.tokens import Token

NONE = frozenset({
    "barely", "hardly", "nary", "neither", "no", "not", "scarcely", "zero",
})  # fmt: skip
"""Words before a noun by which there is none of it."""
SOME = frozenset(
    {"only", "fewer", "less", "small", "sooner", "before", "until"}
)
"""Words by which "no" and "not" deny nothing: "no small", "not only", "never before"."""
FRONTED = NONE | {"never", "nor", "nowhere"}
"""Words that a denial begins with, and that turn subject and verb about: "at no point did they"."""
SUPPOSED = frozenset({"had", "were", "should"})
"""Verbs that suppose where they stand before their subject: "had they used it"."""
CLAIMS = frozenset({
    "accusation", "allegation", "assertion", "belief", "charge", "claim", "gossip", "hoax", "idea", "lie", "myth",
    "notion", "possibility", "report", "rumor", "rumour", "speculation", "suggestion", "suspicion", "theory",
})  # fmt: skip
"""What nobody vouches for where it belongs to nobody."""
FALSE = frozenset({
    "baseless", "bogus", "fake", "false", "fiction", "hoax", "impossible", "incorrect", "inaccurate", "lie", "myth",
    "nonsense", "unfounded", "unlikely", "untrue",
})  # fmt: skip
POSSIBLE = frozenset(
    {"conceivable", "likely", "plausible", "possible", "probable"}
)
TRUE = frozenset({"true", "correct", "case", "accurate", "fact", "truth"})
SUBORDINATE = frozenset(
    {"ccomp", "acl", "relcl", "csubj", "csubjpass", "xcomp"}
)
OBJECTS = frozenset({"dobj", "nsubjpass"})
BEHIND = OBJECTS | {"ccomp", "xcomp", "attr", "acomp"}
RELATIVE = frozenset({"that", "which", "who", "whom"})
PLANS = frozenset({
    "attempt", "bid", "desire", "effort", "idea", "intent", "intention", "interest", "permission", "plan", "proposal",
    "right", "scheme", "thought", "wish",
})  # fmt: skip
"""What may come to nothing: "no plans to", "the idea of"."""
WEIGHING = frozenset({
    "consider", "contemplate", "debate", "envisage", "explore", "mull", "ponder", "think", "toy", "weigh",
})  # fmt: skip
"""Verbs of what may be done."""
TELLING = frozenset({
    "allege", "announce", "believe", "claim", "confirm", "prove", "report", "say", "show", "state", "suggest", "think",
})  # fmt: skip
"""Verbs by which, denied, nobody vouches for what follows; "did not know that they used it" does."""
DROPPING = frozenset({
    "abandon", "axe", "cancel", "decide", "decline", "ditch", "drop", "end", "halt", "lift", "opt", "overturn", "pull",
    "reject", "repeal", "rescind", "reverse", "revoke", "scrap", "shelve", "suspend", "withdraw", "withhold",
})  # fmt: skip
"""Verbs by which a plan, or a support, is given up."""
ATTITUDES = frozenset({
    "backing", "ban", "boycott", "criticism", "endorsement", "objection", "opposition", "resistance", "support",
})  # fmt: skip
NEAR = 6
"""Words before another that may bear on it."""
INSTEAD = re.compile(
    r"\b(?:instead of|(?:rather|sooner)\b.{0,30} than|far from|short of|as opposed to|in lieu of|out of|against"
    r"|rather than|ruled out)(?: \w+ly)? $"
)
FAR_FROM = re.compile(
    r"\b(?:anything but|far from|by no means|in no way|nowhere near)(?: \w+ly)? $"
)
"""Words right before an attitude that nobody has: "anything but opposed"."""


def is_denied_from_afar(cue: "Token") -> bool:
    """Whether what stands apart from a word denies it: "at no point did", "used no AI", "has no plans to"."""
    if FAR_FROM.search(_before(cue)):
        return True
    verb = cue if cue.pos_ in {"VERB", "AUX"} else cue.head
    if _is_fronted(verb) or _is_joined_by_nor(cue):
        return True
    objects = [word for word in cue.children if word.dep_ in OBJECTS]
    plan = _plan(verb)
    if plan is not None:
        objects.append(plan)
    return any(map(_is_none, objects))


def is_unreal(cue: "Token") -> bool:
    """Whether an event is one that the text calls false, only supposes, has as nobody's claim, or as given up."""
    verb = cue if cue.pos_ in {"VERB", "AUX"} else cue.head
    if _is_inverted(verb, SUPPOSED) or INSTEAD.search(_before(verb)):
        return True
    if any(map(_leaves_undone, verb.children)) or _is_unsaid(verb):
        return True
    clauses = [verb, *verb.ancestors]
    if any(map(_is_of_anybody, clauses)):
        return True
    if any(map(_is_called_false, clauses)) or any(map(_is_charge, clauses)):
        return True
    if _is_dropped(cue):
        return True
    return is_weighed(verb) and any(map(drops, verb.head.conjuncts))


USING = frozenset({
    "clone", "copy", "create", "employ", "generate", "make", "replace", "scrape", "steal", "train", "use",
})  # fmt: skip
"""What is told of brands and studios in general: "brands that use AI"."""
ANYBODY = frozenset({"anybody", "anyone", "those", "whoever"})


def _is_of_anybody(verb: "Token") -> bool:
    """Whether a verb only tells whom something concerns: "anyone who uses AI", "brands that use AI"."""
    noun = verb.head
    if verb.dep_ != "relcl" or verb.tag_ not in {"VB", "VBP", "VBZ"}:
        return False
    if noun.lower_ in ANYBODY:
        return True
    before = {word.lower_ for word in noun.children if word.i < noun.i}
    kinds = {word.dep_ for word in noun.children if word.i < noun.i}
    is_bare = noun.tag_ == "NNS" and kinds <= {"amod", "compound"}
    is_bare = is_bare and verb.lemma_.lower() in USING
    is_apart = verb.left_edge.i > 0 and verb.left_edge.nbor(-1).text == ","
    return "any" in before or (is_bare and not is_apart)


def is_weighed(verb: "Token") -> bool:
    """Whether an event is one that somebody only considers, or that is called possible."""
    told = map(str.lower, (word.lemma_ for word in _judgements(verb)))
    if verb.dep_ in SUBORDINATE and not POSSIBLE.isdisjoint(told):
        return True
    head = verb.head
    if verb.dep_ == "pcomp":
        head = head.head
    is_below = verb.dep_ in {"xcomp", "ccomp", "pcomp"}
    is_infinitive = any(word.tag_ == "TO" for word in verb.children)
    is_open = verb.tag_ == "VBG" or is_infinitive
    return is_below and is_open and head.lemma_.lower() in WEIGHING


def drops(verb: "Token") -> bool:
    """Whether somebody decides against something, or drops it."""
    word = verb.lemma_.lower()
    against = any(w.lower_ in {"against", "not"} for w in verb.subtree)
    return word in DROPPING and (word not in {"decide", "opt"} or against)


DISCUSSED = frozenset({"about", "against", "concerning", "over", "regarding"})
"""Prepositions before what somebody only speaks of: "is against the use of AI"."""


def is_discussed(noun: "Token") -> bool:
    """Whether a noun names what somebody takes a side on, and nobody's deed: "took issue with the use of AI"."""
    prep = noun.head
    if noun.pos_ != "NOUN" or noun.dep_ != "pobj":
        return False
    if child(noun, "poss") is not None:
        return False
    is_beside = prep.lower_ == "with" and prep.head.lemma_.lower() == "take"
    return is_beside or prep.lower_ in DISCUSSED


def gives_up(verb: "Token") -> bool:
    """Whether a verb only tells that an attitude, or a ban, is held no longer: "lifted its opposition"."""
    held = child(verb, "dobj")
    is_attitude = held is not None and held.lemma_.lower() in ATTITUDES
    return is_attitude and verb.lemma_.lower() in DROPPING


def _before(word: "Token") -> str:
    """The few words of a sentence before one of them, in small letters."""
    first = max(sentence_of(word).first, word.i - NEAR)
    return "".join(
        token.text_with_ws for token in word.doc[first : word.i]
    ).lower()


def _is_fronted(verb: "Token") -> bool:
    """Whether a clause begins with a denial, behind which the subject follows its verb."""
    auxiliary = _inverted(verb)
    if auxiliary is None:
        return False
    fronted = [
        word.lower_
        for dependent in verb.lefts
        if dependent.i < auxiliary.i
        for word in dependent.subtree
    ]
    return bool(FRONTED & {*fronted}) and not SOME & {*fronted}


def _inverted(verb: "Token") -> "Token | None":
    """The auxiliary that stands before the subject of its verb."""
    auxiliary = child(verb, "aux", "auxpass")
    subject = child(verb, "nsubj", "nsubjpass")
    if auxiliary is None or subject is None:
        return None
    return auxiliary if auxiliary.i < subject.i else None


def _is_inverted(verb: "Token", words: frozenset[str]) -> bool:
    auxiliary = _inverted(verb)
    return (
        auxiliary is not None
        and auxiliary.lower_ in words
        and auxiliary.i == verb.left_edge.i
    )


def _is_none(noun: "Token") -> bool:
    """Whether there is none of what a noun names; "no-code tools" are some."""
    before = noun.doc[noun.left_edge.i : noun.i]
    words = {word.lower_ for word in before if not _is_of_word(word)}
    return bool(NONE & words) and not SOME & words


def _is_of_word(word: "Token") -> bool:
    """Whether a "no" is part of a compound or of a name in capitals: "no-code", "the NO CLONES Act"."""
    after = word.nbor(1)
    return after.text == "-" or (word.text == "NO" and after.is_upper)


def _plan(verb: "Token") -> "Token | None":
    """The plan that an infinitive, or a gerund after "of", tells the matter of."""
    is_gerund = verb.dep_ == "pcomp" and verb.head.lower_ == "of"
    is_infinitive = any(word.tag_ == "TO" for word in verb.children)
    if not is_gerund and not (verb.dep_ == "acl" and is_infinitive):
        return None
    noun = verb.head.head if is_gerund else verb.head
    return noun if noun.lemma_.lower() in PLANS else None


def _is_called_false(clause: "Token") -> bool:
    """Whether a clause is the matter of what is false, or of a claim that nobody vouches for."""
    if clause.dep_ not in SUBORDINATE:
        return False
    head = clause.head
    word = head.lemma_.lower()
    is_told = word in FALSE or (word in CLAIMS and head.pos_ == "NOUN")
    if is_told and _is_content(clause):
        is_own = child(head, "poss") is not None
        return word in FALSE or not is_own or _is_rejected(head)
    return any(map(_tells_false, _judgements(clause)))


def _is_content(clause: "Token") -> bool:
    """Whether a clause tells what a noun says ("a report that they sued"), not which one it is ("that they wrote")."""
    if any(word.dep_ == "mark" for word in clause.children):
        return True
    subject = child(clause, "nsubj", "nsubjpass")
    if subject is None or subject.lower_ in RELATIVE:
        return False
    others = [word for word in clause.children if word.dep_ in BEHIND]
    return any(word.lower_ not in RELATIVE for word in others)


def _is_charge(word: "Token") -> bool:
    """Whether a word leads to what somebody is accused of: "accused of stealing", whoever stands behind it."""
    is_of = word.lower_ == "of" and word.dep_ == "prep"
    return is_of and word.head.lemma_.lower() in {"accuse", "suspect"}


def _is_joined_by_nor(cue: "Token") -> bool:
    """Whether a word follows "neither … nor"."""
    joined = cue.dep_ == "conj"
    return joined and any(word.lower_ == "nor" for word in cue.head.children)


def _leaves_undone(word: "Token") -> bool:
    """Whether a word by a verb tells that it was not done, or not yet: "nearly sued", "until they use"."""
    if word.dep_ == "advmod":
        return word.lower_ in {"almost", "nearly"}
    return word.dep_ == "mark" and word.lower_ in {"lest", "till", "until"}


def _is_unsaid(verb: "Token") -> bool:
    """Whether an event is what somebody did not say: "would not confirm that they used it"."""
    teller = verb.head
    is_told = verb.dep_ == "ccomp" and teller.lemma_.lower() in TELLING
    return is_told and child(teller, "neg") is not None


AGAINST = frozenset({"against", "down", "nay", "no"})


def votes_against(verb: "Token") -> bool:
    """Whether somebody votes against something."""
    against = any(word.lower_ in AGAINST for word in verb.children)
    return against and verb.lemma_.lower() == "vote"


def _judgements(clause: "Token") -> "Iterator[Token]":
    """What is said to be so of a clause, or of the noun that it hangs on: "it is true that"."""
    verb = clause.head
    if verb.lemma_.lower() == "be":
        yield from (w for w in verb.children if w.dep_ in {"acomp", "attr"})
    if verb.dep_ in {"acomp", "attr"}:
        yield verb


def _tells_false(judgement: "Token") -> bool:
    word = judgement.lemma_.lower()
    is_denied = _is_none(judgement) or child(judgement.head, "neg") is not None
    return not is_denied if word in FALSE else word in TRUE and is_denied


def _is_rejected(claim: "Token") -> bool:
    return claim.dep_ == "dobj" and claim.head.lemma_.lower() in REJECTING


REJECTING = frozenset({
    "contradict", "debunk", "deny", "dismiss", "dispute", "doubt", "question", "rebut", "refute", "reject",
})  # fmt: skip


def _is_dropped(cue: "Token") -> bool:
    """Whether an event, or the plan of it, is what somebody gives up: "abandoned plans to", "withdrew its support"."""
    given_up = cue if cue.pos_ == "NOUN" else _plan(cue)
    if given_up is None or given_up.dep_ not in OBJECTS:
        return False
    return given_up.head.lemma_.lower() in DROPPING
