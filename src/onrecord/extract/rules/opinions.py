"""Opinions: what somebody calls something, and attitudes to others' attitudes ("echoed his fears")."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.extract.rules.contents import read_content
from onrecord.extract.rules.contexts import ParagraphContext
from onrecord.extract.rules.factuality import is_negated, modality
from onrecord.extract.rules.frames import Candidate
from onrecord.extract.rules.lexicon import Cue
from onrecord.extract.rules.meanings import Meaning
from onrecord.extract.rules.mentions import AGENTS
from onrecord.extract.rules.references import resolve
from onrecord.extract.rules.sources import QUOTATION_MARKS, child, owner_of
from onrecord.extract.rules.words import hints_of

if TYPE_CHECKING:
    from onrecord.extract.rules.tokens import Token


NAMING = frozenset(
    {"call", "describe", "dismiss", "brand", "label", "slam", "deride"}
)
"""Verbs by which somebody says what something is in his eyes."""


BLAME = frozenset({"accuse", "fear", "scorn"})
"""What words hint at by which who "calls" something so finds fault with it."""
DISMISSING = frozenset({"dismiss", "slam", "deride", "brand"})


@dataclass(frozen=True, slots=True)
class Naming:
    """What somebody calls something, and the words by which he does: `text` is the whole, as it is read."""

    named: "Token"
    words: "tuple[Token, ...]"
    text: str


def opinion(
    context: ParagraphContext, candidate: Candidate, text: str
) -> Meaning | None:
    """What somebody calls something: "called the charge “a press release”"; blame, where nothing shows praise."""
    naming = _naming(candidate, text)
    if naming is None:
        return None
    cue, named = candidate.cue, naming.named
    is_own = _is_own_word(context, cue, named)
    side = "supports" if is_own else shown_side(context, candidate, text)
    if side is None:
        return None
    target = resolve(context, named)
    return Meaning(side, None, is_negated(cue), "actual", target, "opinion")


def shown_side(
    context: ParagraphContext, candidate: Candidate, text: str
) -> str | None:
    """Whether words show that somebody praises ("supports") or blames ("criticizes") what he calls so."""
    naming = _naming(candidate, text)
    if naming is None:
        return None
    side = _side(context, candidate, naming)
    shown = {kind for _, kind in hints_of(context, naming.words)}
    return "criticizes" if side is None and shown & BLAME else side


def _naming(candidate: Candidate, text: str) -> Naming | None:
    """What is called by which words, where a verb of naming has both."""
    cue = candidate.cue
    is_naming = cue.lemma_.lower() in NAMING
    if not is_naming or candidate.frame not in {"oprd", "obj", "that"}:
        return None
    named = child(cue, "dobj", "nsubjpass") or _small_subject(cue)
    called = _in_marks(candidate)
    if called:
        named = named or _noun_before(called[0])
        text = " ".join(word.text for word in called)
    operands = [word for word in cue.children if word.dep_ == "oprd"]
    complement = operands[-1] if operands else child(cue, "prep", "ccomp")
    if named is None or (complement is None and not called):
        return None
    said = called or tuple(complement.subtree if complement else ())
    return Naming(named, said, text)


def _side(
    context: ParagraphContext, candidate: Candidate, naming: Naming
) -> str | None:
    """The side that words or their frame show; None where they show none."""
    if candidate.cue.lemma_.lower() in DISMISSING:
        return "criticizes"
    reading = read_content(context.lexicon, naming.text)
    if reading is not None and reading.relation in AGAINST | {"supports"}:
        is_praise = reading.relation == "supports"
        return "supports" if is_praise else "criticizes"
    words = {word.lower_ for word in naming.words}
    own = {w.lower_ for w in naming.named.subtree if w not in naming.words}
    is_praise = bool((words - own) & context.lexicon.words["praise"])
    return "supports" if is_praise else None


def _is_own_word(
    context: ParagraphContext, cue: "Token", named: "Token"
) -> bool:
    """Whether somebody only says what he calls his own thing: "what the firm calls a fresh take"."""
    source = child(cue, "nsubj")
    if source is None or named.lower_ != "what":
        return False
    maker = resolve(context, source)
    return maker is not None and maker.cls == "Company"


def _in_marks(candidate: Candidate) -> "tuple[Token, ...]":
    """The words of what something is called from the first quotation mark on."""
    if candidate.frame != "oprd":
        return ()
    for number, word in enumerate(candidate.content):
        if word.text in QUOTATION_MARKS:
            return candidate.content[number:]
    return ()


def _noun_before(word: "Token") -> "Token | None":
    """The noun that stands right before a word."""
    before = word.nbor(-1)
    return before if before.pos_ in {"NOUN", "PROPN"} else None


def _small_subject(cue: "Token") -> "Token | None":
    clause = child(cue, "ccomp")
    return child(clause, "nsubj") if clause is not None else None


ANSWERING = frozenset({"fire back", "hit back", "push back"})
"""Verbs of who does not take a reproach: "pushed back on criticism"."""


def attitude(context: ParagraphContext, candidate: Candidate) -> Cue | None:
    """The attitude that heads the content: "echoed his fears", "mocked her claim"."""
    inside = set(candidate.content)
    is_answer = candidate.entry.word in ANSWERING
    head = next(
        (
            word
            for word in candidate.content
            if word == child(candidate.cue, "dobj")
            or (is_answer and word.head not in inside)
        ),
        None,
    )
    rows = (
        context.lexicon.cues.get((head.lemma_.lower(), "noun"), ())
        if head is not None
        else ()
    )
    return rows[0] if rows else None


def of_attitude(
    context: ParagraphContext, candidate: Candidate, noun: Cue, rule: str
) -> Meaning:
    """Who shares a fear has it; who mocks it finds fault with whose it is; who rejects a claim denies it."""
    relation, negated = candidate.entry.relation, is_negated(candidate.cue)
    if relation == "supports":
        return Meaning(
            noun.relation,
            "critical",
            negated,
            modality(candidate.cue),
            rule=rule,
        )
    if relation == "rejects" or candidate.entry.word in ANSWERING:
        return Meaning(
            "denies", None, negated, modality(candidate.cue), rule=rule
        )
    head = child(candidate.cue, "dobj")
    owner = owner_of(head) if head is not None else None
    whose = resolve(context, owner) if owner is not None else None
    if whose is None or whose.cls not in AGENTS:
        return Meaning("states", None, negated, rule=rule)
    return Meaning(
        "criticizes", None, negated, modality(candidate.cue), whose, rule
    )


AGAINST = frozenset(
    {"concernedAbout", "criticizes", "opposes", "denies", "rejects", "accuses"}
)


SIDES = frozenset({"supports", "criticizes", "opposes", "rejects"})


CLAIMS = frozenset(
    (word, "rejects")
    for word in ("claim", "assertion", "suggestion", "notion", "contention")
)
"""What a noun may mean so that a verb does not speak of what the noun speaks of."""
