"""`onrecord evaluate`: extraction against gold."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.state import state

if TYPE_CHECKING:
    from onrecord.discourse.evaluation import Score


def evaluate(
    context: typer.Context,
    gold: Annotated[
        Path,
        typer.Argument(
            help="Records with doc.text or doc.path, one document a line (.jsonl)."
        ),
    ],
    model: Annotated[
        str | None,
        typer.Option(help="An installed spaCy model, instead of the small one."),
    ] = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", help="Leave out the misses and extras.")
    ] = False,
) -> None:
    """Compare what is extracted from texts with what people read in them."""
    from onrecord.discourse.evaluation import evaluate as measure  # noqa: PLC0415  spaCy, for this command alone

    found = measure(gold, state(context).workspace(), model=model)
    print(f"{'':22} {'precision':>9} {'recall':>7} {'F1':>6} {'gold':>5} {'found':>6}")
    for key, score in found.relations.items():
        print(_row(key, score))
    print(_row("all statements", found.statements))
    print(_row("actor and words", found.words))
    for line in () if quiet else (*found.misses, *found.extras):
        print(line)


def _row(name: str, score: "Score") -> str:
    return f"{name:22} {score.precision:9.2f} {score.recall:7.2f} {score.f1:6.2f} {score.gold:5} {score.found:6}"
