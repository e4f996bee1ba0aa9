"""A story: steps through the map, each with statements of the graph as its evidence."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.model.errors import BadInput, UnknownName
from onrecord.model.names import nearest
from onrecord.networks.layout import layout
from onrecord.networks.model import EdgeStatement, Network
from onrecord.networks.rank import is_topic, strengths
from onrecord.page.maps import boxes_of
from onrecord.page.statements import Numbers
from onrecord.workspace import Workspace

NAMED = ("document", "actor", "relation", "object")
"""What names a statement in a story; unlike its id, all of it stays when the statement is added anew."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: a title, a text, and the ids of the statements that bear it."""

    title: str
    text: str
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """A title and steps, in the order in which they are told."""

    title: str
    steps: tuple[Step, ...]


def story(name: str, network: Network, workspace: Workspace) -> Story:
    """Reads a story, a file or one by name from the workspace's `graphs/stories/`.

    Raises UnknownName where there is no such story, and BadInput with file and step where it does not parse, or where
    the network has no statement that the story names.
    """
    path = _path(name, workspace)
    try:
        fields = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        message = f"{path}: {error.strerror}"
        raise BadInput(message) from error
    except (ValueError, RecursionError) as error:
        message = f"{path}: no TOML: {error}"
        raise BadInput(message) from error
    if (
        not isinstance(fields.get("title"), str)
        or not isinstance(fields.get("steps"), list)
        or not fields["steps"]
    ):
        message = f"{path}: a story has a title and at least one [[steps]]"
        raise BadInput(message)
    steps = (
        _step(step, f"{path}, step {at}", network)
        for at, step in enumerate(fields["steps"], start=1)
    )
    return Story(fields["title"], tuple(steps))


def _path(name: str, workspace: Workspace) -> Path:
    if name.endswith(".toml") or Path(name).is_file():
        return Path(name)
    known = workspace.story_files()
    if name in known:
        return known[name]
    near = nearest(name, known) or list(known)
    hint = f"; there is {' and '.join(near)}" if near else ""
    message = f"no story is called {name!r}{hint}"
    raise UnknownName(message)


def _step(fields: Mapping[str, Any], where: str, network: Network) -> Step:
    texts = list(map(fields.get, ("title", "text")))
    references = fields.get("statements", [])
    if not all(isinstance(text, str) for text in texts) or not isinstance(
        references, list
    ):
        message = (
            f"{where}: a step has a title, a text and a list of statements"
        )
        raise BadInput(message)
    keys: dict[str, None] = {}
    for reference in references:
        keys |= dict.fromkeys(_named(reference, where, network.proofs.values()))
    text = " ".join(str(texts[1]).split())
    return Step(str(texts[0]), text, tuple(keys))


def _named(
    reference: Any,  # noqa: ANN401  whatever TOML holds
    where: str,
    proofs: Iterable[EdgeStatement],
) -> list[str]:
    """The statements that a reference names; there may be several that only their gist tells apart."""
    if not isinstance(reference, dict) or set(reference) != set(NAMED):
        message = f"{where}: a statement is named by {', '.join(NAMED)}, not by {reference}"
        raise BadInput(message)
    document, actor, relation, target = map(reference.get, NAMED)
    keys = []
    for proof in proofs:
        rest = (proof.document, proof.relation, proof.object)
        if actor in proof.actors and rest == (document, relation, target):
            keys.append(proof.id)
    if not keys:
        message = (
            f"{where}: the graph has no statement "
            f"“{actor} {relation} {target}” in {document}"
        )
        raise BadInput(message)
    return sorted(keys)


def story_fields(
    story: Story, network: Network, numbers: Numbers
) -> dict[str, object]:
    """The story as the page's script reads it, on a map of its own."""
    evidence: set[str] = set()
    for step in story.steps:
        evidence.update(step.statements)
    ends: set[str] = set()
    for key in evidence:
        proof = network.proofs[key]
        ends |= network.nodes.keys() & {*proof.actors, proof.object}
    borne = [
        link for link in network.links if not evidence.isdisjoint(link.evidence)
    ]
    for link in borne:
        # A tool is the end of a link, and neither actor nor object.
        ends |= {link.source, link.target}
    boxes = {
        node: box
        for node, box in boxes_of(network, names=True).items()
        if node in ends and not is_topic(node)
    }
    places = []
    for node, place in layout(boxes, strengths(borne)).items():
        row = [numbers.nodes[node], *place]
        places.append(row)
    return {
        "title": story.title,
        "steps": [_step_fields(step, numbers) for step in story.steps],
        "places": places,
    }


def _step_fields(step: Step, numbers: Numbers) -> dict[str, object]:
    return {
        "title": step.title,
        "text": step.text,
        "statements": [numbers.proofs[key] for key in step.statements],
    }
