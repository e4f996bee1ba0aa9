"""The seam of extraction: what an extractor takes and gives, and how one is chosen by name.

A package of its own can bring an extractor: it names a function that takes an
`ExtractionContext` and returns an `Extractor` under the entry-point group
`onrecord.extractors`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from typing import Protocol, cast

from onrecord.model import Document, Entity, Statement
from onrecord.model.errors import UnknownName
from onrecord.model.names import nearest
from onrecord.model.vocabulary import Vocabulary
from onrecord.workspace import Workspace

GROUP = "onrecord.extractors"
SHIPPED = {
    "none": "onrecord.extract.none:create",
    "llm": "onrecord.extract.llm.extractor:create",
    "rules": "onrecord.extract.rules.extractor:create",
    "rules-without-encoder": "onrecord.extract.rules.extractor:create_without_encoder",
}


class KnownEntity(Protocol):
    """An entity as a registry knows it; `cls` is its class key."""

    @property
    def iri(self) -> str: ...  # noqa: D102  the words say it
    @property
    def label(self) -> str: ...  # noqa: D102
    @property
    def cls(self) -> str: ...  # noqa: D102
    @property
    def aliases(self) -> tuple[str, ...]: ...  # noqa: D102


class Gazetteer(Protocol):
    """The names that texts are searched for, and the forms that an alias alone never links."""

    @property
    def entities(self) -> Mapping[str, KnownEntity]: ...  # noqa: D102
    @property
    def ambiguous(self) -> Mapping[str, Iterable[str]]: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class ExtractionContext:
    """What an extractor may lean on.

    `model` names a language model in the words of the extractor; `options` are its own
    settings by name.
    """

    gazetteer: Gazetteer
    vocabulary: Vocabulary
    workspace: Workspace
    model: str | None = None
    options: Mapping[str, str] = field(default_factory=dict)


def context_over(
    ontology: Sequence[Path],
    gazetteer: Gazetteer,
    vocabulary: Vocabulary,
    model: str | None,
    options: Mapping[str, str],
) -> ExtractionContext:
    """What an extractor leans on where there is no workspace, only the folders of its ontology."""
    where = Workspace(None, (), tuple(ontology), ())
    return ExtractionContext(gazetteer, vocabulary, where, model, options)


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens that a language model read and wrote."""

    read: int = 0
    written: int = 0

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(self.read + other.read, self.written + other.written)

    def __str__(self) -> str:
        return f"{self.read:,} tokens in, {self.written:,} out"

    def cost(self, prices: tuple[float, float]) -> float:
        """What they cost at prices for a million tokens, in and out."""
        return (self.read * prices[0] + self.written * prices[1]) / 1_000_000


NOTHING = Usage()


@dataclass(frozen=True, slots=True)
class ExtractionResult:
    """Statements of one document, and the entities they name that the registry does not know.

    `dropped` counts what was found and not kept, by the reason. `usage` is what the
    answers of a language model took, whenever they were given; `spent` what was asked
    for just now. `language` is the text's, where the extractor can tell.
    """

    statements: tuple[Statement, ...]
    entities: tuple[Entity, ...] = ()
    dropped: Mapping[str, int] = field(default_factory=dict)
    usage: Usage = NOTHING
    spent: Usage = NOTHING
    language: str | None = None

    def __iter__(self) -> Iterator[Statement]:
        """The statements."""
        return iter(self.statements)


class Extractor(Protocol):
    """Makes statements of a document; the words of their evidence stand in its text.

    One that waits for another machine says `waits = True`: it is called by several
    threads at once. Where its texts go to, it says in `destination`; what a million
    tokens cost it, in and out, in `prices`. One that is slow at its first text makes
    ready for many in `warm`. None of the four must be there.
    """

    @property
    def settings(self) -> str:
        """What decides the result beside the text, for the run: rules, model, versions."""
        ...

    def __call__(self, document: Document) -> ExtractionResult:
        """Statements of a document, in the order of its text."""
        ...


def create(name: str, context: ExtractionContext) -> Extractor:
    """An extractor by its name: a shipped one, or one that another package brings.

    Several names with commas between them are several extractors that work as one.
    Raises UnknownName with the names there are, and MissingExtra where an extractor
    needs what is not installed.
    """
    if "," in name:
        from onrecord.extract.union import create_union  # noqa: PLC0415  leads back here

        return create_union(name, context)
    if name in SHIPPED:
        module, _, function = SHIPPED[name].partition(":")
        factory = getattr(import_module(module), function)
    else:
        factory = _foreign(name)
    return cast("Callable[[ExtractionContext], Extractor]", factory)(context)


def names() -> list[str]:
    """The names of all extractors, sorted."""
    return sorted({*SHIPPED, *entry_points(group=GROUP).names})


def _foreign(name: str) -> object:
    points = entry_points(group=GROUP)
    if name not in points.names:
        known = names()
        near = nearest(name, known) or known
        message = f"no extractor is called {name!r}; there is {', '.join(near)}"
        raise UnknownName(message)
    return points[name].load()
