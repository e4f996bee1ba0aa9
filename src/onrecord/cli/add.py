"""`onrecord add`: statements in."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from onrecord.cli import streams
from onrecord.cli.options import AllowEndpoint, DryRun
from onrecord.cli.state import state
from onrecord.model.errors import BadInput
from onrecord.workspace import Workspace

if TYPE_CHECKING:
    from onrecord.editing.intake import Added
    from onrecord.ingest.articles import ReadArticle, ReadingOptions
    from onrecord.model import Document


class Batch(StrEnum):
    """What becomes of a batch file."""

    write = "write"
    read = "read"


Sources = Annotated[
    list[str],
    typer.Argument(
        metavar="SOURCE...",
        help="Articles (.txt, .md, .html, .pdf, .docx, .odt, .rtf, .eml, an address, a folder, a crawl in .warc.gz,"
        " a bucket's s3://…, a table of articles), records (.jsonl, .json, .csv, .xlsx, RDF)"
        " or codings (.dna, .qdpx, sheets); - is standard input.",
    ),
]
Form = Annotated[
    str | None,
    typer.Option(
        "--as",
        metavar="FORM",
        help="What the files hold, whatever their names: jsonl, json, csv, text, md, html,"
        " pdf, docx, odt, rtf, eml, or a form of a package.",
    ),
]
Url = Annotated[
    str | None,
    typer.Option(help="The article's address; nothing is fetched from it."),
]
Publisher = Annotated[
    str | None, typer.Option(help="Who published the article.")
]
Published = Annotated[
    str | None, typer.Option(help="When: 2025-10-21, 2025-10 or 2025.")
]
Title = Annotated[str | None, typer.Option(help="The article's title.")]
Author = Annotated[str | None, typer.Option(help="Who wrote it.")]
Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar="FIELD=COLUMN",
        help="Which column of a table holds text, url, title, published, publisher, author or page.",
    ),
]
NamePattern = Annotated[
    str | None,
    typer.Option(
        metavar="PATTERN",
        help='What file names tell, such as "{publisher} {date} {title}".',
    ),
]
Extractor = Annotated[
    str,
    typer.Option(
        help="What finds statements in articles: rules, rules-without-encoder (faster), llm (a language model), "
        "rules,llm, or one of a package."
    ),
]
Model = Annotated[
    str | None,
    typer.Option(
        help="The model of the extractor: an installed one of spaCy, or a language model of the endpoint."
    ),
]
Fresh = Annotated[
    bool,
    typer.Option(
        "--fresh", help="Read again what stands, and ask a language model anew."
    ),
]
BatchOption = Annotated[
    tuple[Batch, Path] | None,
    typer.Option(
        metavar="write|read FILE",
        help="Write the requests of --extractor llm for a batch endpoint, or read its answers.",
    ),
]
Jobs = Annotated[
    int, typer.Option(min=1, help="How many articles are read at a time.")
]
Scheduler = Annotated[
    str | None,
    typer.Option(
        metavar="ADDRESS",
        help="A Dask cluster whose workers read: tcp://host:8786.",
    ),
]
AllowPrivate = Annotated[
    bool,
    typer.Option(
        "--allow-private",
        help="Fetch from this machine and private networks too.",
    ),
]
Store = Annotated[
    str | None,
    typer.Option(
        metavar="URL",
        help="The store where the graph lives, as before the command.",
    ),
]
Profile = Annotated[
    str, typer.Option(metavar="NAME", help="The dialect of that store.")
]


def add(
    context: typer.Context,
    sources: Sources,
    form: Form = None,
    url: Url = None,
    publisher: Publisher = None,
    published: Published = None,
    title: Title = None,
    author: Author = None,
    columns: Columns = None,
    name_pattern: NamePattern = None,
    extractor: Extractor = "rules",
    model: Model = None,
    fresh: Fresh = False,
    batch: BatchOption = None,
    allow_endpoint: AllowEndpoint = False,
    jobs: Jobs = 1,
    scheduler: Scheduler = None,
    store: Store = None,
    profile: Profile = "generic",
    allow_private: AllowPrivate = False,
    dry_run: DryRun = False,
) -> None:
    """Add articles or records to the workspace; of records all, or none if one has a fault."""
    options = locals()
    from onrecord.editing import add as take_in  # noqa: PLC0415  rdflib, for this command alone

    how = _how(options) if _are_articles(options) else None
    where = state(context).sharing(store, profile).workspace()
    if batch and how:
        how = _batched(batch, how, where, sources)
    added = take_in(
        sources, form=form, workspace=where, dry_run=dry_run, how=how
    )
    _tell(added, dry_run=dry_run)
    if added.interrupted:
        raise typer.Exit(INTERRUPTED)
    if added.failed:
        raise typer.Exit(1)


def _tell(added: "Added", *, dry_run: bool) -> None:
    if added.pages:
        print(f"pages       {in_words(added.pages)}")
    for name, counts in (
        ("documents", added.documents),
        ("statements", added.statements),
        ("entities", added.entities),
    ):
        print(f"{name:11} {in_words(counts)}")
    for note in added.notes:
        print(f"onrecord: {note}", file=sys.stderr)
    if added.documents.get("withheld") or added.statements.get("withheld"):
        print("withheld: removed earlier (`onrecord remove`), and kept out")
    if dry_run:
        print("nothing was written (--dry-run)")


INTERRUPTED = 130
"""As a shell counts a program that SIGINT ended."""


OF_ARTICLES = (
    *(
        "url",
        "publisher",
        "published",
        "title",
        "author",
        "columns",
        "name_pattern",
    ),
    *(
        "model",
        "fresh",
        "batch",
        "allow_endpoint",
        "allow_private",
        "scheduler",
    ),
)
"""Options that only articles have."""


def _are_articles(options: Mapping[str, Any]) -> bool:
    """Whether the sources are articles: an option says so, or their names do.

    Raises UnknownName for a form that is none, and BadInput as `kind_of_all` does.
    """
    from onrecord.ingest.readers import reader_named  # noqa: PLC0415
    from onrecord.ingest.sources import ARTICLES, RECORD_FORMS, kind_of_all  # noqa: PLC0415

    form = options["form"]
    if form is not None and form not in RECORD_FORMS:
        reader_named(form)
        return True
    if any(options[name] for name in OF_ARTICLES):
        return True
    if options["jobs"] > 1 or options["extractor"] != "rules":
        return True
    return kind_of_all(options["sources"], form) == ARTICLES


def _columns(maps: Sequence[str]) -> dict[str, str]:
    """The columns of a table by what they tell; raises BadInput for a word that is none."""
    from onrecord.ingest.tables import COLUMNS  # noqa: PLC0415

    columns: dict[str, str] = {}
    for text in maps:
        field, is_given, column = text.partition("=")
        if field not in COLUMNS or not is_given or not column.strip():
            message = (
                f"--map {text}: write FIELD=COLUMN, the "
                f"field one of {', '.join(COLUMNS)}"
            )
            raise BadInput(message)
        columns[field] = column.strip()
    return columns


def _how(options: Mapping[str, Any]) -> "ReadingOptions":
    """What the options say of articles, and how they are read."""
    from onrecord.ingest.articles import ReadingOptions  # noqa: PLC0415  spaCy, for articles alone
    from onrecord.ingest.document import DocumentDescription  # noqa: PLC0415

    described = {
        field.name: options[field.name] for field in fields(DocumentDescription)
    }
    return ReadingOptions(
        DocumentDescription(**described),
        options["form"],
        extractor=options["extractor"],
        model=options["model"],
        options={"allow-endpoint": "true"} if options["allow_endpoint"] else {},
        fresh=options["fresh"],
        jobs=options["jobs"],
        allow_private=options["allow_private"],
        said=Progress(dry_run=options["dry_run"]).tell,
        scheduler=options["scheduler"],
        went=tell_progress,
        starts=tell_destination,
        columns=_columns(options["columns"] or []),
        name_pattern=options["name_pattern"],
    )


def _batched(
    batch: tuple[Batch, Path],
    how: "ReadingOptions",
    where: Workspace,
    sources: Sequence[str],
) -> "ReadingOptions":
    """Writes the requests and ends; or keeps the answers, of which alone is added then."""
    if "llm" not in how.extractor.split(","):
        message = "--batch is for a language model; say --extractor llm with it"
        raise BadInput(message)
    way, file = batch
    if way is Batch.write:
        _write_batch(how, where, sources, file)
        raise typer.Exit
    from onrecord.editing.add_articles import read_answers  # noqa: PLC0415  for this alone

    taken = read_answers(file, where)
    for fault in taken.faults:
        print(f"onrecord: {fault}", file=sys.stderr)
    print(f"answers     {taken.kept} read")
    return replace(how, options={**how.options, "offline": "true"})


def _write_batch(
    how: "ReadingOptions", where: Workspace, sources: Sequence[str], file: Path
) -> None:
    from onrecord.editing.add_articles import write_requests  # noqa: PLC0415  spaCy

    count, faults = write_requests(sources, where, how, file)
    for fault in faults:
        print(f"onrecord: {fault}", file=sys.stderr)
    print(f"requests    {count} written to {file}")


def tell_destination(
    extractor: object, documents: "Sequence[Document]"
) -> None:
    """Says in one line on standard error where texts go, and how much, if they leave this machine."""
    host = getattr(extractor, "destination", "")
    if host and documents:
        size = sum(len(document.text or "") for document in documents)
        count = "1 text" if len(documents) == 1 else f"{len(documents):,} texts"
        line = f"onrecord: {count} with {size:,} characters go to {host}"
        print(line, file=sys.stderr)


def tell_progress(left: int, counts: Mapping[str, int]) -> None:
    """Says on standard error how far a corpus is, over the line before, if that is a terminal."""
    if sys.stderr.isatty():
        line = f"onrecord: {left:,} pieces left; {in_words(counts)}"
        streams.rewrite(line, "" if left else "\n")


class Progress:
    """Says of each article that it is read, as it goes, or under --dry-run what was found in it."""

    def __init__(self, *, dry_run: bool) -> None:
        self.dry_run = dry_run

    def tell(self, read: "ReadArticle") -> None:
        """Prints one line of progress on standard error, if that is a terminal; a table's row under --dry-run."""
        count = "   - not read"
        if read.result is not None:
            count = f"{len(read.result.statements):4} statements"
        if self.dry_run:
            print(f"{count:15}  {read.where}")
        elif sys.stderr.isatty() or read.total > 1:
            place = f"{read.number} of {read.total}"
            line = f"onrecord: {place}: {count.strip()}, {read.where}"
            print(line, file=sys.stderr)


def in_words(counts: Mapping[str, int]) -> str:
    """Counts in a row, without the empty ones: "3 added, 1 updated"."""
    present = [
        f"{count} {kind}" for kind, count in sorted(counts.items()) if count
    ]
    return ", ".join(present) or "none"
