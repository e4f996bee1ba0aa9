"""Changes by hand: what is removed leaves a tombstone, so that no `add` brings it back; merges can be undone."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from onrecord.editing.folder import Folder, document_marks
from onrecord.editing.reconcile import fingerprint
from onrecord.model import CONTROL, Entity, Source, Statement
from onrecord.model.errors import BadInput, UnknownName
from onrecord.model.iris import BASE, OURS, digest, document_iri, local, statement_iri
from onrecord.model.names import fold, nearest
from onrecord.querying.ask import Graph
from onrecord.store.build import build
from onrecord.workspace import Workspace, find, kept_text, writing
from onrecord.workspace.log import logged, logged_for_good, taken_back

Changes = Mapping[str, bytes | None]
Write = Callable[[Changes], None]
NOTHING: Changes = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Removed:
    """What `remove` took out, "statement ID" or "document ID", and the names of the entities that went with it."""

    what: str
    statements: int
    entities: tuple[str, ...] = ()


def remove(
    what: str, *, reason: str = "", workspace: Workspace | None = None
) -> Removed:
    """Removes a document with its statements, or one statement, and leaves a tombstone with the reason.

    `onrecord remove 1f0c2a9b7d34 --reason "…"` is `onrecord.remove("1f0c2a9b7d34", reason="…")`. `what` is an id, an
    IRI, or a document's address. An entity that nothing names any more goes too; a statement elsewhere that disputes
    what went stays and disputes nothing. A document's text goes with it. It is for good: the log says what and when,
    and forgets the files as they were before. Raises UnknownName, BadInput for a reason with control characters,
    NoWorkspace and NotWritten; whatever it raises, nothing was changed.
    """
    if CONTROL.search(reason):
        message = "the reason holds a control character; take it out"
        raise BadInput(message)
    where = workspace or find()
    home = where.home
    with writing(home) as commit:
        removal = _Removal(Graph(where), reason)
        removed = removal.of(what)
        names = [name for each in removal.gone for name in (each.name, *each.aliases)]
        commit(
            logged_for_good(home, removal.changes, f"removal of {removed.what}", names)
        )
    return removed


class _Removal:
    """One go of `remove`: what stands, and the files that follow from taking something out."""

    def __init__(self, graph: Graph, reason: str) -> None:
        self.graph = graph
        graph.store = build(
            graph.workspace
        )  # not from the cache, which is about to be out of date
        self.reason = reason
        self.folder = Folder(graph.workspace.home, graph.vocabulary)
        self.entities = self.folder.entities()
        self.changes: dict[str, bytes | None] = {}
        self.gone: list[Entity] = []

    def of(self, what: str) -> Removed:
        """Takes out what is meant; raises UnknownName."""
        documents = {
            key
            for path in self.folder.path.glob("documents/*.ttl")
            for key in [path.stem]
        }
        statements = _pairs(
            self.graph,
            "SELECT ?it ?document { ?it a :Statement ; :document ?document }",
        )
        addresses = _pairs(
            self.graph,
            "SELECT ?it ?document { ?document a :Document ; schema:url ?it }",
        )
        key = _id(what)
        if statements.get(key) in documents:
            return self._statement(key, statements[key])
        document = addresses.get(what, key)
        if document not in documents:
            near = nearest(key, documents)
            hint = f"; did you mean {' or '.join(near)}?" if near else ""
            message = (
                f"no statement or document of this workspace is called {what!r}{hint}"
            )
            raise UnknownName(message)
        return self._document(document)

    def _document(self, key: str) -> Removed:
        source, _ = self.folder.source(key)
        self.changes[f"documents/{key}.ttl"] = None
        self._forget_text(source.document.sha256)
        unnamed = self._forget(source.statements)
        self._bury(document_iri(key), document_marks(source.document), unnamed)
        return Removed(f"document {key}", len(source.statements), _names(unnamed))

    def _forget_text(self, sha256: str | None) -> None:
        """Takes the kept text out, unless another document has it too."""
        others = self.graph.ask("SELECT ?it ?sha256 { ?it :sha256 ?sha256 }").column(
            "sha256"
        )
        is_kept = kept_text(self.graph.workspace.root, sha256) is not None
        if is_kept and others.count(sha256) == 1:
            self.changes[f"../texts/{sha256}.txt"] = None

    def _statement(self, key: str, document: str) -> Removed:
        """Its document stays, also when it was the last one, so that the next `add` knows the document."""
        source, makers = self.folder.source(document)
        gone = next(each for each in source.statements if each.id == key)
        rest = tuple(each for each in source.statements if each.id != key)
        self._rewrite(replace(source, statements=rest), makers)
        unnamed = self._forget([gone])
        self._bury(statement_iri(key), [key, fingerprint(gone, document)], unnamed)
        return Removed(f"statement {key}", 1, _names(unnamed))

    def _forget(self, gone: Iterable[Statement]) -> dict[str, Entity]:
        """Loosens what disputed them, and takes the entities out that only they named."""
        ids = {each.id or "" for each in gone}
        self._settle(ids)
        unnamed: dict[str, Entity] = {}
        candidates = {iri for each in gone for iri in each.references}
        while found := {
            iri
            for iri in candidates
            if iri in self.entities and not self._is_named(iri, ids)
        }:
            unnamed |= {iri: self.entities.pop(iri) for iri in found}
            candidates = {iri for each in unnamed.values() for iri in each.references}
        self.gone += unnamed.values()
        if unnamed:
            self.changes["entities.ttl"] = self.folder.entities_file(
                self.entities.values()
            )
        return unnamed

    def _is_named(self, iri: str, gone: set[str]) -> bool:
        if any(iri in each.references for each in self.entities.values()):
            return True
        table = self.graph.ask(
            f"SELECT DISTINCT ?statement {{ ?statement ?how <{iri}> . ?statement a :Statement }}"
        )
        return any(local(str(each)) not in gone for each in table.column("statement"))

    def _settle(self, gone: set[str]) -> None:
        """No statement may dispute one that is not there."""
        disputes = _pairs(
            self.graph,
            "SELECT ?it ?document { ?it :disputes ?other ; :document ?document }",
        )
        for key in sorted(set(disputes.values())):
            if self.changes.get(path := f"documents/{key}.ttl", b"") is None:
                continue
            source, makers = self.folder.source(key)
            rest = [
                each
                for each in source.statements
                if path not in self.changes or each.id not in gone
            ]
            loosened = tuple(
                replace(each, disputes=None) if each.disputes in gone else each
                for each in rest
            )
            if loosened != source.statements:
                self._rewrite(replace(source, statements=loosened), makers)

    def _rewrite(self, source: Source, makers: Mapping[str, str]) -> None:
        content = self.folder.source_file(source, makers, self.entities)
        self.changes[f"documents/{source.document.id}.ttl"] = content

    def _bury(self, iri: str, marks: Iterable[str], unnamed: Iterable[str]) -> None:
        """A tombstone; an entity is marked by its digest, since its name may be what had to go."""
        today = dt.datetime.now(tz=dt.UTC).date().isoformat()
        content = self.folder.removed_file(
            iri, [*marks, *map(digest, unnamed)], self.reason, today
        )
        self.changes["removed.ttl"] = content


def _id(what: str) -> str:
    """The last part of an IRI of ours, of `st:ID` or of `doc:ID`; anything else is left as it is."""
    plain = what.removeprefix("st:").removeprefix("doc:")
    return local(plain) if plain.startswith((OURS["st"], OURS["doc"])) else plain


def _pairs(graph: Graph, sparql: str) -> dict[str, str]:
    """From what is asked for, an id or an address, to the id of its document."""
    rows = ((str(row["it"]), local(str(row["document"]))) for row in graph.ask(sparql))
    return {local(it) if it.startswith(BASE) else it: document for it, document in rows}


def _names(entities: Mapping[str, Entity]) -> tuple[str, ...]:
    return tuple(sorted(each.name for each in entities.values()))


@dataclass(frozen=True, slots=True)
class Changed:
    """What `merge`, `rename` or `undo` did, in words, and in how many documents."""

    what: str
    documents: int


def merge(keep: str, gone: str, *, workspace: Workspace | None = None) -> Changed:
    """Makes one entity of two: the first keeps its name, and takes over the other's statements and names.

    `onrecord merge "Sora 2" "Sora2"` is `onrecord.merge("Sora 2", "Sora2")`. The other's IRI stays known:
    `dcterms:isReplacedBy` leads from it to the first. `undo` takes all of it back. Raises UnknownName, AmbiguousName,
    BadInput where both are one, NoWorkspace, NotWritten.
    """
    where = workspace or find()
    with writing(where.home) as commit:
        desk = _Registry(where)
        first, second = desk.own(keep), desk.own(gone)
        if first == second:
            message = f"{keep!r} and {gone!r} are the same entity already"
            raise BadInput(message)
        old = desk.entities.pop(second)
        kept = desk.entities[first]
        names = {old.name, *old.aliases, *kept.aliases} - {kept.name}
        desk.entities[first] = replace(kept, aliases=tuple(sorted(names)))
        desk.repoint(second, first)
        replaced = {"removed.ttl": desk.folder.merged_file(second, first)}
        return desk.commit(
            commit, f"merge of {old.name} into {kept.name}", {first, second}, replaced
        )


def rename(
    name: str, new: str, *, kind: str | None = None, workspace: Workspace | None = None
) -> Changed:
    """Gives an entity another name, and the old one becomes an alias; `kind` gives it another type.

    `onrecord rename "Sora2" "Sora 2"` is `onrecord.rename("Sora2", "Sora 2")`. `undo` takes it back. Raises
    UnknownName, AmbiguousName, BadInput where the new name is taken or the type is none, NoWorkspace, NotWritten.
    """
    where = workspace or find()
    with writing(where.home) as commit:
        desk = _Registry(where)
        iri = desk.own(name)
        old = desk.entities[iri]
        desk.refuse_taken(new, iri)
        cls = desk.type_of(kind) if kind else old.type
        aliases = ({*old.aliases, old.name} if new != old.name else {*old.aliases}) - {
            new
        }
        desk.entities[iri] = replace(
            old, name=new, type=cls, aliases=tuple(sorted(aliases))
        )
        return desk.commit(commit, f"rename of {old.name} to {new}", {iri})


def undo(*, workspace: Workspace | None = None) -> Changed:
    """Takes the last logged change back: a merge, a rename, a verdict.

    Raises BadInput where that cannot be done: nothing is logged, a file was changed since, or it was a removal; and
    Untrusted where the change was logged elsewhere or by another.
    """
    where = workspace or find()
    with writing(where.home) as commit:
        entry, changes = taken_back(where.home)
        commit(changes)
    return Changed(
        entry.what, sum(path.startswith("documents/") for path in entry.before)
    )


class _Registry:
    """A workspace's entities, and the documents that name them."""

    def __init__(self, where: Workspace) -> None:
        self.home = where.home
        self.graph = Graph(where)
        self.folder = Folder(where.home, self.graph.vocabulary)
        self.entities = self.folder.entities()
        self.moved: dict[str, str] = {}

    def own(self, name: str) -> str:
        """The IRI of an entity of this workspace; raises UnknownName, AmbiguousName."""
        iri = self.graph.registry.find(name).iri
        if iri not in self.entities:
            message = f"{name!r} ships with onrecord and is none of this workspace's own entities"
            raise UnknownName(message)
        return iri

    def refuse_taken(self, name: str, iri: str) -> None:
        """Raises BadInput where another entity has a name."""
        if CONTROL.search(name) or not name.strip():
            message = f"{name!r} is no name"
            raise BadInput(message)
        for key, each in self.entities.items():
            if key != iri and fold(name) in map(fold, (each.name, *each.aliases)):
                message = f"{name!r} is the name of :{local(key)} already; merge them, or take another name"
                raise BadInput(message)

    def type_of(self, kind: str) -> str:
        """A class key that entities may have; raises BadInput."""
        found = self.graph.vocabulary.classes.get(kind)
        if found is None or not found.assignable:
            message = f"no type is called {kind!r}; `onrecord list` and the ontology name them"
            raise BadInput(message)
        return kind

    def repoint(self, old: str, new: str) -> None:
        """Lets everything that named one entity name another."""
        self.moved[old] = new
        for iri, entity in self.entities.items():
            if old in entity.references:
                self.entities[iri] = _repointed(iri, entity, old, new)

    def commit(
        self, write: Write, what: str, touched: set[str], more: Changes = NOTHING
    ) -> Changed:
        """Writes the registry and the documents that name what was touched, and `more`, with a line of the log."""
        changes = {
            "entities.ttl": self.folder.entities_file(self.entities.values()),
            **more,
        }
        for path in sorted((self.folder.path / "documents").glob("*.ttl")):
            source, makers = self.folder.source(path.stem)
            if touched & {iri for each in source.statements for iri in each.references}:
                moved = tuple(self._moved(each) for each in source.statements)
                content = self.folder.source_file(
                    replace(source, statements=moved), makers, self.entities
                )
                changes[f"documents/{path.name}"] = content
        write(logged(self.home, changes, what))
        return Changed(what, sum(path.startswith("documents/") for path in changes))

    def _moved(self, value: Statement) -> Statement:
        to = self.moved
        return replace(
            value,
            actors=tuple(sorted({to.get(each, each) for each in value.actors})),
            object=to.get(value.object, value.object),
            recipient=to.get(value.recipient or "", value.recipient or "") or None,
            instrument=to.get(value.instrument or "", value.instrument or "") or None,
            according_to=to.get(value.according_to or "", value.according_to or "")
            or None,
        )


def _repointed(iri: str, entity: Entity, old: str, new: str) -> Entity:
    """An entity whose record names another in the place of one; never itself."""
    affiliation = new if entity.affiliation == old else entity.affiliation
    parties = {new if party == old else party for party in entity.parties}
    return replace(
        entity,
        affiliation=None if affiliation == iri else affiliation,
        parties=tuple(sorted(parties - {iri})),
    )
