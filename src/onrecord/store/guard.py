r"""Reads a query's tokens and refuses what would change the graph or reach the network.

Oxigraph has no switch for SERVICE, so the text is judged, also where a word is spelt with the `\u` escapes of SPARQL
1.1, section 19.2. No token is read twice, however hostile the text: quantifiers that could give back are possessive,
and a stray quotation mark ends the reading.
"""

import re
from collections.abc import Iterator

from onrecord.model.errors import BadQuery

TOKEN = re.compile(
    r"""
      (?P<comment>\#[^\n\r]*+)
    | (?P<iri><[^<>"{}|^`\x00-\x20]*+>)
    | (?P<string>"{3}(?:"{0,2}+(?:[^"\\]|\\.))*+"{3} | '{3}(?:'{0,2}+(?:[^'\\]|\\.))*+'{3}
        | "(?:[^"\\\n\r]|\\.)*+" | '(?:[^'\\\n\r]|\\.)*+')
    | (?P<stray>["'\\])
    | (?P<variable>[?$]\w++)
    | (?P<language>@[A-Za-z]++(?:-[A-Za-z0-9]++)*+)
    | (?P<prefix>[^\W\d_][\w.-]*+(?=:))
    | (?P<local>:(?:[\w:.-]|%[0-9A-Fa-f]{2}|\\[_~.!$&'()*+,;=/?\#@%-])*+)
    | (?P<word>[^\W\d_][\w.-]*+)
    """,
    re.VERBOSE | re.DOTALL,
)
ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
ASKING = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
CHANGING = frozenset(
    {
        "INSERT",
        "DELETE",
        "LOAD",
        "CLEAR",
        "CREATE",
        "DROP",
        "COPY",
        "MOVE",
        "ADD",
        "WITH",
    }
)
LAST_CODE_POINT = 0x10FFFF


def form(query: str) -> str:
    """SELECT, ASK, CONSTRUCT or DESCRIBE; raises BadQuery for an update and for what is neither."""
    first = next(
        (
            text
            for kind, text in _tokens(query)
            if kind == "word" and text in ASKING | CHANGING
        ),
        None,
    )
    if first in CHANGING:
        message = (
            f"{first} would change the graph, and a query only "
            "asks; statements come in with `onrecord add`"
        )
        raise BadQuery(message)
    if first is None:
        message = "no SELECT, ASK, CONSTRUCT or DESCRIBE in the query"
        raise BadQuery(message)
    return first


def names_graphs(query: str) -> bool:
    """Whether the query says by FROM which graphs it asks."""
    return any(
        kind == "word" and text.startswith("FROM")
        for kind, text in _tokens(query)
    )


def refuse_network(
    query: str,
    hint: str = "allow it with --allow-network if that is what you want",
) -> None:
    """Raises BadQuery where the query may reach the network from inside the engine; `hint` ends the message.

    This is the word to the person. What keeps the engine from the network is `workspace/offline.py`.
    """
    _refuse("SERVICE", query, f"reaches the network; {hint}")


def refuse_loading(update: str, *, but_silent: bool = False) -> None:
    """Raises BadQuery where an update may reach the network or a file from inside the engine.

    With `but_silent` a LOAD SILENT is let through: for an engine that opens no socket, where it succeeds and loads
    nothing (SPARQL 1.1 Update, section 3.1.4).
    """
    why = "reaches the network, and this server reaches no other one"
    _refuse("LOAD", update, why, but_silent=but_silent)
    _refuse("SERVICE", update, why)


def _refuse(
    word: str, feature: str, why: str, *, but_silent: bool = False
) -> None:
    for text in dict.fromkeys((feature, ESCAPE.sub(_character, feature))):
        if word in text.upper() and _calls(word, text, but_silent=but_silent):
            message = f"{word} {why}"
            raise BadQuery(message)


def _calls(word: str, text: str, *, but_silent: bool) -> bool:
    from onrecord.store import calls  # noqa: PLC0415  for the few queries that have the word

    if word == "LOAD":
        return calls.calls_load(text, but_silent=but_silent)
    return calls.calls_service(text)


def _tokens(query: str) -> Iterator[tuple[str, str]]:
    """Kind and text, in capitals, of each token up to a stray quotation mark, which no query survives."""
    for token in TOKEN.finditer(query):
        kind = str(token.lastgroup)
        if kind == "stray":
            return
        yield kind, token[0].upper()


def _character(escape: re.Match[str]) -> str:
    code = int(escape[1] or escape[2], 16)
    return chr(code) if code <= LAST_CODE_POINT else ""
