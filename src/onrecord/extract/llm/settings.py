"""Which model is asked where: from `onrecord.toml` and the environment, and a key that is never shown."""

import ipaddress
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from onrecord.model.errors import BadInput
from onrecord.workspace import Workspace, read_file

FILE = "onrecord.toml"
KEYS = frozenset({
    "endpoint", "model", "key_file", "seconds", "retries", "price_in", "price_out", "parameters",
})  # fmt: skip
SECONDS, RETRIES = 300.0, 4
MOST_KEY = 500


@dataclass(frozen=True, slots=True)
class Settings:
    """How a language model is asked.

    `key` signs in and is never shown; `seconds` is how long one answer may take; `retries` how often a busy endpoint
    is asked again; `prices` are what a million tokens cost, in and out; `parameters` go into each request as they are
    (temperature, reasoning_effort, …). `is_from_workspace` says that the workspace's own file names the endpoint.
    """

    endpoint: str
    model: str
    key: str = field(default="", repr=False)
    seconds: float = SECONDS
    retries: int = RETRIES
    prices: tuple[float, float] | None = None
    parameters: Mapping[str, object] = field(default_factory=dict)
    is_from_workspace: bool = False
    key_file: str = ""

    @property
    def host(self) -> str:
        """Where the text goes."""
        return urlsplit(self.endpoint).hostname or ""

    @property
    def is_local(self) -> bool:
        """Whether the text stays on this machine."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False


def read_settings(
    workspace: Workspace,
    environment: Mapping[str, str] = os.environ,
    *,
    offline: bool = False,
) -> Settings:
    """The settings of a workspace; the environment's OPENAI_BASE_URL, ONRECORD_MODEL, OPENAI_API_KEY come first.

    Raises BadInput for a wrong value, and where nothing says which model to ask, and, unless `offline`, where; then
    no key is read either.
    """
    table = _table(workspace)
    endpoint = environment.get("OPENAI_BASE_URL") or _text(table, "endpoint")
    model = environment.get("ONRECORD_MODEL") or _text(table, "model")
    if not model:
        message = f"no model is named; set ONRECORD_MODEL, or write model under [llm] in {FILE}"
        raise BadInput(message)
    if not endpoint and not offline:
        message = (
            "no endpoint is named; set OPENAI_BASE_URL (for Ollama http://localhost:11434/v1), "
            f"or write endpoint under [llm] in {FILE}"
        )
        raise BadInput(message)
    return Settings(
        endpoint=_checked(endpoint) if endpoint else "",
        model=model,
        key=environment.get("OPENAI_API_KEY")
        or ("" if offline else _key(table, workspace)),
        seconds=_number(table, "seconds", SECONDS),
        retries=int(_number(table, "retries", RETRIES)),
        prices=_prices(table),
        parameters=_parameters(table),
        key_file=_text(table, "key_file"),
        is_from_workspace=not environment.get("OPENAI_BASE_URL"),
    )


def _table(workspace: Workspace) -> Mapping[str, object]:
    """The table [llm] of the workspace's settings."""
    if workspace.root is None:
        return {}
    path = workspace.root / FILE
    try:
        table = tomllib.loads((read_file(path) or b"").decode()).get("llm", {})
    except (OSError, ValueError, RecursionError) as error:
        message = f"{path}: cannot be read as TOML: {error}"
        raise BadInput(message) from error
    if not isinstance(table, dict):
        message = f"{path}: llm must be a table, [llm]"
        raise BadInput(message)
    unknown = sorted(table.keys() - KEYS)
    if unknown:
        message = f"{path}: [llm] knows no {', '.join(unknown)}; it knows {', '.join(sorted(KEYS))}"
        raise BadInput(message)
    return table


def _text(table: Mapping[str, object], key: str) -> str:
    value = table.get(key, "")
    if not isinstance(value, str):
        message = f"{FILE}: [llm] {key} must be a text"
        raise BadInput(message)
    return value


def _number(table: Mapping[str, object], key: str, default: float) -> float:
    value = table.get(key, default)
    if (
        isinstance(value, bool)
        or not isinstance(value, int | float)
        or value < 0
    ):
        message = f"{FILE}: [llm] {key} must be a number, 0 or more"
        raise BadInput(message)
    return float(value)


def _prices(table: Mapping[str, object]) -> tuple[float, float] | None:
    if "price_in" not in table and "price_out" not in table:
        return None
    return _number(table, "price_in", 0), _number(table, "price_out", 0)


def _parameters(table: Mapping[str, object]) -> Mapping[str, object]:
    value = table.get("parameters", {})
    if not isinstance(value, dict):
        message = f"{FILE}: [llm] parameters must be a table, [llm.parameters]"
        raise BadInput(message)
    return value


def _key(table: Mapping[str, object], workspace: Workspace) -> str:
    """The key from its file, whose path is relative to the workspace."""
    name = _text(table, "key_file")
    if not name:
        return ""
    path = (workspace.root or Path()) / Path(name).expanduser()
    try:
        key = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path}: the key cannot be read: {type(error).__name__}"
        raise BadInput(message) from error
    if not key or not key.isprintable() or " " in key or len(key) > MOST_KEY:
        message = f"{path}: is no file of a key: one line, without a space"
        raise BadInput(message)
    return key


def _checked(endpoint: str) -> str:
    try:
        parts = urlsplit(endpoint)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        message = f"the endpoint's address is none: {error}"
        raise BadInput(message) from error
    if "@" in parts.netloc:
        message = f"the endpoint's address at {host} holds a name or a password; give the key in OPENAI_API_KEY"
        raise BadInput(message)
    if (
        parts.scheme not in {"http", "https"}
        or not host
        or not endpoint.isprintable()
    ):
        message = f"{endpoint!r} is no address of an endpoint; write it like http://localhost:11434/v1"
        raise BadInput(message)
    return endpoint
