"""Who sits at the desk: a token, once in the address, becomes a cookie; no other site's page may post.

The cookie is HttpOnly and SameSite=Strict, and holds a number that only this server knows.
"""

import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from onrecord.model import CONTROL
from onrecord.model.errors import BadInput

COOKIE = "onrecord-desk"
PATH = "/-/desk"
LONGEST_NAME = 100
MOST_SESSIONS = 1000
DAY = 24 * 3600


@dataclass(slots=True)
class Sessions:
    """The coders that are known by a cookie.

    `tokens` maps each token to the name of its coder, or to "" where whoever brings it gives a name himself.
    """

    tokens: Mapping[str, str]
    _coders: dict[str, str] = field(default_factory=dict)

    def open(self, token: str) -> str | None:
        """A new cookie's value for a token; None for one that is none."""
        named: str | None = None
        for known, name in self.tokens.items():
            if hmac.compare_digest(known.encode(), token.encode()):
                named = name
        if named is None:
            return None
        value = secrets.token_urlsafe(32)
        self._coders[value] = named
        if len(self._coders) > MOST_SESSIONS:
            self._coders.pop(next(iter(self._coders)))
        return value

    def coder(self, request: Request) -> str:
        """The name of the coder who asks; raises HTTPException 401 for nobody."""
        name = self._coders.get(request.cookies.get(COOKIE, ""))
        if name is None:
            raise HTTPException(401, "open the address that onrecord printed")
        return name

    def rename(self, request: Request, name: str) -> str:
        """Gives a coder without a name one; raises HTTPException 403 for another."""
        if self.coder(request):
            raise HTTPException(403, "your token bears your name already")
        name = name.strip()
        if not name or len(name) > LONGEST_NAME or CONTROL.search(name):
            message = f"a name of 1 to {LONGEST_NAME} letters, please"
            raise BadInput(message)
        self._coders[request.cookies[COOKIE]] = name
        return name


def set_cookie(response: Response, value: str, *, secure: bool) -> None:
    """Lets the browser keep a session for a day, for the desk's addresses alone."""
    response.set_cookie(
        COOKIE,
        value,
        max_age=DAY,
        path=PATH,
        secure=secure,
        httponly=True,
        samesite="strict",
    )


def require_own_page(request: Request, address: str) -> None:
    """Raises HTTPException for a change that no page of this server sent as JSON.

    The origin must be the one that the request itself was sent to, or the public one.
    """
    host = request.headers.get("host", "")
    own = {address, f"{request.url.scheme}://{host}"}
    if request.headers.get("origin") not in own:
        raise HTTPException(403, "changes come from the desk's own page only")
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    if kind != "application/json":
        raise HTTPException(415, "changes come as JSON")
