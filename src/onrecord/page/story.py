"""A story: steps through the map, each with statements of the graph as its evidence."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.model.errors import BadInput, UnknownName
from onrecord.model.names import nearest
from onrecord.networks.layout import layout
from onrecord.networks.model import Network, Proof
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
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        message = f"{path}: {error.strerror}"
        raise BadInput(message) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        message = f"{path}: no TOML: {error}"
        raise BadInput(message) from error
    if (
        not isinstance(told.get("title"), str)
        or not isinstance(told.get("steps"), list)
        or not told["steps"]
    ):
        message = f"{path}: a story has a title and at least one [[steps]]"
        raise BadInput(message)
    steps = (
        _step(each, f"{path}, step {at}", network)
        for at, each in enumerate(told["steps"], start=1)
    )
    return Story(told["title"], tuple(steps))


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


def _step(told: Mapping[str, Any], where: str, network: Network) -> Step:
    texts = [told.get(field) for field in ("title", "text")]
    references = told.get("statements", [])
    if not all(isinstance(text, str) for text in texts) or not isinstance(
        references, list
    ):
        message = f"{where}: a step has a title, a text and a list of statements"
        raise BadInput(message)
    found = [
        key
        for reference in references
        for key in _named(reference, where, network.proofs.values())
    ]
    return Step(
        str(texts[0]), " ".join(str(texts[1]).split()), tuple(dict.fromkeys(found))
    )


def _named(reference: Any, where: str, proofs: Iterable[Proof]) -> list[str]:  # noqa: ANN401  whatever TOML holds
    """The statements that a reference names; there may be several that only their gist tells apart."""
    if not isinstance(reference, dict) or set(reference) != set(NAMED):
        message = (
            f"{where}: a statement is named by {', '.join(NAMED)}, not by {reference}"
        )
        raise BadInput(message)
    document, actor, relation, target = (reference[field] for field in NAMED)
    found = [
        proof.id
        for proof in proofs
        if actor in proof.actors
        and (proof.document, proof.relation, proof.object)
        == (document, relation, target)
    ]
    if not found:
        message = f"{where}: the graph has no statement “{actor} {relation} {target}” in {document}"
        raise BadInput(message)
    return sorted(found)


def told(found: Story, network: Network, numbers: Numbers) -> dict[str, object]:
    """The story as the page's script reads it, on a map of its own."""
    evidence = {key for step in found.steps for key in step.statements}
    speaking = [network.proofs[key] for key in sorted(evidence)]
    ends = {
        end
        for proof in speaking
        for end in (*proof.actors, proof.object)
        if end in network.nodes
    }
    borne = [link for link in network.links if not evidence.isdisjoint(link.evidence)]
    # A tool is the end of a link, and neither actor nor object.
    ends |= {end for link in borne for end in (link.source, link.target)}
    on_map = {node for node in ends if not is_topic(node)}
    boxes = {
        node: box
        for node, box in boxes_of(network, names=True).items()
        if node in on_map
    }
    places = layout(boxes, strengths(borne))
    return {
        "title": found.title,
        "steps": [_told_step(step, numbers) for step in found.steps],
        "places": [[numbers.nodes[node], *place] for node, place in places.items()],
    }


def _told_step(step: Step, numbers: Numbers) -> dict[str, object]:
    return {
        "title": step.title,
        "text": step.text,
        "statements": [numbers.proofs[key] for key in step.statements],
    }
