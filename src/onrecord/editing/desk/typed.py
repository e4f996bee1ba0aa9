"""The sentence that fields read as while a coder types them."""

from collections.abc import Iterable, Mapping

from onrecord.model import Entity, Statement
from onrecord.model.errors import BadGraph
from onrecord.model.iris import local
from onrecord.model.vocabulary import Vocabulary
from onrecord.rdf.label import Namer

BLANK = "…"


def sentence(
    fields: Mapping[str, str],
    entities: Mapping[str, Entity],
    vocabulary: Vocabulary,
) -> str:
    """The sentence, with what is not said yet as "…"; a name that nobody bears stands as it is."""
    actors = [*filter(None, map(str.strip, fields["actors"].split(";")))] or [
        BLANK
    ]
    target, accuser = fields["object"] or BLANK, fields["according_to"]
    known = _known({*actors, target, accuser}, entities)
    value = Statement(
        actors=tuple(actors),
        relation=fields["relation"],
        object=target,
        gist="",
        object_is_topic=target in vocabulary.topics,
        negated=fields["negated"] == "true",
        modality=fields["modality"] or "actual",
        basis=fields["basis"] or "press-report",
        according_to=accuser or None,
    )
    try:
        return Namer(vocabulary, known).sentence(value)
    except BadGraph:
        return f"{', '.join(actors)} {fields['relation'] or BLANK} {target}"


def _known(
    names: Iterable[str], entities: Mapping[str, Entity]
) -> dict[str, Entity]:
    """The entity that bears each name, or one that is only called so."""
    known = {name: Entity(name, "Person") for name in names}
    wanted = {name.casefold(): name for name in names}
    for iri, entity in entities.items():
        for name in (f":{local(iri)}", *entity.aliases, entity.name):
            if name.casefold() in wanted:
                known[wanted[name.casefold()]] = entity
    return known
