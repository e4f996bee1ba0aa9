"""Writes the graphs that a request names into an update, as its USING clauses (SPARQL 1.1 Protocol, section 2.2.3).

The engine takes a query's graphs by its own parameters, and an update's from its text alone. The text is read token by
token; a word that this reader does not know at the outermost level is refused, since it could hide a clause.
"""

from collections.abc import Iterator, Sequence

from onrecord.model.errors import BadQuery
from onrecord.store.guard import TOKEN

WORDS = frozenset(
    {
        "PREFIX",
        "BASE",
        "INSERT",
        "DELETE",
        "DATA",
        "WHERE",
        "CLEAR",
        "DROP",
        "CREATE",
        "ADD",
        "MOVE",
        "COPY",
    }
    | {"SILENT", "GRAPH", "DEFAULT", "NAMED", "ALL", "TO", "A"}
)
CONFLICTS = ("WITH", "USING")


def with_graphs(
    update: str, default: Sequence[str], named: Sequence[str]
) -> str:
    """The update with `USING` and `USING NAMED` before each WHERE; raises BadQuery where it says WITH or USING itself.

    `DELETE WHERE { … }`, which takes no USING, is written as the `DELETE { … } WHERE { … }` that it stands for
    (SPARQL 1.1 Update, section 3.1.3.3).
    """
    clauses = "".join(f"USING <{iri}> " for iri in default) + "".join(
        f"USING NAMED <{iri}> " for iri in named
    )
    parts, last = [], 0
    for start, before, end in _places(update):
        pattern = (
            f"{update[start + len('WHERE') : end]} "
            if before == "DELETE"
            else ""
        )
        parts += [update[last:start], pattern, clauses]
        last = start
    return "".join([*parts, update[last:]])


def _places(update: str) -> Iterator[tuple[int, str, int]]:
    """Where each outermost WHERE begins, the word before it, and where the group after it ends."""
    depth, word, waiting = 0, "", None
    for start, kind, text in _tokens(update):
        if text == "{":
            depth += 1
        elif text == "}":
            depth -= 1
            if depth == 0 and waiting is not None:
                yield *waiting, start + 1
                waiting = None
            word = "}" if depth == 0 else word
        elif depth == 0 and kind in {"word", "prefix"}:
            _require_known(text, kind)
            if text == "WHERE":
                waiting = (start, word)
            word = text
    if waiting is not None:
        message = "an update whose WHERE has no end"
        raise BadQuery(message)


def _require_known(text: str, kind: str) -> None:
    if text.startswith(CONFLICTS):
        message = f"the update says {text} itself, and the request names graphs too (SPARQL 1.1 Protocol, section 2.2.3)"  # noqa: E501
        raise BadQuery(message)
    if kind == "word" and text not in WORDS:
        message = (
            f"{text} is not expected here; where a request "
            "names graphs, write each keyword by itself"
        )
        raise BadQuery(message)


def _tokens(update: str) -> Iterator[tuple[int, str, str]]:
    """Place, kind and text (in capitals) of each token and of each brace."""
    at = 0
    while at < len(update):
        token = TOKEN.match(update, at)
        if token is None:
            if update[at] in "{}":
                yield at, "brace", update[at]
            at += 1
            continue
        if token.lastgroup == "stray":
            message = (
                "a string without an end, or an escape outside strings and IRIs"
            )
            raise BadQuery(message)
        yield at, str(token.lastgroup), token[0].upper()
        at = token.end()
