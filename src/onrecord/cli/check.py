"""`onrecord check`: is the graph as it should be?"""

import sys

import typer

from onrecord.cli.state import state


def check(context: typer.Context) -> None:
    """Check the graph against the shapes, and every statement for its evidence."""
    from onrecord.graph.check import check as examine  # noqa: PLC0415  pyshacl, for this command alone

    report = examine(workspace=state(context).workspace())
    for finding in report.findings:
        print(f"{finding.severity}: {finding.where}: {finding.message}")
    print(report.counts)
    sys.exit(0 if report.passed else 1)
