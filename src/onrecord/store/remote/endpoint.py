"""A store over HTTP that answers like one of the engine's own: SPARQL 1.1 Protocol and Graph Store Protocol.

What it gives are the engine's types, read strictly: an answer that is cut, broken or of another kind is an error.
"""

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from types import MappingProxyType, TracebackType
from typing import Self

import pyoxigraph as ox

from onrecord.model.errors import BadQuery, StoreFailed
from onrecord.store import guard
from onrecord.store.remote.answers import ROWS, Answers
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
    Places,
    Profile,
    profile_named,
    told_by,
)
from onrecord.workspace import Endpoint

ACCEPT_GRAPH = (
    "application/n-triples, text/turtle;q=0.8, application/rdf+xml;q=0.5"
)
PART = "{ GRAPH %s { ?s ?p ?o } BIND (%s AS ?g) }"
"""What a graph holds, with its name. Virtuoso reads all of a million triples for 25 of 10,000 names in VALUES."""
COUNTS = "SELECT ?graph (COUNT(*) AS ?triples) WHERE { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph"
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

    @cached_property
    def _answers(self) -> Answers:
        return Answers(self._exchange)

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
            return _triples(self._answers.graph(answer, self.places.query))
        results = self._answers.results(answer, self.places.query)
        if isinstance(results, ox.QueryBoolean) != (kind == "ASK"):
            message = f"{self.places.query}: rows where a yes or no was asked for, or the other way round"
            raise StoreFailed(message)
        return results

    def update(self, text: str) -> None:
        """Changes the store by SPARQL Update; never repeated.

        The text is sent as it is (SPARQL 1.1 Protocol, section 2.2.2): as a form it is a third longer, and to make that
        takes longer than all else.
        """
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
            for triple in self._answers.graph(answer, place)
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
        return self._answers.quads(answer, self.places.query, [*graphs])

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
