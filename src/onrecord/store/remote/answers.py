"""What a store over HTTP answers, read strictly: an answer that is cut, broken or of another kind is an error."""

import json
import re
from collections.abc import Mapping, Sequence

import pyoxigraph as ox

from onrecord.model.errors import BadGraph, LimitReached, StoreFailed
from onrecord.store.parsing import plain_triples, refuse_deep
from onrecord.store.remote.exchange import Answer, Exchange
from onrecord.store.remote.profiles import XML

ROWS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/json": ox.QueryResultsFormat.JSON,
}
TABLES = {**ROWS, XML: ox.QueryResultsFormat.XML}
CUT_AT_START = re.compile(rb"<literal[^>]*>(?:\s|&#)")
CUT_AT_END = tuple(
    end + b"</literal>" for end in (b" ", b"\t", b"\n", b"\r", b";")
)
"""Literals whose white space at an end the engine's reader of XML leaves out."""
GRAPHS = {
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
ASKED = "__ASK_RETVAL"
"""Virtuoso answers ASK with a row of this, or none."""
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Results = ox.QuerySolutions | ox.QueryBoolean


class Answers:
    """Reads what one exchange brought.

    Raises StoreFailed for what cannot be an answer, LimitReached for one that the store itself cut.
    """

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange

    def results(self, answer: Answer, url: str) -> Results:
        """Rows, or yes or no; read twice, so that nothing is given of an answer that breaks on the way."""
        form = self._form(answer, url, ROWS)
        try:
            results = self._begun(answer, form)
            if isinstance(results, ox.QueryBoolean):
                json.loads(answer.data)  # the engine stops reading at the word
                return results
            if [variable.value for variable in results.variables] == [ASKED]:
                return _boolean(any(True for _ in results))
            count = sum(1 for _ in results)
        except (SyntaxError, ValueError) as error:
            raise self._broken(url, error) from error
        _refuse_cut(answer, count)
        return ox.parse_query_results(answer.data, form)

    def quads(
        self, answer: Answer, url: str, graphs: Sequence[str]
    ) -> dict[str, list[ox.Quad]]:
        """Rows of graph, subject, predicate and object as the quads of each of these graphs.

        Also StoreFailed where that form of them would give other values than each graph alone.
        """
        form = self._form(answer, url, TABLES)
        if form == ox.QueryResultsFormat.XML and _is_cut_by_reading(
            answer.data
        ):
            message = f"{url}: white space in XML"
            raise StoreFailed(message)
        try:
            rows = list(self._begun(answer, form))  # type: ignore[arg-type]  # a SELECT
        except (SyntaxError, ValueError, TypeError) as error:
            raise self._broken(url, error) from error
        _refuse_cut(answer, len(rows))
        quads: dict[str, list[ox.Quad]] = {graph: [] for graph in graphs}
        try:
            for graph, subject, predicate, value in rows:
                quad = ox.Quad(subject, predicate, value, graph)
                quads[graph.value].append(quad)
        except (KeyError, ValueError, TypeError, AttributeError) as error:
            message = f"{url}: rows that were not asked for: {self._exchange.shown(str(error))}"
            raise StoreFailed(message) from error
        return quads

    def graph(self, answer: Answer, url: str) -> list[ox.Triple]:
        """The triples of a graph."""
        form = GRAPHS.get(answer.kind)
        if form is None:
            raise self._no_answer(answer, url, "a graph")
        if not answer.is_framed:
            message = f"{url}: the server does not mark where its answer ends, so a cut one could not be told"
            raise StoreFailed(message)
        try:
            plain = plain_triples(answer.data, form, url)
            return [
                quad.triple for quad in ox.parse(plain, ox.RdfFormat.N_TRIPLES)
            ]
        except (SyntaxError, ValueError, BadGraph) as error:
            message = f"{url}: a cut or broken graph: {self._exchange.shown(str(error))}"
            raise StoreFailed(message) from error

    def _form(
        self,
        answer: Answer,
        url: str,
        forms: Mapping[str, ox.QueryResultsFormat],
    ) -> ox.QueryResultsFormat:
        form = forms.get(answer.kind)
        if form is None:
            raise self._no_answer(answer, url, "SPARQL results in JSON")
        return form

    @staticmethod
    def _begun(answer: Answer, form: ox.QueryResultsFormat) -> Results:
        """Results of which the head is read."""
        if form == ox.QueryResultsFormat.JSON:
            refuse_deep(answer.data)
        return ox.parse_query_results(answer.data, form)

    def _broken(self, url: str, error: Exception) -> StoreFailed:
        return StoreFailed(
            f"{url}: a cut or broken answer: {self._exchange.shown(str(error))}"
        )

    def _no_answer(self, answer: Answer, url: str, wanted: str) -> StoreFailed:
        kind = self._exchange.shown(answer.kind) or "something without a type"
        return StoreFailed(
            f"{url} answered {kind} instead of {wanted}: {self._exchange.words(answer)}"
        )


def _refuse_cut(answer: Answer, count: int) -> None:
    most = answer.headers.get("x-sparql-maxrows", "")
    if most.isdecimal() and count >= int(most):
        message = f"the store cut the answer at {count:,} rows, its own limit; ask for parts, with LIMIT and OFFSET"
        raise LimitReached(message)


def _is_cut_by_reading(data: bytes) -> bool:
    if any(end in data for end in CUT_AT_END):
        return True
    return CUT_AT_START.search(data) is not None


def _boolean(value: bool) -> ox.QueryBoolean:  # noqa: FBT001  it is the answer
    """As the engine's own answer."""
    answer = ox.parse_query_results(
        json.dumps({"head": {}, "boolean": value}), ox.QueryResultsFormat.JSON
    )
    assert isinstance(answer, ox.QueryBoolean)  # noqa: S101
    return answer
