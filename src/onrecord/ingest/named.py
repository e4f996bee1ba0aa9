"""What a file's name tells of an article, by a pattern: "{publisher} {date} {title}"."""

import re
from dataclasses import replace
from pathlib import PurePath

from onrecord.ingest.days import day
from onrecord.ingest.document import DocumentDescription
from onrecord.model.errors import BadInput

FIELDS = ("publisher", "date", "title", "author")
PLACE = re.compile(r"\{(\w+)\}")
DAY = r"\d{4}-\d\d(?:-\d\d)?|\d{8}|\d{4}|\d{1,2} [A-Z][a-z]+ \d{4}"


def described_by_name(
    source: str, pattern: str, said: DocumentDescription
) -> DocumentDescription:
    """What a person says of articles, with what this one's name says besides; a name of another form says nothing.

    Raises BadInput for a pattern that is none.
    """
    match = _compiled(pattern).fullmatch(PurePath(source).stem)
    if match is None:
        return said
    fields = {
        name: " ".join(text.replace("_", " ").split())
        for name, text in match.groupdict().items()
    }
    return replace(
        said,
        publisher=said.publisher or fields.get("publisher"),
        title=said.title or fields.get("title"),
        author=said.author or fields.get("author"),
        published=said.published or day(fields.get("date", "")),
    )


def _compiled(pattern: str) -> re.Pattern[str]:
    names = PLACE.findall(pattern)
    unknown = [name for name in names if name not in FIELDS]
    if not names or unknown or len(set(names)) < len(names):
        message = (
            f"--name-pattern {pattern!r}: write it with {{publisher}}, {{date}}, "
            "{title} and {author}, each once"
        )
        raise BadInput(message)
    parts = PLACE.split(pattern)
    pieces = [
        re.escape(part) if at % 2 == 0 else _group(part)
        for at, part in enumerate(parts)
    ]
    return re.compile("".join(pieces))


def _group(name: str) -> str:
    return f"(?P<date>{DAY})" if name == "date" else f"(?P<{name}>.+?)"
