"""`onrecord add`: statements in."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli import streams
from onrecord.cli.state import state
from onrecord.model.errors import BadInput
from onrecord.workspace import Workspace

if TYPE_CHECKING:
    from onrecord.ingest.articles import How, Read
    from onrecord.model import Document


class Batch(StrEnum):
    """What becomes of a batch file."""

    write = "write"
    read = "read"


def add(
    context: typer.Context,
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE...",
            help="Articles (.txt, .md, .html, .pdf, .docx, .odt, .rtf, .eml, an address, a folder, a crawl in .warc.gz,"
            " a bucket's s3://…, a table of articles), records (.jsonl, .json, .csv, .xlsx, RDF)"
            " or codings (.dna, .qdpx, sheets); - is standard input.",
        ),
    ],
    form: Annotated[
        str | None,
        typer.Option(
            "--as",
            metavar="FORM",
            help="What the files hold, whatever their names: jsonl, json, csv, text, md, html,"
            " pdf, docx, odt, rtf, eml, or a form of a package.",
        ),
    ] = None,
    url: Annotated[
        str | None,
        typer.Option(help="The article's address; nothing is fetched from it."),
    ] = None,
    publisher: Annotated[
        str | None, typer.Option(help="Who published the article.")
    ] = None,
    published: Annotated[
        str | None, typer.Option(help="When: 2025-10-21, 2025-10 or 2025.")
    ] = None,
    title: Annotated[str | None, typer.Option(help="The article's title.")] = None,
    author: Annotated[str | None, typer.Option(help="Who wrote it.")] = None,
    columns: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="FIELD=COLUMN",
            help="Which column of a table holds text, url, title, published, publisher, author or page.",
        ),
    ] = None,
    name_pattern: Annotated[
        str | None,
        typer.Option(
            metavar="PATTERN",
            help='What file names tell, such as "{publisher} {date} {title}".',
        ),
    ] = None,
    extractor: Annotated[
        str,
        typer.Option(
            help="What finds statements in articles: rules, llm (a language model), rules,llm, or one of a package."
        ),
    ] = "rules",
    model: Annotated[
        str | None,
        typer.Option(
            help="The model of the extractor: an installed one of spaCy, or a language model of the endpoint."
        ),
    ] = None,
    fresh: Annotated[
        bool,
        typer.Option(
            "--fresh", help="Read again what stands, and ask a language model anew."
        ),
    ] = False,
    batch: Annotated[
        tuple[Batch, Path] | None,
        typer.Option(
            metavar="write|read FILE",
            help="Write the requests of --extractor llm for a batch endpoint, or read its answers.",
        ),
    ] = None,
    allow_endpoint: Annotated[
        bool,
        typer.Option(
            "--allow-endpoint",
            help="Let texts go to the endpoint that this workspace names, from now on.",
        ),
    ] = False,
    jobs: Annotated[
        int, typer.Option(min=1, help="How many articles are read at a time.")
    ] = 1,
    scheduler: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="A Dask cluster whose workers read: tcp://host:8786.",
        ),
    ] = None,
    allow_private: Annotated[
        bool,
        typer.Option(
            "--allow-private", help="Fetch from this machine and private networks too."
        ),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")
    ] = False,
) -> None:
    """Add articles or records to the workspace; of records all, or none if one has a fault."""
    from onrecord.editing import add as take_in  # noqa: PLC0415  rdflib, for this command alone
    from onrecord.ingest.sources import kind_of_all  # noqa: PLC0415

    described = {
        "url": url,
        "publisher": publisher,
        "published": published,
        "title": title,
        "author": author,
    }
    asked = (
        _is_article(form)
        or any(described.values())
        or model
        or jobs > 1
        or scheduler
        or allow_private
        or columns
        or name_pattern
        or extractor != "rules"
        or fresh
        or batch
        or allow_endpoint
    )
    how = None
    if asked or kind_of_all(sources, form) == "articles":
        how = _how(described, form, model, jobs, allow_private=allow_private)
        how = replace(
            how,
            said=Told(dry_run=dry_run).hear,
            scheduler=scheduler,
            went=tell_progress,
            starts=tell_destination,
            columns=_columns(columns or []),
            name_pattern=name_pattern,
            extractor=extractor,
            fresh=fresh,
            options={"allow-endpoint": "true"} if allow_endpoint else {},
        )
    where = state(context).workspace()
    if batch and how:
        how = _batched(batch, how, where, sources)
    added = take_in(
        sources,
        form=form,
        workspace=where,
        dry_run=dry_run,
        how=how,
    )
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
    if added.interrupted:
        raise typer.Exit(INTERRUPTED)
    if added.failed:
        raise typer.Exit(1)


INTERRUPTED = 130
"""As a shell counts a program that SIGINT ended."""


def _is_article(form: str | None) -> bool:
    """Whether somebody says that the files are articles; raises UnknownName for a form that is none."""
    from onrecord.ingest.readers import reader_named  # noqa: PLC0415
    from onrecord.ingest.sources import RECORD_FORMS  # noqa: PLC0415

    if form is None or form in RECORD_FORMS:
        return False
    return bool(reader_named(form))


def _columns(maps: Sequence[str]) -> dict[str, str]:
    """The columns of a table by what they tell; raises BadInput for a word that is none."""
    from onrecord.ingest.tables import COLUMNS  # noqa: PLC0415

    columns: dict[str, str] = {}
    for text in maps:
        field, is_given, column = text.partition("=")
        if field not in COLUMNS or not is_given or not column.strip():
            message = f"--map {text}: write FIELD=COLUMN, the field one of {', '.join(COLUMNS)}"
            raise BadInput(message)
        columns[field] = column.strip()
    return columns


def _how(
    described: Mapping[str, str | None],
    form: str | None,
    model: str | None,
    jobs: int,
    *,
    allow_private: bool,
) -> "How":
    """The options that describe articles, and how they are read."""
    from onrecord.ingest.articles import How  # noqa: PLC0415  spaCy, for articles alone
    from onrecord.ingest.document import Described  # noqa: PLC0415

    return How(
        Described(**described),
        form,
        model=model,
        jobs=jobs,
        allow_private=allow_private,
    )


def _batched(
    batch: tuple[Batch, Path], how: "How", where: Workspace, sources: Sequence[str]
) -> "How":
    """Writes the requests and ends; or keeps the answers, of which alone is added then."""
    if "llm" not in how.extractor.split(","):
        message = "--batch is for a language model; say --extractor llm with it"
        raise BadInput(message)
    way, file = batch
    if way is Batch.write:
        _write_batch(how, where, sources, file)
        raise typer.Exit
    from onrecord.extract.llm.batch import keep_answers  # noqa: PLC0415  for this alone
    from onrecord.extract.llm.kept import KeptAnswers  # noqa: PLC0415

    taken = keep_answers(file, KeptAnswers.of(where))
    for fault in taken.faults:
        print(f"onrecord: {fault}", file=sys.stderr)
    print(f"answers     {taken.kept} read")
    return replace(how, options={**how.options, "offline": "true"})


def _write_batch(
    how: "How", where: Workspace, sources: Sequence[str], file: Path
) -> None:
    from onrecord.editing.add_articles import write_requests  # noqa: PLC0415  spaCy

    count, faults = write_requests(sources, where, how, file)
    for fault in faults:
        print(f"onrecord: {fault}", file=sys.stderr)
    print(f"requests    {count} written to {file}")


def tell_destination(extractor: object, documents: "Sequence[Document]") -> None:
    """Says in one line on standard error where texts go, and how much, if they leave this machine."""
    host = getattr(extractor, "destination", "")
    if host and documents:
        size = sum(len(document.text or "") for document in documents)
        told = "1 text" if len(documents) == 1 else f"{len(documents):,} texts"
        print(
            f"onrecord: {told} with {size:,} characters go to {host}", file=sys.stderr
        )


def tell_progress(left: int, counts: Mapping[str, int]) -> None:
    """Says on standard error how far a corpus is, over the line before, if that is a terminal."""
    if sys.stderr.isatty():
        told = in_words(counts)
        streams.rewrite(f"onrecord: {left:,} pieces left; {told}", "" if left else "\n")


class Told:
    """Says of each article that it is read, as it goes, or under --dry-run what was found in it."""

    def __init__(self, *, dry_run: bool) -> None:
        self.dry_run = dry_run

    def hear(self, read: "Read") -> None:
        """Prints one line of progress on standard error, if that is a terminal; a table's row under --dry-run."""
        found = (
            f"{len(read.found.statements):4} statements"
            if read.found is not None
            else "   - not read"
        )
        if self.dry_run:
            print(f"{found:15}  {read.where}")
        elif sys.stderr.isatty() or read.total > 1:
            progress = f"{read.number} of {read.total}"
            print(
                f"onrecord: {progress}: {found.strip()}, {read.where}", file=sys.stderr
            )


def in_words(counts: Mapping[str, int]) -> str:
    """Counts in a row, without the empty ones: "3 added, 1 updated"."""
    return (
        ", ".join(
            f"{number} {kind}" for kind, number in sorted(counts.items()) if number
        )
        or "none"
    )
