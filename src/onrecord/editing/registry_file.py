"""The file of entities, read and written by blocks: a block is the lines of Turtle on one entity.

Only the blocks of entities that changed are written anew: a registry of a million triples holds tens of thousands of
entities, which rdflib takes ten seconds to read, and as long to write.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

from onrecord.editing import kept_blocks
from onrecord.model import Entity
from onrecord.model.iris import BASE, PREFIXES, entity_iri, local
from onrecord.rdf import encode, turtle
from onrecord.store.build import parse

HEADER = re.compile(r"@prefix ([\w-]*): <[^>]*> \.")
SUBJECT = re.compile(r"(?:<([^>]*)>|([\w-]*):([\w-]+)) ")
TYPE = PREFIXES["rdf"] + "type"


@dataclass(frozen=True, slots=True)
class RegistryFile:
    """Entities by IRI as a file has them, its lines of prefixes, and each entity's block of text.

    Without blocks where the file is not as onrecord writes it.
    """

    entities: Mapping[str, Entity]
    header: frozenset[str]
    blocks: Mapping[str, str]

    def content(self, entities: Iterable[Entity]) -> bytes:
        """The file that holds these entities: what stands already as it stands."""
        if not self.blocks:
            return _written(entities)
        header, blocks = set(self.header), {}
        for entity in entities:
            iri = entity_iri(entity.id or "")
            block = self.blocks.get(iri)
            if block is None or self.entities[iri] != entity:
                head, _, body = _written([entity]).decode().partition("\n\n")
                header |= {*head.split("\n")}
                block = body.strip("\n")
            blocks[iri] = block
        ordered = [blocks[iri] for iri in sorted(blocks)]
        return _joined(header, ordered).encode()


def read_registry(path: Path) -> RegistryFile:
    """The file of entities, none where there is none; raises BadGraph."""
    if not path.is_file():
        return RegistryFile({}, frozenset(), {})
    if path.stat().st_size >= kept_blocks.WORTH_KEEPING:
        return _by_blocks(path) or _whole(path)
    return _whole(path)


def _by_blocks(path: Path) -> RegistryFile | None:
    """What the blocks of a file say, of which only new ones are parsed; None where it is not as onrecord writes it."""
    header, by_iri = _by_subject(path)
    if not by_iri:
        return None
    keys = kept_blocks.digests(header, by_iri.values())
    key_of = dict(zip(by_iri, keys, strict=True))
    known = kept_blocks.kept_blocks(path)
    new = {
        iri: block for iri, block in by_iri.items() if key_of[iri] not in known
    }
    try:
        parsed = _entities(_parsed(header, new.values()))
    except SyntaxError:
        return None
    if parsed.keys() != new.keys():
        return None
    entities: dict[str, Entity] = {}
    to_keep: dict[str, Entity] = {}
    for iri, key in key_of.items():
        entities[iri] = parsed.get(iri) or known[key]
        to_keep[key] = entities[iri]
    before = {entity_iri(entity.id or "") for entity in known.values()}
    if len(new) > kept_blocks.FEW or not before <= by_iri.keys():
        kept_blocks.keep_blocks(path, to_keep)
    return RegistryFile(entities, header, by_iri)


def _parsed(header: Iterable[str], blocks: Iterable[str]) -> Iterator[ox.Quad]:
    return ox.parse(_joined(header, blocks).encode(), ox.RdfFormat.TURTLE)


def _whole(path: Path) -> RegistryFile:
    entities = _entities(parse(path))
    header, by_iri = _by_subject(path)
    if by_iri.keys() != entities.keys():
        return RegistryFile(entities, frozenset(), {})
    return RegistryFile(entities, header, by_iri)


def _by_subject(path: Path) -> tuple[frozenset[str], dict[str, str]]:
    """A file's lines of prefixes, and its blocks by entity; nothing where it is not as onrecord writes it."""
    text = path.read_text(encoding="utf-8")
    header, blocks = _parts(text)
    by_iri = {_subject(block): block for block in blocks}
    is_ours = _joined(header, blocks) == text and '"""' not in text
    if not is_ours or len(by_iri) != len(blocks):
        return frozenset(), {}
    return frozenset(header), by_iri


def _entities(quads: Iterable[ox.Quad]) -> dict[str, Entity]:
    values: defaultdict[str, defaultdict[str, list[str]]]
    values = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        subject, value = quad.subject, quad.object
        values[subject.value][quad.predicate.value].append(value.value)  # type: ignore[union-attr]  # no triple terms
    return {
        iri: _entity(iri, row) for iri, row in values.items() if TYPE in row
    }


def _entity(iri: str, values: Mapping[str, list[str]]) -> Entity:
    def text(predicate: str) -> str | None:
        return next(iter(values.get(predicate, ())), None)

    def texts(predicate: str) -> tuple[str, ...]:
        return tuple(sorted(set(values.get(predicate, ()))))

    return Entity(
        name=text(PREFIXES["rdfs"] + "label") or "",
        type=local(text(TYPE) or ""),
        aliases=texts(PREFIXES["skos"] + "altLabel"),
        role=text(BASE + "role"),
        affiliation=text(BASE + "affiliation"),
        parties=texts(BASE + "party"),
        country=text(BASE + "country"),
        description=text(PREFIXES["dcterms"] + "description"),
        exact_match=text(PREFIXES["skos"] + "exactMatch"),
        id=local(iri),
    )


def _written(entities: Iterable[Entity]) -> bytes:
    return turtle.write(chain.from_iterable(map(encode.entity, entities)))


def _parts(text: str) -> tuple[set[str], list[str]]:
    """The lines of prefixes of a file, and its blocks."""
    head, *blocks = text.strip("\n").split("\n\n")
    return set(head.split("\n")), blocks


def _joined(header: Iterable[str], blocks: Iterable[str]) -> str:
    lines = sorted(header, key=_prefix)
    return "\n".join(lines) + "\n\n" + "\n\n".join(blocks) + "\n\n"


def _prefix(line: str) -> str:
    match = HEADER.fullmatch(line)
    return match[1] if match else line


def _subject(block: str) -> str:
    match = SUBJECT.match(block)
    if match is None:
        return ""
    return match[1] or PREFIXES.get(match[2] or "", "") + match[3]
