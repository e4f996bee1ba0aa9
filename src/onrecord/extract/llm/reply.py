"""What a model answered, and the tokens that it took, as a chat completion tells them."""

from dataclasses import dataclass
from typing import Any

from onrecord.extract.extractor import NOTHING, Usage
from onrecord.model.errors import BadInput


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model answered, and what it took."""

    text: str
    usage: Usage = NOTHING


def reply_of(completion: Any) -> Reply:  # noqa: ANN401  whatever an endpoint sent
    """The reply in a chat completion; raises BadInput for what is none."""
    try:
        text = completion["choices"][0]["message"].get("content") or ""
        usage = completion.get("usage") or {}
    except (LookupError, TypeError, AttributeError) as error:
        message = "is no chat completion"
        raise BadInput(message) from error
    return Reply(str(text), usage_of(usage))


def usage_of(value: object) -> Usage:
    """The tokens that an endpoint says it took; what is no number counts nothing."""
    if not isinstance(value, dict):
        return Usage()
    read, written = value.get("prompt_tokens"), value.get("completion_tokens")
    return Usage(_count(read), _count(written))


def _count(value: object) -> int:
    return value if isinstance(value, int) and value >= 0 else 0
