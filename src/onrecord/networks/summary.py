"""What the statements behind a link say together: their stance, how many of each, from when to when."""

from collections import Counter
from collections.abc import Iterable, Mapping

from onrecord.networks.model import EdgeStatement, Link

STANCES = ("supportive", "critical", "conditional", "neutral")
MIXED = "mixed"
FIELDS = ("stance", *STANCES, "sources", "first", "last")
"""The names of what `summary` says, in its order."""


def summary(
    link: Link, proofs: Mapping[str, EdgeStatement]
) -> dict[str, str | int]:
    """The link's statements in figures, as attributes of an edge.

    `stance` is that of most statements, "mixed" where two are as frequent, "" where none takes one; `first` and
    `last` are the earliest and latest date as precise as known, "" where all are undated.
    """
    counts = Counter(dict.fromkeys(STANCES, 0))
    documents: set[str] = set()
    dates: list[str] = []
    for key in link.evidence:
        proof = proofs.get(key)
        if proof is None:
            continue
        documents.add(proof.document)
        if proof.stance:
            counts[proof.stance] += 1
        if proof.date:
            dates.append(proof.date)
    return {
        "stance": _prevailing(counts),
        **{stance: counts[stance] for stance in STANCES},
        "sources": len(documents),
        "first": min(dates, default=""),
        "last": max(dates, default=""),
    }


def stance_counts(proofs: Iterable[EdgeStatement], separator: str) -> str:
    """How many statements take which stance, in words: "critical 2, supportive 1"; "" where none takes one."""
    counts = Counter(proof.stance for proof in proofs if proof.stance)
    parts = [f"{stance} {count}" for stance, count in sorted(counts.items())]
    return separator.join(parts)


def _prevailing(counts: Counter[str]) -> str:
    (best, most), (_, next_most) = counts.most_common(2)
    if not most:
        return ""
    return MIXED if most == next_most else best
