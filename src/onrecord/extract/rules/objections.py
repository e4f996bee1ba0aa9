"""What in the grammar speaks against a statement that weights read in a clause."""

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from onrecord.extract.rules.actors import ActorResolver
from onrecord.extract.rules.attributions import ParagraphAttributions
from onrecord.extract.rules.choosing import (
    Choice,
)
from onrecord.extract.rules.clauses import Clause
from onrecord.extract.rules.contexts import ParagraphContext
from onrecord.extract.rules.deed_words import is_own_deed
from onrecord.extract.rules.deeds import USE
from onrecord.extract.rules.demands import seeks_else
from onrecord.extract.rules.drafts import AttributionDraft
from onrecord.extract.rules.factuality import (
    is_former,
    is_habit,
    is_open,
    is_owed,
    is_undone,
    modality,
)
from onrecord.extract.rules.foils import is_of_nobody
from onrecord.extract.rules.frames import Candidate
from onrecord.extract.rules.lexicon import Lexicon
from onrecord.extract.rules.meanings import Speaker
from onrecord.extract.rules.mentions import Mention
from onrecord.extract.rules.passages import cues_between, is_pronoun, is_void
from onrecord.extract.rules.places import SpanIndex
from onrecord.extract.rules.quoting import names_work
from onrecord.extract.rules.reading import ASKED_FOR, others_attitudes
from onrecord.extract.rules.readings import POSTS
from onrecord.extract.rules.reports import ASKED
from onrecord.extract.rules.role_nouns import is_paper
from onrecord.extract.rules.sides import (
    side_not_taken,
    target_of_choice,
)
from onrecord.extract.rules.sources import child, is_passive
from onrecord.extract.rules.suits import are_judges
from onrecord.extract.rules.unreal import (
    drops,
    gives_up,
    is_discussed,
    votes_against,
)
from onrecord.extract.rules.uses import ENDING
from onrecord.extract.rules.words import hinted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onrecord.extract.rules.tokens import Token

LEAVING = frozenset(
    {"fail", "stop", "decline", "refuse", "have", "forget", "avoid"}
)
WISHING = frozenset({"hope", "look", "seek", "want", "wish"})
"""Verbs of who has not yet what he is after."""
HAVING_DONE = frozenset({
    "allow", "ask", "authorise", "authorize", "enable", "encourage", "forbid", "force", "invite", "license", "order",
    "permit", "require", "tell", "urge",
})  # fmt: skip
"""Verbs behind which the object does what is told: "allow them to use it"."""
PART = 0.2
"""How sure one sentence of several must be that somebody says."""
DEEDS = frozenset(
    [
        "usesAIIn",
        "releases",
        "develops",
        "discontinues",
        "acquires",
        "investsIn",
        "partnersWith",
        "licensesTo",
        "settlesWith",
        "negotiatesWith",
        "signs",
        "sues",
        "produces",
        "restricts",
        "requires",
        "votesFor",
        "decides",
        "investigates",
        "protests",
    ]
)
"""Relations that tell what was done, whoever tells it."""


PARTISAN = frozenset(
    [
        "accuses",
        "denies",
        "develops",
        "licensesTo",
        "negotiatesWith",
        "partnersWith",
        "rejects",
        "releases",
        "settlesWith",
        "sues",
        "threatens",
        "usesAIIn",
    ]
)
"""What no judge does of a case."""
OF_SUITS = frozenset({"accuses", "signs", "sues", "supports"})
"""What may be done by a suit or a letter."""
FACING = frozenset({"battle", "confront", "defend", "face", "fight", "hit"})
"""Verbs of those who are sued."""
FIGHTS = frozenset({"protests", "sues"})
"""What is none before it is done: who vows to sue threatens."""
LAWS = frozenset({"Agreement", "Legislation"})
BINDING = frozenset({"requires", "restricts"})
"""What a law does of itself."""
GREETING = re.compile(r"\bto be (?:back|here|home|with you)\b")
"""What somebody is glad of who favours nothing."""
NOT_ABOUT = re.compile(r"(?:\bnot|n[’']t) about\b")
"""How somebody tells what a thing is not: he does not fear it."""
FAVOURING = frozenset({"supports", "votesFor"})
"""What nobody does who is against it."""


@dataclass(frozen=True, slots=True)
class Objections:
    """What stands against what is read in the clauses of a text.

    `heard` holds who says what where; `inner` the words for saying of each paragraph.
    """

    actors: ActorResolver
    heard: SpanIndex[AttributionDraft] = field(default_factory=SpanIndex)
    inner: dict[int, tuple[Candidate, ...]] = field(default_factory=dict)

    @property
    def lexicon(self) -> Lexicon:
        """The words that the text is read by."""
        return self.actors.state.lexicon

    def note(
        self, context: ParagraphContext, heard: ParagraphAttributions
    ) -> None:
        """Takes in who says what in a paragraph."""
        self.inner[id(context)] = heard.candidates
        for draft in heard.drafts:
            for span in draft.content:
                self.heard.add(span, draft)

    def are_none(self, choice: Choice) -> bool:
        """Whether nothing speaks against it: a question, a charge by others."""
        clause = choice.clause
        is_of_law = choice.relation not in BINDING and _is_of_law(clause)
        if is_of_law or self._is_mute(clause):
            return False
        if self._is_above(choice) or _is_of_suit(choice) or _is_opposed(choice):
            return False
        if clause.cue is not None and self._is_undone(choice, clause.cue):
            return False
        if clause.candidate is not None:
            return self._is_own(clause, clause.candidate, choice)
        if clause.cue is None or clause.draft is not None:
            return True
        return self._is_done(clause, clause.cue, choice.relation)

    def _is_above(self, choice: Choice) -> bool:
        """Whether a judge or a court would do what only parties do."""
        state, told_by = self.actors.state, choice.clause.candidate
        is_found = told_by is not None and told_by.entry.relation == "states"
        barred = PARTISAN | {"criticizes"} if is_found else PARTISAN
        return choice.relation in barred and are_judges(
            state, choice.clause.actors
        )

    def _is_undone(self, choice: Choice, cue: "Token") -> bool:
        """Whether a use is one that nobody made, nothing is made, or put out."""
        lemma = cue.lemma_.lower()
        if choice.relation == "develops" and target_of_choice(choice) is None:
            return "build" not in self.lexicon.hints.get(lemma, ())
        if choice.relation == "releases":
            return self._is_for_staff(cue)
        return choice.relation == USE and self._is_unused(cue)

    def _is_done(self, clause: Clause, cue: "Token", relation: str) -> bool:
        """Whether a verb or noun says that something was done, and not what others charge."""
        if relation in POSTS and not self._is_post(clause, cue, relation):
            return False
        if is_open(cue) or is_undone(cue) or is_owed(cue):
            return False
        is_ahead = relation in FIGHTS and modality(cue) != "actual"
        if is_ahead or _is_given_up(cue, relation):
            return False
        if not self._is_told(clause):
            return True
        if modality(cue) == "hypothetical":
            return False
        return relation in DEEDS and not self._is_charged(clause)

    def _is_unused(self, cue: "Token") -> bool:
        """Whether the words around a cue tell of a use that nobody made: "considered using, but decided against it"."""
        if is_habit(cue) or drops(cue) or is_discussed(cue):
            return True
        means = [cue.head] if cue.dep_ in {"advcl", "xcomp"} else []
        return any(map(is_undone, [*means, *self._uses(cue)]))

    def _uses(self, cue: "Token") -> "Iterator[Token]":
        """The verbs by which something is used in the words around a cue: "considered using"."""
        for word in cue.subtree:
            if word.pos_ == "VERB" and self._is_use(word):
                yield word

    def _is_for_staff(self, cue: "Token") -> bool:
        """Whether a tool is only given to one's own people: "roll out the chatbot to employees"."""
        staff = self.lexicon.words["staff"]
        return any(
            word.lemma_.lower() in staff and word.head.lower_ == "to"
            for word in cue.subtree
        )

    def _is_use(self, verb: "Token") -> bool:
        return verb.lemma_.lower() in self.lexicon.words["use"]

    def _is_post(self, clause: Clause, cue: "Token", relation: str) -> bool:
        """Whether a verb tells of a post: "runs Studio Nine", not "ran a talk there"."""
        hints = self.lexicon.hints.get(cue.lemma_.lower(), ())
        aim = child(cue, "dobj")
        if cue.lemma_.lower() == "run" and aim is None:
            return is_passive(cue)
        is_beside = aim is not None and clause.context.at(aim) is None
        return cue.pos_ == "VERB" and POSTS[relation] in hints and not is_beside

    def _is_own(
        self, clause: Clause, candidate: Candidate, choice: Choice
    ) -> bool:
        """Whether a report tells what its speaker thinks or does, and not what others do."""
        is_void_report = is_void(candidate, self.lexicon.cues)
        if is_void_report or ASKED.match(clause.text):
            return False
        if _says_nothing(clause, candidate, choice):
            return False
        if clause.kind == "part" and choice.likely < PART:
            return False
        own = {actor.entity for actor in clause.actors}
        cues = self.inner.get(id(clause.context), ())
        inner = list(cues_between(clause.context, cues, clause.place))
        former = {cue.entry.relation for cue in inner if is_former(cue.cue)}
        others = others_attitudes(clause.context, inner, Speaker(own))
        otherwise = side_not_taken(clause, candidate)
        if choice.relation in others | former | otherwise | POSTS.keys():
            return False
        if choice.relation not in DEEDS or clause.cue is None:
            return True
        return is_own_deed(clause, candidate, choice.relation)

    def _is_charged(self, clause: Clause) -> bool:
        """Whether somebody charges its actor, so that it may be the charge."""
        charged = self.actors.state.charged
        return any(actor.entity in charged for actor in clause.actors)

    def _is_told(self, clause: Clause) -> bool:
        """Whether a clause is part of what somebody says, and so perhaps not its actor's."""
        place = (
            clause.context.place(clause.cue) if clause.cue else clause.place[0]
        )
        return any(
            draft.candidate is not None and draft.candidate.cue != clause.cue
            for draft in self.heard.covering(place)
        )

    def _is_mute(self, clause: Clause) -> bool:
        """Whether those who would act only tell what others say, say nothing, or one is a word of a work's name."""
        paragraph, actors = clause.context.paragraph, clause.actors
        if actors and all(map(self._passes_on, actors)):
            return True
        return any(names_work(paragraph, actor.start) for actor in actors)

    def _passes_on(self, actor: Mention) -> bool:
        """Whether it is an outlet, which tells what others say, or a system, which says nothing."""
        name = self.actors.label(actor).lower()
        is_wire = name in self.lexicon.words["wire"]
        return is_wire or actor.cls in {"NewsOutlet", "AISystem"}


def _is_opposed(choice: Choice) -> bool:
    """Whether a rule reads another thing in a denial, or a favour is one that hardly anybody shows."""
    if choice.relation == "denies":
        return _asks(choice)
    if choice.relation == "concernedAbout":
        return NOT_ABOUT.search(choice.clause.text) is not None
    if choice.relation not in FAVOURING:
        return False
    relations = {proposal.draft.relation for proposal in choice.proposals}
    if "denies" in relations or GREETING.search(choice.clause.text):
        return True
    if choice.relation == "supports" and _turns(choice.clause):
        return True
    return _is_against(choice.clause)


def _asks(choice: Choice) -> bool:
    """Whether a rule reads the same words as what somebody asks for: "we have asked them not to copy"."""
    return any(
        proposal.draft.relation in ASKING for proposal in choice.proposals
    )


ASKING = frozenset({"callsFor", "urges"})
TURN = re.compile(r",? but\b")
"""Where somebody turns from what he grants to what he holds."""


def _turns(clause: Clause) -> bool:
    """Whether somebody grants a good of what he then finds fault with: "it can help, but it is used to fire us"."""
    start, end = clause.place
    text = clause.context.state.text
    turn = TURN.search(text, start, end)
    if turn is None:
        return False
    shown = hinted(clause.context, (turn.end(), end))
    return ("hint", "praise") not in shown


def _is_against(clause: Clause) -> bool:
    """Whether a clause tells of votes against something, or that hardly anybody is for it."""
    votes = clause.cue is not None and votes_against(clause.cue)
    return votes or is_of_nobody(clause.text)


def _is_of_suit(choice: Choice) -> bool:
    """Whether a suit is what something is done to ("the suit, announced by the guild"), or what somebody faces."""
    cue = choice.clause.cue
    if cue is not None and cue.lemma_.lower() in FACING:
        return choice.relation in {"accuses", "sues"}
    if choice.relation in OF_SUITS or cue is None or cue.dep_ != "acl":
        return False
    return is_passive(cue) and is_paper(choice.clause.context, cue.head)


def _says_nothing(clause: Clause, candidate: Candidate, choice: Choice) -> bool:
    """Whether a report is of "him" or "that" alone, or of what somebody looks for and demands not, or turns down."""
    if is_pronoun(candidate) and target_of_choice(choice) is None:
        return True
    if choice.relation == "denies":
        return _is_turned_down(candidate)
    is_demand = choice.relation == "callsFor"
    return is_demand and seeks_else(clause.context, candidate)


def _is_turned_down(candidate: Candidate) -> bool:
    """Whether what is denied is no charge, but what somebody asked for."""
    aim = child(candidate.cue, "dobj")
    return aim is not None and aim.lemma_.lower() in ASKED_FOR


def _is_of_law(clause: Clause) -> bool:
    """Whether a law, and nobody else, acts in a clause."""
    kinds = {actor.cls for actor in clause.actors}
    return bool(kinds) and kinds <= LAWS


def _is_of_object(cue: "Token") -> bool:
    """Whether somebody only has others do it, or lets them: "never authorized AI to use his voice"."""
    governor = cue.head
    is_theirs = governor.lemma_.lower() in HAVING_DONE and governor != cue
    return is_theirs and child(cue, "mark", "aux") is not None


def _is_given_up(cue: "Token", relation: str) -> bool:
    """Whether something is left undone, or no longer done, which only tells of an end: "stopped using it"."""
    if relation in ASKING and cue.lemma_.lower() == "want":
        return False
    if relation != "discontinues":
        return gives_up(cue) or _undoes(cue)
    is_ended = cue.lemma_.lower() in ENDING and child(cue, "xcomp")
    return _undoes(cue) and not is_ended


def _undoes(cue: "Token") -> bool:
    """Whether a verb only says that something is wished or was left undone: "failed to praise"."""
    if _is_of_object(cue):
        return True
    verb = cue if cue.pos_ == "VERB" else cue.head
    if verb.lemma_.lower() in WISHING:
        return True
    words = {word.lower_ for word in cue.children}
    inner = child(cue, "xcomp") or ("short" in words and cue)
    return cue.lemma_.lower() in LEAVING and bool(inner)
