"""The graph → records (`ontology/records.schema.json`): every field, review and change, with who made what."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from onrecord.editing.folder import Folder
from onrecord.model import Run, Source
from onrecord.model.as_records import (
    Record,
    apart_record,
    document_record,
    entity_record,
    run_record,
    statement_record,
)
from onrecord.model.errors import BadInput
from onrecord.querying.ask import Graph
from onrecord.workspace import kept_text


def records_of(graph: Graph) -> bytes:
    """The own graph as JSON Lines, which `onrecord add` reads; texts that are kept come with it.

    Raises BadInput for a store over HTTP, which has no files.
    """
    if graph.workspace.endpoint is not None:
        message = (
            "records come from a workspace's own files; pull the graph first"
        )
        raise BadInput(message)
    lines = map(_line, _records(graph))
    return "".join(lines).encode()


def _line(record: Record) -> str:
    return json.dumps(record, ensure_ascii=False) + "\n"


def _records(graph: Graph) -> Iterator[Record]:
    home = graph.workspace.graphs[0]
    folder = Folder(home, graph.vocabulary)
    paths = sorted((home / "documents").glob("*.ttl"))
    sources = [folder.source(path.stem) for path in paths]
    runs = folder.runs()
    most = _commonest(makers for _, makers in sources)
    if most in runs:
        yield run_record(runs[most])
    yield from map(entity_record, folder.entities().values())
    yield from sorted(map(apart_record, folder.apart()), key=str)
    others = {iri: run for iri, run in runs.items() if iri != most}
    for source, makers in sources:
        yield _document(graph, source, makers, others)


def _commonest(sources: Iterator[Mapping[str, str]]) -> str:
    """The run that made most statements: it is the file's."""
    counts: Counter[str] = Counter()
    for makers in sources:
        counts.update(makers.values())
    return counts.most_common(1)[0][0] if counts else ""


def _document(
    graph: Graph,
    source: Source,
    makers: Mapping[str, str],
    others: Mapping[str, Run],
) -> Record:
    text = kept_text(graph.workspace.root, source.document.sha256)
    document = replace(source.document, text=text.decode() if text else None)
    statements = []
    for value in source.statements:
        maker = makers.get(value.id or "", "")
        statements.append(statement_record(value, others.get(maker)))
    return document_record(document, statements)
