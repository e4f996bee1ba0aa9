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
EDGE_FIELDS = ("relation", "phrase", "family", "statements", "evidence", *FIELDS)
NUMBERS = {"statements", "sources", *STANCES}


def gexf(drawn: MeasuredNetwork) -> bytes:
    """The network in GEXF 1.3; raises BadGraph for a text that XML cannot hold. Source: the GEXF 1.3 primer."""
    return sound("".join(_lines(drawn)).encode(), "GEXF")


def _lines(drawn: MeasuredNetwork) -> Iterator[str]:
    measures = _measured(drawn)
    dynamic = ' mode="dynamic" timeformat="date"' if drawn.spells else ""
    yield HEAD
    yield f"<meta><creator>onrecord</creator><description>{escape(drawn.network.title)}</description></meta>\n"
    yield f'<graph defaultedgetype="{"directed" if drawn.directed else "undirected"}"{dynamic}>\n'
    yield from _attributes("node", {**dict.fromkeys(NODE_FIELDS, "string"), **measures})
    yield from _attributes(
        "edge",
        {name: "integer" if name in NUMBERS else "string" for name in EDGE_FIELDS},
    )
    yield "<nodes>\n"
    for node in sorted(drawn.network.nodes.values(), key=lambda node: node.id):
        yield from _node(node, drawn.measures.get(node.id, {}))
    yield "</nodes>\n<edges>\n"
    for number, link in enumerate(drawn.network.links):
        key = (link.source, link.relation, link.target)
        facts = summary(link, drawn.network.proofs)
        yield from _edge(
            number, link, facts, drawn.weights[key], drawn.spells.get(key, ())
        )
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
    return (
        "integer"
        if isinstance(value, int)
        else "double"
        if isinstance(value, float)
        else "string"
    )


def _attributes(cls: str, fields: Mapping[str, str]) -> Iterator[str]:
    yield f'<attributes class="{cls}">\n'
    for name, kind in fields.items():
        yield f"<attribute id={quoteattr(name)} title={quoteattr(name)} type={quoteattr(kind)}/>\n"
    yield "</attributes>\n"


def _node(node: Node, measures: Mapping[str, Value]) -> Iterator[str]:
    values = (node.type, node.drawn_as, "; ".join(node.aliases), node.description)
    yield f"<node id={quoteattr(node.id)} label={quoteattr(node.label)}>"
    yield from _values({**dict(zip(NODE_FIELDS, values, strict=True)), **measures})
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
        times = (
            f'<spell start="{_day(spell.start)}" end="{_day(spell.end, last=True)}"/>'
            for spell in spells
        )
        yield f"<spells>{''.join(times)}</spells>"
    yield "</edge>\n"


def _values(values: Mapping[str, Value]) -> Iterator[str]:
    shown = ((name, value) for name, value in values.items() if value != "")
    pairs = "".join(
        f"<attvalue for={quoteattr(name)} value={quoteattr(_text(value))}/>"
        for name, value in shown
    )
    yield f"<attvalues>{pairs}</attvalues>"


def _text(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _day(date: str, *, last: bool = False) -> str:
    """A date as precise as known as a whole day: the first, or the last that it may mean."""
    return dt.date.fromordinal(last_day(date) if last else ordinal(date)).isoformat()
