"""The desk for one person: a server on this machine alone, and a browser at it."""

import secrets
import sys
import webbrowser

from onrecord.editing.add import add
from onrecord.ingest.articles import How
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
    document = _added(where, article, code=code) if article else None
    token = secrets.token_urlsafe(24)
    desk = DeskSettings({token: coder}, blind, document)
    settings = Settings(workspace=where, desk=desk)
    serve(
        settings,
        port=port,
        workers=1,
        ready=lambda address: _ready(address, token, browser=browser),
    )


def _added(where: Workspace, article: str, *, code: bool) -> str:
    """The id of the document that an article is, once it is added."""
    before = _documents(where)
    add([article], workspace=where, how=How(extractor="none" if code else "rules"))
    new = _documents(where) - before
    if new:
        return new.pop()
    message = f"{article} is here already; `onrecord review --web` opens the desk"
    raise BadInput(message)


def _documents(where: Workspace) -> set[str]:
    table = Graph(where).ask("SELECT ?document { ?document a :Document }")
    return {local(str(document)) for document in table.column("document")}


def _ready(address: str, token: str, *, browser: bool) -> None:
    desk = f"{address}/-/desk?token={token}"
    print(f"onrecord: the desk is at {desk}", file=sys.stderr, flush=True)
    print("onrecord: Ctrl-C closes it", file=sys.stderr, flush=True)
    if browser:
        webbrowser.open(desk)
