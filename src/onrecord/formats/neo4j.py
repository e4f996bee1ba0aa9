"""Network → CSV files for Neo4j and the Cypher script that loads them."""

import csv
import io
from collections.abc import Iterable, Sequence

from onrecord.discourse.weighted import Drawn

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


def neo4j(
    drawn: Drawn, nodes_file: str = "nodes.csv", links_file: str = "links.csv"
) -> list[bytes]:
    """A Cypher script that needs no plug-in, and the two files that it loads by these names.

    Source: the Cypher manual, "LOAD CSV".
    """
    network = drawn.network
    nodes = [
        (
            node.id,
            node.label,
            node.type,
            node.drawn_as,
            ";".join(node.aliases),
            node.description,
        )
        for node in sorted(network.nodes.values(), key=lambda each: each.id)
    ]
    links = [
        (
            link.source,
            link.target,
            link.relation,
            link.label,
            link.family,
            drawn.weights[link.source, link.relation, link.target],
            ";".join(
                sorted(
                    {
                        stance
                        for each in link.evidence
                        if (stance := network.proofs[each].stance)
                    }
                )
            ),
            " ".join(link.evidence),
        )
        for link in network.links
    ]
    return [
        _script(
            sorted({link.relation for link in network.links}), nodes_file, links_file
        ).encode(),
        _csv(("id", "name", "type", "drawn_as", "aliases", "description"), nodes),
        _csv(
            (
                "source",
                "target",
                "relation",
                "label",
                "family",
                "weight",
                "stances",
                "evidence",
            ),
            links,
        ),
    ]


def _script(relations: Iterable[str], nodes: str, links: str) -> str:
    loads = "".join(
        LOAD.format(links=links, relation=relation, name=_type(relation))
        for relation in relations
    )
    return CYPHER.format(nodes=nodes, links=links, loads=loads)


def _type(relation: str) -> str:
    """A relation's key as Neo4j names relationships: usesAIIn → USES_AI_IN."""
    spaced = "".join(
        f"_{letter}"
        if at
        and letter.isupper()
        and (relation[at - 1].islower() or relation[at + 1 : at + 2].islower())
        else letter
        for at, letter in enumerate(relation)
    )
    return "".join(letter if letter.isalnum() else "_" for letter in spaced).upper()


def _csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue().encode()
