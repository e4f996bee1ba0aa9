"""Writes the requests that onrecord makes of a language model for the texts of a gold file, one file a request.

    python tests/data/llm/record.py tests/data/news/developing.jsonl requests/

Each file is the body of a chat completion. What a model answers goes into a file of the
same name; README.md says where it lies then.
"""

import json
import sys
from pathlib import Path

from onrecord.editing.evaluation import read_gold
from onrecord.extract.extractor import ExtractionContext
from onrecord.extract.llm.extractor import ModelExtractor
from onrecord.extract.llm.reply import Reply
from onrecord.extract.llm.settings import Settings
from onrecord.workspace import shipped


def main(gold: Path, folder: Path) -> None:
    """Writes 01.json, 02.json, … in the order of the texts, and says how many."""
    read = read_gold(gold, shipped())
    vocabulary = read.registry.vocabulary
    context = ExtractionContext(read.gazetteer, vocabulary, shipped())
    extractor = ModelExtractor(
        context, Settings("", "recorded"), lambda _: Reply("")
    )
    folder.mkdir(parents=True, exist_ok=True)
    requests = [
        one for doc in read.documents for one in extractor.requests(doc)
    ]
    for number, request in enumerate(requests, 1):
        body = json.dumps(request.body, ensure_ascii=False, indent=1)
        (folder / f"{number:02}.json").write_text(body, encoding="utf-8")
    sys.stdout.write(f"{len(requests)} requests, {extractor.settings}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
