"""What the graph says of every statement, a column at a time: one is read whole when it is first asked for whole.

Of 20,000 statements one column takes a fifth of a second, all in one question take six
seconds. What is changed at the desk is noted over what was read.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cached_property

from onrecord.model.iris import OURS, local
from onrecord.querying.ask import Graph
from onrecord.workspace import Workspace

Column = dict[str, str]
"""A value by the statement's id."""
PATTERNS = {
    "document": "?x :document ?y",
    "status": "?x :reviewStatus ?y",
    "sure": "?x :confidence ?y",
    "maker": "?x prov:wasGeneratedBy ?y",
    "by": "?x :reviewedBy ?y",
    "note": "?x :reviewNote ?y",
    "says": "?x rdfs:label ?y",
    "actor": "?x :actor ?y",
    "relation": "?x :relation ?y",
    "revised": "?x :revision ?y",
    "start": "?x oa:start ?y",
}
PLACED = {"start": "/place"}
"""What a column's subject is called after the statement's IRI."""
STATEMENT = OURS["st"]
Name = Callable[[str], str]


class Columns:
    """The columns of one workspace; `name` gives the name of an entity by its IRI."""

    def __init__(self, where: Workspace, name: Name) -> None:
        self.graph = Graph(where)
        codes = self.graph.vocabulary.codes["reviewStatus"]
        status = {iri: value for value, iri in codes.items()}
        self._values: dict[str, Name] = {
            "document": local,
            "maker": local,
            "relation": local,
            "actor": name,
            "status": lambda iri: status.get(iri, iri),
        }
        self._whole: dict[str, Column] = {}
        self._parts: defaultdict[str, Column] = defaultdict(dict)
        self._noted: dict[str, Mapping[str, str]] = {}

    def all(self, name: str) -> Column:
        """A column of all statements; one that says nothing of a statement lacks it."""
        if name not in self._whole:
            column = self._read(name, f"{{ {PATTERNS[name]} }}")
            self._whole[name] = self._with_notes(name, column, self._noted)
        return self._whole[name]

    def of(self, name: str, keys: Collection[str]) -> Column:
        """A column of some statements, which is not read whole for them."""
        if name in self._whole:
            return self._whole[name]
        part, end = self._parts[name], PLACED.get(name, "")
        missing = [key for key in keys if key not in part]
        if missing:
            nodes = " ".join(f"<{STATEMENT}{key}{end}>" for key in missing)
            read = self._read(
                name, f"{{ VALUES ?x {{ {nodes} }} {PATTERNS[name]} }}"
            )
            part |= dict.fromkeys(missing, "") | read
        return self._with_notes(name, part, self._noted.keys() & set(keys))

    def titles(self, documents: Iterable[str]) -> Column:
        """The titles of some documents, by their ids."""
        nodes = " ".join(
            f"<{OURS['doc']}{key}>" for key in sorted(set(documents))
        )
        return self._titles(f"VALUES ?x {{ {nodes} }} ?x rdfs:label ?y")

    @cached_property
    def all_titles(self) -> Column:
        """The titles of all documents."""
        return self._titles("?x a :Document ; rdfs:label ?y")

    def _titles(self, where: str) -> Column:
        table = self.graph.ask(f"SELECT ?x ?y {{ {where} }}")
        return {local(str(row["x"])): str(row["y"]) for row in table}

    def note(self, key: str, row: Mapping[str, str]) -> None:
        """What a statement holds now; of one that is gone, nothing."""
        self._noted[key] = row
        for name, column in self._whole.items():
            _put(column, key, row.get(name))

    def _with_notes(
        self, name: str, column: Column, keys: Iterable[str]
    ) -> Column:
        for key in keys:
            _put(column, key, self._noted[key].get(name))
        return column

    def _read(self, name: str, where: str) -> Column:
        column: Column = {}
        value = self._values.get(name, str)
        end = PLACED.get(name, "")
        for row in self.graph.ask(f"SELECT ?x ?y {where}"):
            key = str(row["x"]).removeprefix(STATEMENT).removesuffix(end)
            if "/" in key:
                continue
            text = value(str(row["y"]))
            column[key] = min(text, column.get(key, text))
        return column


def _put(column: Column, key: str, value: str | None) -> None:
    if value is None:
        column.pop(key, None)
    else:
        column[key] = value
