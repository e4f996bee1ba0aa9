"""The tools: what an assistant may call, each with what it takes and gives, none of which writes."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Annotated, Any, Literal

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import CallToolResult, TextContent, ToolAnnotations
from pydantic import Field

from onrecord.assistant import asking, lookup, ties
from onrecord.assistant.results import (
    Comparison,
    EntityResult,
    PathResult,
    QuestionList,
    RowsResult,
    SearchResult,
    StatementList,
    TiesResult,
)
from onrecord.assistant.text import in_words
from onrecord.assistant.work import Caller
from onrecord.model.errors import OnRecordError
from onrecord.querying.facets import Facets

LONGEST_NAME = 300
LONGEST_QUERY = 20_000
MOST_PAGES = 1000
MOST_START = 20_000
READS = ToolAnnotations(
    read_only_hint=True,
    destructive_hint=False,
    idempotent_hint=True,
    open_world_hint=False,
)

Name = Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]
Entity = Annotated[
    str,
    Field(
        description="A name, alias or id: 'SAG-AFTRA', 'Bryan Cranston'",
        min_length=1,
        max_length=LONGEST_NAME,
    ),
]
Someone = Annotated[
    str | None,
    Field(description="An entity: name, alias or id", max_length=LONGEST_NAME),
]
Topic = Annotated[
    str | None,
    Field(
        description="A topic or family, by label or key: 'consent and likeness', 'job displacement'",
        max_length=LONGEST_NAME,
    ),
]
Day = Annotated[
    str | None,
    Field(
        description="2025, 2025-10 or 2025-10-21", max_length=len("2025-10-21")
    ),
]
Page = Annotated[int, Field(description="Page, from 1", ge=1, le=MOST_PAGES)]
Start = Annotated[
    int, Field(description="How many rows to skip", ge=0, le=MOST_START)
]
Kind = Literal["statement", "entity", "topic", "document", "term"]


def add_tools(server: MCPServer[Any], caller: Caller) -> None:
    """Gives a server its tools."""
    for add in (_add_lookup, _add_questions, _add_ties):
        add(server, caller)


async def _call(
    caller: Caller, function: Callable[..., Any], **given: object
) -> CallToolResult:
    """A result as text and as data; an error of ours in its own words."""
    try:
        result = await caller.call(function, **given)
    except OnRecordError as error:
        raise ToolError(str(error)) from None
    return CallToolResult(
        content=[TextContent(type="text", text=in_words(result))],
        structured_content=asdict(result),
    )


def _add_lookup(server: MCPServer[Any], caller: Caller) -> None:
    @server.tool(title="Search the record", annotations=READS)
    async def search(
        text: Annotated[
            str,
            Field(
                description="One to four words, all of which must be there in any form;"
                ' "words in quotation marks" stand together',
                max_length=LONGEST_NAME,
            ),
        ],
        kind: Annotated[
            Kind | None,
            Field(description="Only this kind; statement is most useful"),
        ] = None,
        page: Page = 1,
    ) -> Annotated[CallToolResult, SearchResult]:
        """Find statements, entities, topics and documents by words, the best first. Start here."""
        return await _call(
            caller, lookup.search, text=text, kind=kind, page=page
        )

    @server.tool(title="Look an entity up", annotations=READS)
    async def entity(name: Entity) -> Annotated[CallToolResult, EntityResult]:
        """Who or what a person, company, guild, work, law, lawsuit or AI system is, with the newest statements by and about it."""  # noqa: E501
        return await _call(caller, lookup.entity, name=name)

    @server.tool(title="List statements", annotations=READS)
    async def statements(  # noqa: PLR0913, PLR0917  a facet each
        actor: Someone = None,
        about: Someone = None,
        topic: Topic = None,
        relation: Annotated[
            str | None,
            Field(
                description="By label or key: sues, settles with, urges, criticizes",
                max_length=LONGEST_NAME,
            ),
        ] = None,
        stance: Annotated[
            Literal["supportive", "critical", "conditional", "neutral"] | None,
            Field(description="The stance on AI"),
        ] = None,
        since: Day = None,
        until: Day = None,
        page: Page = 1,
    ) -> Annotated[CallToolResult, StatementList]:
        """List statements by who (actor), at whom (about), topic, relation, stance and time, the newest first."""
        facets = Facets(actor, about, topic, relation, stance, since, until)
        return await _call(caller, lookup.statements, facets=facets, page=page)


def _add_questions(server: MCPServer[Any], caller: Caller) -> None:
    @server.tool(title="List the questions", annotations=READS)
    async def questions() -> Annotated[CallToolResult, QuestionList]:
        """List the ready-made questions (lawsuits, deals, who urges whom …) with their parameters."""
        return await _call(caller, asking.questions)

    @server.tool(title="Ask a ready-made question", annotations=READS)
    async def question(
        name: Annotated[
            str,
            Field(description="As questions lists it", max_length=LONGEST_NAME),
        ],
        parameters: Annotated[
            dict[str, str] | None,
            Field(description="Values by name: {'party': 'Suno'}"),
        ] = None,
        start: Start = 0,
    ) -> Annotated[CallToolResult, RowsResult]:
        """Ask one of the questions that questions lists; rows, and the first statements behind them in full."""
        return await _call(
            caller,
            asking.question,
            name=name,
            parameters=parameters or {},
            start=start,
        )

    @server.tool(title="Ask in SPARQL", annotations=READS)
    async def sparql(
        query: Annotated[
            str,
            Field(
                description="SELECT, ASK, CONSTRUCT or DESCRIBE; known prefixes need no"
                " PREFIX line; the resource onrecord://ontology has the terms",
                max_length=LONGEST_QUERY,
            ),
        ],
        start: Start = 0,
    ) -> Annotated[CallToolResult, RowsResult]:
        """Ask in SPARQL 1.1 what no other tool answers, such as counts. Reads only; select ?statement to get the evidence."""  # noqa: E501
        return await _call(caller, asking.sparql, query=query, start=start)


def _add_ties(server: MCPServer[Any], caller: Caller) -> None:
    _add_pairs(server, caller)
    _add_network(server, caller)


def _add_pairs(server: MCPServer[Any], caller: Caller) -> None:
    @server.tool(title="Find how two are linked", annotations=READS)
    async def path(
        start: Entity,
        end: Entity,
        *,
        through_topics: Annotated[
            bool,
            Field(description="Let topics on which both speak link them too"),
        ] = False,
    ) -> Annotated[CallToolResult, PathResult]:
        """The shortest way between two entities, each step with its evidence."""
        return await _call(
            caller,
            ties.path,
            start=start,
            end=end,
            through_topics=through_topics,
        )

    @server.tool(title="Compare two", annotations=READS)
    async def compare(
        one: Entity, other: Entity, page: Page = 1
    ) -> Annotated[CallToolResult, Comparison]:
        """Where two entities stand on the topics of both, and what either says or does to the other."""
        return await _call(
            caller, ties.compare, one=one, other=other, page=page
        )


def _add_network(server: MCPServer[Any], caller: Caller) -> None:
    @server.tool(title="Who stands with whom", annotations=READS)
    async def network(  # noqa: PLR0913, PLR0917  each is one choice
        method: Annotated[
            Literal["congruence", "conflict"],
            Field(
                description="congruence: same side; conflict: opposite sides"
            ),
        ] = "congruence",
        topic: Topic = None,
        actors: Literal["all", "person", "organization"] = "all",
        since: Day = None,
        until: Day = None,
        page: Page = 1,
    ) -> Annotated[CallToolResult, TiesResult]:
        """The strongest ties of the discourse network: who shares a side with whom, or is on the other one, with evidence."""  # noqa: E501
        return await _call(
            caller,
            ties.network,
            method=method,
            topic=topic,
            actors=actors,
            since=since,
            until=until,
            page=page,
        )
