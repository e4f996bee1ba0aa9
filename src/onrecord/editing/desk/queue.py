"""The queue: one line a statement, all read by one SPARQL query, so that 20,000 are paged at once."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass

from onrecord.editing.coding import CODING
from onrecord.model.errors import BadInput
from onrecord.model.iris import local
from onrecord.querying.ask import Graph
from onrecord.workspace import Workspace

PAGE = 200
QUESTION = """
SELECT ?statement ?says ?document ?title ?status ?sure ?run ?kind ?start ?by ?note
  (MIN(?name) AS ?actor) WHERE {
  ?statement a :Statement ; rdfs:label ?says ; :document ?document ; :confidence ?sure ;
    :reviewStatus/skos:notation ?status ; :actor/rdfs:label ?name ;
    prov:wasGeneratedBy ?maker .
  ?maker rdfs:label ?run ; :runKind/skos:notation ?kind .
  ?document rdfs:label ?title .
  OPTIONAL { ?statement :reviewedBy ?by }
  OPTIONAL { ?statement :reviewNote ?note }
  OPTIONAL { ?statement :evidence/oa:hasSelector/oa:start ?start }
} GROUP BY ?statement ?says ?document ?title ?status ?sure ?run ?kind ?start ?by ?note
"""


@dataclass(frozen=True, slots=True)
class Line:
    """A statement in the queue."""

    id: str
    says: str
    document: str
    title: str
    status: str
    sure: float
    made_by: str
    is_machine: bool
    start: int
    actor: str
    by: str
    note: str

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has decided it yet."""
        return self.status == "unreviewed"


ORDERS: dict[str, Callable[[Line], object]] = {
    "document": lambda line: (line.document, line.start, line.id),
    "sure": lambda line: (line.sure, line.document, line.start),
    "actor": lambda line: (line.actor.casefold(), line.document, line.start),
}


def read_lines(where: Workspace) -> dict[str, Line]:
    """Every statement of a workspace, by its id."""
    lines: dict[str, Line] = {}
    for row in Graph(where).ask(QUESTION):
        line = _line(row)
        lines[line.id] = line
    return lines


def _line(row: Mapping[str, object]) -> Line:
    run = str(row["run"])
    return Line(
        id=local(str(row["statement"])),
        says=str(row["says"]),
        document=local(str(row["document"])),
        title=str(row["title"]),
        status=str(row["status"]),
        sure=float(str(row["sure"])),
        made_by=run.removeprefix(CODING),
        is_machine=row["kind"] == "extraction",
        start=int(str(row["start"] or 0)),
        actor=str(row["actor"]),
        by=str(row["by"] or ""),
        note=str(row["note"] or ""),
    )


def is_anothers(line: Line, coder: str) -> bool:
    """Whether another person coded it, which blind coding does not show."""
    return not line.is_machine and line.made_by != coder


def page(
    lines: Iterable[Line], order: str, text: str, offset: int, *, waiting: bool
) -> dict[str, object]:
    """A page of the queue, and how many there are; raises BadInput for an unknown order."""
    if order not in ORDERS:
        message = f"no order is called {order!r}; there is {', '.join(ORDERS)}"
        raise BadInput(message)
    wanted = text.casefold()
    kept = [
        line
        for line in lines
        if (line.is_waiting or not waiting) and _holds(line, wanted)
    ]
    kept.sort(key=ORDERS[order])  # type: ignore[arg-type]  # keys of one kind
    shown = kept[offset : offset + PAGE]
    return {"total": len(kept), "offset": offset, "lines": list(map(asdict, shown))}


def _holds(line: Line, text: str) -> bool:
    return text in f"{line.says}\n{line.title}\n{line.made_by}".casefold()
