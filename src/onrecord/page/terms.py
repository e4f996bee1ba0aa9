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
    used = {
        topic.removeprefix("topic/")
        for proof in network.proofs.values()
        for topic in spoken_on(proof)
    }
    known = [words.topics.get(key) or Topic(key, key, None) for key in used]
    families = [
        words.topics[topic.family]
        for topic in known
        if topic.family and topic.family in words.topics
    ]
    ordered = sorted(
        {*known, *families},
        key=lambda topic: (
            topic.family or topic.key,
            bool(topic.family),
            topic.label,
        ),
    )
    return [
        {"key": topic.key, "label": topic.label, "family": topic.family}
        for topic in ordered
    ]


def ringed(words: Vocabulary) -> set[str]:
    """The labels of the classes that are drawn with a ring: performers that somebody made."""
    return {
        cls.label
        for cls in words.classes.values()
        if "SyntheticPerformer" in cls.ancestors
    }
