"""Values that every room speaks of: statements, evidence, IRIs, vocabulary, errors.

The classes of `model.values` are imported when one is first asked for (PEP 562): a question needs none.
"""

from typing import TYPE_CHECKING, Any

from onrecord.model.characters import CONTROL as CONTROL
from onrecord.model.characters import NO_XML as NO_XML

if TYPE_CHECKING:
    from onrecord.model.values import *  # noqa: F403  what __getattr__ gives


def __getattr__(name: str) -> Any:  # noqa: ANN401  whatever is there under that name
    """What `model.values` calls so: its names begin with a capital, those of modules do not."""
    if not name[0].isupper():
        message = f"module 'onrecord.model' has no attribute {name!r}"
        raise AttributeError(message)
    from onrecord.model import values  # noqa: PLC0415

    return getattr(values, name)
