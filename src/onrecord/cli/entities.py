"""`onrecord entities`: who is known here."""

from typing import Annotated

import typer

from onrecord.cli.state import print_table, state

ENTITIES = """
SELECT ?name ?type (COUNT(DISTINCT ?statement) AS ?statements) ?entity {
  ?entity a ?class ; rdfs:label ?name .
  ?class rdfs:label ?type .
  OPTIONAL { ?statement a :Statement ; ?how ?entity }
  FILTER (STRSTARTS(STR(?entity), "https://w3id.org/onrecord/") && EXISTS { ?class :drawnAs ?drawn })
  FILTER NOT EXISTS { ?entity a :Topic } FILTER NOT EXISTS { ?entity a :Document }
}
GROUP BY ?name ?type ?entity ORDER BY ?name ?type ?entity
"""


def entities(
    context: typer.Context,
    new: Annotated[
        bool,
        typer.Option(
            "--new", help="Only those that do not ship with onrecord."
        ),
    ] = False,
) -> None:
    """List the entities of the workspace with their types and how often they are named."""
    from onrecord.querying.ask import Graph  # noqa: PLC0415  the engine, for this command alone
    from onrecord.querying.table import Table  # noqa: PLC0415
    from onrecord.workspace import shipped  # noqa: PLC0415

    table = Graph(state(context).workspace()).ask(ENTITIES)
    if new:
        known = set(Graph(shipped()).registry.entities)
        table = Table(
            table.columns,
            [row for row in table if str(row["entity"]) not in known],
        )
    print_table(table)
