"""`onrecord serve`: the graph over HTTP."""

import logging
import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.state import state
from onrecord.model.errors import BadInput
from onrecord.store.limits import MEGABYTE, Limits
from onrecord.workspace import Workspace

if TYPE_CHECKING:
    from onrecord.server.settings import Extension

SHORTEST_TOKEN = 16


def serve(
    context: typer.Context,
    host: Annotated[
        str, typer.Option(metavar="HOST", help="The address to listen at.")
    ] = "127.0.0.1",
    port: Annotated[
        int,
        typer.Option(
            metavar="PORT", min=0, max=65535, help="The port; 0 takes a free one."
        ),
    ] = 8000,
    writable: Annotated[
        bool, typer.Option("--writable", help="Take updates, into a store of its own.")
    ] = False,
    data: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where that store is.")
    ] = None,
    token_file: Annotated[
        Path | None,
        typer.Option(
            "--token-file",
            metavar="FILE",
            help="Holds the token that writing needs, or the desk's coders.",
        ),
    ] = None,
    desk: Annotated[
        bool,
        typer.Option(
            "--desk",
            help="Open the desk, where coders with a token review and code.",
        ),
    ] = False,
    blind: Annotated[
        bool,
        typer.Option("--blind", help="Hide at the desk what other persons coded."),
    ] = False,
    workers: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            min=1,
            max=64,
            help="Processes that answer; one a core if not given.",
        ),
    ] = None,
    time_limit: Annotated[
        float, typer.Option(metavar="SECONDS", help="Stop an answer after this time.")
    ] = 30,
    memory_limit: Annotated[
        int,
        typer.Option(metavar="MB", min=1, help="Stop an answer at this much memory."),
    ] = 1024,
    cache: Annotated[
        int,
        typer.Option(
            metavar="MB", min=0, help="Memory for kept answers; 0 keeps none."
        ),
    ] = 64,
    cors: Annotated[
        list[str],
        typer.Option(
            metavar="ORIGIN", help="A site whose pages may read answers; * for all."
        ),
    ] = [],  # noqa: B006  typer copies it
    frame_ancestors: Annotated[
        list[str],
        typer.Option(
            metavar="ORIGIN", help="A site whose pages may show the embed pages."
        ),
    ] = [],  # noqa: B006  typer copies it
    public: Annotated[
        str | None,
        typer.Option(
            metavar="URL", help="The address by which clients reach it through a proxy."
        ),
    ] = None,
    access_log: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Where each request is logged, not on standard error."
        ),
    ] = None,
    max_query_size: Annotated[
        float, typer.Option(metavar="MB", min=0.001, help="The longest query.")
    ] = 1,
    max_upload_size: Annotated[
        float, typer.Option(metavar="MB", min=0.001, help="The largest file to read.")
    ] = 1024,
    mcp: Annotated[
        bool, typer.Option("--mcp", help="Let assistants ask too, at /-/mcp.")
    ] = False,
    max_connections: Annotated[
        int, typer.Option(metavar="N", min=1, help="Connections at one time.")
    ] = 512,
) -> None:
    """Serve the graph over HTTP: a SPARQL endpoint, and pages to read.

    Read-only, it serves the workspace's graph, and what `onrecord add` adds meanwhile. With --writable it serves a
    store of its own, in DIR, that clients fill by SPARQL Update and the Graph Store Protocol, if they show the token.
    """
    if writable and (data is None or token_file is None):
        message = "--writable needs --data DIR, where its store is, and --token-file FILE, which says who may write"
        raise typer.BadParameter(message)
    if desk and (writable or token_file is None):
        message = "--desk needs --token-file FILE, with a line for each coder: TOKEN NAME; it works without --writable"
        raise typer.BadParameter(message)
    if blind and not desk:
        message = "--blind belongs to --desk"
        raise typer.BadParameter(message)
    if not writable and (data is not None or (token_file is not None and not desk)):
        message = "--data and --token-file belong to --writable; without it the server only reads"
        raise typer.BadParameter(message)
    for address in (*cors, *frame_ancestors, *([public] if public else [])):
        if address != "*" and not address.startswith(("http://", "https://")):
            message = f"{address}: write it as https://{address}"
            raise typer.BadParameter(message)
    from onrecord.server.serve import is_loopback  # noqa: PLC0415
    from onrecord.server.serve import serve as listen  # noqa: PLC0415  not needed for any other command
    from onrecord.server.settings import DeskSettings, Settings  # noqa: PLC0415

    settings = Settings(
        workspace=state(context).workspace(),
        limits=Limits(time_limit, memory_limit * MEGABYTE),
        token=_token(token_file) if token_file and writable else None,
        desk=DeskSettings(_coders(token_file), blind) if desk and token_file else None,
        cache=cache * MEGABYTE,
        origins=tuple(cors),
        ancestors=tuple(frame_ancestors),
        most_query=int(max_query_size * MEGABYTE),
        most_upload=int(max_upload_size * MEGABYTE),
        most_connections=max_connections,
        log_queries=logging.getLogger().isEnabledFor(logging.INFO),
    )
    _log(access_log)
    if not is_loopback(host):
        _say(
            f"{host} is reached from other machines too: whoever does may ask all of this graph, unencrypted"
        )
    what = (
        f"the store in {data}, to read and to write"
        if data
        else f"the graph of {_where(settings.workspace)}"
    )
    listen(
        settings,
        host=host,
        port=port,
        workers=workers,
        data=data,
        public=public,
        ready=lambda at: _ready(at, what),
        extension=_assistants() if mcp else None,
    )


def _assistants() -> "Extension":
    """What answers assistants; the two rooms meet only here."""
    from onrecord.assistant.http import mounted  # noqa: PLC0415  another extra

    return lambda served, settings: mounted(
        served,
        settings.limits,
        most_body=settings.most_query,
        origins=(settings.address, *settings.origins),
    )


def _ready(address: str, what: str) -> None:
    _say(f"{address}/ serves {what}")
    _say(
        "SPARQL at /sparql, named graphs at /-/graphs, the editor at /-/editor; Ctrl-C stops it"
    )


def _where(workspace: Workspace) -> str:
    return (
        "onrecord itself, read-only"
        if workspace.is_shipped
        else f"{workspace.root}, read-only"
    )


def _coders(file: Path) -> dict[str, str]:
    """The tokens of coders, each with its name: a line holds TOKEN NAME, or TOKEN alone."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        message = f"{file}: is no text in UTF-8"
        raise BadInput(message) from error
    coders: dict[str, str] = {}
    for line in filter(str.strip, lines):
        token, _, name = line.strip().partition(" ")
        if len(token) < SHORTEST_TOKEN or not token.isascii():
            message = f"{file}: a token is one word of {SHORTEST_TOKEN} signs or more; `openssl rand -hex 32` makes one"
            raise BadInput(message)
        coders[token] = name.strip()
    if not coders:
        message = f"{file}: holds no token; write a line for each coder: TOKEN NAME"
        raise BadInput(message)
    _warn_if_open(file)
    return coders


def _token(file: Path) -> str:
    """The token in a file's first line; read once, and said where others can read it too."""
    try:
        token = file.read_text(encoding="ascii").strip()
    except UnicodeDecodeError as error:
        message = f"{file}: a token is letters, digits and signs of ASCII"
        raise BadInput(message) from error
    if len(token) < SHORTEST_TOKEN or len(token.split()) != 1:
        message = (
            f"{file}: a token is one word of {SHORTEST_TOKEN} signs or more that nobody guesses; "
            "`openssl rand -hex 32` makes one"
        )
        raise BadInput(message)
    _warn_if_open(file)
    return token


def _warn_if_open(file: Path) -> None:
    mode = file.stat().st_mode
    if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        _say(
            f"{file} can be read by others, who could write then; `chmod 600` keeps it"
        )


def _log(file: Path | None) -> None:
    """Each request is a line, on standard error or at the end of a file."""
    handler = (
        logging.FileHandler(file, encoding="utf-8") if file else logging.StreamHandler()
    )
    handler.setFormatter(logging.Formatter("%(message)s"))
    log = logging.getLogger("onrecord.access")
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    log.propagate = False


def _say(text: str) -> None:
    print(f"onrecord: {text}", file=sys.stderr, flush=True)
