"""What weights and encoder hold together: the weighted geometric mean of their shares (a logarithmic opinion pool)."""

from collections.abc import Mapping

Shares = Mapping[str, float]
"""How likely each label of a table is."""
View = Mapping[str, Shares]
"""What an encoder holds of a clause: shares, by the table's name."""

SEEN = {"clauses": 0.65, "relations": 0.7, "topics": 0.4, "stances": 0.4}
"""How much the encoder counts beside the weights, by table: the best on hands that neither was taught by."""
TINY = 1e-9


def mixed(table: str, shares: Shares, view: View | None) -> Shares:
    """The shares of a table's labels, those of the encoder counted in where it has a view."""
    if view is None:
        return shares
    own, seen = 1 - SEEN[table], view[table]
    parts = {
        label: (share + TINY) ** own
        * (seen.get(label, 0.0) + TINY) ** SEEN[table]
        for label, share in shares.items()
    }
    total = sum(parts.values())
    return {label: part / total for label, part in parts.items()}
