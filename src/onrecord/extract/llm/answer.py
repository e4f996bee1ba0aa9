"""A model's answer as text → the object that it should be, strictly; what is wrong with one that is none."""

import json
import re

from onrecord.model.errors import BadInput

FENCED = re.compile(r"\s*```(?:json)?\s*\n(.*)\n\s*```\s*", re.DOTALL)
"""A block of Markdown, which many models put around their JSON."""
LISTS = ("entities", "statements")


def read_answer(text: str) -> dict[str, object]:
    """The object of an answer, with its two lists; raises BadInput with what is wrong."""
    fenced = FENCED.fullmatch(text)
    try:
        answer = json.loads(fenced[1] if fenced else text)
    except RecursionError as error:
        message = "the answer is nested too deeply"
        raise BadInput(message) from error
    except ValueError as error:
        message = f"the answer is no JSON: {error}"
        raise BadInput(message) from error
    if not isinstance(answer, dict):
        message = "the answer is no JSON object"
        raise BadInput(message)
    missing = [key for key in LISTS if not isinstance(answer.get(key), list)]
    if missing:
        message = f"the answer has no list {' and no list '.join(missing)}"
        raise BadInput(message)
    return answer
