"""A discourse network by keywords, for Python: the words of `onrecord network`."""

from typing import Any

from onrecord.discourse.choice import Choice, DiscourseNetwork
from onrecord.discourse.choice import network as network_of
from onrecord.querying.ask import Graph
from onrecord.workspace import Workspace, find


def network(
    method: str = "congruence",
    *,
    workspace: Workspace | None = None,
    **options: Any,  # noqa: ANN401  the fields of Choice, each of its own type
) -> DiscourseNetwork:
    """A discourse network of the graph: who takes the same side, opposite ones, or speaks on what.

    `onrecord network congruence --actors organization --since 2025` is
    `onrecord.network("congruence", actors="organization", since="2025")`; the options are the fields of `Choice`.
    Raises BadInput for a choice that means nothing, and TypeError for an option that there is not.
    """
    return network_of(Graph(workspace or find()), Choice(method, **options))
