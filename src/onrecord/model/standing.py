"""Which statements count: those that no review has rejected, and no later reading superseded."""

HIDDEN = frozenset({"rejected", "superseded"})
"""The status of statements that do not count."""
STANDING = "FILTER (?status NOT IN (code:rejected, code:superseded))"
"""What leaves them out of a query in which `?status` is a statement's `:reviewStatus`."""
