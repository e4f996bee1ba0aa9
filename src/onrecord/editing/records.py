"""Record files, read whole: what coders wrote, to compare with each other or with a program."""

from pathlib import Path

from onrecord.ingest.records import Batch, records
from onrecord.model.errors import BadRecord
from onrecord.querying.ask import Graph


def read_records(path: Path, graph: Graph, form: str | None = None) -> Batch:
    """The records of a file, in the form jsonl or csv, or by its suffix; raises BadRecord with all its faults."""
    schema = graph.workspace.ontology_file("records.schema.json")
    batch = records([path], schema, graph.vocabulary, form)
    if batch.faults:
        raise BadRecord(batch.faults)
    return batch
