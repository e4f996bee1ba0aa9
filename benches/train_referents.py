"""Makes `ontology/lexicon/weights-referents.tsv`: whom a pronoun, a role or a quotation without a name stands for.

From the texts that benches/train.py reads, as the rules alone read them: a clause that bears a coded statement, and has
no name in the words for who speaks or acts, teaches which of those named before was meant. Softmax over these and
nobody by L-BFGS, always the same. Run before benches/train.py, whose clauses have the actors that these weights find.
"""

from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from benches.train import (
    LEAST,
    SMALLEST,
    TINY,
    Code,
    Text,
    borne_by,
    is_same,
    label,
    matrix,
    read_texts,
    write_weights,
)
from onrecord.extract.rules.anaphors import (
    Anaphor,
    anaphor_of,
    anaphor_of_post,
    candidates,
)
from onrecord.extract.rules.clauses import Clause
from onrecord.extract.rules.collecting import HELD
from onrecord.extract.rules.contexts import ParagraphContext
from onrecord.extract.rules.mentions import Mention
from onrecord.extract.rules.referents import shown
from onrecord.extract.rules.role_mentions import role_mentions
from onrecord.extract.rules.weights import Weights

PENALTY, ROUNDS = 3.0, 200
MEANT = "meant"


@dataclass(frozen=True, slots=True)
class Example:
    """What each of those who may be meant shows, nobody last, and whether he is."""

    rows: Sequence[set[str]]
    meant: Sequence[bool]


def main() -> None:
    """Reads all texts, and writes the table."""
    examples = [
        example
        for text in read_texts(refers=False)
        for example in examples_of(text)
    ]
    print(f"{len(examples):,} words without a name")
    write_weights("referents", fitted(examples))


def examples_of(text: Text) -> Iterator[Example]:
    """What the clauses of a text teach, each anaphor once."""
    codes = [code for code in text.codes if code.place[0] >= 0]
    borne = borne_by(text.builder.clauses, codes, text.registry)
    seen: set[tuple[int, str]] = set()
    for number, clause in enumerate(text.builder.clauses):
        code, anaphor = borne.get(number), _anaphor(clause)
        if code is None or anaphor is None:
            continue
        if (anaphor.place, anaphor.form) in seen:
            continue
        seen.add((anaphor.place, anaphor.form))
        example = _example(text, clause, anaphor, code)
        if example is not None:
            yield example
    contexts = {id(one.context): one.context for one in text.builder.clauses}
    for context in contexts.values():
        yield from _posts(text, context)


def _posts(text: Text, context: ParagraphContext) -> Iterator[Example]:
    """What the posts of a paragraph teach whose employer stands elsewhere."""
    asked: list[tuple[int, Mention, Mention | None]] = []

    def refers(
        _: ParagraphContext, place: int, person: Mention, ruled: Mention | None
    ) -> Mention | None:
        asked.append((place, person, ruled))
        return ruled

    deque(role_mentions(context, refers), maxlen=0)
    for place, person, ruled in asked:
        anaphor = anaphor_of_post(context, place)
        aims = [
            code.aim
            for code in text.codes
            if code.relation in HELD and _is_of(text, code, person)
        ]
        if anaphor is None or not aims:
            continue
        named = candidates(anaphor)
        meant = [
            any(is_same(aim, label(text, one.name)) for aim in aims)
            for one in named
        ]
        by_rules = frozenset({ruled.entity} if ruled is not None else ())
        if named:
            rows = shown(anaphor, named, by_rules)
            yield Example(rows, [*meant, not any(meant)])


def _is_of(text: Text, code: Code, person: Mention) -> bool:
    return any(is_same(name, label(text, person.entity)) for name in code.names)


def _anaphor(clause: Clause) -> Anaphor | None:
    """The words of a clause for who speaks or acts, if they have no name."""
    if clause.source is not None:
        return anaphor_of(clause.context, clause.source, clause.actors)
    if clause.draft is None or clause.draft.source:
        return None
    place = min(start for start, _ in clause.draft.content)
    return Anaphor(clause.context, None, place)


def _example(
    text: Text, clause: Clause, anaphor: Anaphor, code: Code
) -> Example | None:
    """Who is meant; None where nobody can be, or an owner is not whom the code means ("its head, Ada Example")."""
    named = candidates(anaphor)
    meant = [
        any(is_same(name, label(text, one.name)) for name in code.names)
        for one in named
    ]
    if not named or (clause.kind == "noun" and not any(meant)):
        return None
    ruled = frozenset(mention.entity for mention in clause.actors)
    return Example(shown(anaphor, named, ruled), [*meant, not any(meant)])


def fitted(examples: Sequence[Example]) -> Weights:
    """The weights of features that are seen often enough, without the smallest."""
    seen = Counter(
        name for example in examples for row in example.rows for name in row
    )
    known = sorted(name for name, times in seen.items() if times > LEAST)
    rows = [row for example in examples for row in example.rows]
    meant = np.array(
        [share for example in examples for share in example.meant], dtype=bool
    )
    ends = np.cumsum([0, *(len(example.rows) for example in examples)])
    weights = _regression(matrix(rows, known), meant, ends)
    pairs = zip(known, weights.round(2).tolist(), strict=True)
    kept = {
        name: ((MEANT, weight),)
        for name, weight in pairs
        if abs(weight) >= SMALLEST
    }
    return Weights(kept, {MEANT: 0.0})


def _regression(
    shown: csr_matrix, meant: np.ndarray, ends: np.ndarray
) -> np.ndarray:
    """Softmax regression over the candidates of each example, of whom several may be right, from weights of zero."""
    turned, starts = shown.T.tocsr(), ends[:-1]
    sizes = np.diff(ends)

    def loss(values: np.ndarray) -> tuple[float, np.ndarray]:
        scores = shown @ values
        highest = np.repeat(np.maximum.reduceat(scores, starts), sizes)
        parts = np.exp(scores - highest)
        shares = parts / np.repeat(np.add.reduceat(parts, starts), sizes)
        right = np.where(meant, shares, 0.0)
        total = np.add.reduceat(right, starts) + TINY
        error = shares - right / np.repeat(total, sizes)
        slope = turned @ error + PENALTY * values
        return -np.log(total).sum() + PENALTY / 2 * (values**2).sum(), slope

    start = np.zeros(shown.shape[1])
    options = {"maxiter": ROUNDS}
    best = minimize(loss, start, jac=True, method="L-BFGS-B", options=options)
    return best.x


if __name__ == "__main__":
    main()
