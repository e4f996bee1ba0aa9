"""What the options before a command say, and how commands print and write."""

import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import typer

from onrecord.cli.streams import answer, escaped
from onrecord.model.errors import BadInput
from onrecord.querying.table import Table
from onrecord.workspace import Endpoint, Workspace, find, write_file


@dataclass(frozen=True, slots=True)
class State:
    """The options that stand before the command."""

    folder: Path | None
    with_shipped: bool
    store: Endpoint | None = None
    credentials: Path | None = None
    shared: Endpoint | None = None

    def workspace(self) -> Workspace:
        """The workspace that the command works on, or the store over HTTP that it asks instead.

        Where the graph lives in a store, the copy of it that changes go through.
        """
        if self.shared is None:
            return self._found()
        from onrecord.editing.store_home import copy_of  # noqa: PLC0415  rdflib, for who works on a store

        return copy_of(self.shared, find(self.folder))

    def sharing(self, url: str | None, profile: str) -> "State":
        """The same with the store where the graph lives, if a command names one itself."""
        if url is None:
            return self
        return replace(self, shared=Endpoint(url, profile, self.credentials))

    def _found(self) -> Workspace:
        where = find(
            self.folder, with_shipped=self.with_shipped, store=self.store
        )
        named = where.named_store() if self.store is None else None
        if named is None:
            return where
        from onrecord.editing.store_home import copy_of, is_known  # noqa: PLC0415

        if not is_known(named):
            message = (
                f"onrecord.toml says that the graph lives in {named.url}, where your changes and credentials would go;"
                f" if you mean it, say so once: onrecord --store {named.url} entities"
            )
            raise BadInput(message)
        return copy_of(named, where)


def state(context: typer.Context) -> State:
    """The state of this call."""
    options = context.obj
    assert isinstance(options, State)  # noqa: S101  the callback sets it before every command
    return options


def parameters(given: Iterable[str]) -> dict[str, str]:
    """`name=value` from each --param; raises BadInput for one without the sign."""
    values = {}
    for parameter in given:
        name, sign, value = parameter.partition("=")
        if not sign:
            message = f"--param {parameter}: write it as name=value"
            raise BadInput(message)
        values[name] = value
    return values


def print_table(
    rows: Table,
    form: str = "table",
    target: Path | None = None,
    *,
    force: bool = False,
) -> None:
    """Prints a table that fits the terminal, or Markdown, and says on standard error if rows were left out."""
    from onrecord.formats.text import markdown, table  # noqa: PLC0415  not needed where the answer is a file

    text = (
        markdown(rows)
        if form == "markdown"
        else table(rows, shutil.get_terminal_size().columns)
    )
    print_text(text if rows else "nothing found\n", target, force=force)
    if rows.more:
        print(
            f"onrecord: the first {len(rows)} rows; --max-rows shows more, --format csv all",
            file=sys.stderr,
        )


def print_text(
    text: str, target: Path | None = None, *, force: bool = False
) -> None:
    """Prints what a person reads, through a pager where it is long, or writes it into a file."""
    if target is None or str(target) == "-":
        answer(text)
        sys.stdout.flush()
        return
    write_out([text.encode()], target, force=force)


def write_out(
    pieces: Iterable[bytes], target: Path | None, *, force: bool = False
) -> None:
    """Writes to standard output or into a file, and says where; raises NotWritten."""
    if target is not None and str(target) != "-":
        print(
            f"onrecord: wrote {write_file(pieces, target, force=force)}",
            file=sys.stderr,
        )
        return
    is_terminal = sys.stdout.isatty()
    for piece in pieces:
        shown = _plain(piece) if is_terminal else piece
        sys.stdout.buffer.write(shown)
    sys.stdout.flush()


def _plain(piece: bytes) -> bytes:
    """What a terminal is shown: without the control characters of anybody's text."""
    text = piece.decode(errors="surrogateescape")
    return escaped(text).encode(errors="surrogateescape")
