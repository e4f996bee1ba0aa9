"""The program: its commands, the options that stand before them, and the end of every error."""

import errno
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from onrecord._version import __version__
from onrecord.cli import streams
from onrecord.cli.help import EXAMPLES, grouped
from onrecord.cli.options import Credentials, Profile
from onrecord.cli.state import State
from onrecord.model.errors import BadInput, OnRecordError
from onrecord.workspace import Endpoint

COMMANDS = {
    "questions": "List the questions that have a name.",
    "query": "Ask a question, by name or in SPARQL.",
    "list": "List actors, works, topics, relations or documents.",
    "search": "Search names, descriptions, gists and quotes.",
    "show": "Show who somebody is, and every statement.",
    "path": "Show how two are linked, with the evidence.",
    "compare": "Show what two say on each topic, side by side.",
    "view": "Write the network as a page to look at.",
    "export": "Write the graph for other tools.",
    "site": "Write the graph as a static site.",
    "serve": "Serve the graph over HTTP, to ask and to read.",
    "mcp": "Let an assistant ask the graph (MCP).",
    "push": "Send the graph to a store over HTTP.",
    "pull": "Get the graph from a store over HTTP.",
    "diff": "Compare two graphs: folders, files, stores.",
    "network": "Show who stands with whom.",
    "positions": "Show somebody's stance by topic and time.",
    "contradictions": "Show who is on both sides of one topic.",
    "utterances": "Propose which statements report one utterance.",
    "agreement": "Say how far coders agree.",
    "init": "Make a workspace for a graph of your own.",
    "add": "Add articles, or statements from records.",
    "follow": "Follow a feed, or list those followed.",
    "fetch": "Add what is new in the feeds followed.",
    "review": "Accept, reject or edit what waits for it.",
    "edit": "Change fields of a statement.",
    "entities": "List entities, or those that are new.",
    "merge": "Make one entity of two.",
    "rename": "Give an entity another name or type.",
    "undo": "Take the last change by hand back.",
    "evaluate": "Measure extraction against gold.",
    "remove": "Remove a document or a statement, for good.",
    "check": "Check the graph against the shapes.",
    "stats": "Say how much the graph holds, and of what.",
}
"""In the order of the help, with a line for it; a command is the function of its name in the module of its name."""

ASKING = frozenset(
    {
        "questions",
        "query",
        "list",
        "search",
        "show",
        "path",
        "compare",
        "view",
        "export",
        "network",
        "positions",
        "contradictions",
        "utterances",
        "stats",
        "mcp",
    }
)
"""The commands that only ask, and so work on a store over HTTP too."""

SHARING = frozenset(
    {"add", "review", "edit", "entities", "merge", "rename", "remove", "undo"}
)
"""The commands that change a graph, also one that lives in a store over HTTP."""

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})
"""How a disk says that it takes no more."""


class Commands(TyperGroup):
    """Imports a command when it is called, so that none waits for what another needs."""

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401  whatever typer hands on
        super().__init__(**settings)
        self.commands: dict[str, Any] = dict.fromkeys(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401, ARG002  typer names no public type
        """The command of that name, or None."""
        if cmd_name not in COMMANDS:
            return None
        alone = typer.Typer(add_completion=False, rich_markup_mode=None)
        example = EXAMPLES.get(cmd_name)
        alone.command(
            cmd_name,
            short_help=COMMANDS[cmd_name],
            epilog=f"Example: {example}" if example else None,
        )(getattr(import_module(f"onrecord.cli.{cmd_name}"), cmd_name))
        return typer.main.get_command(alone)

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401, ARG002  typer names no public type
        """The commands in groups, for the help."""
        width = max(map(len, COMMANDS))
        for title, names in grouped(COMMANDS).items():
            with formatter.section(title):
                rows = [(name.ljust(width), COMMANDS[name]) for name in names]
                formatter.write_dl(rows)


app = typer.Typer(
    name="onrecord",
    cls=Commands,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(is_asked: bool) -> None:
    if is_asked:
        print(f"onrecord {__version__}")
        raise typer.Exit


Folder = Annotated[
    Path | None,
    typer.Option(
        "-C",
        metavar="DIR",
        help="The workspace to use, instead of the one around here.",
    ),
]
WithShipped = Annotated[
    bool,
    typer.Option(
        "--with-shipped",
        help="Beside the workspace's graph, use the one that ships.",
    ),
]
Store = Annotated[
    str | None,
    typer.Option(
        "--store",
        metavar="URL",
        help="Ask this SPARQL store over HTTP instead of the graph, or change the graph that lives there.",
    ),
]
Verbose = Annotated[
    bool, typer.Option("-v", "--verbose", help="Say more on standard error.")
]
NoPager = Annotated[
    bool,
    typer.Option(
        "--no-pager", help="Let long answers run through the terminal."
    ),
]
Version = Annotated[
    bool,
    typer.Option(
        "--version", callback=_version, is_eager=True, help="Print the version."
    ),
]


@app.callback()
def onrecord(
    context: typer.Context,
    folder: Folder = None,
    with_shipped: WithShipped = False,
    store: Store = None,
    profile: Profile = "generic",
    credentials: Credentials = None,
    verbose: Verbose = False,
    no_pager: NoPager = False,
    version: Version = False,  # noqa: ARG001  what it asks is done by its callback
) -> None:
    """Who in the entertainment industry says and does what about AI, on the record."""
    if verbose:
        import logging  # noqa: PLC0415  a part of a command's start that few ask for

        logging.basicConfig(level=logging.INFO, format="onrecord: %(message)s")
    if no_pager:
        streams.turn_pager_off()
    endpoint = _endpoint(context, store, profile, credentials)
    is_shared = context.invoked_subcommand in SHARING
    context.obj = State(
        folder,
        with_shipped,
        None if is_shared else endpoint,
        credentials,
        endpoint if is_shared else None,
    )


def _endpoint(
    context: typer.Context,
    store: str | None,
    profile: str,
    credentials: Path | None,
) -> Endpoint | None:
    """The store that the command asks; raises BadInput for a command that does more than ask."""
    if store is None:
        if profile != "generic":
            message = (
                "--profile says which dialect a store "
                "speaks: name the store with --store URL"
            )
            raise BadInput(message)
        return None
    if context.invoked_subcommand not in ASKING | SHARING:
        message = (
            f"{context.invoked_subcommand} works on a workspace's files, and --store names a store that is only "
            "asked: leave the option out"
        )
        raise BadInput(message)
    return Endpoint(store, profile, credentials)


def _refuse_odd_arguments(arguments: Sequence[str]) -> None:
    """Raises BadInput for an argument that is not UTF-8, which no query and no name could hold."""
    for argument in arguments:
        if not argument.isascii() and any(
            "\ud800" <= sign <= "\udfff" for sign in argument
        ):
            shown = argument.encode("utf-8", "backslashreplace").decode()
            message = (
                f"the argument {shown} is not UTF-8; "
                "write it in UTF-8, or rename the file"
            )
            raise BadInput(message)


def main() -> None:
    """Runs the program: an error of ours is printed and ends with 1, Ctrl-C with 130, a closed pipe in silence."""
    streams.open_all()
    try:
        try:
            _refuse_odd_arguments(sys.argv[1:])
            app()
        finally:
            sys.stdout.flush()
    except OnRecordError as error:
        print(f"onrecord: {error}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        streams.give_up_output()
        sys.exit(1)
    except OSError as error:
        # What names a file, or a disk that is full, can be mended; anything else is a bug and keeps its traceback.
        if error.filename is None and error.errno not in NO_ROOM:
            raise
        streams.give_up_output()
        print(
            f"onrecord: {error.filename or 'standard output'}: {error.strerror}",
            file=sys.stderr,
        )
        sys.exit(1)
