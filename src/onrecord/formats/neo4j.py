"""Network → CSV files for Neo4j and the Cypher script that loads them."""

import csv
import io
import re
from collections.abc import Iterable
from operator import attrgetter

from onrecord.discourse.weighted import MeasuredNetwork
from onrecord.formats.lists import node_cells
from onrecord.networks.model import Link

Row = tuple[object, ...]
WORD = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=.)(?=[A-Z][a-z])")
"""Where a word of a relation's key begins."""

CYPHER = """\
// Loads {nodes} and {links}, which lie in Neo4j's import folder. Running it again changes nothing.
CREATE CONSTRAINT onrecord_id IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE;
LOAD CSV WITH HEADERS FROM 'file:///{nodes}' AS row
MERGE (n:Entity {{id: row.id}})
SET n.name = row.name, n.type = row.type, n.drawnAs = row.drawn_as,
    n.aliases = [each IN split(row.aliases, ';') WHERE each <> ''], n.description = row.description;
{loads}"""
LOAD = """\
LOAD CSV WITH HEADERS FROM 'file:///{links}' AS row
WITH row WHERE row.relation = '{relation}'
MATCH (a:Entity {{id: row.source}}), (b:Entity {{id: row.target}})
MERGE (a)-[r:{name}]->(b)
SET r.label = row.label, r.family = row.family, r.weight = toFloat(row.weight), r.stances = row.stances,
    r.statements = split(row.evidence, ' ');
"""


NODE = ("id", "name", "type", "drawn_as", "aliases", "description")
LINK = (
    *("source", "target", "relation", "label", "family", "weight"),
    *("stances", "evidence"),
)


def neo4j(
    drawn: MeasuredNetwork,
    nodes_file: str = "nodes.csv",
    links_file: str = "links.csv",
) -> list[bytes]:
    """A Cypher script that needs no plug-in, and the two files that it loads by these names.

    Source: the Cypher manual, "LOAD CSV".
    """
    network = drawn.network
    nodes = sorted(network.nodes.values(), key=attrgetter("id"))
    relations = sorted({link.relation for link in network.links})
    return [
        _script(relations, nodes_file, links_file).encode(),
        _csv(NODE, (node_cells(node, ";") for node in nodes)),
        _csv(LINK, (_link_row(link, drawn) for link in network.links)),
    ]


def _link_row(link: Link, drawn: MeasuredNetwork) -> Row:
    proofs = drawn.network.proofs
    stances = {proofs[key].stance for key in link.evidence}
    return (
        link.source,
        link.target,
        link.relation,
        link.label,
        link.family,
        drawn.weights[link.source, link.relation, link.target],
        ";".join(sorted(filter(None, stances))),
        " ".join(link.evidence),
    )


def _script(relations: Iterable[str], nodes: str, links: str) -> str:
    loads = ""
    for relation in relations:
        name = _type(relation)
        loads += LOAD.format(links=links, relation=relation, name=name)
    return CYPHER.format(nodes=nodes, links=links, loads=loads)


def _type(relation: str) -> str:
    """A relation's key as Neo4j names relationships: usesAIIn → USES_AI_IN."""
    spaced = WORD.sub("_", relation)
    return re.sub(r"[^\w]", "_", spaced).upper()


def _csv(columns: Row, rows: Iterable[Row]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue().encode()
