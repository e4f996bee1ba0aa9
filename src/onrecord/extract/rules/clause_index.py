"""The clauses of a text by their words and places, so that what a rule has read finds its own."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from onrecord.extract.rules.choosing import shared
from onrecord.extract.rules.clauses import Clause
from onrecord.extract.rules.places import SpanIndex
from onrecord.extract.rules.proposals import DraftStatement
from onrecord.extract.rules.quotations import Span

SAME = 0.4
"""How much of its words a rule must have in common with a clause to be read of it."""


class ClauseIndex:
    """Finds clauses of one text, which are told by their number."""

    def __init__(self, clauses: Sequence[Clause]) -> None:
        """Keeps clauses by their cue and by their place."""
        self._clauses = clauses
        self._by_cue: defaultdict[int, list[int]] = defaultdict(list)
        self._by_place: SpanIndex[int] = SpanIndex()
        for number, clause in enumerate(clauses):
            self._by_place.add(clause.place, number)
            if clause.cue is not None:
                cue = clause.context.place(clause.cue)
                self._by_cue[cue].append(number)

    def of(self, draft: DraftStatement) -> int | None:
        """The clause that a rule has read: that of its word, else of most of its words."""
        by_word = self._by_cue.get(draft.cue, ())
        if by_word:
            return self._likest(by_word, draft.place)
        near = set(self._by_place.touching(draft.place))
        like = [
            number for number in near if self._alike(number, draft.place) > SAME
        ]
        return self._likest(like, draft.place) if like else None

    def _likest(self, numbers: Iterable[int], place: Span) -> int:
        """The clause with most words in common; of several the first."""
        return max(
            numbers, key=lambda number: (self._alike(number, place), -number)
        )

    def _alike(self, number: int, place: Span) -> float:
        """The share of a clause and a place that they have in common."""
        own = self._clauses[number].place
        longest = max(own[1] - own[0], place[1] - place[0], 1)
        return shared(own, place) / longest
