"""Makes `ontology/lexicon/first-names.tsv`: first names that nine in ten bearers of one pronoun have.

From the counts of nomquamgender 0.1.4 (Van Buskirk, Clauset and Larremore 2023, MIT), whose wheel is given as the
argument: `python -m benches.first_names nomquamgender-0.1.4-py3-none-any.whl`. Names borne by fewer than 300 of those
counted are left out. Left out is what the texts of tests/data/news/training write in small letters
("bright", "channel"), unless words.tsv has it as a first name. Nobody's gender is told anywhere: the table only
keeps "she" from a man named Tomasz.
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

from onrecord.extract.rules.lexicon import Lexicon

TEXTS = Path(__file__).parents[1] / "tests" / "data" / "news" / "training"
SMALL = re.compile(r"(?<![\w’'-])[a-z]{3,}(?![\w’'])")
FEWEST, SURE = 300, 0.1
SHORTEST = 3
"""Letters of a name that is no initials."""
HEAD = "# First names by the pronoun of nine in ten who bear them; made by python -m benches.first_names."


def main() -> None:
    """Writes the table."""
    with ZipFile(sys.argv[1]) as wheel:
        counts = json.loads(wheel.read("nomquamgender/name_data.json"))
    path = Lexicon.shipped().path("topics").with_name("first-names.tsv")
    words = _common() - Lexicon.shipped().words["given name"]
    names = {name: row for name, row in counts.items() if name not in words}
    lines = [HEAD, *_lines(names)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines) - 1:,} names")


def _common() -> set[str]:
    """Words that texts write in small letters."""
    words: set[str] = set()
    for path in TEXTS.glob("*.jsonl"):
        words.update(SMALL.findall(path.read_text(encoding="utf-8")))
    return words


def _lines(counts: dict[str, list[float]]) -> Iterator[str]:
    for name, (_, bearers, share, *_) in sorted(counts.items()):
        is_known = bearers >= FEWEST and len(name) >= SHORTEST
        if not is_known or not name.isalpha() or not name.isascii():
            continue
        if share <= SURE:
            yield f"{name}\the"
        elif share >= 1 - SURE:
            yield f"{name}\tshe"


if __name__ == "__main__":
    main()
