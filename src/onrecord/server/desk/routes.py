"""The desk's addresses: its page and files, and one for each thing that the page asks or changes."""

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, cast

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from onrecord.editing.coding import Coded
from onrecord.editing.desk.desk import Desk
from onrecord.editing.desk.queue import Wanted
from onrecord.editing.desk.state import Answer
from onrecord.editing.fields import Words
from onrecord.editing.reviewing import Verdict
from onrecord.model.errors import BadInput
from onrecord.model.reading_order import unturned
from onrecord.server.body import read
from onrecord.server.desk.agreement import agreement
from onrecord.server.desk.session import (
    PATH,
    Sessions,
    require_own_page,
    set_cookie,
)
from onrecord.server.settings import DeskSettings, Settings, serving
from onrecord.website.desk.page import (
    FILES,
    MEDIA,
    content,
    desk_page,
    door_page,
)

MOST_BODY = 1 << 20
MOST_VERDICTS = 100
NO_STORE = {"cache-control": "no-store"}
SAID = (
    "actors",
    "relation",
    "object",
    "negated",
    "modality",
    "basis",
    "according_to",
)
"""The fields that a statement's sentence is made of."""
HTML = "text/html; charset=utf-8"
Given = Mapping[str, Any]
Ask = Callable[[Desk, str, Given], Answer]


class _Json(JSONResponse):
    """JSON in which signs that turn the reading order are escapes."""

    def render(self, content: Any) -> bytes:  # noqa: ANN401  json's own
        """The bytes of it."""
        return unturned(super().render(content).decode()).encode()


class DeskRoutes:
    """The desk of one server; one thread at a time works on the workspace."""

    def __init__(self, settings: Settings, desk: DeskSettings) -> None:
        self.sessions = Sessions(desk.tokens)
        self.settings = settings
        self.first = desk.document
        self.desk = Desk(settings.workspace, is_blind=desk.blind)

    def routes(self) -> list[BaseRoute]:
        """All of them."""
        asking = [self._route(name, ask, "GET") for name, ask in ASKED.items()]
        changing = [
            self._route(name, ask, "POST") for name, ask in CHANGED.items()
        ]
        return [
            Route(PATH, self.page),
            Route(f"{PATH}/static/{{name}}", static),
            Route(f"{PATH}/coder", self.coder, methods=["POST"]),
            *asking,
            *changing,
        ]

    def _route(self, name: str, ask: Ask, method: str) -> Route:
        handler = self._handler(ask, is_change=method == "POST")
        return Route(f"{PATH}/{name}", handler, methods=[method])

    def _handler(
        self, ask: Ask, *, is_change: bool
    ) -> Callable[[Request], Awaitable[Response]]:
        async def handle(request: Request) -> Response:
            coder = self.sessions.coder(request)
            if not coder:
                raise HTTPException(403, "say your name first")
            given = (
                await self._given(request)
                if is_change
                else request.query_params
            )
            answer = await run_in_threadpool(self._work, ask, coder, given)
            return _Json(answer, headers=NO_STORE)

        return handle

    def _work(self, ask: Ask, coder: str, given: Given) -> Answer:
        with self.desk.lock:
            return ask(self.desk, coder, given)

    async def _given(self, request: Request) -> Given:
        require_own_page(request, _address(request))
        body = await read(request, MOST_BODY)
        try:
            given = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise HTTPException(400, "that is no JSON") from error
        if not isinstance(given, dict):
            raise HTTPException(400, "that is no JSON object")
        return given

    async def page(self, request: Request) -> Response:
        """The page; a token in the address becomes a cookie, and leaves the address."""
        token = request.query_params.get("token")
        if token is not None:
            return self._entered(request, token)
        try:
            coder = self.sessions.coder(request)
        except HTTPException:
            return Response(door_page(), 401, NO_STORE, HTML)
        page = desk_page(coder, self.first or "", blind=self.desk.blind)
        return Response(page, 200, NO_STORE, HTML)

    def _entered(self, request: Request, token: str) -> Response:
        """A page that leads on, and no redirect: on one, a browser that comes from elsewhere keeps the cookie back."""
        value = self.sessions.open(token)
        if value is None:
            return Response(door_page(), 401, NO_STORE, HTML)
        response = Response(
            b"", 200, {**NO_STORE, "refresh": f"0; url={PATH}"}, HTML
        )
        secure = _address(request).startswith("https://")
        set_cookie(response, value, secure=secure)
        return response

    async def coder(self, request: Request) -> Response:
        """Takes the name of a coder whose token bears none."""
        given = await self._given(request)
        name = self.sessions.rename(request, _text(given, "name"))
        return _Json({"coder": name}, headers=NO_STORE)


def _address(request: Request) -> str:
    return serving(request).settings.address


async def static(request: Request) -> Response:
    """A script or a style of the desk."""
    name = request.path_params["name"]
    if name not in FILES:
        raise HTTPException(404, "there is nothing here")
    media_type = MEDIA[name.rpartition(".")[2]]
    headers = {"cache-control": "no-cache"}
    return Response(content(name), 200, headers, media_type)


def _text(given: Given, name: str) -> str:
    value = given.get(name, "")
    if not isinstance(value, str):
        message = f"{name}: a text, please"
        raise BadInput(message)
    return value


def _number(given: Given, name: str) -> int:
    value = str(given.get(name, 0))
    if not value.isdecimal():
        message = f"{name}: a number, please"
        raise BadInput(message)
    return int(value[:9])


def _fields(given: Given) -> Mapping[str, object]:
    """Edits by field; a passage comes as `words: [start, end]`."""
    value = given.get("fields") or {}
    if not isinstance(value, dict):
        message = "fields: an object, please"
        raise BadInput(message)
    fields: dict[str, object] = dict(value)
    words = fields.get("words")
    if isinstance(words, list):
        fields["words"] = _words(words)
    return fields


def _words(value: list[object]) -> Words:
    start, end = (*value, None, None)[:2]
    if not isinstance(start, int) or not isinstance(end, int):
        message = "words: two numbers, please"
        raise BadInput(message)
    return Words(start, end)


def _queue(desk: Desk, coder: str, given: Given) -> Answer:
    wanted = Wanted(
        order=_text(given, "order") or "document",
        text=_text(given, "text"),
        offset=_number(given, "offset"),
        waiting=_text(given, "all") != "1",
    )
    return desk.queue(coder, wanted)


def _sentence(desk: Desk, _: str, given: Given) -> Answer:
    return desk.sentence({name: _text(given, name) for name in SAID})


def _judge(desk: Desk, coder: str, given: Given) -> Answer:
    entries = given.get("verdicts")
    if not isinstance(entries, list) or not 0 < len(entries) <= MOST_VERDICTS:
        message = f"verdicts: 1 to {MOST_VERDICTS}, please"
        raise BadInput(message)
    verdicts = [_verdict(cast("Given", value), coder) for value in entries]
    return {"results": desk.judge(verdicts)}


def _verdict(given: Given, coder: str) -> Verdict:
    if not isinstance(given, dict):
        message = "verdicts: objects, please"
        raise BadInput(message)
    return Verdict(
        id=_text(given, "id"),
        status=_text(given, "status") or None,
        by=coder,
        edits=_fields(given),
        note=_text(given, "note") or None,
        document=_text(given, "document") or None,
        version=_text(given, "version"),
    )


def _add(desk: Desk, coder: str, given: Given) -> Answer:
    fields = dict(_fields(given))
    words = fields.pop("words", None)
    passage = words if isinstance(words, Words) else None
    return desk.add(Coded(_text(given, "document"), passage, fields, coder))


ASKED: Mapping[str, Ask] = {
    "queue": _queue,
    "document": lambda desk, coder, given: desk.document(
        _text(given, "id"), coder
    ),
    "documents": lambda desk, _, __: desk.documents(),
    "names": lambda desk, _, given: desk.names.search(_text(given, "q")),
    "words": lambda desk, _, __: desk.words(),
    "sentence": _sentence,
    "examples": lambda desk, coder, _: desk.examples(coder),
    "agreement": lambda desk, _, __: agreement(desk),
    "entities": lambda desk, coder, _: desk.names.entities(coder),
}
CHANGED: Mapping[str, Ask] = {
    "judge": _judge,
    "add": _add,
    "undo": lambda desk, coder, given: desk.take_back(
        _text(given, "id"), coder
    ),
    "entity": lambda desk, _, given: desk.names.add(
        _text(given, "name"), _text(given, "type"), _text(given, "description")
    ),
    "merge": lambda desk, coder, given: desk.names.merge(
        _text(given, "keep"), _text(given, "gone"), coder
    ),
    "rename": lambda desk, coder, given: desk.names.rename(
        _text(given, "name"),
        _text(given, "new"),
        _text(given, "type") or None,
        coder,
    ),
    "apart": lambda desk, coder, given: desk.names.keep_apart(
        _text(given, "keep"), _text(given, "gone"), coder
    ),
    "undo-name": lambda desk, coder, _: desk.names.take_back(coder),
}
