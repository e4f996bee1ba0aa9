"""Which graphs an update writes into, as far as its text alone tells.

The text is read token by token. Where it names a graph by a variable, or speaks of all
graphs, it may write into any.
"""

from collections.abc import Iterator

from onrecord.model.iris import PREFIXES
from onrecord.store.guard import TOKEN

UNBOUNDED = frozenset(
    {
        "ALL",
        "NAMED",
        "DEFAULT",
        "ADD",
        "MOVE",
        "COPY",
        "LOAD",
        "INTO",
        "BASE",
        "PREFIX",
    }
)
"""Words after which the names of graphs do not tell what is written, or are not what they seem."""
NAMING = frozenset({"GRAPH", "WITH"})
UNNAMED = ""
Token = tuple[str, str]


def written_graphs(update: str) -> frozenset[str] | None:
    """The only graphs that an update may write into, the unnamed one ("") always among them; None for any graph."""
    if (
        "\\" in update
    ):  # an escape may stand in a keyword or a name (SPARQL 1.1, section 19.2)
        return None
    names = {UNNAMED}
    tokens = _tokens(update)
    for kind, text in tokens:
        word = text.upper() if kind == "word" else ""
        if word in UNBOUNDED or kind == "stray":
            return None
        if word in NAMING:
            name = _name(tokens)
            if name is None:
                return None
            names.add(name)
    return frozenset(names)


def _tokens(update: str) -> Iterator[Token]:
    matches = (
        (str(match.lastgroup), match[0]) for match in TOKEN.finditer(update)
    )
    return (token for token in matches if token[0] != "comment")


def _name(tokens: Iterator[Token]) -> str | None:
    """The graph that the next tokens name; None where they name none, or one that depends on more than them."""
    kind, text = next(tokens, ("", ""))
    if kind == "iri":
        iri = text[1:-1]
        return iri if ":" in iri else None
    prefix = ""
    if kind == "prefix":
        prefix = text
        kind, text = next(tokens, ("", ""))
    if kind != "local" or prefix not in PREFIXES:
        return None
    return PREFIXES[prefix] + text[1:]
