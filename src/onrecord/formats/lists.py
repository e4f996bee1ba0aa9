"""Network → two CSV files for spreadsheets: a list of edges and a list of nodes.

A row of the edges is a derived edge; its evidence stands beside it:

    source, source_name       who says or does it: id and name
    label                     the relation in words, as it stands between the two names
    target, target_name       to whom or what
    relation, family          the relation's key, and whether it is speech, action or structural
    weight                    how many statements bear it
    sources                   how many documents they stand in; copies of one report count each
    first, last               the first and the last date of a statement (of its document, where it has none)
    undated                   how many statements have no date at all
    stances                   how many statements take which stance on AI: "critical 2; supportive 1"
    gists                     what the statements say, in our words, oldest first, undated last, with " | " between
    urls                      where to read them, in the same order
    statements                their ids, in the same order

A row of the nodes is an entity or a topic: id, label, type, drawn_as, aliases, description.

A cell that a spreadsheet would take for a formula is preceded by an apostrophe, which spreadsheets do not show.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from operator import attrgetter

from onrecord.model.spreadsheets import defused
from onrecord.networks import Link, Network, Node
from onrecord.networks.summary import stance_counts, summary

EDGE_COLUMNS = (
    "source",
    "source_name",
    "label",
    "target",
    "target_name",
    "relation",
    "family",
    "weight",
    "sources",
    "first",
    "last",
    "undated",
    "stances",
    "gists",
    "urls",
    "statements",
)
NODE_COLUMNS = ("id", "label", "type", "drawn_as", "aliases", "description")
BETWEEN = " | "


def edges(network: Network) -> bytes:
    """The list of edges, by source, relation and target."""
    return _csv(EDGE_COLUMNS, [_edge(link, network) for link in network.links])


def nodes(network: Network) -> bytes:
    """The list of nodes, by id."""
    every = sorted(network.nodes.values(), key=attrgetter("id"))
    return _csv(NODE_COLUMNS, map(node_cells, every))


def node_cells(node: Node, between: str = "; ") -> tuple[str, ...]:
    """A node in the order of its columns, with what stands between its aliases."""
    aliases = between.join(node.aliases)
    return (
        node.id,
        node.label,
        node.type,
        node.drawn_as,
        aliases,
        node.description,
    )


def _edge(link: Link, network: Network) -> Sequence[object]:
    proofs = [network.proofs[key] for key in link.evidence]
    proofs.sort(key=lambda proof: (proof.date or "~", proof.id))
    facts = summary(link, network.proofs)
    undated = 0
    gists: list[str] = []
    urls: list[str] = []
    for proof in proofs:
        undated += proof.date is None
        gists.append(proof.gist)
        urls.append(proof.url or "")
    return (
        link.source,
        network.nodes[link.source].label,
        link.phrase,
        link.target,
        network.nodes[link.target].label,
        link.relation,
        link.family,
        len(proofs),
        facts["sources"],
        facts["first"],
        facts["last"],
        undated,
        stance_counts(proofs, "; "),
        BETWEEN.join(gists),
        BETWEEN.join(urls),
        BETWEEN.join(proof.id for proof in proofs),
    )


def _csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    for row in rows:
        writer.writerow(map(defused, map(str, row)))
    return text.getvalue().encode()
