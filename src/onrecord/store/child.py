"""What a function makes, made in a child process under limits of time and memory."""

import pickle
from collections.abc import Callable
from typing import TypeVar

from onrecord.store.limits import Limits, Send, run

T = TypeVar("T")


def in_child(
    make: Callable[[], T],
    limits: Limits,
    *,
    offline: bool = True,
    what: str = "work",
) -> T:
    """What a function makes in a child process, which opens no socket while it is `offline`.

    Raises LimitReached that tells `what` took too much, what the function raised if that is an OnRecordError, else
    RuntimeError with its traceback.
    """

    def work(_: None, send: Send) -> None:
        send(pickle.dumps(make()))

    pieces = run(lambda: (None, None), work, limits, offline=offline, what=what)
    answer = b"".join(pieces)
    value: T = pickle.loads(answer)  # noqa: S301  from our own child
    return value
