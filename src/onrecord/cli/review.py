"""`onrecord review`: a person's verdicts."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli.reviewer import user
from onrecord.cli.state import state, write_out
from onrecord.ingest.sheets import sheet_notes
from onrecord.model.errors import BadInput
from onrecord.workspace import Workspace

MOST_LINES = 10
"""Of a sheet, that are named."""

Article = Annotated[
    str | None,
    typer.Argument(
        help="With --web: an article to open, which is added first."
    ),
]
Web = Annotated[
    bool, typer.Option("--web", help="Review and code in the browser.")
]
Code = Annotated[
    bool,
    typer.Option("--code", help="With an article: let no program read it."),
]
Blind = Annotated[
    bool, typer.Option("--blind", help="With --web: hide what others coded.")
]
Port = Annotated[
    int, typer.Option(min=0, max=65535, metavar="PORT", help="With --web.")
]
Browser = Annotated[
    bool, typer.Option("--browser/--no-browser", help="With --web: open it.")
]
Export = Annotated[
    Path | None,
    typer.Option("--export", help="Write what waits as a sheet (.csv, .xlsx)."),
]
Sheet = Annotated[
    Path | None,
    typer.Option("--import", help="Read verdicts from a filled sheet."),
]
By = Annotated[
    str | None,
    typer.Option(
        "--by",
        "--coder",
        help="Who reviews; else the name of this computer's user.",
    ),
]
Force = Annotated[
    bool,
    typer.Option(
        "--force", help="Overwrite a sheet that onrecord did not write."
    ),
]


def review(
    context: typer.Context,
    article: Article = None,
    web: Web = False,
    code: Code = False,
    blind: Blind = False,
    port: Port = 0,
    browser: Browser = True,
    export: Export = None,
    sheet: Sheet = None,
    by: By = None,
    force: Force = False,
) -> None:
    """Accept, reject or edit what waits for review: in the terminal, in the browser, or by a sheet.

    In the terminal one key is enough: a accepts, r rejects, e edits, f flags with a
    note, s skips, u takes the last back, q leaves. Each verdict is written at once.
    """
    where = state(context).workspace()
    if not web and (article is not None or code or blind):
        message = "an article, --code and --blind belong to --web"
        raise typer.BadParameter(message)
    if web:
        from onrecord.cli.web import open_desk  # noqa: PLC0415  the server

        coder = by or user()
        open_desk(
            where,
            coder,
            article,
            code=code,
            blind=blind,
            port=port,
            browser=browser,
        )
        return
    if export is not None:
        _write_sheet(where, export, force=force)
    elif sheet is not None:
        _take_sheet(where, sheet, by or user())
    else:
        from onrecord.cli.talk import Talk  # noqa: PLC0415

        Talk(where, by or user()).all()


def _write_sheet(where: Workspace, target: Path, *, force: bool) -> None:
    """What waits for review, as a sheet to fill in."""
    from onrecord.editing import review_sheet, reviewing  # noqa: PLC0415  rdflib, for this command alone

    items = reviewing.waiting(where)
    content = review_sheet.sheet_file(items, target.suffix.lower())
    write_out([content], target, force=force)


def _take_sheet(where: Workspace, sheet: Path, coder: str) -> None:
    """The verdicts of a sheet that somebody filled in."""
    from onrecord.editing import review_sheet, reviewing  # noqa: PLC0415  as above

    content = _read(sheet)
    verdicts = review_sheet.verdicts(content, coder, where, str(sheet))
    lines = review_sheet.changed_without_verdict(content, where, str(sheet))
    count = reviewing.judge(verdicts, where)
    print(f"{count} statement{'s' * (count != 1)} reviewed")
    if lines:
        print(f"onrecord: {_left(sheet, lines)}", file=sys.stderr)
    for note in sheet_notes([sheet]):
        print(f"onrecord: {note}", file=sys.stderr)


def _left(sheet: Path, lines: Sequence[int]) -> str:
    """What is said of rows that were changed and have no verdict."""
    some = ", ".join(map(str, lines[:MOST_LINES]))
    more = len(lines) - MOST_LINES
    named = f"{some} and {more} more" if more > 0 else some
    what = f"line{'s' * (len(lines) != 1)} {named}"
    return (
        f"{sheet}: {what}: changed, but without a verdict, and left as they were; "
        "write accepted or rejected in the column verdict, and import the sheet again"
    )


def _read(sheet: Path) -> bytes:
    try:
        return sheet.read_bytes()
    except OSError as error:
        message = f"{sheet}: {error.strerror or error}"
        raise BadInput(message) from error
