"""The exceptions of onrecord, one tree.

    OnRecordError                 everything that a person can mend; the command line prints it and exits with 1
    ├── UnknownName               a question, entity, topic, relation, format or parameter that nobody knows
    ├── AmbiguousName             a name that several entities share
    ├── BadRecord                 a record that breaks the record format; holds all faults at once
    ├── BadGraph                  a Turtle file that does not parse or breaks the model
    ├── BadQuery                  SPARQL that does not parse, or that is refused
    ├── BadInput                  any other input that cannot be read: a file, an option, a page's address
    ├── LimitReached              time or memory ran out while a query was answered
    ├── StoreFailed               a store over HTTP that is not reached, refuses, or gives a broken answer
    ├── ModelFailed              a language model that is not reached, refuses, or answers what is no answer
    ├── NoWorkspace               a command that writes, outside any workspace
    ├── NotWritten                a target that cannot or must not be overwritten
    ├── Untrusted                 a path that leads out of a workspace, or what another left to be carried out
    ├── Conflict                  a change of what somebody else has changed meanwhile
    │   └── ChangedMeanwhile      the same of a whole store; who reads it anew may try again
    └── MissingExtra              a part of onrecord that is not installed

A message says what is wrong, where, and what to do.
"""

from collections.abc import Sequence

MOST_LISTED = 100
"""Faults that a message lists; a person mends the first of them first."""


class OnRecordError(Exception):
    """Everything that goes wrong and that a person can mend."""


class UnknownName(OnRecordError):
    """A name that stands for nothing here; the message suggests the nearest ones."""


class AmbiguousName(OnRecordError):
    """A name that stands for several entities; the message lists the id of each."""


class BadRecord(OnRecordError):
    """Records that break the record format.

    `faults` holds one line a fault, each naming line and field; the message lists the first hundred.
    """

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        listed = self.faults[:MOST_LISTED]
        left = len(self.faults) - len(listed)
        if left:
            listed = (*listed, f"and {left} more")
        count = (
            "1 fault" if len(self.faults) == 1 else f"{len(self.faults)} faults"
        )
        super().__init__(
            "\n".join(
                [f"{count} in the records; nothing was written:", *listed]
            )
        )

    def __reduce__(self) -> tuple[type["BadRecord"], tuple[Sequence[str]]]:
        """Pickled by its faults, since an error may come from a child process."""
        return BadRecord, (self.faults,)


class BadGraph(OnRecordError):
    """A graph file that does not parse, or that breaks the model."""


class BadQuery(OnRecordError):
    """SPARQL that does not parse, or that onrecord refuses to run."""


class BadInput(OnRecordError):
    """Input that cannot be read as what it should be."""


class LimitReached(OnRecordError):
    """A query that took more time or memory than it was given."""


class StoreFailed(OnRecordError):
    """A store over HTTP that cannot be reached, that refuses, or whose answer is cut or broken."""


class ModelFailed(OnRecordError):
    """A language model's endpoint that cannot be reached, that refuses, or whose answer is none."""


class NoWorkspace(OnRecordError):
    """No workspace at or above the current folder, for a command that writes."""


class NotWritten(OnRecordError):
    """A file that could not be written, or that must not be overwritten."""


class Untrusted(OnRecordError):
    """What a workspace came with and onrecord does not follow: a path out of it, a link, another's change."""


class Conflict(OnRecordError):
    """A change of a statement that is no longer as the one who changes it saw it."""


class ChangedMeanwhile(Conflict):
    """Another changed the store first; who reads it anew may try again."""


class MissingExtra(OnRecordError):
    """A part of onrecord that is not installed; the message holds the line that installs it."""

    def __init__(self, what: str, extra: str) -> None:
        self.what, self.extra = what, extra
        super().__init__(
            f"{what} is not installed here; run: pip install 'onrecord[{extra}]'"
        )

    def __reduce__(self) -> tuple[type["MissingExtra"], tuple[str, str]]:
        """Pickled by what is missing, since an error may come from a child process."""
        return MissingExtra, (self.what, self.extra)
