"""Answers that are kept, so that what was asked once costs nothing again: a folder a text, a file a request."""

import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from onrecord.extract.extractor import Usage
from onrecord.extract.llm.reply import Reply, usage_of
from onrecord.model import Document
from onrecord.model.errors import NotWritten
from onrecord.workspace import Workspace, read_file, refuse_links
from onrecord.workspace.homes import cache_home

FOLDER = "texts/answers"
"""Beside the texts, which no graph ships: an answer repeats words of its text."""
LENGTH = 32
"""Hex digits of a hash that a name holds."""
HASH = re.compile(r"[0-9a-f]{64}")
NAME = re.compile(rf"[0-9a-f]{{{LENGTH}}}-[0-9a-f]{{{LENGTH}}}")


@dataclass(frozen=True, slots=True)
class KeptAnswers:
    """The answers kept in a folder below a root that may be somebody else's work: nothing leads out of it."""

    root: Path
    folder: str = FOLDER

    @classmethod
    def of(cls, workspace: Workspace) -> "KeptAnswers":
        """Those of a workspace; without one, those of this user."""
        if workspace.root:
            return cls(workspace.root)
        return cls(cache_home(), "answers")

    def get(self, name: str) -> Reply | None:
        """The answer to a request, by the request's name; raises Untrusted for a link."""
        path = self._path(name)
        refuse_links(self.root, path)
        try:
            kept = json.loads(read_file(path) or b"null")
        except (OSError, ValueError, RecursionError):
            return None
        text = kept.get("answer") if isinstance(kept, dict) else None
        usage = (
            usage_of(kept.get("usage")) if isinstance(kept, dict) else Usage()
        )
        return Reply(text, usage) if isinstance(text, str) else None

    def put(self, name: str, reply: Reply) -> None:
        """Keeps an answer; it is whole or not there. Raises NotWritten, and Untrusted for a link."""
        path = self._path(name)
        refuse_links(self.root, path)
        usage = {
            "prompt_tokens": reply.usage.read,
            "completion_tokens": reply.usage.written,
        }
        row = {"answer": reply.text, "usage": usage}
        data = json.dumps(row, ensure_ascii=False)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, made = tempfile.mkstemp(dir=path.parent)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(data)
            Path(made).replace(path)
        except OSError as error:
            message = f"{path}: an answer could not be kept: {error.strerror}"
            raise NotWritten(message) from error

    def forget(self, sha256: str) -> None:
        """Takes out the answers about a text, by its hash; raises Untrusted for a link."""
        if not HASH.fullmatch(sha256):
            return
        place = self.root / self.folder / sha256[:LENGTH]
        refuse_links(self.root, place / "any.json")
        shutil.rmtree(place, ignore_errors=True)

    def _path(self, name: str) -> Path:
        text, _, request = name.partition("-")
        return self.root / self.folder / text / f"{request}.json"


def request_name(document: Document, body: Mapping[str, object]) -> str:
    """The name of a request: the text's hash, then one of all that is sent: prompt, passage, schema, model."""
    sent = json.dumps(body, ensure_ascii=False, sort_keys=True)
    text = document.sha256 or _hash(document.text or "")
    return f"{text[:LENGTH]}-{_hash(sent)}"


def is_request_name(name: object) -> bool:
    """Whether a name is one that `request_name` gives."""
    return isinstance(name, str) and NAME.fullmatch(name) is not None


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[
        :LENGTH
    ]
