"""The queue: what waits, or all, sorted and filtered, a page at a time; of 20,000 only what is shown is read whole."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from onrecord.editing.coding import CODING
from onrecord.editing.desk import blind
from onrecord.editing.desk.columns import Column, Columns
from onrecord.editing.reviewing import Item, Reader
from onrecord.model import Review, Run
from onrecord.model.errors import BadInput
from onrecord.model.iris import OURS, local
from onrecord.querying.ask import Graph
from onrecord.workspace import Workspace

PAGE = 200
WAITS = "unreviewed"
SHOWN = (
    "says",
    "document",
    "status",
    "sure",
    "maker",
    "start",
    "actor",
    "by",
    "note",
)
"""The columns that a line of the queue is made of."""
UNJUDGED = {"status": WAITS, "by": "", "note": ""}
"""What a blind coder sees of another's verdict."""
ORDERS = ("document", "sure", "actor", "new")
NAMING = ("actor", "object", "recipient", "instrument", "accordingTo")
"""The properties by which statements name entities."""
Look = Callable[[str], str]
"""What a coder sees of a statement in one column."""


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


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines of the queue a coder asks for: those that hold a text, from one on, in an order.

    `new` are the names that nobody has seen before, by the statements that have one.
    """

    order: str = "document"
    text: str = ""
    offset: int = 0
    waiting: bool = True
    new: Mapping[str, str] | None = None


class Queue:
    """The statements of a workspace as its coders see them."""

    def __init__(
        self, where: Workspace, reader: Reader, *, is_blind: bool
    ) -> None:
        self.reader, self.is_blind = reader, is_blind
        self.columns = Columns(where, self._name)
        self._runs: dict[str, Run] = {}
        self._as_made: dict[str, tuple[Item, Column]] = {}

    def page(self, coder: str, wanted: Wanted) -> tuple[int, list[Line]]:
        """How many lines there are, and those of a page; raises BadInput for an unknown order."""
        order = self._order(coder, wanted)
        keys = self.seen(coder)
        if wanted.waiting:
            status = self._look(coder, "status", self.columns.all("status"))
            keys = [key for key in keys if status(key) == WAITS]
        if wanted.text:
            keys = self._holding(coder, keys, wanted.text.casefold())
        keys.sort(key=order)
        shown = keys[wanted.offset : wanted.offset + PAGE]
        return len(keys), self._lines(coder, shown, wanted.new or {})

    def seen(self, coder: str) -> list[str]:
        """The statements that a coder may see."""
        keys = self.columns.all("document")
        if not self.is_blind:
            return list(keys)
        return [key for key in keys if self.sees(key, coder)]

    def sees(self, key: str, coder: str) -> bool:
        """Whether a coder may see a statement: his own, and a program's that he has no version of."""
        made_by, is_machine = self.maker(self.columns.all("maker").get(key, ""))
        if not is_machine:
            return made_by == coder
        if not self.hides(key, coder):
            return True
        return blind.own_id(key, coder) not in self.columns.all("document")

    def hides(self, key: str, coder: str) -> bool:
        """Whether a coder sees a statement as its program made it, and not as another left it."""
        if not self.is_blind or self.columns.all("by").get(key, "") in {
            "",
            coder,
        }:
            return False
        _, is_machine = self.maker(self.columns.all("maker").get(key, ""))
        return is_machine

    def maker(self, key: str) -> tuple[str, bool]:
        """Who made a statement by its run's id: the name of a coder or of a run, and whether it is a program."""
        if key not in self._runs:
            runs = self.reader.folder.runs()
            self._runs = {local(iri): run for iri, run in runs.items()}
        run = self._runs.get(key)
        if run is None:
            return key, False
        return run.label.removeprefix(CODING), run.kind == "extraction"

    def note(self, item: Item) -> None:
        """Takes note of a statement as it stands now."""
        self.columns.note(item.statement.id or "", self._row(item))

    def drop(self, key: str) -> None:
        """Takes note that a statement is gone."""
        self.columns.note(key, {})

    def _order(self, coder: str, wanted: Wanted) -> Callable[[str], Any]:
        """The key by which statements are sorted."""
        document, start = (
            self.columns.all("document"),
            self.columns.all("start"),
        )

        def place(key: str) -> tuple[str, int, str]:
            return document[key], int(start.get(key, 0)), key

        if wanted.order == "document":
            return place
        if wanted.order == "sure":
            sure = self.columns.all("sure")
            return lambda key: (float(sure.get(key, 0)), place(key))
        if wanted.order == "actor":
            actor = self._look(coder, "actor", self.columns.all("actor"))
            return lambda key: (actor(key).casefold(), place(key))
        if wanted.order == "new":
            new = wanted.new or {}
            return lambda key: (
                key not in new,
                new.get(key, "").casefold(),
                place(key),
            )
        message = (
            f"no order is called {wanted.order!r}; there is {', '.join(ORDERS)}"
        )
        raise BadInput(message)

    def _look(self, coder: str, name: str, column: Column) -> Look:
        def look(key: str) -> str:
            value = column.get(key, "")
            if not self.hides(key, coder):
                return value
            if name in UNJUDGED:
                return UNJUDGED[name]
            made = self.as_made(key)
            return made[1].get(name, "") if made else value

        return look

    def as_made(self, key: str) -> tuple[Item, Column] | None:
        """A statement as its program made it, where a person has changed it since."""
        if key not in self.columns.all("revised"):
            return None
        if key not in self._as_made:
            opened = self.reader.opened(self.columns.all("document")[key])
            items = {item.statement.id: item for item in opened.items}
            item = blind.item_as_made(
                items[key], opened.text, self.reader.namer
            )
            self._as_made[key] = item, self._row(item)
        return self._as_made[key]

    def _holding(self, coder: str, keys: list[str], text: str) -> list[str]:
        """The statements in whose sentence, title or maker a text stands."""
        says = self._look(coder, "says", self.columns.all("says"))
        document, maker = (
            self.columns.all("document"),
            self.columns.all("maker"),
        )
        titles = self.columns.all_titles
        kept: list[str] = []
        for key in keys:
            title, (made_by, _) = (
                titles.get(document[key], ""),
                self.maker(maker[key]),
            )
            if text in f"{says(key)}\n{title}\n{made_by}".casefold():
                kept.append(key)
        return kept

    def _lines(
        self, coder: str, keys: Collection[str], new: Mapping[str, str]
    ) -> list[Line]:
        columns = {name: self.columns.of(name, keys) for name in SHOWN}
        looks = {
            name: self._look(coder, name, column)
            for name, column in columns.items()
        }
        titles = self.columns.titles(columns["document"].values())
        lines: list[Line] = []
        for key in keys:
            row = {name: look(key) for name, look in looks.items()}
            title = titles.get(row["document"], "")
            lines.append(self._line(key, row, title, new.get(key, "")))
        return lines

    def _line(self, key: str, row: Column, title: str, new: str) -> Line:
        made_by, is_machine = self.maker(row["maker"])
        return Line(
            id=key,
            says=row["says"],
            document=row["document"],
            title=title,
            status=row["status"],
            sure=float(row["sure"] or 0),
            made_by=made_by,
            is_machine=is_machine,
            start=int(row["start"] or 0),
            actor=row["actor"],
            by=row["by"],
            note=row["note"],
            new=new,
        )

    def _name(self, iri: str) -> str:
        entity = self.reader.entities.get(iri)
        return entity.name if entity else local(iri)

    def _row(self, item: Item) -> Column:
        value, words = item.statement, item.statement.evidence
        review = value.review or Review(WAITS)
        row = {
            "document": item.document.id or "",
            "says": item.says,
            "status": review.status,
            "sure": str(value.confidence),
            "maker": item.made_by,
            "start": str((words.start if words else 0) or 0),
            "actor": min(map(self._name, value.actors), default=""),
            "by": review.by or "",
            "note": review.note or "",
            "relation": value.relation,
        }
        return row | ({"revised": "yes"} if value.revisions else {})


def read_named(where: Workspace) -> dict[str, frozenset[str]]:
    """What each statement names, by its id: the IRIs of entities, and of a topic."""
    named: defaultdict[str, set[str]] = defaultdict(set)
    graph = Graph(where)
    for name in NAMING:
        for row in graph.ask(f"SELECT ?x ?y {{ ?x :{name} ?y }}"):
            key = str(row["x"]).removeprefix(OURS["st"])
            named[key].add(str(row["y"]))
    return {key: frozenset(iris) for key, iris in named.items()}
