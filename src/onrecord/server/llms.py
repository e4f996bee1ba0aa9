"""`/llms.txt`: what a program that reads with a language model finds here, and how it should cite it."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from onrecord.server.settings import serving
from onrecord.website.llms import ABOUT

TEXT = """
## Ask

- [Search]({address}/-/search.json?q=digital+replica): words, in JSON
- [Questions]({address}/-/questions): by name, with parameters in the address
- [A question's answer]({address}/-/questions/statements-by.csv?actor=SAG-AFTRA): also .json and .md
- [An entity's statements]({address}/SAG-AFTRA.csv): also .ttl, .jsonld
- [A statement]({address}/statement/ID.csv): by the last part of its address
- [SPARQL 1.1]({address}/sparql): GET with ?query=, or POST; read-only unless the server says otherwise
- [OpenAPI 3.1]({address}/-/openapi.json): all addresses, with examples

## Optional

- Model Context Protocol: {address}/-/mcp, where the server runs with --mcp; `onrecord mcp` on one's own machine
"""


async def llms(request: Request) -> Response:
    """The text, with this server's address."""
    settings = serving(request).settings
    title = settings.workspace.texts().title
    return PlainTextResponse(
        (ABOUT + TEXT).format(title=title, address=settings.address)
    )
