"""Questions: SPARQL with a header that says what it asks, and named places for what differs from asking to asking."""

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from onrecord.model.errors import BadInput, UnknownName
from onrecord.model.names import nearest
from onrecord.workspace import Workspace

KINDS = ("entity", "topic", "relation", "stance", "date", "string", "integer")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A named place in a question; `kind` is one of KINDS, `default` is used where nothing is given."""

    name: str
    kind: str
    default: str | None = None


@dataclass(frozen=True)
class Question:
    """A question: its SPARQL is valid as it stands and asks of all where a parameter is not given.

    The header is read when it is first needed, and raises BadInput where it cannot be read.
    """

    name: str
    sparql: str
    where: str = "query"

    @property
    def title(self) -> str:
        """What it asks, in one line."""
        return str(self._header.get("title") or self.name)

    @property
    def description(self) -> str:
        """What the answer holds."""
        return " ".join(str(self._header.get("description") or "").split())

    @cached_property
    def parameters(self) -> tuple[Parameter, ...]:
        """The named places, in the order of the header."""
        given = self._header.get("params") or ()
        return tuple(_parameter(parameter, self.where) for parameter in given)

    @property
    def has_defaults(self) -> bool:
        """Whether a place may be filled though nothing is given; told without YAML, which takes a while to import."""
        return "default" in self._header_text

    @property
    def _header_text(self) -> str:
        lines = []
        for line in self.sparql.splitlines():
            if line.startswith("#+"):
                text = line.removeprefix("#+")
                lines.append(text.removeprefix(" "))
        return "\n".join(lines)

    @cached_property
    def _header(self) -> Mapping[str, Any]:
        return (
            _header(self._header_text, self.where) if self._header_text else {}
        )


def question(what: str, workspace: Workspace) -> Question:
    """The question that `what` is: SPARQL (with white space or a brace), a file, "-" for standard input, or a name.

    Raises UnknownName for a name that no question has, and BadInput for a file or header that cannot be read.
    """
    # os.path, since a long text is no file's name to it, and an error to pathlib.
    is_file = os.path.isfile(what)  # noqa: PTH113
    if what == "-" or what.endswith(".rq") or is_file:
        return read(Path(what))
    if not re.search(r"[\s{]", what):
        return named_question(what, workspace)
    name = "-".join(what.lower().split())
    files = workspace.question_files() if "{" not in what else {}
    if name in files:
        raise UnknownName(_unknown(what, [name]))
    return Question("query", what)


def named_question(name: str, workspace: Workspace) -> Question:
    """The question of that name and no other text or file: for names that come from elsewhere. Raises UnknownName."""
    files = workspace.question_files()
    if name not in files:
        raise UnknownName(_unknown(name, nearest(name, files)))
    return read(files[name])


def _unknown(name: str, near: Sequence[str]) -> str:
    listed = "`onrecord questions` lists them"
    hint = f"did you mean {' or '.join(near)}?" if near else listed
    return f"no question is called {name!r}; {hint}"


def questions(workspace: Workspace) -> list[Question]:
    """Every named question, by name."""
    return [
        read(path) for _, path in sorted(workspace.question_files().items())
    ]


def read(path: Path) -> Question:
    """A question from a file, or from standard input for "-"."""
    try:
        text = (
            _standard_input()
            if str(path) == "-"
            else path.read_text(encoding="utf-8-sig")
        )
    except UnicodeDecodeError as error:
        message = f"{path}: byte {error.start} is no UTF-8"
        raise BadInput(message) from error
    except OSError as error:
        message = f"{path}: {error.strerror}"
        raise BadInput(message) from error
    return Question(path.stem, text, str(path))


def _header(text: str, where: str) -> Mapping[str, Any]:
    import yaml  # noqa: PLC0415  not needed for a query without a header

    try:
        if "*" in text and any(map(_is_alias, yaml.parse(text))):
            message = (
                f"{where}: the header refers to itself by * and &; write it out"
            )
            raise BadInput(message)
        header = yaml.load(
            text,
            Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader),  # noqa: S506  both are safe ones
        )
    except (yaml.YAMLError, RecursionError) as error:
        message = f"{where}: the header is no YAML: {error}"
        raise BadInput(message) from error
    if not isinstance(header, dict) or not isinstance(
        header.get("params") or [], list
    ):
        message = f"{where}: the header must have title, description and a list of params"
        raise BadInput(message)
    return header


def _is_alias(event: object) -> bool:
    """Whether a part of YAML stands for another one, so that a few lines may unfold to gigabytes."""
    return type(event).__name__ == "AliasEvent"


def _parameter(value: object, where: str) -> Parameter:
    fields = value if isinstance(value, dict) else {}
    if (
        not isinstance(fields.get("name"), str)
        or fields.get("type") not in KINDS
    ):
        message = (
            f"{where}: a parameter needs a name and a type "
            f"({', '.join(KINDS)}), and has {value!r}"
        )
        raise BadInput(message)
    default = fields.get("default")
    return Parameter(
        fields["name"],
        str(fields["type"]),
        None if default is None else str(default),
    )


def _standard_input() -> str:
    import sys  # noqa: PLC0415

    return sys.stdin.buffer.read().decode("utf-8-sig")
