"""Requests and answers as JSON Lines, in the form that batch endpoints take and give."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.extract.llm.answer import read_answer
from onrecord.extract.llm.extractor import Request
from onrecord.extract.llm.kept import KeptAnswers, is_request_name
from onrecord.extract.llm.reply import reply_of
from onrecord.model.errors import BadInput

URL = "/v1/chat/completions"
MOST_LINE = 4_000_000
"""Bytes of one answer."""


@dataclass(frozen=True, slots=True)
class BatchCounts:
    """How many answers were kept, and what is wrong with the others, a line each."""

    kept: int
    faults: tuple[str, ...]


def lines(requests: Iterable[Request]) -> Iterator[bytes]:
    """The lines of a file of requests."""
    for request in requests:
        row = {
            "custom_id": request.name,
            "method": "POST",
            "url": URL,
            "body": request.body,
        }
        yield json.dumps(row, ensure_ascii=False).encode() + b"\n"


def keep_answers(file: Path, kept: KeptAnswers) -> BatchCounts:
    """Keeps the answers of a file where the extractor looks for them; raises BadInput where it cannot be read."""
    count, faults = 0, []
    for number, line in _numbered(file):
        try:
            _keep(line, kept)
        except BadInput as fault:
            faults.append(f"{file}:{number}: {fault}")
        else:
            count += 1
    return BatchCounts(count, tuple(faults))


def _numbered(file: Path) -> Iterator[tuple[int, bytes]]:
    try:
        with file.open("rb") as stream:
            number = 0
            while line := stream.readline(MOST_LINE):
                number += 1
                if line.strip():
                    yield number, line
    except OSError as error:
        message = f"{file}: {error.strerror or error}"
        raise BadInput(message) from error


def _keep(line: bytes, kept: KeptAnswers) -> None:
    row = _row(line)
    name = row.get("custom_id")
    if not is_request_name(name):
        message = "custom_id is none that onrecord wrote"
        raise BadInput(message)
    response = row.get("response")
    if (
        not isinstance(response, dict)
        or response.get("status_code", 200) != 200  # noqa: PLR2004  HTTP's word for done
    ):
        message = "the endpoint did not answer this request"
        raise BadInput(message)
    reply = reply_of(response.get("body"))
    read_answer(reply.text)
    kept.put(str(name), reply)


def _row(line: bytes) -> dict[str, object]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        message = "is no JSON"
        raise BadInput(message) from error
    if not isinstance(row, dict):
        message = "is no JSON object"
        raise BadInput(message)
    return row
