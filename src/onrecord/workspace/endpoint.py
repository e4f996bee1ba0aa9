"""Another store over HTTP that is asked instead of the files: its address, its dialect, where the credentials are."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from onrecord.model.errors import BadInput


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A SPARQL 1.1 store: the address of its query endpoint, or its base where a profile says what lies under it.

    `credentials` is a file in the form of netrc; `seconds` is how long one request may take. Raises BadInput for an
    address that is none, or that holds a password; a profile that nobody knows is told where the store is asked.
    """

    url: str
    profile: str = "generic"
    credentials: Path | None = None
    seconds: float = 60.0

    def __post_init__(self) -> None:
        """Refuses what could not be asked, without repeating a password."""
        try:
            parts = urlsplit(self.url)
            host, _ = parts.hostname, parts.port
        except ValueError as error:
            message = f"the store's address is none: {error}"
            raise BadInput(message) from error
        if (
            parts.username is not None
            or parts.password is not None
            or "@" in parts.netloc
        ):
            message = (
                f"the address of the store at {host} holds a name or a password, which end up in logs; give them in "
                "ONRECORD_STORE_USER and ONRECORD_STORE_PASSWORD, or in a file with --credentials"
            )
            raise BadInput(message)
        if (
            parts.scheme not in {"http", "https"}
            or not host
            or parts.fragment
            or not self.url.isprintable()
        ):
            message = (
                f"{self.url!r} is no address of a store; "
                "write it like https://host/sparql"
            )
            raise BadInput(message)
