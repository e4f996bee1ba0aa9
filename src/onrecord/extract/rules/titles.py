"""Posts as they stand beside a name: "co-CEO Ada Example", "Ada Example, president of"."""

import re
from functools import lru_cache

from onrecord.extract.rules.lexicon import Lexicon

_OWNER = r"[A-Z][\w’'.&-]*(?:\s[A-Z0-9][\w’'.&-]*){0,3}\s+"


@lru_cache(maxsize=4)
def after_name(lexicon: Lexicon) -> re.Pattern[str]:
    """A post that begins where a name has ended."""
    title = lexicon.title_pattern
    return re.compile(
        rf",\s+(?:an?\s+|the\s+|its\s+|{_OWNER})?(?i:({title}))\b"
        r"(?:\s+(?:of|at|for)\s+(?:the\s+)?)?"
    )
