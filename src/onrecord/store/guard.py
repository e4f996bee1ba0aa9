r"""Reads a query's tokens and refuses what would change the graph or reach the network.

Oxigraph has no switch for SERVICE, so the word is looked for where it is a word: not in comments, strings, IRIs, local
names or variables, and also where it is spelt with the `\u` escapes of SPARQL 1.1, section 19.2. Oxigraph wants no
space after a keyword (`SERVICESILENT:endpoint{…}` is one more spelling), so a word or a prefix that holds it will do.
No token is read twice, however hostile the text: quantifiers that could give back are possessive, and a stray
quotation mark ends the reading.
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
        message = f"{first} would change the graph, and a query only asks; statements come in with `onrecord add`"
        raise BadQuery(message)
    if first is None:
        message = "no SELECT, ASK, CONSTRUCT or DESCRIBE in the query"
        raise BadQuery(message)
    return first


def names_graphs(query: str) -> bool:
    """Whether the query says by FROM which graphs it asks."""
    return any(
        kind == "word" and text.startswith("FROM") for kind, text in _tokens(query)
    )


def refuse_network(
    query: str, hint: str = "allow it with --allow-network if that is what you want"
) -> None:
    """Raises BadQuery where the query would reach the network from inside the engine; `hint` ends the message."""
    _refuse("SERVICE", query, f"reaches the network; {hint}")


def refuse_loading(update: str) -> None:
    """Raises BadQuery where an update would reach the network or a file from inside the engine.

    LOAD begins an operation, so that no word stands glued before it; one may behind it (`LOADSILENT<…>`).
    """
    _refuse(
        r"\ALOAD|SERVICE",
        update,
        "reaches the network, and this server reaches no other one",
    )


def _refuse(words: str, asked: str, why: str) -> None:
    for text in dict.fromkeys((asked, ESCAPE.sub(_character, asked))):
        for kind, token in _tokens(text):
            found = re.search(words, token) if kind in {"word", "prefix"} else None
            if found:
                message = f"{found[0]} {why}"
                raise BadQuery(message)


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
