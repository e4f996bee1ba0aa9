"""What a person may pick from a list and have asked."""

from typing import Any

from mcp.server import MCPServer

BRIEF = """Brief me on {subject}, from the onrecord graph alone.
Call entity (or search, if the name is not known; statements with a topic, if it is one). Follow what matters most with
statements, lawsuits or deals. Say in at most ten points what is said and done, the newest first. Give each point its
date and how it is dated, its publisher, its link, the words in quotation marks where there are any, and say which
points are allegations, plans, denied or not reviewed. End with what the graph does not have."""
CHANGES = """What has changed{about} since {since}, by the onrecord graph alone?
Call statements with since={since}{facet}, page by page where there are more, and the question stance-changes for those
who matter. Tell new deals, lawsuits, rules and changed stances apart, with date and how it is dated, publisher and
link, and say which are allegations, plans or not reviewed. Mention how many undated statements were left out."""


def add_prompts(server: MCPServer[Any]) -> None:
    """Gives a server its prompts."""

    @server.prompt(name="brief", title="Brief me on …")
    def brief(subject: str) -> str:
        """A briefing on a person, company, work, law or topic, with every source."""
        return BRIEF.format(subject=subject)

    @server.prompt(name="changes", title="What changed since …")
    def changes(since: str, about: str = "") -> str:
        """What is new since a date (2026-01), of all or of one entity."""
        return CHANGES.format(
            since=since,
            about=f" about {about}" if about else "",
            facet=f" and actor={about}, then about={about}" if about else "",
        )
