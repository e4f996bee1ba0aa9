"""Articles, wherever they stand → a batch of sources: read, extracted, and each statement's words verified."""

import datetime as dt
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from pathlib import Path

from onrecord._version import __version__
from onrecord.extract.extractor import (
    ExtractionResult,
    Extractor,
    KnownEntity,
)
from onrecord.ingest.document import FORMS, UNKNOWN, Described, article
from onrecord.ingest.fetch import fetch
from onrecord.model import Document, Run, Source
from onrecord.model.errors import BadInput, OnRecordError
from onrecord.model.registry import Registry


@dataclass(frozen=True, slots=True)
class Read:
    """One article: where it stands, its document and statements; or what is wrong with it."""

    where: str
    document: Document | None = None
    found: ExtractionResult | None = None
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class How:
    """How articles are read: what is said of them, their form, the language model, and how many at a time.

    `known` holds documents by the hash of their text, whose description holds where nothing else is said; the
    statements of those in `standing`, which these rules made already, hold too, since the names that came in with them
    would else be read anew. `said` is called with each article when it is read.
    """

    described: Described = field(default_factory=Described)
    form: str | None = None
    extractor: str = "rules"
    model: str | None = None
    jobs: int = 1
    allow_private: bool = False
    known: Mapping[str, Source] = field(default_factory=dict)
    standing: frozenset[str] = frozenset()
    said: Callable[[Read], None] = lambda _: None


@dataclass(frozen=True, slots=True)
class Everybody:
    """The names that texts are searched for: a workspace's own before those that ship."""

    entities: Mapping[str, KnownEntity]
    ambiguous: Mapping[str, Iterable[str]]

    @classmethod
    def of(cls, own: Registry, shipped: Registry | None = None) -> "Everybody":
        """The names of one or two registries."""
        more = shipped or own
        return cls(
            {**more.entities, **own.entities}, {**more.ambiguous, **own.ambiguous}
        )


def is_address(source: str) -> bool:
    """Whether a source is a web address."""
    return source.startswith(("http://", "https://"))


def gather(sources: Iterable[str]) -> list[str]:
    """Addresses and files as they stand; a folder gives every article in it, by name, and none through a link."""
    found: list[str] = []
    for source in sources:
        folder = Path(source)
        if is_address(source) or not folder.is_dir():
            found.append(source)
            continue
        inside = sorted(
            str(each)
            for each in folder.rglob("*")
            if each.suffix.lower() in FORMS and _is_plain(each)
        )
        if not inside:
            message = f"{source}: no articles in this folder ({', '.join(FORMS)})"
            raise BadInput(message)
        found += inside
    return found


def _is_plain(path: Path) -> bool:
    """Whether a path is a file itself: a link in somebody's folder may lead to any file of the reader's."""
    return path.is_file() and not path.is_symlink()


def read_all(sources: Sequence[str], extractor: Extractor, how: How) -> list[Read]:
    """Reads and extracts articles, `how.jobs` at a time; raises MissingExtra.

    One that cannot be read has a fault and keeps no other from being read; the same text is taken once.
    """
    work = _Work(extractor, how)
    done: list[Read] = []
    texts: dict[str, str] = {}
    for each in _run(work, sources):
        digest = each.document.sha256 or "" if each.document else each.where
        first = texts.setdefault(digest, each.where)
        now = (
            each
            if first == each.where
            else Read(each.where, fault=f"{each.where}: the same text as {first}")
        )
        done.append(now)
        how.said(now)
    return done


@dataclass(frozen=True, slots=True)
class _Work:
    extractor: Extractor
    how: How

    def one(self, source: str) -> Read:
        """One article, or what is wrong with it."""
        try:
            document = self._remembered(self._document(source))
            return Read(
                source, document, self._standing(document) or self._extracted(document)
            )
        except BadInput as error:
            return Read(source, fault=str(error))

    def _extracted(self, document: Document) -> ExtractionResult:
        judged = (
            replace(document, publisher="")
            if document.publisher == UNKNOWN
            else document
        )
        return verified(document, self.extractor(judged))

    def _standing(self, document: Document) -> ExtractionResult | None:
        """What these rules found in this text before; superseded statements were found by others.

        Under another publisher it is read anew, since that is who judges where nobody is named.
        """
        if document.sha256 not in self.how.standing:
            return None
        source = self.how.known[document.sha256]
        if source.document.publisher != document.publisher:
            return None
        return ExtractionResult(
            tuple(
                each
                for each in source.statements
                if not each.review or each.review.status != "superseded"
            )
        )

    def _remembered(self, new: Document) -> Document:
        """A text that is here already keeps its description, unless something else is said of it."""
        source, said = self.how.known.get(new.sha256 or ""), self.how.described
        if source is None:
            return new
        old = source.document
        return replace(
            new,
            url=said.url or old.url,
            title=said.title or old.title,
            published=said.published or old.published,
            author=said.author or old.author,
            publisher=said.publisher or old.publisher,
        )

    def _document(self, source: str) -> Document:
        described = self.how.described
        if is_address(source):
            page = fetch(source, allow_private=self.how.allow_private)
            form = self.how.form or ("html" if "html" in page.content_type else None)
            found = article(
                page.data,
                source,
                replace(described, url=described.url or page.url),
                form,
            )
            return replace(
                found, retrieved=dt.datetime.now(tz=dt.UTC).date().isoformat()
            )
        if source == "-":
            return article(
                sys.stdin.buffer.read(), "standard input", described, self.how.form
            )
        try:
            return article(Path(source).read_bytes(), source, described, self.how.form)
        except OSError as error:
            message = f"{source}: {error.strerror or error}"
            raise BadInput(message) from error


_forked: dict[str, _Work] = {}
"""What a forked worker finds in its memory: the model is loaded once, before the fork."""


def _run(work: _Work, sources: Sequence[str]) -> Iterator[Read]:
    if work.how.jobs < 2 or len(sources) < 2 or sys.platform == "win32":  # noqa: PLR2004  one at a time
        yield from map(work.one, sources)
        return
    _forked["work"] = work
    with ProcessPoolExecutor(work.how.jobs, mp_context=get_context("fork")) as pool:
        yield from pool.map(_forked_one, sources, chunksize=4)


def _forked_one(source: str) -> Read:
    return _forked["work"].one(source)


def verified(document: Document, found: ExtractionResult) -> ExtractionResult:
    """The statements, once each one's words were found at their place in the text; raises OnRecordError."""
    text = document.text or ""
    for each in found:
        words = each.evidence
        if words is None or text[words.start : words.end] != words.exact:
            message = f"a statement's words are not in the document ({each.gist!r}); this is a bug, please report it"
            raise OnRecordError(message)
    return found


def run(extractor: Extractor, day: str) -> Run:
    """The run of a go of extraction: the program, what decides its results, and the day."""
    return Run(
        label=f"Extraction of {day}",
        kind="extraction",
        program="onrecord",
        version=__version__,
        settings=extractor.settings,
        ended=day,
    )
