"""A graph of invented statements of every sort, and its network."""

import pytest

from onrecord.networks import Network
from onrecord.networks.graph import network
from onrecord.querying.ask import Graph
from onrecord.workspace import Workspace


@pytest.fixture(scope="session")
def told(desk_at, new_desk, tmp_path_factory) -> Workspace:
    """Statements that are plain, negated, planned, alleged, on topics, of two actors, with a tool."""
    import shutil  # noqa: PLC0415  for this fixture alone

    desk = desk_at(
        shutil.copytree(new_desk, tmp_path_factory.mktemp("told") / "desk")
    )
    said = desk.said
    desk.put(
        desk.told(
            said(
                "urges",
                "Studio Nine",
                stance="critical",
                topics=["compensation"],
                anchor="pay us for this",
            ),
            said(
                "concernedAbout", stance="critical", topics=["job-displacement"]
            ),
            said(
                "criticizes",
                "Paintbot",
                actors=["Ada Example", "Bob Sample"],
                stance="critical",
            ),
            said(
                "sues", "Studio Nine", actors=["Bob Sample"], modality="future"
            ),
            said(
                "usesAIIn",
                "The Long Film",
                actors=["Studio Nine"],
                instrument="Paintbot",
                stage="dubbing",
            ),
            said("memberOf", "Some fans", actors=["Bob Sample"], stance=None),
            name="one",
            published="2025-10",
        ),
        desk.told(
            said(
                "partnersWith",
                "Studio Nine",
                actors=["Studio Ten"],
                stance="supportive",
                date="2024-05-01",
            ),
            said(
                "concernedAbout",
                actors=["Bob Sample"],
                negated=True,
                stance="supportive",
            ),
            said("supports", "Example Act", negated=True, stance="critical"),
            said(
                "promises",
                "Example Act",
                actors=["Studio Ten"],
                stance="conditional",
            ),
            said(
                "criticizes",
                "Studio Nine",
                review={
                    "status": "rejected",
                    "by": "a reader",
                    "on": "2025-01-01",
                },
            ),
            said(
                "usesAIIn",
                "The Long Film",
                actors=["Studio Ten"],
                basis="allegation",
                according_to="Bob Sample",
                gist="Is said to have used it.",
            ),
            name="two",
        ),
    )
    return desk.workspace


@pytest.fixture(scope="session")
def net(told: Workspace) -> Network:
    """The network of that graph."""
    return network(Graph(told))
