"""What TOML files of settings say, table by table: `onrecord.toml`, and `texts.toml` of an ontology."""

from collections.abc import Mapping
from pathlib import Path

from onrecord.model.errors import BadInput
from onrecord.workspace.paths import read_file

LARGEST = 1 << 16
"""Bytes; a larger file is refused."""

Table = Mapping[str, object]


def settings(path: Path) -> Table:
    """The tables of a TOML file, none where there is no file.

    Raises BadInput for what is no TOML, too large or too deep.
    """
    content = read_file(path)
    if content is None:
        return {}
    if len(content) > LARGEST:
        message = (
            f"{path}: {len(content):,} bytes are too many "
            f"for settings; at most {LARGEST:,} are read"
        )
        raise BadInput(message)
    import tomllib  # noqa: PLC0415  a command without settings does not wait for it

    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except (
        UnicodeDecodeError,
        tomllib.TOMLDecodeError,
        RecursionError,
    ) as error:
        message = f"{path}: no TOML: {error}"
        raise BadInput(message) from error


def table(path: Path, name: str) -> Table:
    """One table of a file of settings; raises BadInput where the name is no table."""
    fields = settings(path).get(name, {})
    if not isinstance(fields, dict):
        message = f"{path}: {name} must be a table: [{name}]"
        raise BadInput(message)
    return fields


def texts(path: Path, name: str) -> dict[str, str]:
    """A table of texts, each by its key; raises BadInput for a value that is no text."""
    given = table(path, name)
    for key, value in given.items():
        if not isinstance(value, str):
            message = f"{path}: {name}.{key} must be a text in quotation marks"
            raise BadInput(message)
    return {key: str(value) for key, value in given.items()}
