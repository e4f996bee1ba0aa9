"""What each store over HTTP does its own way: paths, the union of its graphs, credentials, row limits.

Tested against the servers themselves: onrecord, virtuoso (7.2.5) and oxigraph (0.5.13). By their documentation, and
untested: fuseki, graphdb, neptune and qlever.

- virtuoso: asks the union of all graphs as it is, doubled triples not merged; writes and private reads need the
  addresses that end in `-auth`, with HTTP Digest; a SELECT is cut at `ResultSetMaxRows`, told in the header
  X-SPARQL-MaxRows; booleans come back as 1 and 0, decimals without closing zeros. Graphs that are put and got are not
  cut, but it keeps 15 digits after a decimal point and some 1,880 bytes of an IRI; an integer beyond 32 bits becomes a
  decimal, a duration a number, an ill-typed integer 0; numbers and booleans of one value, subject and property become
  one; a line of more than 64 kB makes it refuse a graph, as of an unsupported type.
  https://docs.openlinksw.com/virtuoso/rdfsparqlprotocolendpoint/
  Met by running 7.2.5, and kept out of the shipped questions: `COALESCE(STR(?a), STR(?b))` under a FILTER gives another
  row's value (`STR(COALESCE(?a, ?b))` does not); SUBSTR with an unbound length is an error; `EXISTS` with a path that
  ends in `?` finds nothing for a bound end; two patterns that share the end of a path `:a|:b` lose rows (UNION does
  not); `BOUND` of an OPTIONAL under GROUP BY is always true; `false` and `EXISTS` as values are integers (STRDT makes
  them booleans); ASK answers with a row; ORDER BY takes long strings in no order of letters (`ORDER BY STR(?a)` does).
- oxigraph: `union-default-graph` asks for the union; a query whose time is up ends with words after status 200. Numbers
  are kept by value: 0.90 becomes 0.9, an xsd:int an xsd:integer.
  https://github.com/oxigraph/oxigraph/tree/main/cli
- fuseki: the graph of the name urn:x-arq:UnionGraph is the union. https://jena.apache.org/documentation/tdb/dynamic_datasets.html,
  https://jena.apache.org/documentation/fuseki2/fuseki-data-access.html
- graphdb: the base is a repository's, …/repositories/NAME; a query without FROM asks all graphs.
  https://graphdb.ontotext.com/documentation/10.8/query-behaviour.html,
  https://rdf4j.org/documentation/reference/rest-api/
- neptune: the default graph is the union of all. IAM signatures are not made here.
  https://docs.aws.amazon.com/neptune/latest/userguide/best-practices-sparql-query.html,
  https://docs.aws.amazon.com/neptune/latest/userguide/sparql-graph-store-protocol.html
- qlever: one address for all, the default graph is the union; writes take the access token as Bearer.
  https://github.com/ad-freiburg/qlever/wiki
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import cast

from onrecord.model.errors import BadInput

JSON = "application/sparql-results+json"
XML = "application/sparql-results+xml"
GROUP = "onrecord.store_profiles"
"""Entry points of other packages: the name is the profile's, and what it names is a Profile."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where one store takes queries, updates and, if it does, whole graphs (Graph Store Protocol)."""

    query: str
    update: str
    graphs: str | None


@dataclass(frozen=True, slots=True)
class Profile:
    """A dialect: paths under the base, with those for who has credentials; what asks for the union; how one signs in.

    `query` may have several names, of which the first is taken where a base is given. `tables` is the form in which
    rows are written in the least time, where a query of many graphs was tested to give the same as each graph alone.
    """

    name: str
    query: tuple[str, ...] = ("",)
    update: str = ""
    graphs: str | None = None
    signed: Places | None = None
    union: tuple[tuple[str, str], ...] = ()
    digest: bool = False
    tables: str | None = None

    def places(self, url: str, *, signed: bool = False) -> Places:
        """The addresses of a store whose endpoint or base is `url`, for one who signs in or does not."""
        base, query = self._split(url)
        if signed and self.signed:
            private = self.signed
            graphs = private.graphs and _under(base, private.graphs)
            return Places(
                _under(base, private.query),
                _under(base, private.update),
                graphs,
            )
        return Places(
            query,
            _under(base, self.update),
            None if self.graphs is None else _under(base, self.graphs),
        )

    def _split(self, url: str) -> tuple[str, str]:
        """The base and the query endpoint."""
        private = (self.signed.query,) if self.signed else ()
        for name in (*self.query, *private):
            if name and url.rstrip("/").endswith(f"/{name}"):
                return url.rstrip("/").removesuffix(name), url
        return url, _under(url, self.query[0])


def _under(base: str, path: str) -> str:
    return f"{base.rstrip('/')}/{path}" if path else base


PROFILES: Mapping[str, Profile] = {
    profile.name: profile
    for profile in (
        Profile("generic"),
        Profile("onrecord", ("sparql",), "sparql", "-/graphs", tables=JSON),
        Profile(
            "virtuoso",
            ("sparql",),
            "sparql",
            "sparql-graph-crud",
            signed=Places(
                "sparql-auth", "sparql-auth", "sparql-graph-crud-auth"
            ),
            digest=True,
            tables=XML,
        ),
        Profile(
            "oxigraph",
            ("query", "sparql"),
            "update",
            "store",
            union=(("union-default-graph", ""),),
            tables=JSON,
        ),
        Profile(
            "fuseki",
            ("sparql", "query"),
            "update",
            "data",
            union=(("default-graph-uri", "urn:x-arq:UnionGraph"),),
        ),
        Profile("graphdb", ("",), "statements", "rdf-graphs/service"),
        Profile("neptune", ("sparql",), "sparql", "sparql/gsp/"),
        Profile("qlever", ("",), "", ""),
    )
}


@cache
def foreign() -> Mapping[str, Profile]:
    """The profiles that other packages bring, by name; a shipped name stays ours."""
    from importlib.metadata import entry_points  # noqa: PLC0415  not at every start

    points = entry_points(group=GROUP)
    names = [point.name for point in points if point.name not in PROFILES]
    return {name: cast("Profile", points[name].load()) for name in names}


def profile_named(name: str) -> Profile:
    """A profile, ours or another package's; raises BadInput with the names there are."""
    if name in PROFILES:
        return PROFILES[name]
    if name in foreign():
        return foreign()[name]
    known = ", ".join([*PROFILES, *foreign()])
    message = f"no profile is called {name!r}; there are {known}"
    raise BadInput(message)


SERVERS = {
    "virtuoso": "virtuoso",
    "oxigraph": "oxigraph",
    "onrecord": "onrecord",
    "apache jena fuseki": "fuseki",
}
"""How a server begins its own name, in lower case."""


def told_by(headers: Mapping[str, str]) -> Profile:
    """The profile that a server's answer tells of, generic where it tells of none."""
    server = headers.get("server", "").lower()
    name = next(
        (name for start, name in SERVERS.items() if server.startswith(start)),
        None,
    )
    return PROFILES[
        name or ("fuseki" if "fuseki-request-id" in headers else "generic")
    ]
