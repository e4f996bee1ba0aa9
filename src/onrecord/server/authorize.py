"""Who may write: a client that shows the token (RFC 6750, section 2.1), on a server that is writable."""

import hmac

from starlette.exceptions import HTTPException
from starlette.requests import Request

from onrecord.server.settings import serving


def require_writable(request: Request, allowed: str | None = None) -> None:
    """Raises HTTPException on a read-only server: 405 where the method is for writing alone (`allowed` are), else 403.

    Raises 401 without the right token, before anything of the body is read.
    """
    service = serving(request)
    if not service.served.writable:
        headers = {"allow": allowed} if allowed else None
        raise HTTPException(
            405 if allowed else 403, "this server is read-only", headers
        )
    scheme, _, shown = request.headers.get("authorization", "").partition(" ")
    token = service.settings.token or ""
    if (
        not token
        or scheme.lower() != "bearer"
        or not hmac.compare_digest(shown.strip().encode(), token.encode())
    ):
        error = ', error="invalid_token"' if shown else ""
        challenge = {"www-authenticate": f'Bearer realm="onrecord"{error}'}
        raise HTTPException(
            401,
            "writing needs the token: Authorization: Bearer TOKEN",
            challenge,
        )
