"""The desk for one person: a server on this machine alone, and a browser at it."""

import secrets
import sys
import webbrowser
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from onrecord.editing.add import add
from onrecord.editing.add_articles import extractor_of
from onrecord.ingest.articles import ReadingOptions
from onrecord.ingest.gathering import gather
from onrecord.ingest.many_articles import read_documents
from onrecord.model.errors import BadInput
from onrecord.model.iris import local
from onrecord.querying.ask import Graph
from onrecord.server.serve import serve
from onrecord.server.settings import DeskSettings, Settings
from onrecord.workspace import Workspace


def open_desk(
    where: Workspace,
    coder: str,
    article: str | None,
    *,
    code: bool,
    blind: bool,
    port: int,
    browser: bool,
) -> None:
    """Serves the desk until it is stopped; `article` is added first and opened."""
    where.home  # noqa: B018  raises NoWorkspace before anything is begun
    if code and article is None:
        message = "--code: name the article to code"
        raise BadInput(message)
    document = opened(where, article, code=code) if article else None
    token = secrets.token_urlsafe(24)
    desk = DeskSettings({token: coder}, blind, document)
    settings = Settings(workspace=where, desk=desk)
    with TemporaryDirectory() as folder:
        door = Path(folder) / "desk.html" if browser else None
        serve(
            settings,
            port=port,
            workers=1,
            ready=lambda address: ready(
                f"{address}/-/desk?token={token}", door
            ),
        )


def opened(where: Workspace, article: str, *, code: bool) -> str:
    """The id of the document that an article is; it is added where it is not here yet."""
    how = ReadingOptions(extractor="none" if code else "rules")
    [text, *more] = _texts(where, article, how)
    if more:
        message = (
            f"{article}: that is several articles; name "
            "one, or add them first with `onrecord add`"
        )
        raise BadInput(message)
    known = _documents(where)
    if text not in known:
        add([article], workspace=where, how=how)
        known = _documents(where)
    return known[text]


def _texts(where: Workspace, article: str, how: ReadingOptions) -> list[str]:
    """The hash of each text; raises BadInput where there is none."""
    extractor = extractor_of(
        Graph(where), where, replace(how, extractor="none")
    )
    documents, faults = read_documents(gather([article]), extractor, how)
    if not documents:
        raise BadInput("\n".join(faults) or f"{article}: holds no article")
    return [document.sha256 or "" for document in documents]


def _documents(where: Workspace) -> dict[str, str]:
    """The id of each document by the hash of its text."""
    table = Graph(where).ask(
        "SELECT ?document ?hash { ?document :sha256 ?hash }"
    )
    return {str(row["hash"]): local(str(row["document"])) for row in table}


def ready(desk: str, door: Path | None) -> None:
    """Says where the desk is, and opens a browser by a file that only this person can read.

    The address with its token is no argument of the browser's: every user of the machine sees those.
    """
    print(f"onrecord: the desk is at {desk}", file=sys.stderr, flush=True)
    print("onrecord: Ctrl-C closes it", file=sys.stderr, flush=True)
    if door is not None:
        led = f'<!doctype html><meta http-equiv="refresh" content="0; url={desk}">'
        door.touch(mode=0o600)
        door.write_text(led, encoding="utf-8")
        webbrowser.open(door.as_uri())
