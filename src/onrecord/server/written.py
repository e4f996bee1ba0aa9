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
    """The tokens but comments; one with an escape is stray, since it may be another word or name than it seems.

    In a string an escape is harmless: the engine reads it where it stands, and a quotation mark so made ends nothing.
    """
    for match in TOKEN.finditer(update):
        kind, text = str(match.lastgroup), match[0]
        if "\\" in text and kind != "string":
            yield "stray", text
        elif kind != "comment":
            yield kind, text


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
