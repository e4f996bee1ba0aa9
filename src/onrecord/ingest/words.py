"""English words, as far as the model that reads articles knows them."""

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from onrecord.extract.rules.loading import MODEL

PLACE = "*/vocab/strings.json"


@cache
def english_words() -> frozenset[str]:
    """The words of the model's vocabulary; none where it is not installed."""
    spec = find_spec(MODEL)
    if spec is None or spec.origin is None:
        return frozenset()
    files = sorted(Path(spec.origin).parent.glob(PLACE))
    texts = (file.read_text(encoding="utf-8") for file in files)
    return frozenset(word for text in texts for word in json.loads(text))
