"""Network → GEXF 1.3 for Gephi: every attribute, parallel edges, and when each edge stands.

An edge that is dated bears a spell for each of its times, so that Gephi's timeline plays it; one without any date
stands all the time.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

from onrecord.discourse.weighted import MeasuredNetwork, Spell, Value
from onrecord.formats.xml import sound
from onrecord.model.dates import last_day, ordinal
from onrecord.networks.model import Link, Node
from onrecord.networks.summary import FIELDS, STANCES, summary

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://gexf.net/1.3" version="1.3">\n'
NODE_FIELDS = ("type", "drawn_as", "aliases", "description")
EDGE_FIELDS = (
    "relation",
    "phrase",
    "family",
    "statements",
    "evidence",
    *FIELDS,
)
NUMBERS = {"statements", "sources", *STANCES}


def gexf(drawn: MeasuredNetwork) -> bytes:
    """The network in GEXF 1.3; raises BadGraph for a text that XML cannot hold. Source: the GEXF 1.3 primer."""
    return sound("".join(_lines(drawn)).encode(), "GEXF")


def _lines(drawn: MeasuredNetwork) -> Iterator[str]:
    measures = _measured(drawn)
    dynamic = ' mode="dynamic" timeformat="date"' if drawn.spells else ""
    yield HEAD
    title = escape(drawn.network.title)
    yield f"<meta><creator>onrecord</creator><description>{title}</description></meta>\n"
    direction = "directed" if drawn.directed else "undirected"
    yield f'<graph defaultedgetype="{direction}"{dynamic}>\n'
    yield from _attributes(
        "node", {**dict.fromkeys(NODE_FIELDS, "string"), **measures}
    )
    kinds = dict.fromkeys(EDGE_FIELDS, "string") | dict.fromkeys(
        NUMBERS, "integer"
    )
    yield from _attributes("edge", kinds)
    yield "<nodes>\n"
    for node in sorted(drawn.network.nodes.values(), key=lambda node: node.id):
        yield from _node(node, drawn.measures.get(node.id, {}))
    yield "</nodes>\n<edges>\n"
    for number, link in enumerate(drawn.network.links):
        key = (link.source, link.relation, link.target)
        facts = summary(link, drawn.network.proofs)
        spells = drawn.spells.get(key, ())
        yield from _edge(number, link, facts, drawn.weights[key], spells)
    yield "</edges>\n</graph>\n</gexf>\n"


def _measured(drawn: MeasuredNetwork) -> dict[str, str]:
    """The kind of each measure by its name."""
    kinds: dict[str, str] = {}
    for values in drawn.measures.values():
        for name, value in values.items():
            kinds[name] = _kind(value)
    return dict(sorted(kinds.items()))


def _kind(value: Value) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer"
    return "double" if isinstance(value, float) else "string"


def _attributes(cls: str, fields: Mapping[str, str]) -> Iterator[str]:
    yield f'<attributes class="{cls}">\n'
    for name, kind in fields.items():
        key = quoteattr(name)
        yield f"<attribute id={key} title={key} type={quoteattr(kind)}/>\n"
    yield "</attributes>\n"


def _node(node: Node, measures: Mapping[str, Value]) -> Iterator[str]:
    values = (
        node.type,
        node.drawn_as,
        "; ".join(node.aliases),
        node.description,
    )
    yield f"<node id={quoteattr(node.id)} label={quoteattr(node.label)}>"
    yield from _values(
        {**dict(zip(NODE_FIELDS, values, strict=True)), **measures}
    )
    yield "</node>\n"


def _edge(
    number: int,
    link: Link,
    facts: Mapping[str, str | int],
    weight: float,
    spells: tuple[Spell, ...],
) -> Iterator[str]:
    ends = f"source={quoteattr(link.source)} target={quoteattr(link.target)}"
    yield f'<edge id="{number}" {ends} label={quoteattr(link.label)} weight="{weight!r}">'
    values = (
        link.relation,
        link.phrase,
        link.family,
        len(link.evidence),
        " ".join(link.evidence),
        *facts.values(),
    )
    yield from _values(dict(zip(EDGE_FIELDS, values, strict=True)))
    if spells:
        yield f"<spells>{''.join(map(_spell, spells))}</spells>"
    yield "</edge>\n"


def _spell(spell: Spell) -> str:
    start, end = _day(spell.start), _day(spell.end, last=True)
    return f'<spell start="{start}" end="{end}"/>'


def _values(values: Mapping[str, Value]) -> Iterator[str]:
    yield "<attvalues>"
    for name, value in values.items():
        if value != "":
            text = quoteattr(_text(value))
            yield f"<attvalue for={quoteattr(name)} value={text}/>"
    yield "</attvalues>"


def _text(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _day(date: str, *, last: bool = False) -> str:
    """A date as precise as known as a whole day: the first, or the last that it may mean."""
    return dt.date.fromordinal(
        last_day(date) if last else ordinal(date)
    ).isoformat()
