"""What an assistant may read by address: the ontology in short, the questions, a statement, a document."""

from collections.abc import Callable
from typing import Any

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ResourceError, ResourceNotFoundError

from onrecord.assistant import asking, lookup
from onrecord.assistant.ontology import ontology_text
from onrecord.assistant.results import (
    QuestionList,
    StatementList,
    StatementRecord,
)
from onrecord.assistant.text import NOTICE, in_words, quoted, statement_text
from onrecord.assistant.work import Caller
from onrecord.model.errors import OnRecordError, UnknownName

PLAIN = "text/plain"


def add_resources(server: MCPServer[Any], caller: Caller) -> None:
    """Gives a server its resources."""

    @server.resource(
        "onrecord://ontology", mime_type=PLAIN, title="The ontology in short"
    )
    async def ontology() -> str:
        """Classes, relations, topics, stances and prefixes, for SPARQL."""
        return str(await _read(caller, ontology_text))

    @server.resource(
        "onrecord://questions", mime_type=PLAIN, title="The questions"
    )
    async def questions() -> str:
        """The ready-made questions with what they answer and take."""
        listed: QuestionList = await _read(caller, asking.questions)
        lines = [in_words(listed), "What each answers:"]
        lines += [
            f"  {entry.name}: {entry.description}" for entry in listed.questions
        ]
        return "\n".join(lines)

    @server.resource(
        "onrecord://statement/{key}", mime_type=PLAIN, title="A statement"
    )
    async def statement(key: str) -> str:
        """One statement with all that is known of it, by its id without `st:`."""
        record: StatementRecord = await _read(caller, lookup.statement, key=key)
        return f"{NOTICE}\n{statement_text(record)}"

    @server.resource(
        "onrecord://document/{key}", mime_type=PLAIN, title="A document"
    )
    async def document(key: str) -> str:
        """A source: where and when it stood, and its first statements, by its id without `doc:`."""
        read = await _read(caller, lookup.document, key=key)
        return document_text(*read)


def document_text(facts: dict[str, str], listed: StatementList) -> str:
    """A document as text."""
    lines = (f"{name}: {quoted(text)}" for name, text in facts.items())
    return "\n".join([*lines, in_words(listed)])


async def _read(
    caller: Caller, function: Callable[..., Any], **given: object
) -> Any:  # noqa: ANN401  what the function gives
    try:
        return await caller.call(function, **given)
    except UnknownName as error:
        raise ResourceNotFoundError(str(error)) from None
    except OnRecordError as error:
        raise ResourceError(str(error)) from None
