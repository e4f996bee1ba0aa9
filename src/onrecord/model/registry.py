"""Who is known: entities by IRI, id, label and alias. One function finds them all, for records, commands and texts."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from onrecord.model.errors import AmbiguousName, UnknownName
from onrecord.model.iris import BASE, RESERVED, entity_iri, local, mint
from onrecord.model.names import fold, nearest
from onrecord.model.vocabulary import Vocabulary

if TYPE_CHECKING:
    from onrecord.model.values import Entity


@dataclass(frozen=True, slots=True)
class Known:
    """An entity as the registry knows it; `cls` is its class key."""

    iri: str
    label: str
    cls: str
    aliases: tuple[str, ...] = ()


@dataclass(slots=True)
class Registry:
    """Finds entities; `ambiguous` holds the forms that an alias alone never links, each with its candidates.

    `merged` leads from the IRI of an entity that became another to that other one.
    """

    vocabulary: Vocabulary
    ambiguous: Mapping[str, Iterable[str]] = field(default_factory=dict)
    entities: dict[str, Known] = field(default_factory=dict)
    merged: dict[str, str] = field(default_factory=dict)
    _labels: dict[str, list[str]] = field(
        default_factory=lambda: defaultdict(list)
    )
    _aliases: dict[str, list[str]] = field(
        default_factory=lambda: defaultdict(list)
    )
    _terms: set[str] = field(default_factory=set)
    _slugs: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._terms |= {
            term.lower() for term in self.vocabulary.terms
        } | RESERVED
        self._slugs |= self._terms

    def add(self, known: Known) -> None:
        """Takes an entity in, or puts it in the place of the one with its IRI."""
        self.remove(known.iri)
        self.entities[known.iri] = known
        self._slugs.add(local(known.iri).lower())
        self._labels[fold(known.label)].append(known.iri)
        for alias in known.aliases:
            self._aliases[fold(alias)].append(known.iri)

    def remove(self, iri: str) -> None:
        """Forgets an entity's names, if it is known; its slug stays taken."""
        old = self.entities.pop(iri, None)
        if old is not None:
            self._labels[fold(old.label)].remove(iri)
            for alias in old.aliases:
                self._aliases[fold(alias)].remove(iri)

    def merge(self, old: str, new: str) -> None:
        """Takes note that an entity became another; its slug stays taken."""
        self.merged[old] = new
        self._slugs.add(local(old).lower())

    def standing(self, iri: str) -> str:
        """The IRI that stands for what this one stood for, through every merge since."""
        # As often as there were merges, should they lead in a circle.
        for _ in self.merged:
            if iri in self.entities:
                break
            iri = self.merged.get(iri, iri)
        return iri

    def is_anothers(self, alias: str, *iris: str) -> bool:
        """Whether an alias belongs to an entity other than these; it belongs to one only."""
        return not set(self._aliases.get(fold(alias), ())) <= set(iris)

    def is_term(self, key: str) -> bool:
        """Whether an id is taken by the ontology, so that no entity can have it."""
        return key.lower() in self._terms

    def mint(self, name: str, cls: str) -> str:
        """A new IRI for an entity, never one that stood for another."""
        return entity_iri(mint(name, cls, self._slugs))

    def find(self, name: str) -> Known:
        """The entity that a name, id or IRI stands for.

        An IRI, or an id with a colon before it, is exact; then comes a label, then an alias that is not ambiguous, then
        a bare id. What was merged is found by its old id and IRI too. Raises AmbiguousName where several share the
        name, UnknownName with the nearest where nobody has it.
        """
        known = self.known(name)
        if known is None:
            raise UnknownName(unknown(name, self.nearest(name)))
        return known

    def known(self, name: str) -> Known | None:
        """As `find`, but None where nobody has the name: to look for the nearest takes long among many."""
        iri = BASE + name[1:] if name.startswith(":") else name
        exact = self.entities.get(self.standing(iri))
        if exact is not None:
            return exact
        bare = self.standing(BASE + name)
        iris = (
            self._labels.get(fold(name))
            or self._by_alias(name)
            or [bare] * (bare in self.entities)
        )
        if len(iris) > 1:
            raise AmbiguousName(self._several(name, iris))
        return self.entities[iris[0]] if iris else None

    def _by_alias(self, name: str) -> list[str]:
        for form, candidates in self.ambiguous.items():
            if fold(form) == fold(name):
                iris: list[str] = []
                for candidate in candidates:
                    iris += self._labels.get(fold(candidate), ())
                return iris
        return self._aliases.get(fold(name), [])

    def _several(self, name: str, iris: Iterable[str]) -> str:
        lines = [f"{name!r} stands for several entities; use the id of one:"]
        for iri in iris:
            known = self.entities[iri]
            lines.append(f"  :{local(iri)}  {known.label} ({known.cls})")
        return "\n".join(lines)

    def nearest(self, name: str, most: int = 3) -> list[str]:
        """Labels that are spelt most like `name`, or hold it."""
        return nearest(name, self.labels(), most)

    def labels(self) -> list[str]:
        """The label of every entity."""
        return [known.label for known in self.entities.values()]


def unknown(name: str, near: Sequence[str]) -> str:
    """What to say of a name that nobody has, `near` being what may have been meant."""
    hint = "`onrecord search` shows who is known"
    if near:
        hint = f"did you mean {' or '.join(map(repr, near))}?"
    return f"no entity is called {name!r}; {hint}"


def shared_aliases(
    entities: Mapping[str, "Entity"],
) -> Iterator[tuple[str, str]]:
    """Faults of a registry, each with the IRI of the entity in fault: an alias must belong to one entity only."""
    owner: dict[str, str] = {}
    for iri, entity in entities.items():
        for alias in entity.aliases:
            first = owner.setdefault(fold(alias), iri)
            if first != iri:
                yield (
                    iri,
                    f"the alias {alias!r} belongs to :{local(first)} already",
                )
