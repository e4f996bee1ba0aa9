"""Answers that are kept, so that what was asked once costs nothing again: a folder a text, a file a request."""

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from onrecord.model.errors import NotWritten
from onrecord.workspace import Workspace, read_file, refuse_links

FOLDER = "texts/answers"
"""Beside the texts, which no graph ships: an answer repeats words of its text."""


@dataclass(frozen=True, slots=True)
class KeptAnswers:
    """The answers kept in a folder below a root that may be somebody else's work: nothing leads out of it."""

    root: Path
    folder: str = FOLDER

    @classmethod
    def of(cls, workspace: Workspace) -> "KeptAnswers":
        """Those of a workspace; without one, those of this user."""
        own = Path(platformdirs.user_cache_dir("onrecord"))
        return cls(workspace.root) if workspace.root else cls(own, "answers")

    def get(self, name: str) -> str | None:
        """The answer to a request, by the request's name; raises Untrusted for a link."""
        path = self._path(name)
        refuse_links(self.root, path)
        try:
            found = json.loads(read_file(path) or b"null")
        except (OSError, ValueError, RecursionError):
            return None
        text = found.get("answer") if isinstance(found, dict) else None
        return text if isinstance(text, str) else None

    def put(self, name: str, answer: str) -> None:
        """Keeps an answer; it is whole or not there. Raises NotWritten, and Untrusted for a link."""
        path = self._path(name)
        refuse_links(self.root, path)
        data = json.dumps({"answer": answer}, ensure_ascii=False)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, made = tempfile.mkstemp(dir=path.parent)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(data)
            Path(made).replace(path)
        except OSError as error:
            message = f"{path}: an answer could not be kept: {error.strerror}"
            raise NotWritten(message) from error

    def _path(self, name: str) -> Path:
        text, _, request = name.partition("-")
        return self.root / self.folder / text / f"{request}.json"


def request_name(text: str, body: Mapping[str, object]) -> str:
    """The name of a request: a hash of the text, then one of all that is sent: prompt, passage, schema, model."""
    sent = json.dumps(body, ensure_ascii=False, sort_keys=True)
    return f"{_hash(text)}-{_hash(sent)}"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:32]
