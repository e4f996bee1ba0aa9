"""Changes of names by hand: two entities made one or kept apart, and new names; each can be undone."""

from dataclasses import replace

from onrecord.editing.committing import NOTHING, Changes
from onrecord.editing.editor import Changed, Editor, editing
from onrecord.editing.shared import again
from onrecord.model import CONTROL, Entity, Statement
from onrecord.model.errors import BadInput
from onrecord.model.iris import local
from onrecord.model.names import fold
from onrecord.workspace import Workspace


@again
def merge(
    keep: str, gone: str, *, workspace: Workspace | None = None
) -> Changed:
    """Makes one entity of two: the first keeps its name, and takes over the other's statements and names.

    `onrecord merge "Sora 2" "Sora2"` is `onrecord.merge("Sora 2", "Sora2")`. The other's IRI stays known:
    `dcterms:isReplacedBy` leads from it to the first. `undo` takes all of it back. Raises UnknownName, AmbiguousName,
    BadInput where both are one, NoWorkspace, NotWritten.
    """
    with editing(workspace) as editor:
        desk = _Registry(editor)
        first, second = desk.own(keep), desk.own(gone)
        if first == second:
            message = f"{keep!r} and {gone!r} are the same entity already"
            raise BadInput(message)
        old = desk.entities.pop(second)
        kept = desk.entities[first]
        names = {
            *desk.free(old.name, first, second),
            *old.aliases,
            *kept.aliases,
        }
        aliases = tuple(sorted(names - {kept.name}))
        desk.entities[first] = replace(kept, aliases=aliases)
        desk.repoint(second, first)
        replaced = {"removed.ttl": desk.folder.merged_file(second, first)}
        what = f"merge of {old.name} into {kept.name}"
        return desk.commit(what, {first, second}, replaced)


@again
def keep_apart(
    one: str, two: str, *, workspace: Workspace | None = None
) -> Changed:
    """Takes note that two entities are two, so that the desk proposes them no more.

    `onrecord merge --apart "Ada Example" "Ada Sample"` does so too, and `onrecord list kept-apart` lists them.
    The note stands as `owl:differentFrom`; `undo` takes it back, and a merge of the two by hand lifts it.
    Raises UnknownName, AmbiguousName, BadInput where both are one or it is noted.
    """
    with editing(workspace) as editor:
        desk = _Registry(editor)
        first, second = desk.own(one), desk.own(two)
        if first == second:
            message = f"{one!r} and {two!r} are one entity"
            raise BadInput(message)
        if frozenset((first, second)) in desk.folder.apart():
            message = f"{one!r} and {two!r} are kept apart already"
            raise BadInput(message)
        names = f"{desk.entities[first].name} and {desk.entities[second].name}"
        changes = {"removed.ttl": desk.folder.apart_file([(first, second)])}
        return editor.commit(changes, f"parting of {names}")


@again
def rename(
    name: str,
    new: str,
    *,
    kind: str | None = None,
    workspace: Workspace | None = None,
) -> Changed:
    """Gives an entity another name, and the old one becomes an alias; `kind` gives it another type.

    `onrecord rename "Sora2" "Sora 2"` is `onrecord.rename("Sora2", "Sora 2")`. `undo` takes it back. Raises
    UnknownName, AmbiguousName, BadInput where the new name is taken or the type is none, NoWorkspace, NotWritten.
    """
    with editing(workspace) as editor:
        desk = _Registry(editor)
        iri = desk.own(name)
        old = desk.entities[iri]
        desk.refuse_taken(new, iri)
        cls = desk.type_of(kind) if kind else old.type
        names = {*old.aliases, *desk.free(old.name, iri)}
        aliases = tuple(sorted(names - {new}))
        desk.entities[iri] = replace(old, name=new, type=cls, aliases=aliases)
        return desk.commit(f"rename of {old.name} to {new}", {iri})


class _Registry:
    """A workspace's entities, and the documents that name them."""

    def __init__(self, editor: Editor) -> None:
        self.editor = editor
        self.folder = editor.folder
        self.entities = editor.entities
        self.moved: dict[str, str] = {}

    def own(self, name: str) -> str:
        """The IRI of an entity of this workspace; raises UnknownName, AmbiguousName."""
        return self.editor.registry.find(name).iri

    def free(self, name: str, *iris: str) -> list[str]:
        """A name that is to be an alias, unless it is one of another entity already."""
        return [] if self.editor.registry.is_anothers(name, *iris) else [name]

    def refuse_taken(self, name: str, iri: str) -> None:
        """Raises BadInput where another entity has a name."""
        if CONTROL.search(name) or not fold(name):
            message = f"{name!r} is no name"
            raise BadInput(message)
        for key, entity in self.entities.items():
            if key != iri and fold(name) in map(
                fold, (entity.name, *entity.aliases)
            ):
                message = (
                    f"{name!r} is the name of :{local(key)} "
                    "already; merge them, or take another name"
                )
                raise BadInput(message)

    def type_of(self, kind: str) -> str:
        """A class key that entities may have; raises BadInput."""
        cls = self.editor.vocabulary.classes.get(kind)
        if cls is None or not cls.assignable:
            message = (
                f"no type is called {kind!r}; `onrecord "
                "list` and the ontology name them"
            )
            raise BadInput(message)
        return kind

    def repoint(self, old: str, new: str) -> None:
        """Lets everything that named one entity name another."""
        self.moved[old] = new
        for iri, entity in self.entities.items():
            if old in entity.references:
                self.entities[iri] = _repointed(iri, entity, old, new)

    def commit(
        self, what: str, touched: set[str], more: Changes = NOTHING
    ) -> Changed:
        """Writes the registry, the documents that name what was touched, and `more`."""
        changes = {**self.editor.entities_file(), **more}
        for key in self.editor.documents_with(set(map(local, touched))):
            source, makers = self.folder.source(key)
            if any(touched & value.references for value in source.statements):
                moved = tuple(map(self._moved, source.statements))
                now = replace(source, statements=moved)
                changes |= self.editor.source_file(now, makers)
        return self.editor.commit(changes, what)

    def _moved(self, value: Statement) -> Statement:
        return replace(
            value,
            actors=tuple(sorted(set(map(self._now, value.actors)))),
            object=self._now(value.object),
            recipient=value.recipient and self._now(value.recipient),
            instrument=value.instrument and self._now(value.instrument),
            according_to=value.according_to and self._now(value.according_to),
        )

    def _now(self, iri: str) -> str:
        return self.moved.get(iri, iri)


def _repointed(iri: str, entity: Entity, old: str, new: str) -> Entity:
    """An entity whose record names another in the place of one; never itself."""
    affiliation = new if entity.affiliation == old else entity.affiliation
    parties = {new if party == old else party for party in entity.parties}
    return replace(
        entity,
        affiliation=None if affiliation == iri else affiliation,
        parties=tuple(sorted(parties - {iri})),
    )
