"""Where a workspace's texts may go: an endpoint that it names itself needs the word of a person.

A workspace may be somebody else's, and with it the endpoint in its `onrecord.toml`. The
word is kept under the workspace's seal, so that no workspace can come with one.
"""

import json
from pathlib import Path

from onrecord.extract.extractor import ExtractionContext
from onrecord.extract.llm.settings import FILE, Settings
from onrecord.model.errors import NotWritten, Untrusted
from onrecord.workspace import bears_seal, read_file, refuse_links, seal

KEPT = ".onrecord/llm-endpoint.json"
OPTION = "allow-endpoint"


def check_trust(context: ExtractionContext, settings: Settings) -> None:
    """Raises Untrusted where the workspace sends texts to an endpoint that nobody allowed.

    The option `allow-endpoint` allows it, from now on.
    """
    root = context.workspace.root
    if settings.is_local or not settings.is_from_workspace or root is None:
        return
    if context.options.get(OPTION) == "true":
        _allow(root, settings)
    elif not _is_allowed(root, settings):
        message = (
            f"{root / FILE} would have texts and key sent to {settings.endpoint}; "
            "if you want that, say so once with --allow-endpoint, or set OPENAI_BASE_URL"
        )
        raise Untrusted(message)


def _is_allowed(root: Path, settings: Settings) -> bool:
    path = root / KEPT
    refuse_links(root, path)
    try:
        given = json.loads(read_file(path) or b"null")
    except (ValueError, RecursionError):
        return False
    return bears_seal(given, root, *_parts(settings))


def _allow(root: Path, settings: Settings) -> None:
    path = root / KEPT
    refuse_links(root, path)
    try:
        path.parent.mkdir(exist_ok=True)
        path.write_text(
            json.dumps(seal(root, *_parts(settings))), encoding="ascii"
        )
    except OSError as error:
        message = f"{path}: could not be written: {error.strerror}"
        raise NotWritten(message) from error


def _parts(settings: Settings) -> tuple[bytes, ...]:
    return (
        b"llm-endpoint",
        settings.endpoint.encode(),
        settings.key_file.encode(),
    )
