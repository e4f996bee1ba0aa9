"""A store over HTTP that answers like one of the engine's own: SPARQL 1.1 Protocol and Graph Store Protocol.

What it gives are the engine's types, read strictly: an answer that is cut, broken or of another kind is an error.
"""

import json
import re
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from types import MappingProxyType, TracebackType
from typing import Self

import pyoxigraph as ox

from onrecord.model.errors import BadGraph, BadQuery, LimitReached, StoreFailed
from onrecord.store import guard
from onrecord.store.parsing import plain_triples, refuse_deep
from onrecord.store.remote.credentials import credentials
from onrecord.store.remote.exchange import (
    CLIENT_ERROR,
    FORBIDDEN,
    NOT_FOUND,
    OK,
    REDIRECT,
    UNAUTHORIZED,
    Answer,
    Exchange,
)
from onrecord.store.remote.prefixes import declared
from onrecord.store.remote.profiles import (
    JSON,
    XML,
    Places,
    Profile,
    profile_named,
    told_by,
)
from onrecord.workspace import Endpoint

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
ACCEPT_GRAPH = (
    "application/n-triples, text/turtle;q=0.8, application/rdf+xml;q=0.5"
)
PART = "{ GRAPH %s { ?s ?p ?o } BIND (%s AS ?g) }"
"""What a graph holds, with its name. Virtuoso reads all of a million triples for 25 of 10,000 names in VALUES."""
COUNTS = "SELECT ?graph (COUNT(*) AS ?triples) WHERE { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph"
ASKED = "__ASK_RETVAL"
"""Virtuoso answers ASK with a row of this, or none."""
NONE: Mapping[str, str] = MappingProxyType({})
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None


class Remote:
    """One store over HTTP; closed by `close`, or as a context manager.

    Raises StoreFailed where it cannot be reached, refuses, or answers what cannot be an answer; LimitReached where time
    or size is used up, or the store itself cut an answer; BadQuery where it finds the query wrong; BadInput for
    credentials that may not be sent; MissingExtra without httpx.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self._credentials = credentials(endpoint)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the connections, if any was made."""
        if "_exchange" in vars(self):
            self._exchange.close()

    @cached_property
    def profile(self) -> Profile:
        """The dialect: the one that was named, else the one that the server's name tells of."""
        if self.endpoint.profile != "generic":
            return profile_named(self.endpoint.profile)
        anonymous = Exchange(self.endpoint, None)
        try:
            return told_by(
                anonymous.ask(
                    "GET",
                    self.endpoint.url,
                    again=True,
                    params={"query": "ASK {}"},
                ).headers
            )
        finally:
            anonymous.close()

    @cached_property
    def places(self) -> Places:
        """Where queries, updates and graphs go."""
        return self.profile.places(
            self.endpoint.url, signed=bool(self._credentials)
        )

    @cached_property
    def _exchange(self) -> Exchange:
        signed = self._credentials
        return Exchange(
            self.endpoint,
            signed.auth(digest=self.profile.digest),
            signed.secrets(),
        )

    def query(
        self,
        sparql: str,
        *,
        prefixes: Mapping[str, str] = NONE,
        use_default_graph_as_union: bool = False,
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Asks as `pyoxigraph.Store.query` does; the prefixes that the query uses and does not declare are added."""
        kind = guard.form(sparql)
        is_graph = kind in {"CONSTRUCT", "DESCRIBE"}
        form = {
            "query": declared(sparql, prefixes),
            **(dict(self.profile.union) if use_default_graph_as_union else {}),
        }
        accept = ACCEPT_GRAPH if is_graph else ", ".join(ROWS)
        answer = self._exchange.ask(
            "POST",
            self.places.query,
            again=True,
            data=form,
            headers={"Accept": accept},
        )
        self._refused(answer, self.places.query, is_query=True)
        if is_graph:
            return _triples(self._graph(answer, self.places.query))
        results = self._rows(answer)
        if isinstance(results, ox.QueryBoolean) != (kind == "ASK"):
            message = f"{self.places.query}: rows where a yes or no was asked for, or the other way round"
            raise StoreFailed(message)
        return results

    def update(self, text: str, *, as_form: bool = True) -> None:
        """Changes the store by SPARQL Update, as a form or, a good deal shorter, as it is; never repeated."""
        if as_form:
            answer = self._exchange.ask(
                "POST", self.places.update, data={"update": text}
            )
        else:
            headers = {"Content-Type": "application/sparql-update"}
            answer = self._exchange.ask(
                "POST",
                self.places.update,
                content=text.encode(),
                headers=headers,
            )
        self._refused(answer, self.places.update, is_query=True)

    def quads_for_pattern(
        self,
        subject: Term,
        predicate: Term,
        object: Term,  # noqa: A002  as the engine calls it
        graph: ox.NamedNode | None,
    ) -> list[ox.Quad]:
        """The quads of one named graph, or of all, that match, as `pyoxigraph.Store.quads_for_pattern` finds them."""
        given = {"s": subject, "p": predicate, "o": object, "g": graph}
        terms = {
            name: f"?{name}" if term is None else str(term)
            for name, term in given.items()
        }
        solutions = self.query(
            "SELECT * WHERE {{ GRAPH {g} {{ {s} {p} {o} }} }}".format_map(terms)
        )
        assert isinstance(solutions, ox.QuerySolutions)  # noqa: S101
        variables = {variable.value for variable in solutions.variables}
        return [
            ox.Quad(*(row[k] if k in variables else given[k] for k in "spog"))  # type: ignore[arg-type]  # what matched
            for row in solutions
        ]

    def graphs(self) -> dict[str, int]:
        """The named graphs, each with the number of its triples."""
        answer = self.query(COUNTS)
        assert isinstance(answer, ox.QuerySolutions)  # noqa: S101  a SELECT
        try:
            counts = [
                (row["graph"], int(row["triples"].value)) for row in answer
            ]
            return {
                graph.value: count
                for graph, count in counts
                if graph is not None
            }
        except (KeyError, ValueError, AttributeError) as error:
            message = f"{self.places.query}: its list of graphs is none: {self._exchange.shown(str(error))}"
            raise StoreFailed(message) from error

    def get(self, graph: str) -> list[ox.Quad]:
        """The quads of a named graph, none where there is no such graph."""
        name = ox.NamedNode(graph)
        if self.places.graphs is None:
            triples = self.query(
                f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {name} {{ ?s ?p ?o }} }}"
            )
            return [
                ox.Quad(triple.subject, triple.predicate, triple.object, name)
                for triple in triples  # type: ignore[union-attr]  # it is a graph
            ]
        place = self.places.graphs
        answer = self._exchange.ask(
            "GET",
            place,
            again=True,
            params={"graph": graph},
            headers={"Accept": ACCEPT_GRAPH},
        )
        if answer.status == NOT_FOUND:
            return []
        self._refused(answer, place)
        return [
            ox.Quad(triple.subject, triple.predicate, triple.object, name)
            for triple in self._graph(answer, place)
        ]

    def get_all(self, graphs: Collection[str]) -> dict[str, list[ox.Quad]]:
        """The quads of several named graphs by one query, for profiles with `tables`; raises what `query` raises.

        Also StoreFailed where that query would give other values than each graph alone.
        """
        form = self.profile.tables or JSON
        parts = (PART % (name, name) for name in map(ox.NamedNode, graphs))
        query = f"SELECT ?g ?s ?p ?o WHERE {{ {' UNION '.join(parts)} }}"
        answer = self._exchange.ask(
            "POST",
            self.places.query,
            again=True,
            data={"query": query},
            headers={"Accept": form},
        )
        self._refused(answer, self.places.query, is_query=True)
        if form == XML and _is_cut_by_reading(answer.data):
            message = f"{self.places.query}: white space in XML"
            raise StoreFailed(message)
        rows = self._rows(answer, TABLES)
        quads: dict[str, list[ox.Quad]] = {graph: [] for graph in graphs}
        try:
            for graph, subject, predicate, value in rows:  # type: ignore[union-attr]  # a SELECT
                quad = ox.Quad(subject, predicate, value, graph)
                quads[graph.value].append(quad)
        except (KeyError, ValueError, TypeError, AttributeError) as error:
            message = f"{self.places.query}: rows that were not asked for: {self._exchange.shown(str(error))}"
            raise StoreFailed(message) from error
        return quads

    def put(self, graph: str, quads: Iterable[ox.Quad | ox.Triple]) -> None:
        """Makes a named graph hold these triples and no others; the same again changes nothing."""
        triples = (
            ox.Triple(quad.subject, quad.predicate, quad.object)
            for quad in quads
        )
        body = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
        assert body is not None  # noqa: S101  there is no file that it would go to
        place = self.places.graphs
        if place is None:
            name = ox.NamedNode(graph)
            self.update(
                f"DROP SILENT GRAPH {name} ;\nINSERT DATA {{ GRAPH {name} {{\n{body.decode()}}} }}"
            )
            return
        headers = {"Content-Type": "application/n-triples"}
        answer = self._exchange.ask(
            "PUT", place, params={"graph": graph}, content=body, headers=headers
        )
        self._refused(answer, place)

    def delete(self, graph: str) -> None:
        """Takes a named graph away; one that is not there is no error."""
        place = self.places.graphs
        if place is None:
            self.update(f"DROP SILENT GRAPH {ox.NamedNode(graph)}")
            return
        answer = self._exchange.ask("DELETE", place, params={"graph": graph})
        if answer.status != NOT_FOUND:
            self._refused(answer, place)

    def _refused(
        self, answer: Answer, url: str, *, is_query: bool = False
    ) -> None:
        """Raises where the store did not do what it was asked."""
        if OK <= answer.status < REDIRECT:
            return
        words = self._exchange.words(answer)
        if answer.status in {UNAUTHORIZED, FORBIDDEN}:
            how = (
                "these credentials do not open it"
                if self._credentials
                else "it wants credentials"
            )
            message = (
                f"{url}: {how} ({answer.status}): set ONRECORD_STORE_USER and ONRECORD_STORE_PASSWORD, or "
                f"ONRECORD_STORE_TOKEN, or name a file with --credentials; it says: {words}"
            )
            raise StoreFailed(message)
        if is_query and answer.status == CLIENT_ERROR:
            message = f"the store refuses this: {words}"
            raise BadQuery(message)
        message = f"{url} answered {answer.status}: {words}"
        raise StoreFailed(message)

    def _rows(
        self,
        answer: Answer,
        forms: Mapping[str, ox.QueryResultsFormat] = ROWS,
    ) -> ox.QuerySolutions | ox.QueryBoolean:
        """Read twice, so that nothing is given of an answer that breaks on the way."""
        form = forms.get(answer.kind)
        if form is None:
            raise self._no_answer(
                answer, self.places.query, "SPARQL results in JSON"
            )
        try:
            if form == ox.QueryResultsFormat.JSON:
                refuse_deep(answer.data)
            results = ox.parse_query_results(answer.data, form)
            if isinstance(results, ox.QueryBoolean):
                json.loads(answer.data)  # the engine stops reading at the word
                return results
            if [variable.value for variable in results.variables] == [ASKED]:
                return _boolean(any(True for _ in results))
            count = 0
            for count, _ in enumerate(results, 1):  # noqa: B007  what is left of it is asked for
                pass
        except (SyntaxError, ValueError) as error:
            message = f"{self.places.query}: a cut or broken answer: {self._exchange.shown(str(error))}"
            raise StoreFailed(message) from error
        most = answer.headers.get("x-sparql-maxrows", "")
        if most.isdecimal() and count >= int(most):
            message = f"the store cut the answer at {count:,} rows, its own limit; ask for parts, with LIMIT and OFFSET"
            raise LimitReached(message)
        return ox.parse_query_results(answer.data, form)

    def _graph(self, answer: Answer, url: str) -> list[ox.Triple]:
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

    def _no_answer(self, answer: Answer, url: str, wanted: str) -> StoreFailed:
        kind = self._exchange.shown(answer.kind) or "something without a type"
        return StoreFailed(
            f"{url} answered {kind} instead of {wanted}: {self._exchange.words(answer)}"
        )


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


def _triples(triples: Iterable[ox.Triple]) -> ox.QueryTriples:
    """As the engine's own answer."""
    store = ox.Store()
    store.extend(
        ox.Quad(triple.subject, triple.predicate, triple.object)
        for triple in triples
    )
    answer = store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    assert isinstance(answer, ox.QueryTriples)  # noqa: S101
    return answer
