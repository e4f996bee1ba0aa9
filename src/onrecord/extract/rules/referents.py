"""Whom a pronoun, a role or a quotation without a name stands for, as trained weights have it.

Those named before are ranked by what the text shows of them: how near they are, how often
and where in a sentence they are named, who spoke last (mention ranking after Denis and
Baldridge 2008, with features of the surface after Durrett and Klein 2013). Nobody is meant
is a choice among the others. The weights are made by `python -m benches.train_referents`.
"""

import math
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from onrecord.extract.rules.anaphors import (
    PERSONAL,
    Anaphor,
    Candidate,
    anaphor_of_post,
    candidates,
)
from onrecord.extract.rules.contexts import ParagraphContext
from onrecord.extract.rules.mentions import DiscourseState, Mention
from onrecord.extract.rules.weights import Weights

if TYPE_CHECKING:
    from onrecord.extract.rules.tokens import Token

NOUNS = frozenset({"one", "many", "post"})
"""Forms whose head is a noun that may tell what is meant."""
BEFORE, BEHIND = 30, 40
"""Characters around a name in which a noun may tell what it is."""
CLOSING = "'’,.—"
"""Signs that may follow a name."""


@dataclass(slots=True)
class Scene:
    """What is the same for all who may be meant by an anaphor, and how many of each kind came nearer."""

    anaphor: Anaphor
    ruled: Collection[str]
    speaker: str | None
    speakers: Collection[str]
    form: str
    article: str
    paragraph: int
    sentence: int
    classes: Counter[str]
    nearer: Counter[str] = field(default_factory=Counter)

    @property
    def state(self) -> DiscourseState:
        """What the text has told so far."""
        return self.anaphor.context.state


def of_post(
    weights: Weights,
    context: ParagraphContext,
    place: int,
    ruled: Mention | None,
) -> Mention | None:
    """Whose a post is where rules know nobody, by the place of the word that points back to it: "its", "union"."""
    anaphor = anaphor_of_post(context, place) if ruled is None else None
    if anaphor is None:
        return ruled
    named = referent(weights, anaphor, ())
    return named[0] if named else None


def referent(
    weights: Weights, anaphor: Anaphor, ruled: Sequence[Mention]
) -> Sequence[Mention]:
    """Whom an anaphor means, as weights have it: those whom rules name, somebody else who is likelier, or nobody.

    Whom rules take a noun for stays.
    """
    named = candidates(anaphor)
    by_rules = frozenset(mention.entity for mention in ruled)
    is_noun = by_rules and anaphor.token is not None and not anaphor.is_pronoun
    if not named or is_noun or by_rules - {one.name for one in named}:
        return ruled
    likely = shares(weights, shown(anaphor, named, by_rules))
    ours = sum(
        share
        for candidate, share in zip(named, likely, strict=False)
        if candidate.name in by_rules
    )
    best = max(range(len(named)), key=likely.__getitem__)
    least = LIKELY if anaphor.is_pronoun else TELLING
    if likely[best] >= least and likely[best] > ours + CLEARLY:
        return (named[best].last,)
    return ruled if ours >= HARDLY else ()


LIKELY, TELLING = 0.45, 0.6
"""How likely somebody must be to be meant by a pronoun, and by a noun, which others may be, or by a quotation."""
CLEARLY, HARDLY = 0.1, 0.1
"""How much likelier than whom rules name somebody must be, and how likely those must be to stay."""


def shares(weights: Weights, rows: Sequence[Collection[str]]) -> list[float]:
    """How likely each is meant, given what he shows; the last row is nobody."""
    scores = weights.scores_of(rows)
    highest = max(scores)
    parts = [math.exp(score - highest) for score in scores]
    return [part / sum(parts) for part in parts]


def shown(
    anaphor: Anaphor, named: Sequence[Candidate], ruled: Collection[str]
) -> list[set[str]]:
    """What each candidate shows of being meant, one after the other, and last what speaks for nobody."""
    state = anaphor.context.state
    spoken = [name for at, name in state.heard.items() if at < anaphor.place]
    scene = Scene(
        anaphor,
        ruled,
        spoken[-1] if spoken else None,
        frozenset(spoken),
        anaphor.form,
        anaphor.article,
        state.text.rfind("\n", 0, anaphor.place) + 1,
        anaphor.sentence,
        Counter(candidate.cls for candidate in named),
    )
    rows = [
        _row(scene, number, candidate) for number, candidate in enumerate(named)
    ]
    return [*rows, set(_of_nobody(scene, len(named)))]


def _of_nobody(scene: Scene, number: int) -> Iterator[str]:
    form, token = scene.form, scene.anaphor.token
    yield "nobody"
    yield f"nobody {form}"
    yield f"nobody {form} of {min(number, 4)}"
    yield f"nobody {form} ruled={bool(scene.ruled)}"
    yield f"nobody {form} {scene.article}"
    if token is not None:
        yield f"nobody {form} word={token.lower_}"
        yield f"nobody {form} part={token.dep_}"


def _row(scene: Scene, number: int, candidate: Candidate) -> set[str]:
    """What a candidate shows, the most of it apart for each form of anaphor."""
    form = scene.form
    far = _sentences_between(scene, candidate)
    where = _where(scene, candidate)
    nth = min(scene.nearer[candidate.cls], 3)
    scene.nearer[candidate.cls] += 1
    general = [
        *_of_place(scene, candidate, number, nth, far),
        f"where={where}",
    ]
    own = [*general, *_of_part(scene, candidate, nth, far, where)]
    own += _of_name(scene, candidate)
    if scene.anaphor.token is not None:
        own += _of_verb(scene, candidate, scene.anaphor.token, where)
        if form in NOUNS:
            own += _of_noun(scene, candidate, scene.anaphor.token, far)
    return {*general, *(f"{form}:{feature}" for feature in own)}


def _sentences_between(scene: Scene, candidate: Candidate) -> int:
    """Sentences and paragraphs that end between a name and an anaphor, six at most."""
    text, span = scene.state.text, (candidate.last.end, scene.anaphor.place)
    return min(text.count(". ", *span) + text.count("\n\n", *span), 6)


def _where(scene: Scene, candidate: Candidate) -> str:
    if candidate.last.start >= scene.sentence:
        return "sentence"
    near = candidate.last.start >= scene.paragraph
    return "paragraph" if near else "before"


def _of_place(
    scene: Scene, candidate: Candidate, number: int, nth: int, far: int
) -> Iterator[str]:
    """How near a candidate is, among all and among his like."""
    cls = candidate.cls
    yield f"cls={cls}"
    yield f"number={min(number, 5)}"
    yield f"nth={nth}"
    yield f"cls={cls} nth={nth}"
    yield f"nth={nth} of {min(scene.classes[cls], 4)}"
    by_rules = "own" if candidate.name in scene.ruled else "other"
    yield f"ruled={by_rules if scene.ruled else 'none'}"
    yield f"far={far}"


def _of_part(
    scene: Scene, candidate: Candidate, nth: int, far: int, where: str
) -> Iterator[str]:
    """What part a candidate plays: leads sentences, speaks, is often named."""
    state = scene.state
    leads = candidate.last.start in state.subjects
    spoke = "never"
    if candidate.name in scene.speakers:
        spoke = "last" if candidate.name == scene.speaker else "before"
    yield f"where={where} cls={candidate.cls}"
    yield f"times={min(len(candidate.mentions), 4)}"
    yield f"first={candidate.mentions[0].start == state.recent[0].start}"
    yield f"leads={leads}"
    yield f"leads={leads} where={where}"
    yield f"leads={leads} far={min(far, 3)}"
    led = any(mention.start in state.subjects for mention in candidate.mentions)
    yield f"led={led}"
    yield f"spoke={spoke}"
    yield f"spoke={spoke} where={where}"
    yield f"spoke={spoke} leads={leads}"
    yield f"spoke={spoke} nth={nth}"
    yield f"quoted={candidate.last.start in state.quoted}"
    article = scene.article
    yield f"{article} cls={candidate.cls}"
    yield f"{article} nth={nth} leads={leads}"


def _of_name(scene: Scene, candidate: Candidate) -> Iterator[str]:
    """Which pronoun a candidate goes by, and what follows his name."""
    state, last, form = scene.state, candidate.last, scene.form
    if form in PERSONAL and candidate.cls == "Person":
        known = state.goes_by(last)
        own = "same" if known == form else "other"
        yield f"goes={own if known is not None else 'unknown'}"
    behind = state.text[last.end : last.end + 1]
    yield f"behind={behind if behind in CLOSING else 'word'}"
    if form == "quote":
        before = state.text[
            max(0, scene.anaphor.place - 3) : scene.anaphor.place
        ]
        yield f"colon={':' in before} leads={last.start in state.subjects}"


def _of_verb(
    scene: Scene, candidate: Candidate, token: "Token", where: str
) -> Iterator[str]:
    """What an anaphor does, and how a candidate of its sentence stands to it."""
    verb, cls = token.head.lemma_.lower(), candidate.cls
    says = (verb, "verb") in scene.state.lexicon.cues
    yield f"part={token.dep_} where={where}"
    yield f"verb={verb} cls={cls}"
    yield f"says={says} cls={cls}"
    yield f"says={says} spoke last={candidate.name == scene.speaker}"
    other = scene.anaphor.context.token(candidate.last)
    if other is None or other.sentence is not token.sentence:
        return
    if other.head is token.head:
        yield f"beside {other.dep_}"
    elif other.head in token.ancestors:
        yield f"above {other.dep_}"
    else:
        yield f"apart {other.dep_}"


def _of_noun(
    scene: Scene, candidate: Candidate, token: "Token", far: int
) -> Iterator[str]:
    """Whether a noun may tell what a candidate is: by what stands beside his name, in it, or by his class."""
    noun, cls, state = token.lemma_.lower(), candidate.cls, scene.state
    yield f"noun={noun} cls={cls}"
    yield f"ends={noun[-3:]} cls={cls}"
    yield f"ends={noun[-2:]} cls={cls}"
    told = {noun, token.lower_} & state.trades.get(candidate.name, set())
    in_name, beside = (
        noun in candidate.name.lower(),
        noun in _beside(state, candidate),
    )
    wanted = state.lexicon.roles.get(token.lower_, ())
    fits = f"fits={cls in wanted}" if wanted else "fits=unknown"
    bond = "told" if told or in_name or beside else fits
    nth = min(scene.nearer[bond], 2)
    scene.nearer[bond] += 1
    leads = candidate.last.start in state.subjects
    yield f"told={bool(told)}"
    yield f"in name={in_name}"
    yield f"beside={beside}"
    yield fits
    yield f"{bond}"
    yield f"{bond} noun={noun}"
    yield f"{bond} {scene.article}"
    yield f"{bond} nth={nth}"
    yield f"{bond} nth={nth} far={min(far, 3)}"
    yield f"{bond} nth={nth} leads={leads}"


def _beside(state: DiscourseState, candidate: Candidate) -> set[str]:
    """The words close beside the first two places of a name."""
    words: set[str] = set()
    for mention in candidate.mentions[:2]:
        start, end = max(0, mention.start - BEFORE), mention.end + BEHIND
        near = f"{state.text[start : mention.start]} {state.text[mention.end : end]}"
        words.update(word.strip(".,;:”“\"'’") for word in near.lower().split())
    return words
