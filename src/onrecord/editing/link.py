"""References → IRIs: who is meant by a name in a record. What cannot be told is a fault, never a guess."""

from collections.abc import (
    Callable,
    Collection,
    Iterable,
    Iterator,
    Mapping,
)
from dataclasses import dataclass, field, replace
from functools import cached_property

from onrecord.model import Entity, Statement
from onrecord.model.errors import AmbiguousName, UnknownName
from onrecord.model.iris import digest, entity_iri, local, slug
from onrecord.model.names import fold, nearest
from onrecord.model.registry import Known, Registry, unknown


@dataclass
class Shelf:
    """The entities that ship, by name and by IRI; opened when first needed, since most records name known ones."""

    open_registry: Callable[[], Registry]
    open_entities: Callable[[], Mapping[str, Entity]]

    @cached_property
    def registry(self) -> Registry:
        """Finds them."""
        return self.open_registry()

    @cached_property
    def entities(self) -> Mapping[str, Entity]:
        """All of them by IRI."""
        return self.open_entities()


@dataclass
class Linker:
    """Links against a workspace's own entities first, then against those on the shelf, if there is one.

    `own` holds every entity of the workspace by IRI and grows; one from the shelf is copied in when first used.
    `faults` fills as names turn out unknown or ambiguous; `changed` holds the IRIs of new and changed entities,
    `copied` of those that came from the shelf. `removed` are the marks of tombstones: a name that was removed is
    linked still, so that the statement it stands in can be told from a new one, and noted in `ghosts`. `expected` are
    names of entities whose record is faulty; that they are unknown is no fault besides.
    """

    registry: Registry
    own: dict[str, Entity]
    shelf: Shelf | None = None
    faults: list[str] = field(default_factory=list)
    changed: dict[str, str] = field(default_factory=dict)
    copied: set[str] = field(default_factory=set)
    removed: Collection[str] = ()
    expected: Collection[str] = ()
    ghosts: set[str] = field(default_factory=set)
    _stated: set[str] = field(default_factory=set)

    def entities(self, placed: Iterable[tuple[str, Entity]]) -> None:
        """Takes entity records in: updates the known one of the same id, or name and type, else mints an id."""
        records: list[tuple[str, Entity]] = []
        places: dict[str, str] = {}
        for where, given in placed:
            record = self._identified(where, given)
            iri = entity_iri(record.id or "")
            if iri != self.registry.standing(iri):
                continue  # it became another, which its record does not tell of
            mark = given.id or f"{given.type} {fold(given.name)}"
            first = places.setdefault(mark, where)
            if first != where:
                hint = "give it an id of its own if it is not"
                self.faults.append(
                    f"{where}: is the same entity as {first}; {hint}"
                )
            record = self._with_brought(iri, record)
            self.registry.add(
                Known(iri, record.name, record.type, record.aliases)
            )
            records.append((where, record))
        self._stated = {entity_iri(record.id or "") for _, record in records}
        for where, record in records:
            self._take(self._linked(where, record))

    def _linked(self, where: str, record: Entity) -> Entity:
        """An entity whose record names others by their IRIs."""
        affiliation = record.affiliation
        if affiliation:
            affiliation = self.iri(affiliation, f"{where}: affiliation")
        parties = {
            self.iri(party, f"{where}: parties") for party in record.parties
        }
        return replace(
            record,
            affiliation=affiliation,
            parties=tuple(sorted(parties)),
            aliases=tuple(sorted(record.aliases)),
        )

    def statement(self, where: str, value: Statement) -> Statement:
        """A statement whose references are IRIs, actors and topics sorted; a faulty reference stays as it was."""
        joint = "." if where.endswith("]") else ": "

        def linked(name: str | None, field: str) -> str | None:
            return self.iri(name, f"{where}{joint}{field}") if name else None

        place = f"{where}{joint}actors"
        actors = {self._actor(actor, place) for actor in value.actors}
        target = value.object
        if not value.object_is_topic:
            target = self.iri(target, f"{where}{joint}object")
        return replace(
            value,
            actors=tuple(sorted(actors)),
            object=target,
            topics=tuple(sorted(value.topics)),
            recipient=linked(value.recipient, "recipient"),
            instrument=linked(value.instrument, "instrument"),
            according_to=linked(value.according_to, "according_to"),
        )

    def iri(self, name: str, where: str) -> str:
        """The IRI that a name stands for; an unknown or ambiguous one is a fault and comes back as it is."""
        try:
            return self._find(name)
        except (UnknownName, AmbiguousName) as error:
            ghost = entity_iri(slug(name))
            if digest(ghost) in self.removed:
                self.ghosts.add(ghost)
                return ghost
            if name not in self.expected:
                self.faults.append(f"{where}: {error}")
            return name

    def _find(self, name: str) -> str:
        known = self.registry.known(name)
        if known is None and self.shelf is not None:
            known = self.shelf.registry.known(name)
        if known is None:
            raise UnknownName(unknown(name, nearest(name, self._labels())))
        self._copy(known.iri)
        return known.iri

    def _labels(self) -> Iterator[str]:
        """Every name that could be meant."""
        yield from self.registry.labels()
        if self.shelf is not None:
            yield from self.shelf.registry.labels()

    def _copy(self, iri: str) -> None:
        """Takes a shipped entity in, and whom its record names; its IRI is the same everywhere."""
        if (
            self.shelf is None
            or iri in self.own
            or iri in self._stated
            or iri not in self.shelf.entities
        ):
            return
        entity = self._standing(self.shelf.entities[iri])
        self._take(entity)
        self.copied.add(iri)
        self.registry.add(Known(iri, entity.name, entity.type, entity.aliases))
        for named in sorted(entity.references):
            self._copy(named)

    def _standing(self, entity: Entity) -> Entity:
        """A shipped entity whose record names what others have become by now, without aliases that others took."""
        standing, iri = self.registry.standing, entity_iri(entity.id or "")
        taken = self.registry.is_anothers
        affiliation = (
            standing(entity.affiliation) if entity.affiliation else None
        )
        return replace(
            entity,
            affiliation=affiliation,
            parties=tuple(map(standing, entity.parties)),
            aliases=tuple(
                name for name in entity.aliases if not taken(name, iri)
            ),
        )

    def _take(self, entity: Entity) -> None:
        iri = entity_iri(entity.id or "")
        old = self.own.get(iri)
        if old != entity:
            self.changed.setdefault(iri, "updated" if old else "added")
            self.own[iri] = entity

    def _identified(self, where: str, record: Entity) -> Entity:
        """The record with its id: its own, else that of the known one of this name and type, else a new one."""
        if record.id:
            key = local(record.id.removeprefix(":"))
            if self.registry.is_term(key):
                fault = f"{key!r} is a word of the ontology; take another"
                self.faults.append(f"{where}: id: {fault}")
            return replace(record, id=key)
        twin = self._twins.get((record.type, fold(record.name)))
        iri = twin or self._merged(record)
        iri = iri or self.registry.mint(record.name, record.type)
        return replace(record, id=local(iri))

    def _merged(self, record: Entity) -> str | None:
        """The IRI that a record without an id had before a merge, if type and name of what stands tell so."""
        iri = entity_iri(slug(record.name))
        into = self.registry.entities.get(self.registry.standing(iri))
        if into is None or into.iri == iri or into.cls != record.type:
            return None
        return iri if fold(record.name) in map(fold, into.aliases) else None

    def _with_brought(self, iri: str, record: Entity) -> Entity:
        """The record with the names that merges brought, of which it need not know."""
        if iri not in self.own or iri not in self.registry.merged.values():
            return record
        names = {*record.aliases, *self.own[iri].aliases}
        return replace(record, aliases=tuple(names - {record.name}))

    @cached_property
    def _twins(self) -> dict[tuple[str, str], str]:
        """The known entities by type and name, the workspace's own before those that ship."""
        both = (
            *(self.shelf.entities.items() if self.shelf else ()),
            *self.own.items(),
        )
        return {(entity.type, fold(entity.name)): iri for iri, entity in both}

    def _actor(self, name: str, where: str) -> str:
        iri = self.iri(name, where)
        known = self.registry.entities.get(iri)
        classes = self.registry.vocabulary.classes
        if known and not classes[known.cls].may_act:
            kind = classes[known.cls].label
            fault = (
                f"{known.label!r} is a {kind} and can say or do nothing itself"
            )
            self.faults.append(f"{where}: {fault}")
        return iri
