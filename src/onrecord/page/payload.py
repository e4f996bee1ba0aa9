"""Network → the data that the page's script reads: numbers for ids, each document once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from onrecord.network.layout import Point, layout
from onrecord.network.model import Link, Network, Node, Proof
from onrecord.network.rank import best_evidenced, evidence, strengths
from onrecord.page.look import look
from onrecord.vocabulary import Vocabulary

EVERYTHING_TO = 150
"""A network of so many nodes at most is shown whole."""
LONG = 34
"""Labels of more letters are told by their initials on the map, where they have any."""
LETTER, LINE, MOST_LETTERS = 6.2, 13.0, 20
"""A label's size on the map, in pixels: of a letter, of a line, and the letters at which a line breaks."""
FIELDS = (
    *("id", "sentence", "actors", "relation", "object", "negated", "topics", "stance", "gist", "quote", "wording"),
    *("said", "via", "document", "status", "made", "caution", "stage", "tool"),
)


@dataclass(frozen=True, slots=True)
class Payload:
    """What the page holds: nodes and edges as pyvis keeps them, and all the rest."""

    nodes: list[dict[str, object]]
    edges: list[dict[str, object]]
    rest: dict[str, object]


def payload(network: Network, words: Vocabulary, places: Mapping[str, Sequence[Point]] | None = None) -> Payload:
    """The page's data, sorted throughout; `places` are positions of an earlier page, to be kept."""
    order = sorted(network.nodes)
    number = {key: at for at, key in enumerate(order)}
    told = {key: at for at, key in enumerate(sorted(network.proofs))}
    opening = _opening(network)
    maps = _maps(network, opening, places or {})
    weight, rings = evidence(network), _ringed(words)
    papers, statements = _statements(network, number)
    return Payload(
        nodes=[
            _node(network.nodes[key], at, maps)
            | {"size": size(weight[key])}
            | ({"short": short} if (short := short_name(network.nodes[key])) != network.nodes[key].label else {})
            | ({"ring": 1} if network.nodes[key].type in rings else {})
            for key, at in number.items()
        ],
        edges=[_edge(link, number, told) for link in sorted(network.links, key=_by_ends)],
        rest={
            "title": network.title,
            "facts": network.facts,
            "look": look(),
            "relations": {key: _relation(key, words) for key in _relations(network)},
            "topics": _topics(network, words),
            "open": [number[key] for key in opening],
            "fields": FIELDS,
            "statements": statements,
            "documents": papers,
            "groups": None,
            "story": None,
        },
    )


def _ringed(words: Vocabulary) -> set[str]:
    """The labels of the classes that are drawn with a ring: performers that somebody made."""
    return {cls.label for cls in words.classes.values() if "SyntheticPerformer" in cls.ancestors}


def _by_ends(link: Link) -> tuple[str, str, str]:
    return link.source, link.relation, link.target


def _opening(network: Network) -> list[str]:
    """What the map opens on: all of a small network, else the best evidenced entities."""
    if len(network.nodes) <= EVERYTHING_TO:
        return sorted(network.nodes)
    return best_evidenced(strengths(_between_entities(network)))


def _between_entities(network: Network) -> list[Link]:
    return [link for link in network.links if not is_topic(link.target)]


def is_topic(node: str) -> bool:
    """Whether a node's id is that of a topic."""
    return node.startswith("topic/")


def _maps(
    network: Network, opening: Sequence[str], places: Mapping[str, Sequence[Point]]
) -> list[dict[str, Point]]:
    """Three maps: of the opening, of all entities, and of entities and topics."""
    between = strengths(_between_entities(network))
    topical = {**between, **_spoken(network)}
    weight = evidence(network)
    boxes = {key: _box(node, weight[key], names=True) for key, node in network.nodes.items()}
    marks = {key: _box(node, weight[key], names=False) for key, node in network.nodes.items()}
    linked = {key for pair in between for key in pair}
    entities = [key for key in network.nodes if not is_topic(key) and (key in linked or len(boxes) <= EVERYTHING_TO)]
    wanted = (
        ({key: boxes[key] for key in opening if not is_topic(key)}, between),
        ({key: marks[key] for key in entities}, between),
        (marks if len(marks) > EVERYTHING_TO else boxes, topical),
    )
    return [
        layout(each, pairs, given={key: at[number] for key, at in places.items() if number < len(at) and at[number]})
        for number, (each, pairs) in enumerate(wanted)
    ]


def _spoken(network: Network) -> dict[tuple[str, str], float]:
    """How often each actor speaks on each topic."""
    found: dict[tuple[str, str], float] = {}
    for proof in network.proofs.values():
        for topic in spoken_on(proof):
            for actor in proof.actors if topic in network.nodes else ():
                pair = (min(actor, topic), max(actor, topic))
                found[pair] = found.get(pair, 0) + 0.5
    return found


def spoken_on(proof: Proof) -> list[str]:
    """The node ids of the topics that a statement is on, its object among them."""
    return sorted({f"topic/{key}" for key in proof.topics} | ({proof.object} if is_topic(proof.object) else set()))


def _box(node: Node, weight: int, *, names: bool) -> Point:
    """The room that a node takes, with its label below it if that is to be read."""
    across = 2 * size(weight)
    if not names:
        return across + 14, across + 14
    name = short_name(node)
    lines = -(-len(name) // MOST_LETTERS)
    return max(across, min(len(name), MOST_LETTERS) * LETTER), across + lines * LINE


def short_name(node: Node) -> str:
    """The name on the map: an initialism, where the label is long and has one."""
    initials = [alias for alias in node.aliases if len(alias) <= 6 and alias.isupper() and alias.isalpha()]
    return initials[0] if len(node.label) > LONG and initials else node.label


def size(weight: int) -> float:
    """A node's radius by the count of its statements; its area grows with the count."""
    return round(min(24.0, 4.5 + 1.6 * weight**0.5), 1)


def _node(node: Node, number: int, maps: Sequence[Mapping[str, Point]]) -> dict[str, object]:
    return {
        "id": number,
        "key": node.id,
        "label": node.label,
        "type": node.type,
        "kind": node.drawn_as,
        "aliases": node.aliases,
        "description": node.description,
        "at": [each.get(node.id) for each in maps],
    }


def _edge(link: Link, number: Mapping[str, int], told: Mapping[str, int]) -> dict[str, object]:
    return {
        "from": number[link.source],
        "to": number[link.target],
        "relation": link.relation,
        "phrase": link.phrase,
        "evidence": [told[key] for key in link.evidence],
    }


def _statements(network: Network, number: Mapping[str, int]) -> tuple[list[list[object]], list[list[object]]]:
    """Documents, each once, and the statements as rows of `FIELDS`."""
    proofs = [network.proofs[key] for key in sorted(network.proofs)]
    papers = {proof.document: [proof.publisher, proof.title, proof.url, proof.published] for proof in proofs}
    place = {key: at for at, key in enumerate(sorted(papers))}
    return [papers[key] for key in place], [_row(proof, number, place) for proof in proofs]


def _row(proof: Proof, number: Mapping[str, int], place: Mapping[str, int]) -> list[object]:
    """A statement's fields; of those it speaks of, the ones that the page holds."""
    told = {
        "id": proof.id,
        "sentence": proof.sentence,
        "actors": [number[actor] for actor in proof.actors if actor in number],
        "relation": proof.relation,
        "object": number.get(proof.object),
        "negated": int(proof.negated),
        "topics": [topic.removeprefix("topic/") for topic in spoken_on(proof)],
        "stance": proof.stance or "",
        "gist": proof.gist,
        "quote": proof.quote,
        "wording": proof.wording,
        "said": proof.said,
        "via": proof.via,
        "document": place[proof.document],
        "status": proof.status,
        "made": int(proof.machine_made),
        "caution": proof.caution,
        "stage": proof.stage,
        "tool": proof.tool,
    }
    return [told[field] for field in FIELDS]


def _relations(network: Network) -> list[str]:
    stated = {proof.relation for proof in network.proofs.values()}
    return sorted(stated | {link.relation for link in network.links})


def _relation(key: str, words: Vocabulary) -> dict[str, object]:
    """A relation's words; one that the ontology does not know is told by its key."""
    known = words.relations.get(key)
    if known is None:
        return {"label": key, "inverse": key, "family": "", "symmetric": 0}
    return {
        "label": known.label,
        "inverse": known.inverse_label,
        "family": known.family,
        "symmetric": int(known.symmetric),
    }


def _topics(network: Network, words: Vocabulary) -> list[dict[str, object]]:
    """The topics that are spoken of, by family; a family stands before its topics."""
    used = {topic.removeprefix("topic/") for proof in network.proofs.values() for topic in spoken_on(proof)}
    known = [words.topics[key] for key in used if key in words.topics]
    families = {topic.family for topic in known if topic.family}
    listed = {*known, *(words.topics[key] for key in families if key in words.topics)}
    ordered = sorted(listed, key=lambda topic: (topic.family or topic.key, topic.family is not None, topic.label))
    unknown: Iterable[str] = sorted(used - words.topics.keys())
    return [
        *({"key": topic.key, "label": topic.label, "family": topic.family} for topic in ordered),
        *({"key": key, "label": key, "family": None} for key in unknown),
    ]
