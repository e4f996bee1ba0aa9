"""A network → the part of it that is on a topic, of a relation, of a stance, of a time."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from onrecord.model.dates import is_date, is_within
from onrecord.model.errors import BadInput
from onrecord.model.vocabulary import Vocabulary
from onrecord.networks.graph import evidenced, facts, network
from onrecord.networks.model import EdgeStatement, Network
from onrecord.querying.ask import Graph
from onrecord.querying.bind import key_of
from onrecord.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Choice:
    """What to keep: statements on a topic or a family of topics, of a relation, of a stance, dated from and to.

    Topic, relation and stance are keys or labels; dates are as precise as wanted ("2025", "2025-10", "2025-10-21"),
    both ends are in. None keeps all. With `exact_dates` the date of an event that a document tells of counts as none.
    """

    topic: str | None = None
    relation: str | None = None
    stance: str | None = None
    since: str | None = None
    until: str | None = None
    exact_dates: bool = False


def chosen_network(
    workspace: Workspace,
    choice: Choice,
    *,
    about: str | None = None,
    depth: int = 1,
) -> Network:
    """The network of a workspace, whole or around an entity, and of that what a choice keeps; errors as `narrowed`."""
    graph = Graph(workspace)
    whole = network(graph, about=about, depth=depth)
    return narrowed(whole, choice, graph.vocabulary)


def narrowed(whole: Network, choice: Choice, words: Vocabulary) -> Network:
    """The statements of a choice, the links that they bear, and whom they name; titled by what is chosen.

    Undated statements are left out where a time is chosen, and counted in the facts. Raises UnknownName with the
    nearest names, and BadInput for what is no date.
    """
    exact = _exact(choice, words)
    if exact.exact_dates:
        whole = _exactly_dated(whole)
    if replace(exact, exact_dates=False) == Choice():
        return whole
    proofs = {}
    undated = 0
    for key, proof in whole.proofs.items():
        if not _is_chosen(proof, exact, words):
            continue
        undated += proof.date is None
        if _is_within(proof.date, exact):
            proofs[key] = proof
    title = f"{whole.title}: {', '.join(_words(exact, words))}"
    sentences = facts(proofs.values())
    if undated and _has_time(exact):
        sentences += f"; {undated:,} undated ones are left out"
    return replace(borne(whole, proofs), title=title, facts=sentences)


def borne(whole: Network, proofs: Mapping[str, EdgeStatement]) -> Network:
    """The part of a network that some of its statements bear: the links, their ends, and whom else they name."""
    links = tuple(evidenced(whole.links, proofs))
    proposed = tuple(evidenced(whole.proposed, proofs))
    ends: set[str] = set()
    for link in links:
        ends |= {link.source, link.target}
    for proof in proofs.values():
        ends |= {*proof.actors, proof.object}
    nodes = {key: node for key, node in whole.nodes.items() if key in ends}
    return replace(
        whole,
        nodes=nodes,
        links=links,
        proposed=proposed,
        proofs=proofs,
        facts=facts(proofs.values()),
    )


def _exactly_dated(whole: Network) -> Network:
    """A network in which no statement is dated by an event."""
    proofs = {}
    for key, proof in whole.proofs.items():
        proofs[key] = replace(proof, not_before=None)
    return replace(whole, proofs=proofs, facts=facts(proofs.values()))


def _exact(choice: Choice, words: Vocabulary) -> Choice:
    """The choice by keys, each known to the ontology, and by dates that there are."""
    for day in (choice.since, choice.until):
        if day is not None and not is_date(day):
            message = f"{day!r} is no date like 2025, 2025-10 or 2025-10-21"
            raise BadInput(message)
    return replace(
        choice,
        topic=_key("topic", choice.topic, words),
        relation=_key("relation", choice.relation, words),
        stance=_key("stance", choice.stance, words),
    )


def _key(kind: str, value: str | None, words: Vocabulary) -> str | None:
    return None if value is None else key_of(kind, value, words)


def _is_chosen(proof: EdgeStatement, choice: Choice, words: Vocabulary) -> bool:
    if choice.relation not in {None, proof.relation}:
        return False
    if choice.stance is not None and choice.stance != proof.stance:
        return False
    if choice.topic is None:
        return True
    topics = {*proof.topics, proof.object.removeprefix("topic/")}
    families = {
        words.topics[key].family for key in topics if key in words.topics
    }
    return choice.topic in topics | families


def _has_time(choice: Choice) -> bool:
    return choice.since is not None or choice.until is not None


def _is_within(day: str | None, choice: Choice) -> bool:
    """Dates are compared as far as both are known; without a date nothing lies within a time."""
    if not _has_time(choice):
        return True
    return day is not None and is_within(day, choice.since, choice.until)


def _words(choice: Choice, words: Vocabulary) -> list[str]:
    """What was chosen, as a title says it."""
    parts = []
    if choice.topic:
        parts.append(f"on {words.topics[choice.topic].label}")
    if choice.relation:
        parts.append(f"“{words.relations[choice.relation].label}”")
    if choice.stance:
        parts.append(choice.stance)
    if choice.since:
        parts.append(f"since {choice.since}")
    if choice.until:
        parts.append(f"until {choice.until}")
    return parts
