"""What is to be done with pieces, and what a reader of them is made of, also on another machine."""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from onrecord._version import __version__
from onrecord.extract.extractor import (
    ExtractionContext,
    Extractor,
    context_over,
    create,
)
from onrecord.extract.many import warm
from onrecord.extract.rules.lexicon import Lexicon
from onrecord.ingest.articles import KnownNames, ReadingOptions
from onrecord.ingest.crawl import Harvest, PieceReader
from onrecord.ingest.pieces import Piece, cut
from onrecord.ingest.sieve import Sieve
from onrecord.model.errors import BadInput, MissingExtra, OnRecordError
from onrecord.model.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Task:
    """A piece to be read, or a whole crawl to be cut into pieces."""

    piece: Piece
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a task: the pieces of a crawl, a harvest, or what is wrong."""

    task: Task
    pieces: tuple[Piece, ...] = ()
    harvest: Harvest | None = None
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Recipe:
    """All that a reader is made of: names, vocabulary, the files of the ontology, and how it reads."""

    names: KnownNames
    vocabulary: Vocabulary
    folders: tuple[Mapping[str, bytes], ...]
    how: ReadingOptions
    version: str = __version__

    @classmethod
    def of(
        cls, context: ExtractionContext, names: KnownNames, how: ReadingOptions
    ) -> "Recipe":
        """The recipe of a workspace; whoever hears of the reading stays here."""
        folders = tuple(
            dict(_files(path)) for path in context.workspace.ontology
        )
        plain = ReadingOptions(
            how.described, how.form, how.extractor, how.model, how.options
        )
        return cls(names, context.vocabulary, folders, plain)

    def reader(self, place: Path) -> PieceReader:
        """The reader, over the ontology's files as written into a folder.

        Raises BadInput for another version of this program, MissingExtra.
        """
        if self.version != __version__:
            message = (
                f"a worker runs onrecord {__version__}, and was asked by "
                f"{self.version}; install the same everywhere"
            )
            raise BadInput(message)
        how, folders = self.how, tuple(self._written(place))
        context = context_over(
            folders, self.names, self.vocabulary, how.model, how.options
        )
        extractor, lexicon = (
            create(how.extractor, context),
            Lexicon.of(context.workspace),
        )
        return reader_of(extractor, self.names, lexicon, how)

    def _written(self, place: Path) -> Iterator[Path]:
        for number, files in enumerate(self.folders):
            folder = place / str(number)
            for name, content in files.items():
                path = folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            yield folder


def reader_of(
    extractor: Extractor,
    names: KnownNames,
    lexicon: Lexicon,
    how: ReadingOptions,
) -> PieceReader:
    """The reader of pieces, by the words of a lexicon."""
    warm(extractor)
    return PieceReader(extractor, Sieve.of(lexicon, names), how)


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def outcome(reader: PieceReader, task: Task) -> Outcome:
    """Does a task; what cannot be read is a fault, and so is a bug, which costs its piece alone.

    Raises MissingExtra.
    """
    try:
        if task.is_whole:
            return Outcome(task, pieces=tuple(cut(task.piece)))
        return Outcome(task, harvest=reader(task.piece))
    except MissingExtra:
        raise
    except Exception as error:  # noqa: BLE001  whatever it is, other pieces are read
        is_ours = isinstance(error, OnRecordError | OSError)
        reason = str(error) if is_ours else f"{type(error).__name__}: {error}"
        where = task.piece.where
        fault = (
            reason if task.piece.sources[0] in reason else f"{where}: {reason}"
        )
        return Outcome(task, fault=fault)


def one_by_one(reader: PieceReader, tasks: deque[Task]) -> Iterator[Outcome]:
    """Does tasks in this process, as long as there are any; more may come meanwhile."""
    while tasks:
        yield outcome(reader, tasks.popleft())
