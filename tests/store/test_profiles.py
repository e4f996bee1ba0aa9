"""Where each dialect has its endpoints, and how a server is known by its name."""

import pytest

from onrecord.model.errors import BadInput
from onrecord.store.remote.profiles import (
    PROFILES,
    Places,
    profile_named,
    told_by,
)

HOST = "https://host.example"


def test_a_profile_that_nobody_knows_is_told_with_those_there_are() -> None:
    with pytest.raises(
        BadInput, match="'stardog'; there are generic, onrecord"
    ):
        profile_named("stardog")


@pytest.mark.parametrize(
    ("name", "url", "places"),
    [
        ("generic", f"{HOST}/ask", Places(f"{HOST}/ask", f"{HOST}/ask", None)),
        (
            "onrecord",
            f"{HOST}/",
            Places(f"{HOST}/sparql", f"{HOST}/sparql", f"{HOST}/-/graphs"),
        ),
        (
            "virtuoso",
            f"{HOST}/sparql",
            Places(
                f"{HOST}/sparql", f"{HOST}/sparql", f"{HOST}/sparql-graph-crud"
            ),
        ),
        (
            "oxigraph",
            HOST,
            Places(f"{HOST}/query", f"{HOST}/update", f"{HOST}/store"),
        ),
        (
            "oxigraph",
            f"{HOST}/query",
            Places(f"{HOST}/query", f"{HOST}/update", f"{HOST}/store"),
        ),
        (
            "fuseki",
            f"{HOST}/ds",
            Places(f"{HOST}/ds/sparql", f"{HOST}/ds/update", f"{HOST}/ds/data"),
        ),
        (
            "fuseki",
            f"{HOST}/ds/query",
            Places(f"{HOST}/ds/query", f"{HOST}/ds/update", f"{HOST}/ds/data"),
        ),
        (
            "graphdb",
            f"{HOST}/repositories/r",
            Places(
                f"{HOST}/repositories/r",
                f"{HOST}/repositories/r/statements",
                f"{HOST}/repositories/r/rdf-graphs/service",
            ),
        ),
        (
            "neptune",
            f"{HOST}:8182",
            Places(
                f"{HOST}:8182/sparql",
                f"{HOST}:8182/sparql",
                f"{HOST}:8182/sparql/gsp/",
            ),
        ),
        (
            "qlever",
            f"{HOST}/api/x",
            Places(f"{HOST}/api/x", f"{HOST}/api/x", f"{HOST}/api/x"),
        ),
    ],
)
def test_a_base_and_an_endpoint_lead_to_the_same_places(
    name: str, url: str, places: Places
) -> None:
    assert PROFILES[name].places(url) == places


@pytest.mark.parametrize(
    "end", ["", "/", "/sparql", "/sparql/", "/sparql-auth"]
)
def test_whoever_signs_in_at_virtuoso_goes_where_credentials_are_asked_for(
    end: str,
) -> None:
    private = Places(
        f"{HOST}/sparql-auth",
        f"{HOST}/sparql-auth",
        f"{HOST}/sparql-graph-crud-auth",
    )
    assert PROFILES["virtuoso"].places(HOST + end, signed=True) == private


@pytest.mark.parametrize(
    ("headers", "name"),
    [
        ({"server": "Virtuoso/07.20.3229 (Linux) x86_64"}, "virtuoso"),
        ({"server": "Oxigraph/0.5.13"}, "oxigraph"),
        ({"server": "onrecord"}, "onrecord"),
        ({"server": "Apache Jena Fuseki (4.9.0)"}, "fuseki"),
        ({"fuseki-request-id": "7"}, "fuseki"),
        ({"server": "nginx"}, "generic"),
        ({}, "generic"),
    ],
)
def test_a_server_is_known_by_what_it_calls_itself(
    headers: dict[str, str], name: str
) -> None:
    assert told_by(headers).name == name
