"""Records a session with `onrecord mcp` for `docs/how-to/assistant.md`: real calls, and what they answer.

.venv/bin/python docs/assistant_session.py
"""

import asyncio
import sys
from pathlib import Path
from typing import Any

from mcp.client import Client
from mcp.client.stdio import StdioServerParameters

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "how-to" / "assistant.md"
START, END = "<!-- session -->\n", "<!-- end of session -->\n"
CALLS: list[tuple[str, dict[str, Any]]] = [
    ("statements", {"relation": "settles with", "about": "Suno"}),
    ("compare", {"one": "Elton John", "other": "Paul McCartney"}),
    ("entity", {"name": "Brian Cranston"}),
]
MOST_LINES = 12


async def recorded() -> str:
    """Each call with the beginning of its answer."""
    program = Path(sys.executable).with_name("onrecord")
    server = StdioServerParameters(command=str(program), args=["mcp"])
    parts = []
    async with Client(server) as client:
        for tool, given in CALLS:
            result = await client.call_tool(tool, given)
            parts.append(
                f"> {call_text(tool, given)}\n\n{answer_text(result)}\n"
            )
    return "\n".join(parts)


def call_text(tool: str, given: dict[str, Any]) -> str:
    """A call as one writes it."""
    arguments = ", ".join(f"{name}={value!r}" for name, value in given.items())
    return f"{tool}({arguments})"


def answer_text(result: Any) -> str:  # noqa: ANN401  what the client gives
    """The first lines of an answer, and how many more there are."""
    lines = result.content[0].text.splitlines()
    rest = len(lines) - MOST_LINES
    more = [f"[{rest} more lines]"] if rest > 0 else []
    return "\n".join([*lines[:MOST_LINES], *more])


def page_with(session: str) -> str:
    """The page with a session in its place."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(START)
    _, _, after = rest.partition(END)
    return f"{before}{START}\n```text\n{session}```\n\n{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(page_with(asyncio.run(recorded())), encoding="utf-8")
    print(PAGE.relative_to(ROOT))
