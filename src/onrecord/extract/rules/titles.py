"""Posts as they stand beside a name: "co-CEO Ada Example", "Ada Example, the president of".

The table is data, `titles.tsv` beside this file: a post, and the relation to the organization that it stands with.
"""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def titles() -> Mapping[str, str]:
    """The table that ships: post → relation."""
    text = (
        files("onrecord.extract.rules")
        .joinpath("titles.tsv")
        .read_text(encoding="utf-8")
    )
    return dict(
        line.split("\t")
        for line in text.splitlines()
        if line and not line.startswith("#")
    )


_TITLE = "|".join(sorted(map(re.escape, titles()), key=len, reverse=True))
_OWNER = r"[A-Z][\w’'.&-]*(?:\s[A-Z0-9][\w’'.&-]*){0,3}\s+"
TITLE_BEFORE = re.compile(rf"(?i:\b({_TITLE}))(?: and [a-z ]+)?,?\s+$")
TITLE_AFTER = re.compile(
    rf",\s+(?:an?\s+|the\s+|its\s+|{_OWNER})?(?i:({_TITLE}))\b(?:\s+(?:of|at|for)\s+(?:the\s+)?)?"
)
