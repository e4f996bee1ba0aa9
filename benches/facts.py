"""Every statement of the seed article is in the graph, with its evidence.

A gist may have been put better since, so actor, relation, object and negation count; each row takes another statement.
The list is seed-facts.tsv in ONRECORD_SHARED (default: ../shared), which is no part of the project.
"""

import csv
import json
import os
from pathlib import Path

from onrecord.model.iris import BASE, topic_iri
from onrecord.querying.ask import Graph
from onrecord.workspace import shipped

import pyoxigraph as ox  # isort: skip

SHARED = Path(os.environ.get("ONRECORD_SHARED", "../shared"))
FACTS = SHARED / "articles" / "seed-facts.tsv"
RECORDS = SHARED / "data" / "statements.jsonl"
SEED = "d0000"
ASKED = """
SELECT DISTINCT ?statement {{
  ?document schema:url {url} .
  GRAPH ?document {{
    ?statement :actor ?actor ; :relation {relation} ; :object ?object ; :negated {negated} ;
      :document ?document ; :evidence/oa:hasSource ?document .
  }}
  ?actor rdfs:label ?name .
  OPTIONAL {{ ?object rdfs:label ?label }}
  FILTER (STR(?name) = {actor} && (?object = {topic} || STR(?label) = {object}))
}}
"""


def main() -> None:
    """Prints how many of the rows are found, and each that is not."""
    if not FACTS.is_file():
        print(
            f"  {FACTS} is not here; ONRECORD_SHARED names the folder that holds it"
        )
        return
    graph = Graph(shipped())
    rows = list(csv.reader(_lines(), delimiter="\t"))
    missing = _missing(graph, rows)
    print(
        f"  {len(rows) - len(missing)} of {len(rows)} statements of the seed article are found with their evidence"
    )
    for row in missing:
        print(f"  missing: {' | '.join(row)}")


def _missing(graph: Graph, rows: list[list[str]]) -> list[list[str]]:
    """The rows without a statement that no row before them has taken."""
    taken: set[object] = set()
    missing = []
    for row in rows:
        statements = (
            set(graph.ask(_query(*row[1:4])).column("statement")) - taken
        )
        taken |= {min(map(str, statements))} if statements else set()
        if not statements:
            missing.append(row)
    return missing


def _lines() -> list[str]:
    return [
        line
        for line in FACTS.read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]


def _query(actor: str, relation: str, target: str) -> str:
    negation, _, key = relation.rpartition(" ")
    return ASKED.format(
        url=ox.NamedNode(_address()),
        relation=ox.NamedNode(BASE + key),
        negated="true" if negation == "not" else "false",
        actor=ox.Literal(actor),
        topic=ox.NamedNode(
            topic_iri(target.replace(" ", "-").replace("'", ""))
        ),
        object=ox.Literal(target),
    )


def _address() -> str:
    """Where the seed article stands, as its record says."""
    records = map(json.loads, RECORDS.read_text(encoding="utf-8").splitlines())
    return str(
        next(
            record["doc"]["url"]
            for record in records
            if record["doc"]["id"] == SEED
        )
    )
