"""The prefixes of a query: those that it uses and does not declare are written in front of it."""

from collections.abc import Iterator, Mapping

from onrecord.store.guard import TOKEN


def declared(query: str, known: Mapping[str, str]) -> str:
    """The query with a PREFIX for each known one that it uses, on its first line, so that lines keep their numbers."""
    used, has = _prefixes(query)
    lines = "".join(
        f"PREFIX {name}: <{iri}> "
        for name, iri in known.items()
        if name in used - has
    )
    return lines + query


def _prefixes(query: str) -> tuple[set[str], set[str]]:
    """The prefixes that a query uses, and those that it declares (SPARQL 1.1, section 4.1.1)."""
    used: set[str] = set()
    has: set[str] = set()
    word = ""
    for kind, text in _tokens(query):
        if kind == "prefix":
            (has if word == "PREFIX" else used).add(text)
        word = text.upper() if kind == "word" else ""
    return used, has


def _tokens(query: str) -> Iterator[tuple[str, str]]:
    """Words and prefixes; a local name with nothing before its colon has the empty prefix."""
    end = -1
    for token in TOKEN.finditer(query):
        kind = str(token.lastgroup)
        if kind == "local":
            if token.start() != end:
                yield "prefix", ""
        elif kind == "prefix":
            end = token.end()
            yield kind, token[0]
        elif kind != "comment":
            yield kind, token[0]
