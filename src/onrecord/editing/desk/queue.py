"""The queue: one line a statement, all read by one SPARQL query, so that 20,000 are paged at once."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from onrecord.editing.coding import CODING
from onrecord.editing.reviewing import Item
from onrecord.model import Review
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


NAMED = """
SELECT ?statement ?entity { ?statement a :Statement ; ?how ?entity
  VALUES ?how { :actor :object :recipient :instrument :accordingTo } }
"""


@dataclass(frozen=True, slots=True)
class Line:
    """A statement in the queue; `new` is a name in it that nobody has seen before."""

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
    new: str = ""

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has decided it yet."""
        return self.status == "unreviewed"


ORDERS: dict[str, Callable[[Line], object]] = {
    "document": lambda line: (line.document, line.start, line.id),
    "sure": lambda line: (line.sure, line.document, line.start),
    "actor": lambda line: (line.actor.casefold(), line.document, line.start),
    "new": lambda line: (not line.new, line.new.casefold(), line.document, line.start),
}


def read_lines(where: Workspace) -> dict[str, Line]:
    """Every statement of a workspace, by its id."""
    lines: dict[str, Line] = {}
    for row in Graph(where).ask(QUESTION):
        line = _line(row)
        lines[line.id] = line
    return lines


def read_named(where: Workspace) -> dict[str, frozenset[str]]:
    """What each statement names, by its id: the IRIs of entities, and of a topic."""
    named: defaultdict[str, set[str]] = defaultdict(set)
    for row in Graph(where).ask(NAMED):
        named[local(str(row["statement"]))].add(str(row["entity"]))
    return {key: frozenset(iris) for key, iris in named.items()}


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


def own_line(item: Item, by: str) -> Line:
    """The line of a statement that a coder just made."""
    value, document = item.statement, item.document
    start = (value.evidence.start if value.evidence else 0) or 0
    return Line(
        id=value.id or "",
        says=item.says,
        document=document.id or "",
        title=document.title or document.publisher,
        status=value.review.status if value.review else "unreviewed",
        sure=value.confidence,
        made_by=by,
        is_machine=False,
        start=start,
        actor=item.says,
        by=by,
        note="",
    )


def line_now(line: Line, item: Item) -> Line:
    """A statement's line as the statement stands now."""
    review = item.statement.review or Review("unreviewed")
    by, note = review.by or "", review.note or ""
    return replace(line, says=item.says, status=review.status, by=by, note=note)


def page(
    lines: Iterable[Line], order: str, text: str, offset: int, *, waiting: bool
) -> tuple[int, list[Line]]:
    """How many lines there are, and those of a page; raises BadInput for an unknown order."""
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
    return len(kept), kept[offset : offset + PAGE]


def _holds(line: Line, text: str) -> bool:
    return text in f"{line.says}\n{line.title}\n{line.made_by}".casefold()
