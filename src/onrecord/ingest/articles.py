"""One source → its articles: read, dated, extracted, and each statement's words verified."""

import datetime as dt
import sys
import time
from collections.abc import (
    Callable,
    Container,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from dataclasses import dataclass, field, replace
from pathlib import Path

from onrecord.extract.extractor import (
    ExtractionResult,
    Extractor,
    KnownEntity,
)
from onrecord.extract.many import waits
from onrecord.ingest.bounded import extracted, parsed
from onrecord.ingest.checks import is_address
from onrecord.ingest.days import told_day
from onrecord.ingest.document import (
    UNDETERMINED,
    UNKNOWN,
    DocumentDescription,
    completed,
)
from onrecord.ingest.fetch import fetch
from onrecord.ingest.named import described_by_name
from onrecord.ingest.normal import NormalText, in_kept_text, normal_text
from onrecord.ingest.plain import MOST_BYTES
from onrecord.ingest.tables import is_table_of_articles, table_rows
from onrecord.model import Document, Source
from onrecord.model.errors import BadInput, OnRecordError
from onrecord.model.registry import Registry


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """One article: where it stands, its document and statements; or what is wrong with it.

    `note` says what was taken for granted of it; `number` of `total` is its place in the go.
    """

    where: str
    document: Document | None = None
    result: ExtractionResult | None = None
    fault: str | None = None
    note: str | None = None
    number: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """How articles are read: what is said of them, their form, the language model, and how many at a time.

    `options` are the extractor's own; `fresh` reads again what stands. `starts` is called with the articles that are
    about to be extracted. `known` holds documents by the hash of their text, whose description holds where nothing
    else is said; the statements of those in `standing`, which these rules made already, hold too, since the names that
    came in with them would else be read anew. `said` is called with each article when it is read. `columns` names the
    columns of tables, `name_pattern` what file names tell: "{publisher} {date} {title}". Before an address is fetched
    there is a `pause` in seconds; with `stating_only` an article that states nothing is left out. The workers of a
    `scheduler` read by the piece; `went` hears how many tasks are left, and of what is done, the counts.
    """

    described: DocumentDescription = field(default_factory=DocumentDescription)
    form: str | None = None
    extractor: str = "rules"
    model: str | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    fresh: bool = False
    jobs: int = 1
    allow_private: bool = False
    known: Mapping[str, Source] = field(default_factory=dict)
    standing: Container[str] = frozenset()
    said: Callable[[ReadArticle], None] = lambda _: None
    starts: Callable[[Extractor, Sequence[Document]], None] = lambda *_: None
    columns: Mapping[str, str] = field(default_factory=dict)
    name_pattern: str | None = None
    pause: float = 0.0
    stating_only: bool = False
    scheduler: str | None = None
    went: Callable[[int, Mapping[str, int]], None] = lambda *_: None


@dataclass(frozen=True, slots=True)
class KnownNames:
    """The names that texts are searched for: a workspace's own before those that ship."""

    entities: Mapping[str, KnownEntity]
    ambiguous: Mapping[str, Iterable[str]]

    @classmethod
    def of(cls, registry: Registry) -> "KnownNames":
        """The names of a registry."""
        return cls(registry.entities, registry.ambiguous)


@dataclass(frozen=True, slots=True)
class Work:
    """What is done with a source: its articles are read, dated, and what they state is found."""

    extractor: Extractor
    how: ReadingOptions

    def read(self, source: str) -> list[ReadArticle]:
        """The articles of a source, or what is wrong with it."""
        try:
            documents = self._documents(source)
        except BadInput as error:
            return [ReadArticle(source, fault=str(error))]
        if len(documents) == 1:
            return [self.dated(source, documents[0])]
        return [
            self.dated(f"{source}, article {number}", document)
            for number, document in enumerate(documents, 1)
        ]

    def dated(
        self, where: str, document: Document | ReadArticle
    ) -> ReadArticle:
        """An article, dated by its text where nothing else dates it."""
        if isinstance(document, ReadArticle):
            return document
        remembered = self._remembered(document)
        if remembered.published:
            return ReadArticle(where, remembered)
        text = remembered.text or ""
        day = told_day(text, normal_text(text).text)
        if day is None:
            return ReadArticle(where, remembered)
        note = f"{where}: dated {day} by its text; --published says otherwise"
        return ReadArticle(where, replace(remembered, published=day), note=note)

    def extract(self, read: ReadArticle) -> ReadArticle:
        """An article with its statements, or why there are none."""
        document = read.document
        if document is None:
            return read
        try:
            result = self._standing(document) or self._bounded(document)
        except BadInput as error:
            return ReadArticle(read.where, fault=f"{read.where}: {error}")
        if document.language == UNDETERMINED and result.language:
            document = replace(document, language=result.language)
        return replace(read, document=document, result=result)

    def new(self, reads: Iterable[ReadArticle]) -> list[Document]:
        """The documents that do not stand already."""
        documents = (read.document for read in reads if read.document)
        return [new for new in documents if self._standing(new) is None]

    def _bounded(self, document: Document) -> ExtractionResult:
        """What an extractor makes of a document, in a child process unless it waits for another machine."""
        if waits(self.extractor):
            return self._extracted(document)
        characters = len(document.text or "")
        return extracted(lambda: self._extracted(document), characters)

    def _extracted(self, document: Document) -> ExtractionResult:
        kept = document.text or ""
        seen, normal = judged(document)
        result = self.extractor(seen)
        statements = tuple(
            in_kept_text(statement, normal, kept)
            for statement in result.statements
        )
        return verified(document, replace(result, statements=statements))

    def _standing(self, document: Document) -> ExtractionResult | None:
        """What these rules found in this text before; superseded statements were found by others.

        Under another publisher it is read anew, since that is who judges where nobody is named.
        """
        digest = document.sha256
        if digest is None or digest not in self.how.standing:
            return None
        source = self.how.known[digest]
        if source.document.publisher != document.publisher:
            return None
        return ExtractionResult(
            tuple(
                statement
                for statement in source.statements
                if not statement.review
                or statement.review.status != "superseded"
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

    def _documents(self, source: str) -> Sequence[Document | ReadArticle]:
        how = self.how
        if is_address(source):
            return self._fetched(source, how.described)
        name = "standard input" if source == "-" else source
        if is_table_of_articles(source, how.form, how.columns):
            return list(self._rows(source))
        described = how.described
        if how.name_pattern:
            described = described_by_name(source, how.name_pattern, described)
        return parsed(_bytes(source), name, described, how.form)

    def _fetched(
        self, source: str, described: DocumentDescription
    ) -> Sequence[Document]:
        time.sleep(self.how.pause)
        page = fetch(source, allow_private=self.how.allow_private)
        form = self.how.form or (
            "html" if "html" in page.content_type else None
        )
        described = replace(described, url=described.url or page.url)
        documents = parsed(page.data, source, described, form, page.charset)
        today = dt.datetime.now(tz=dt.UTC).date().isoformat()
        return [replace(document, retrieved=today) for document in documents]

    def _rows(self, source: str) -> Iterator[Document | ReadArticle]:
        """The articles of a table; where a row has an address and no text, it is fetched."""
        for row in table_rows(Path(source), self.how.columns):
            where = f"{source}, row {row.number}"
            said = row.described(self.how.described)
            try:
                if faults := said.faults():
                    message = f"{where}: {'; '.join(faults)}"
                    raise BadInput(message)  # noqa: TRY301  caught as the readers' own are
                if row.text is None:
                    yield from self._fetched(said.url or "", said)
                else:
                    yield completed(
                        Document("", text=row.text, page=row.page), where, said
                    )
            except BadInput as error:
                yield ReadArticle(where, fault=str(error))


def judged(document: Document) -> tuple[Document, NormalText]:
    """A document as an extractor gets to see it, with the text's normal form."""
    normal = normal_text(document.text or "")
    seen = replace(document, text=normal.text)
    if document.publisher == UNKNOWN:
        seen = replace(seen, publisher="")
    return seen, normal


def _bytes(source: str) -> bytes:
    if source == "-":
        return sys.stdin.buffer.read(MOST_BYTES + 1)
    path = Path(source)
    try:
        if not path.is_file():
            path.stat()
            message = f"{source}: is no file"
            raise BadInput(message)
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        message = f"{source}: {error.strerror or error}"
        raise BadInput(message) from error


def verified(document: Document, result: ExtractionResult) -> ExtractionResult:
    """The statements, once each one's words were found at their place in the text; raises OnRecordError."""
    text = document.text or ""
    for statement in result:
        words = statement.evidence
        if words is None or text[words.start : words.end] != words.exact:
            message = (
                f"a statement's words are not in the document ({statement.gist!r}); "
                "this is a bug, please report it"
            )
            raise OnRecordError(message)
    return result
