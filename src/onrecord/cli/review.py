"""`onrecord review`: a person's verdicts."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli.reviewer import user
from onrecord.cli.state import state, write_out
from onrecord.ingest.sheets import sheet_notes
from onrecord.model.errors import BadInput
from onrecord.workspace import Workspace

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

    verdicts = review_sheet.verdicts(_read(sheet), coder, where, str(sheet))
    count = reviewing.judge(verdicts, where)
    print(f"{count} statement{'s' * (count != 1)} reviewed")
    for note in sheet_notes([sheet]):
        print(f"onrecord: {note}", file=sys.stderr)


def _read(sheet: Path) -> bytes:
    try:
        return sheet.read_bytes()
    except OSError as error:
        message = f"{sheet}: {error.strerror or error}"
        raise BadInput(message) from error
