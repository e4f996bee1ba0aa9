"""What the statements behind a link say together: their stance, how many of each, from when to when."""

from collections import Counter
from collections.abc import Mapping

from onrecord.networks.model import EdgeStatement, Link

STANCES = ("supportive", "critical", "conditional", "neutral")
MIXED = "mixed"
FIELDS = ("stance", *STANCES, "sources", "first", "last")
"""The names of what `summary` says, in its order."""


def summary(link: Link, proofs: Mapping[str, EdgeStatement]) -> dict[str, str | int]:
    """The link's statements in figures, as attributes of an edge.

    `stance` is that of most statements, "mixed" where two are as frequent, "" where none takes one; `first` and
    `last` are the earliest and latest date as precise as known, "" where all are undated.
    """
    own = [proofs[key] for key in link.evidence if key in proofs]
    counts = Counter(proof.stance for proof in own if proof.stance)
    dates = sorted(proof.date for proof in own if proof.date)
    return {
        "stance": _prevailing(counts),
        **{stance: counts[stance] for stance in STANCES},
        "sources": len({proof.document for proof in own}),
        "first": dates[0] if dates else "",
        "last": dates[-1] if dates else "",
    }


def _prevailing(counts: Counter[str]) -> str:
    best = counts.most_common(2)
    if not best:
        return ""
    is_even = len(best) > 1 and best[0][1] == best[1][1]
    return MIXED if is_even else best[0][0]
