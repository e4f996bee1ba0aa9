"""Names at the desk: found, added, made one, renamed, kept apart, and taken back."""

from onrecord.editing import curation
from onrecord.editing.coding import add_entity
from onrecord.editing.desk.names import Row, likely_one, name_rows
from onrecord.editing.desk.state import Answer, DeskState
from onrecord.editing.editor import undo
from onrecord.model.errors import BadInput
from onrecord.model.iris import local

MOST_NAMES = 12


class NameDesk:
    """Answers what the desk's page asks of entities, and changes them."""

    def __init__(self, state: DeskState) -> None:
        self.state = state
        self.renamed: list[tuple[str, str]] = []

    def search(self, text: str) -> Answer:
        """Entities whose name or alias holds a text, those that begin with it first."""
        wanted = text.casefold().strip()
        hits: list[tuple[bool, str, str, str]] = []
        for iri, entity in self.state.reader.entities.items():
            names = [entity.name.casefold(), *map(str.casefold, entity.aliases)]
            if any(wanted in name for name in names):
                begins = any(name.startswith(wanted) for name in names)
                hits.append((not begins, entity.name, entity.type, local(iri)))
        hits.sort()
        return {
            "names": [
                {"name": name, "type": kind, "id": key}
                for _, name, kind, key in hits[:MOST_NAMES]
            ]
        }

    def add(self, name: str, kind: str, description: str) -> Answer:
        """Adds an entity."""
        key = add_entity(name, kind, description, self.state.where)
        self.state.read_again()
        return {"id": key, "name": name}

    def merge(self, keep: str, gone: str, by: str) -> Answer:
        """Makes one entity of two."""
        done = curation.merge(keep, gone, workspace=self.state.where)
        return self._renamed(done.what, by)

    def rename(self, name: str, new: str, kind: str | None, by: str) -> Answer:
        """Gives an entity another name or type."""
        done = curation.rename(name, new, kind=kind, workspace=self.state.where)
        return self._renamed(done.what, by)

    def _renamed(self, what: str, by: str) -> Answer:
        self.renamed.append((what, by))
        return self._read_anew(what)

    def take_back(self, by: str) -> Answer:
        """Takes back the last change of names by a coder; raises BadInput."""
        mine = [change for change in self.renamed if change[1] == by]
        if not mine:
            message = "no change of a name of yours to take back"
            raise BadInput(message)
        what, _ = mine[-1]
        undo(what=what, workspace=self.state.where)
        self.renamed.remove(mine[-1])
        return self._read_anew(f"{what}, taken back")

    def _read_anew(self, what: str) -> Answer:
        self.state.read_again()
        self.state.read_lines()
        return {"done": what}

    def keep_apart(self, one: str, two: str, by: str) -> Answer:
        """Takes note that two entities are two."""
        done = curation.keep_apart(one, two, workspace=self.state.where)
        self.renamed.append((done.what, by))
        return {"done": done.what}

    def entities(self, coder: str) -> Answer:
        """Every entity, with where statements name it, and those that may be one."""
        entities = self.state.reader.entities
        rows = name_rows(entities, self.state.named(), self._places(coder))
        pairs = likely_one(entities, rows, self.state.reader.folder.apart())
        return {"entities": list(rows.values()), "alike": list(pairs)}

    def _places(self, coder: str) -> dict[str, Row]:
        """What is shown of the statements that a coder sees as they stand."""
        columns = self.state.lines.columns
        says, document = columns.all("says"), columns.all("document")
        keys = self.state.lines.seen(coder)
        if self.state.blind:
            keys = [
                key for key in keys if not self.state.lines.hides(key, coder)
            ]
        return {
            key: {"id": key, "says": says[key], "document": document[key]}
            for key in keys
        }
