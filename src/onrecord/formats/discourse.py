"""A discourse network in a format, and the words behind its ties."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from itertools import chain

from onrecord.discourse.choice import DiscourseNetwork
from onrecord.discourse.measured import measured
from onrecord.discourse.tables import cells, levels_of, matrix_table, tied
from onrecord.discourse.weighted import Value
from onrecord.formats import events
from onrecord.formats.layout import cell, hang, wrap
from onrecord.formats.registry import NETWORKS, network_writer
from onrecord.formats.text import markdown
from onrecord.model.spreadsheets import defused
from onrecord.querying.ask import Graph
from onrecord.querying.table import Table

Measures = Mapping[str, Mapping[str, Value]]
FORMS = ("table", "csv", "json", "markdown", *NETWORKS, "events")
"""What `onrecord network` writes, besides pages and plots."""


def network_bytes(
    graph: Graph,
    network: DiscourseNetwork,
    form: str,
    measures: Measures | None = None,
) -> bytes:
    """A found network in one of FORMS but table: csv is the whole matrix, json and markdown the list of ties."""
    if form == "csv":
        return matrix_csv(matrix_table(network))
    if form == "events":
        return events.events(network)
    if form in NETWORKS:
        return network_writer(form)(measured(graph, network, measures))
    listed = cells(network) if network.ties is None else tied(network.ties)
    if form == "markdown":
        return markdown(listed).encode()
    return (json.dumps([*listed], ensure_ascii=False, indent=1) + "\n").encode()


def matrix_csv(table: Table) -> bytes:
    """A matrix with its labels; a label that a spreadsheet would calculate is preceded by an apostrophe."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(map(defused, table.columns))
    for row in table:
        writer.writerow(map(_cell, row.values()))
    return text.getvalue().encode()


def _cell(value: object) -> object:
    return defused(value) if isinstance(value, str) else value


def evidence_text(
    network: DiscourseNetwork, most: int, width: int, each_side: int = 2
) -> str:
    """The strongest ties, each with some statements of both ends: date, stance, gist."""
    assert network.ties is not None  # noqa: S101  only ties have two ends
    lines: list[str] = []
    for one, two, _ in network.ties.pairs()[:most]:
        names = network.ties.labels
        verb = "and" if network.choice.method != "conflict" else "against"
        lines += ["", *wrap(cell(f"{names[one]} {verb} {names[two]}"), width)]
        for name, statements in zip(
            (names[one], names[two]),
            network.ties.statements(one, two),
            strict=True,
        ):
            lines += _side(
                network,
                name,
                sorted(set(statements), key=lambda key: _newest(network, key)),
                each_side,
                width,
            )
    return "\n".join(lines) + "\n"


def _side(
    network: DiscourseNetwork,
    name: str,
    statements: list[str],
    most: int,
    width: int,
) -> Iterator[str]:
    levels = levels_of(network, statements)
    yield from hang(cell(f"{name} ({len(statements)})"), width, 2)
    for key in statements[:most]:
        date = network.discourse.dates.get(key) or "undated"
        words = network.discourse.texts.get(key, key)
        first, *rest = hang(cell(f"{date}  [{levels[key]}]  {words}"), width, 6)
        yield from chain([f"    {first.strip()}"], rest)


def _newest(network: DiscourseNetwork, key: str) -> tuple[bool, str, str]:
    date = network.discourse.dates.get(key)
    return (
        date is None,
        "".join(chr(0x10FFFF - ord(letter)) for letter in date or ""),
        key,
    )
