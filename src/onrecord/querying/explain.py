"""A syntax error as a person reads it: the line, a caret under the place, and what is wrong there.

Oxigraph reads ahead as far as a keyword is long before it finds that the word is another, so the place that it names
may lie beyond the fault. It is therefore asked once more, with the query's tokens too far apart for that.
"""

import re
from collections.abc import Callable

from onrecord.store.guard import TOKEN

ENDLESS = "this string does not end (one of several lines takes three quotation marks)"
BRACKETS = frozenset("{}()[]")
FARTHER = 20
"""Spaces between tokens: more than the longest keyword of SPARQL, ENCODE_FOR_URI, has letters."""
PLACE = re.compile(
    r"error at (\d+):(\d+): (?:expected )?(?:one of )?(.*)", re.DOTALL
)
SENTENCE = re.compile(r"\w+(?: [\w*'-]+){2,}")


def explain(sparql: str, parse: Callable[[str], str | None]) -> str:
    """Explains why a query does not parse; `parse` gives the engine's message on a text, None where it parses."""
    for begin, end in _tokens(sparql):
        if sparql[begin:end] in {"'", '"'}:
            return _show(sparql, begin, ENDLESS)
    starts, apart = _apart(sparql)
    match = PLACE.match(parse(apart) or "")
    if not match:
        return f"this is no SPARQL: {parse(sparql)}"
    at = _offset(apart, int(match[1]), int(match[2]))
    start = max(
        (original for original, moved in starts if moved <= at), default=0
    )
    return _show(sparql, start, _what(sparql, start, match[3]))


def _apart(sparql: str) -> tuple[list[tuple[int, int]], str]:
    """The query with its tokens far apart, and where each token begins, before and after; its end is the last one."""
    starts, parts, length, last = [], [], 0, 0
    for begin, end in [*_tokens(sparql), (len(sparql), len(sparql))]:
        between = sparql[last:begin]
        # Space may only grow where there is some, or beside a bracket: elsewhere it could part a name.
        beside = {sparql[begin : begin + 1], sparql[last - 1 : last]}
        is_loose = bool(between) or not BRACKETS.isdisjoint(beside)
        parts.append(between + " " * FARTHER if is_loose else "")
        length += len(parts[-1])
        starts.append((begin, length))
        parts.append(sparql[begin:end])
        length += end - begin
        last = end
    return starts, "".join(parts)


def _tokens(sparql: str) -> list[tuple[int, int]]:
    """Begin and end of each token, and of each other character that is no space; a comment is none."""
    spans = []
    at = 0
    while at < len(sparql):
        token = TOKEN.match(sparql, at)
        end = token.end() if token else at + 1
        if token and token.lastgroup == "prefix":
            end = TOKEN.match(sparql, end).end()  # type: ignore[union-attr]  # its colon begins the local name
        if not (
            sparql[at].isspace() or (token and token.lastgroup == "comment")
        ):
            spans.append((at, end))
        at = end
    return spans


def _offset(text: str, line: int, column: int) -> int:
    return (
        sum(map(len, text.splitlines(keepends=True)[: line - 1])) + column - 1
    )


def _what(sparql: str, start: int, expected: str) -> str:
    """The engine's own sentence where it has one, since its lists of what it expected help nobody."""
    sentence = SENTENCE.search(expected)
    word = sparql[start : dict(_tokens(sparql)).get(start, start)]
    if sentence:
        reason = " ".join(sentence[0].split())
        return f"{reason}: {word}" if word else reason
    return (
        f"{word} is not expected here" if word else "the query ends too early"
    )


def _show(sparql: str, start: int, what: str) -> str:
    line = sparql.count("\n", 0, start) + 1
    begin = sparql.rfind("\n", 0, start) + 1
    shown = sparql[begin:].split("\n", 1)[0].rstrip("\r")
    lead = re.sub(r"[^\t]", " ", sparql[begin:start])
    return (
        f"line {line}, column {start - begin + 1}: {what}\n  {shown}\n  {lead}^"
    )
