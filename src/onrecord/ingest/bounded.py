"""Parses what strangers send in a child process: with a wall clock and a memory of its own."""

import pickle
from collections.abc import Callable

from onrecord.ingest.document import Described, articles_in
from onrecord.model import Document
from onrecord.model.errors import BadInput, LimitReached
from onrecord.store.limits import MEGABYTE, Limits, run

LIMITS = Limits(seconds=30.0, memory=1024 * MEGABYTE)


def parsed(
    data: bytes,
    name: str,
    described: Described | None = None,
    form: str | None = None,
    charset: str | None = None,
) -> tuple[Document, ...]:
    """The articles of a file, as `articles_in` reads them; what takes too long or too much is refused.

    Raises BadInput, MissingExtra.
    """

    def work(_: None, send: Callable[[bytes], None]) -> None:
        try:
            documents = articles_in(data, name, described, form, charset)
        except RecursionError as error:
            message = f"{name}: is nested too deep to be an article"
            raise BadInput(message) from error
        send(pickle.dumps(documents))

    try:
        answer = b"".join(run(lambda: (None, None), work, LIMITS))
    except LimitReached as error:
        message = (
            f"{name}: takes more than {LIMITS.seconds:.0f} seconds or "
            f"{(LIMITS.memory or 0) // MEGABYTE:,} MB to read; no article does"
        )
        raise BadInput(message) from error
    documents: tuple[Document, ...] = pickle.loads(answer)  # noqa: S301  from our own child
    return documents
