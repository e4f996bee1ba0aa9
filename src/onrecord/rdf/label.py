"""The sentence of a statement, from its parts and the names of those it speaks of."""

from collections.abc import Mapping

from onrecord.model import Entity, Statement
from onrecord.model.errors import BadGraph
from onrecord.model.sentence import pattern, phrase, sentence
from onrecord.model.vocabulary import Vocabulary


class Namer:
    """Makes sentences; knows the vocabulary and the entities by IRI."""

    def __init__(
        self, vocabulary: Vocabulary, entities: Mapping[str, Entity]
    ) -> None:
        self._vocabulary = vocabulary
        self._entities = entities

    def sentence(self, value: Statement) -> str:
        """What a statement says: "Ted Sarandos is not concerned about job displacement".

        Raises BadGraph where a part of it is missing, or neither in the vocabulary nor in the registry.
        """
        try:
            return self._sentence(value)
        except LookupError as error:
            message = (
                f"a part of the statement {value.id} is missing "
                "or unknown; `onrecord check` tells which"
            )
            raise BadGraph(message) from error

    def _sentence(self, value: Statement) -> str:
        accuser = None
        if value.according_to and value.basis == "allegation":
            accuser = self._name(value.according_to)
        words = phrase(
            self._pattern(value),
            negated=value.negated,
            modality=value.modality,
            accuser=accuser,
        )
        actors = [self._entities[actor] for actor in value.actors]
        is_group = any(actor.type == "Group" for actor in actors)
        return sentence(
            [actor.name for actor in actors],
            words.replace("{o}", self._object(value)),
            plural=is_group,
        )

    def _pattern(self, value: Statement) -> str:
        relation = self._vocabulary.relations[value.relation]
        if value.object_is_topic:
            return pattern(relation, None)
        kind = self._entities[value.object].type
        return pattern(relation, self._vocabulary.classes[kind])

    def _object(self, value: Statement) -> str:
        if value.object_is_topic:
            return self._vocabulary.topics[value.object].label
        return self._name(value.object)

    def _name(self, iri: str) -> str:
        return self._entities[iri].name
