"""`onrecord serve`: the graph over HTTP."""

import logging
import os
import stat
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from onrecord.cli.state import state
from onrecord.model.errors import BadInput
from onrecord.store.limits import MEGABYTE, Limits
from onrecord.workspace import Workspace

if TYPE_CHECKING:
    from onrecord.server.settings import Extension, Settings

SHORTEST_TOKEN = 16


Host = Annotated[
    str, typer.Option(metavar="HOST", help="The address to listen at.")
]
Port = Annotated[
    int,
    typer.Option(
        metavar="PORT", min=0, max=65535, help="The port; 0 takes a free one."
    ),
]
Writable = Annotated[
    bool,
    typer.Option("--writable", help="Take updates, into a store of its own."),
]
Data = Annotated[
    Path | None, typer.Option(metavar="DIR", help="Where that store is.")
]
TokenFile = Annotated[
    Path | None,
    typer.Option(
        "--token-file",
        metavar="FILE",
        help="Holds the token that writing needs, or the desk's coders.",
    ),
]
Desk = Annotated[
    bool,
    typer.Option(
        "--desk",
        help="Open the desk, where coders with a token review and code.",
    ),
]
Blind = Annotated[
    bool,
    typer.Option("--blind", help="Hide at the desk what other persons coded."),
]
Workers = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        min=1,
        max=64,
        help="Processes that answer; one a core if not given.",
    ),
]
TimeLimit = Annotated[
    float,
    typer.Option(metavar="SECONDS", help="Stop an answer after this time."),
]
MemoryLimit = Annotated[
    int,
    typer.Option(
        metavar="MB", min=1, help="Stop an answer at this much memory."
    ),
]
Cache = Annotated[
    int,
    typer.Option(
        metavar="MB", min=0, help="Memory for kept answers; 0 keeps none."
    ),
]
Cors = Annotated[
    list[str],
    typer.Option(
        metavar="ORIGIN", help="A site whose pages may read answers; * for all."
    ),
]
FrameAncestors = Annotated[
    list[str],
    typer.Option(
        metavar="ORIGIN", help="A site whose pages may show the embed pages."
    ),
]
Public = Annotated[
    str | None,
    typer.Option(
        metavar="URL",
        help="The address by which clients reach it through a proxy.",
    ),
]
AccessLog = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Where each request is logged, not on standard error.",
    ),
]
MaxQuerySize = Annotated[
    float, typer.Option(metavar="MB", min=0.001, help="The longest query.")
]
MaxUploadSize = Annotated[
    float,
    typer.Option(metavar="MB", min=0.001, help="The largest file to read."),
]
Mcp = Annotated[
    bool, typer.Option("--mcp", help="Let assistants ask too, at /-/mcp.")
]
MaxConnections = Annotated[
    int, typer.Option(metavar="N", min=1, help="Connections at one time.")
]


def serve(
    context: typer.Context,
    host: Host = "127.0.0.1",
    port: Port = 8000,
    writable: Writable = False,
    data: Data = None,
    token_file: TokenFile = None,
    desk: Desk = False,
    blind: Blind = False,
    workers: Workers = None,
    time_limit: TimeLimit = 30,
    memory_limit: MemoryLimit = 1024,
    cache: Cache = 64,
    cors: Cors = [],  # noqa: B006  typer copies it
    frame_ancestors: FrameAncestors = [],  # noqa: B006  typer copies it
    public: Public = None,
    access_log: AccessLog = None,
    max_query_size: MaxQuerySize = 1,
    max_upload_size: MaxUploadSize = 1024,
    mcp: Mcp = False,
    max_connections: MaxConnections = 512,
) -> None:
    """Serve the graph over HTTP: a SPARQL endpoint, and pages to read.

    Read-only, it serves the workspace's graph, and what `onrecord add` adds meanwhile. With --writable it serves a
    store of its own, in DIR, that clients fill by SPARQL Update and the Graph Store Protocol, if they show the token.
    """
    options = locals()
    _refuse_odd(options)
    from onrecord.server.serve import is_loopback  # noqa: PLC0415
    from onrecord.server.serve import serve as listen  # noqa: PLC0415  not needed for any other command

    settings = _settings(state(context).workspace(), options)
    _log(access_log)
    if not is_loopback(host):
        _say(
            f"{host} is reached from other machines too: whoever does may ask all of this graph, unencrypted"
        )
    what = _what(settings.workspace, data)
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


def _refuse_odd(options: Mapping[str, Any]) -> None:
    """Raises BadParameter for options that mean nothing together, and for addresses that are none."""
    writable, desk = options["writable"], options["desk"]
    data, token_file = options["data"], options["token_file"]
    if writable and (data is None or token_file is None):
        message = (
            "--writable needs --data DIR, where its store is, "
            "and --token-file FILE, which says who may write"
        )
        raise typer.BadParameter(message)
    if desk and (writable or token_file is None):
        message = (
            "--desk needs --token-file FILE, with a line for "
            "each coder: TOKEN NAME; it works without --writable"
        )
        raise typer.BadParameter(message)
    if options["blind"] and not desk:
        message = "--blind belongs to --desk"
        raise typer.BadParameter(message)
    if not writable and (
        data is not None or (token_file is not None and not desk)
    ):
        message = (
            "--data and --token-file belong to "
            "--writable; without it the server only reads"
        )
        raise typer.BadParameter(message)
    addresses = [
        *options["cors"],
        *options["frame_ancestors"],
        options["public"],
    ]
    for address in filter(None, addresses):
        if address != "*" and not address.startswith(("http://", "https://")):
            message = f"{address}: write it as https://{address}"
            raise typer.BadParameter(message)


def _settings(workspace: Workspace, options: Mapping[str, Any]) -> "Settings":
    """The server's settings that the options ask for."""
    from onrecord.server.settings import DeskSettings, Settings  # noqa: PLC0415

    token = desk = None
    file = options["token_file"]
    if file and options["writable"]:
        token = _token(file)
    if file and options["desk"]:
        desk = DeskSettings(_coders(file), options["blind"])
    return Settings(
        workspace=workspace,
        limits=Limits(
            options["time_limit"], options["memory_limit"] * MEGABYTE
        ),
        token=token,
        desk=desk,
        cache=options["cache"] * MEGABYTE,
        origins=tuple(options["cors"]),
        ancestors=tuple(options["frame_ancestors"]),
        most_query=int(options["max_query_size"] * MEGABYTE),
        most_upload=int(options["max_upload_size"] * MEGABYTE),
        most_connections=options["max_connections"],
        log_queries=logging.getLogger().isEnabledFor(logging.INFO),
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


def _what(workspace: Workspace, data: Path | None) -> str:
    """What is served, in words."""
    if data:
        return f"the store in {data}, to read and to write"
    place = "onrecord itself" if workspace.is_shipped else workspace.root
    return f"the graph of {place}, read-only"


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
            message = (
                f"{file}: a token is one word of {SHORTEST_TOKEN} "
                "signs or more; `openssl rand -hex 32` makes one"
            )
            raise BadInput(message)
        coders[token] = name.strip()
    if not coders:
        message = (
            f"{file}: holds no token; write a line for each coder: TOKEN NAME"
        )
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
        logging.FileHandler(file, encoding="utf-8")
        if file
        else logging.StreamHandler()
    )
    handler.setFormatter(logging.Formatter("%(message)s"))
    log = logging.getLogger("onrecord.access")
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    log.propagate = False


def _say(text: str) -> None:
    print(f"onrecord: {text}", file=sys.stderr, flush=True)
