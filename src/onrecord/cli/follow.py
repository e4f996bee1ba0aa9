"""`onrecord follow`: a feed whose news come in."""

from typing import Annotated

import typer

from onrecord.cli.state import state


def follow(
    context: typer.Context,
    url: Annotated[
        str | None,
        typer.Argument(
            metavar="[URL]",
            help="A feed (RSS, Atom), a news sitemap, or a page that names its feed; none lists what is followed.",
        ),
    ] = None,
    allow_private: Annotated[
        bool,
        typer.Option(
            "--allow-private",
            help="Fetch from this machine and private networks too.",
        ),
    ] = False,
) -> None:
    """Follow a feed; `onrecord fetch` brings what is new in it."""
    from onrecord.editing import following  # noqa: PLC0415  rdflib, for this command alone

    where = state(context).workspace()
    if url is None:
        for feed in following.followed(where):
            print(
                f"{feed.url}  {feed.title}  {len(feed.seen)} read".replace(
                    "    ", "  "
                )
            )
        return
    feed = following.follow(url, where, allow_private=allow_private)
    print(f"follows {feed.url}" + (f" ({feed.title})" if feed.title else ""))
