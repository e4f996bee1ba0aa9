"""The words of the ontology that a page needs: relations and topics that its statements use."""

from onrecord.model.vocabulary import Topic, Vocabulary
from onrecord.networks.model import Network
from onrecord.networks.rank import spoken_on


def relations(
    network: Network, words: Vocabulary
) -> dict[str, dict[str, object]]:
    """Each relation's label, its label from the other end, its family, and whether it goes both ways."""
    stated = {proof.relation for proof in network.proofs.values()}
    linked = {link.relation for link in (*network.links, *network.proposed)}
    return {key: _relation(key, words) for key in sorted(stated | linked)}


def _relation(key: str, words: Vocabulary) -> dict[str, object]:
    """One that the ontology does not know is told by its key."""
    known = words.relations.get(key)
    if known is None:
        return {"label": key, "inverse": key, "family": "", "symmetric": 0}
    return {
        "label": known.label,
        "inverse": known.inverse_label,
        "family": known.family,
        "symmetric": int(known.symmetric),
    }


def topics(network: Network, words: Vocabulary) -> list[dict[str, object]]:
    """The topics that are spoken of, each family before its topics."""
    keys: set[str] = set()
    for proof in network.proofs.values():
        keys.update(spoken_on(proof))
    listed: set[Topic] = set()
    for key in keys:
        plain = key.removeprefix("topic/")
        topic = words.topics.get(plain) or Topic(plain, plain, None)
        listed.add(topic)
        family = words.topics.get(topic.family or "")
        if family is not None:
            listed.add(family)
    return list(map(_topic_fields, sorted(listed, key=_family_first)))


def _topic_fields(topic: Topic) -> dict[str, object]:
    return {"key": topic.key, "label": topic.label, "family": topic.family}


def _family_first(topic: Topic) -> tuple[str, bool, str]:
    """What topics are sorted by: each family stands before its topics, which follow by their labels."""
    return topic.family or topic.key, bool(topic.family), topic.label


def ringed(words: Vocabulary) -> set[str]:
    """The labels of the classes that are drawn with a ring: performers that somebody made."""
    return {
        cls.label
        for cls in words.classes.values()
        if "SyntheticPerformer" in cls.ancestors
    }
