"""SPARQL on a store → a Table, or bytes in a standard format."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from itertools import islice
from typing import IO, TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

import pyoxigraph as ox

from onrecord.model import NO_XML
from onrecord.model.errors import BadQuery
from onrecord.model.iris import PREFIXES, QNAME
from onrecord.querying.table import Iri, Table, Value
from onrecord.store import guard
from onrecord.workspace.offline import run_offline

if TYPE_CHECKING:
    from onrecord.store.remote.endpoint import Remote

XSD = PREFIXES["xsd"]
WHOLE = frozenset(
    {
        f"{XSD}integer",
        f"{XSD}int",
        f"{XSD}long",
        f"{XSD}nonNegativeInteger",
    }
)
BROKEN = frozenset({f"{XSD}decimal", f"{XSD}double", f"{XSD}float"})
TRUTH = f"{XSD}boolean"
CONVERTED = WHOLE | BROKEN | {TRUTH}

Answer = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
Rest = ParamSpec("Rest")
Made = TypeVar("Made")


def evaluate(
    store: "ox.Store | Remote", sparql: str, *, allow_network: bool = False
) -> Answer:
    """Asks the store over the union of its graphs, or those named by FROM, with the known prefixes; raises BadQuery."""
    guard.form(sparql)
    if not allow_network:
        guard.refuse_network(sparql)
    try:
        # The union would take the place of what FROM names.
        is_union = not guard.names_graphs(sparql)
        with failures_told():
            return store.query(
                sparql, prefixes=PREFIXES, use_default_graph_as_union=is_union
            )
    except (SyntaxError, BadQuery) as error:
        if isinstance(error, BadQuery) and _fault(sparql) is None:
            raise  # a store over HTTP has a reason of its own
        from onrecord.querying.explain import explain  # noqa: PLC0415  only for a query that does not parse

        raise BadQuery(explain(sparql, _fault)) from error


def _fault(sparql: str) -> str | None:
    return run_offline(lambda: syntax_fault(sparql))


def syntax_fault(sparql: str, base: str | None = None) -> str | None:
    """The engine's message on a query that does not parse, None on one that does; an ASK is answered on the way."""
    try:
        ox.Store().query(sparql, base_iri=base, prefixes=PREFIXES)
    except SyntaxError as error:
        return str(error)
    except (OSError, RuntimeError):
        return None
    return None


def lets_go(
    read: Callable[Concatenate[Answer, Rest], Made],
) -> Callable[Concatenate[Answer, Rest], Made]:
    """What reads an answer, of which no error keeps a part: it is its thread's alone, and errors may outlive that."""

    @wraps(read)
    def reading(
        answer: Answer, /, *rest: Rest.args, **more: Rest.kwargs
    ) -> Made:
        try:
            return read(answer, *rest, **more)
        except BadQuery as error:
            from traceback import clear_frames  # noqa: PLC0415  for an error alone

            del answer
            clear_frames(error.__traceback__)
            raise

    return reading


@lets_go
def table(answer: Answer, most: int | None = None) -> Table:
    """An answer as a table of at most `most` rows: solutions by variable, triples by subject, predicate, object.

    Raises BadQuery where the engine fails on the way.
    """
    if isinstance(answer, ox.QueryBoolean):
        return Table(["answer"], [{"answer": bool(answer)}])
    if isinstance(answer, ox.QueryTriples):
        columns = ["subject", "predicate", "object"]
        rows: Iterator[Any] = iter(answer)
    else:
        columns = [variable.value for variable in answer.variables]
        rows = iter(answer)
    kept = []
    with failures_told():
        for row in islice(rows, most):
            values = map(value, row)
            kept.append(dict(zip(columns, values, strict=True)))
        more = (
            most is not None
            and len(kept) == most
            and next(rows, None) is not None
        )
    return Table(columns, kept, more=more)


@contextmanager
def failures_told() -> Iterator[None]:
    """Raises BadQuery for what comes up while a query is answered: another endpoint's failure, or a disk's.

    What an endpoint answered is not repeated, since it may be another one than the asker's.
    """
    try:
        yield
    except BrokenPipeError:
        raise
    except PermissionError as error:
        message = (
            "the query failed: it reaches for what this "
            "process may not open, such as the network"
        )
        raise BadQuery(message) from error
    except (OSError, RuntimeError) as error:
        reason = str(error).split(" with payload", 1)[0]
        message = f"the query failed while it was answered: {reason}"
        raise BadQuery(message) from None


def value(term: Any) -> Value:  # noqa: ANN401  pyoxigraph's terms have no common class
    """A term as a Python value."""
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return Iri(term.value)
    if not isinstance(term, ox.Literal):
        return str(term)
    return _number(term) if term.datatype.value in CONVERTED else term.value


def _number(term: ox.Literal) -> Value:
    kind = term.datatype.value
    try:
        if kind == TRUTH:
            return term.value in {"true", "1"}
        return int(term.value) if kind in WHOLE else float(term.value)
    except ValueError:
        return term.value


ROW_FORMATS: Mapping[str, ox.QueryResultsFormat] = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}
GRAPH_FORMATS: Mapping[str, ox.RdfFormat] = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "nquads": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}


def _nameable(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """The triples, as long as RDF/XML can hold them; raises BadQuery."""
    for triple in triples:
        if not QNAME.fullmatch(triple.predicate.value):
            message = (
                "RDF/XML cannot name the property "
                f"{triple.predicate}; take turtle or another format"
            )
            raise BadQuery(message)
        text = (
            triple.object.value if isinstance(triple.object, ox.Literal) else ""
        )
        if NO_XML.search(text):
            message = (
                "RDF/XML cannot hold the control characters "
                "of a literal; take turtle or another format"
            )
            raise BadQuery(message)
        yield triple


@lets_go
def serialize(answer: Answer, form: str, output: IO[bytes]) -> None:
    """Writes an answer in one of the standard formats; raises BadQuery where the two do not fit or the engine fails."""
    if isinstance(answer, ox.QueryTriples):
        if form not in GRAPH_FORMATS:
            message = (
                "the query makes a graph, which cannot be written "
                f"as {form}; take {', '.join(GRAPH_FORMATS)}"
            )
            raise BadQuery(message)
        with failures_told():
            triples = _nameable(answer) if form == "rdfxml" else answer
            ox.serialize(
                triples, output, GRAPH_FORMATS[form], prefixes=PREFIXES
            )
        return
    if form not in ROW_FORMATS:
        message = (
            "the query gives rows, which cannot be written "
            f"as {form}; take {', '.join(ROW_FORMATS)}"
        )
        raise BadQuery(message)
    if isinstance(answer, ox.QueryBoolean) and form in {"csv", "tsv"}:
        output.write(b"answer\n" + (b"true\n" if answer else b"false\n"))
        return
    with failures_told():
        answer.serialize(output, ROW_FORMATS[form])
    if form in {"json", "xml"}:
        output.write(
            b"\n"
        )  # the engine's end without one, and a terminal's prompt would stand behind it
