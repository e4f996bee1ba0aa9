"""The way out: the graph, or a part of it, in a format that other tools read."""

from dataclasses import dataclass, field
from pathlib import Path

from onrecord.discourse.weighted import of_entities
from onrecord.formats import lists, neo4j, rdf
from onrecord.formats.codings import coding_of
from onrecord.formats.dna import dna
from onrecord.formats.records import records_of
from onrecord.formats.registry import (
    EXPORTS,
    foreign,
    format_named,
    named,
    network_writer,
)
from onrecord.formats.select import Selection, part, quads, select
from onrecord.model.errors import BadInput
from onrecord.networks.graph import network
from onrecord.networks.part import Choice
from onrecord.querying.ask import Graph
from onrecord.workspace import Workspace, find, refuse_folder, write_file


@dataclass(frozen=True, slots=True)
class Written:
    """What went out: the content, the files if a target was given, how many undated statements a date left out."""

    content: bytes = field(repr=False)
    files: tuple[Path, ...] = ()
    undated: int = 0


def export(  # noqa: PLR0913  the choices of the command
    form: str | None = None,
    target: Path | str | None = None,
    *,
    about: str | None = None,
    depth: int | None = None,
    topic: str | None = None,
    relation: str | None = None,
    stance: str | None = None,
    since: str | None = None,
    until: str | None = None,
    exact_dates: bool = False,
    edges_only: bool = False,
    statements_only: bool = False,
    force: bool = False,
    workspace: Workspace | None = None,
) -> Written:
    """Writes the graph in a format: turtle, trig, nquads, ntriples, jsonld, rdfxml, a network's, csv, records, dna.

    `onrecord export turtle -o graph.ttl` is `onrecord.export("turtle", "graph.ttl")`. Without a target the content is
    only given back. TriG, N-Quads and JSON-LD keep the named graphs, the other RDF formats hold their union; graphml,
    gexf, pajek, dl, cytoscape, neo4j and csv hold the network of the derived edges. CSV makes two files, TARGET with
    the edges (columns: see `export.lists`) and one beside it, whose name ends in `-nodes`, with the nodes; Neo4j three,
    a Cypher script and beside it `-nodes.csv` and `-links.csv`.

    `about` takes the statements by or about an entity and what they name; `since` those dated then or later; `depth`,
    `topic`, `relation`, `stance`, `until` and `exact_dates` choose as for `view`;
    `edges_only` the derived edges and what they link; `statements_only` all but the derived edges. Raises UnknownName,
    AmbiguousName, BadInput for options that exclude each other, BadGraph for a text that XML cannot hold, NotWritten.
    """
    where = Path(target) if target is not None else None
    name = named(form, where, "turtle", _choices(form, where))
    _agree(name, edges_only=edges_only, statements_only=statements_only)
    _refuse_stream(name, where)
    graph = Graph(workspace or find())
    if format_named(name).holds == "coding":
        _refuse_part(name, about, since)
        content = dna(coding_of(graph)) if name == "dna" else records_of(graph)
        return Written(content, _put(where, [content], force=force))
    rest = Choice(topic, relation, stance, None, until, exact_dates)
    chosen = select(graph, about, since, rest, depth)
    if format_named(name).holds == "graph":
        only = {"edges_only": edges_only, "statements_only": statements_only}
        context = graph.workspace.ontology_file("context.jsonld")
        contents = [rdf.serialize(quads(graph, chosen, **only), name, context)]
    else:
        contents = _network(graph, chosen, name, where, edges_only=edges_only)
    return Written(
        contents[0], _put(where, contents, force=force), chosen.undated
    )


def _choices(form: str | None, target: Path | None) -> tuple[str, ...]:
    """What may be written; other packages are asked only where no shipped format is meant."""
    suffix = target.suffix.lower() if target else None
    shipped = map(format_named, EXPORTS)
    is_shipped = any(suffix in entry.suffixes for entry in shipped)
    if form in EXPORTS or (form is None and (suffix is None or is_shipped)):
        return EXPORTS
    return (*EXPORTS, *foreign())


def nodes_beside(target: Path) -> Path:
    """Where the list of nodes goes: `graph.csv` → `graph-nodes.csv`, `graph.cypher` → `graph-nodes.csv`."""
    return _beside(target, "nodes")


def _is_stream(target: Path) -> bool:
    """Whether a device or a pipe stands there, beside which no other file belongs."""
    return target.exists() and not (target.is_file() or target.is_dir())


def _beside(target: Path, what: str) -> Path:
    suffix = ".csv" if target.suffix == ".cypher" else target.suffix
    return target.with_name(f"{target.stem}-{what}{suffix}")


def _refuse_stream(form: str, target: Path | None) -> None:
    if form == "neo4j" and (target is None or _is_stream(target)):
        message = (
            "neo4j makes three files, a script, nodes "
            "and links: say where with -o graph.cypher"
        )
        raise BadInput(message)


def _refuse_part(form: str, about: str | None, since: str | None) -> None:
    if about or since:
        message = f"{form} holds all statements: leave --about and --since out"
        raise BadInput(message)


def _agree(form: str, *, edges_only: bool, statements_only: bool) -> None:
    """Raises BadInput for options that exclude each other."""
    if format_named(form).holds == "coding" and (edges_only or statements_only):
        message = f"{form} holds the statements and nothing else: leave the option out"
        raise BadInput(message)
    if edges_only and statements_only:
        message = (
            "only the edges and only the statements: give "
            "one of the two; without both all goes out"
        )
        raise BadInput(message)
    if statements_only and format_named(form).holds != "graph":
        message = (
            f"{form} holds edges and nodes, so statements alone cannot go into it; take turtle, "
            "or a table of statements with: onrecord query statements-by --format csv"
        )
        raise BadInput(message)


def _network(
    graph: Graph,
    chosen: Selection,
    form: str,
    target: Path | None,
    *,
    edges_only: bool,
) -> list[bytes]:
    """The network in one of its formats; of CSV edges and nodes, of Neo4j the script, nodes and links."""
    chosen_part = part(network(graph), chosen, edges_only=edges_only)
    if format_named(form).writer is not None:
        return [network_writer(form)(of_entities(chosen_part))]
    if form == "neo4j":
        script = target or Path("onrecord.cypher")
        return neo4j.neo4j(
            of_entities(chosen_part),
            _beside(script, "nodes").name,
            _beside(script, "links").name,
        )
    return [lists.edges(chosen_part), lists.nodes(chosen_part)]


def _put(
    target: Path | None, contents: list[bytes], *, force: bool
) -> tuple[Path, ...]:
    """Writes the other files first: where one is refused, the first one stays as it was.

    Into a device or a pipe goes the first alone, as to standard output.
    """
    if target is None:
        return ()
    refuse_folder(target)
    contents = contents[:1] if _is_stream(target) else contents
    places = [target, _beside(target, "nodes"), _beside(target, "links")]
    pairs = list(zip(places, contents, strict=False))
    written = []
    for place, content in reversed(pairs):
        path = write_file([content], place, force=force, beside=target)
        written.append(path)
    return tuple(reversed(written))
