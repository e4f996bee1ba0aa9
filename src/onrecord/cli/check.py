"""`onrecord check`: the graph against its shapes."""

import sys
from typing import Annotated

import typer

from onrecord.cli.state import state
from onrecord.model.counts import counted

EVERYTHING = typer.Option(
    "--all", help="Look at all files, not only at what changed."
)


def check(
    context: typer.Context, whole: Annotated[bool, EVERYTHING] = False
) -> None:
    """Check the graph against the shapes, and every statement for its evidence.

    Looks at what changed since the last check, and at what names that.
    """
    from onrecord.editing.checking import check_bounded  # noqa: PLC0415  rdflib, for this command alone

    report = check_bounded(state(context).workspace(), whole=whole)
    for finding in report.findings:
        print(f"{finding.severity}: {finding.where}: {finding.message}")
    looked_at = ", ".join(
        _counted(number, what) for what, number in report.counts.items()
    )
    errors = sum(finding.severity == "error" for finding in report.findings)
    warnings = len(report.findings) - errors
    print(
        f"{looked_at}: {_number(errors, 'error')}, {_number(warnings, 'warning')}"
    )
    if report.unchanged:
        rest = counted(report.unchanged, "file")
        print(
            f"{rest} as at the last check; --all looks at all", file=sys.stderr
        )
    sys.exit(0 if report.passed else 1)


def _counted(number: int, what: str) -> str:
    """`what` is a plural: "1 entity", "2 entities"."""
    return (
        f"{number} {what}"
        if number != 1
        else f"1 {what.removesuffix('ies') + 'y' if what.endswith('ies') else what[:-1]}"
    )


def _number(count: int, what: str) -> str:
    return f"{count or 'no'} {what}{'' if count == 1 else 's'}"
