"""IRIs: the prefixes that onrecord speaks with, and how the IRI of each kind of thing is minted."""

import hashlib
import json
import re
from collections.abc import Container
from functools import lru_cache

BASE = "https://w3id.org/onrecord/"
OURS = {
    name: f"{BASE}{name}/" for name in ("doc", "topic", "code", "run", "graph")
} | {
    "st": f"{BASE}statement/",
    "": BASE,
}
PREFIXES: dict[str, str] = OURS | {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "dcterms": "http://purl.org/dc/terms/",
    "schema": "https://schema.org/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "org": "http://www.w3.org/ns/org#",
}
GRAPHS = {
    name: f"{BASE}graph/{name}"
    for name in ("entities", "runs", "removed", "ontology", "edges")
}
EVIDENCE, WORDS, PLACE = PARTS = ("/evidence", "/words", "/place")
"""What follows a statement's IRI in those of its passage and of the two selectors."""
RESERVED = frozenset(
    {"statement", "doc", "topic", "code", "run", "graph", "sparql", "health"}
)
LOCAL_NAME = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?")
"""The part of Turtle's PN_LOCAL (section 6.5) that our own names keep to: letters, digits, hyphens inside."""
QNAME = re.compile(r".*[/#]([A-Za-z_][\w.-]*)")
"""The predicates that RDF/XML can name: what follows the last `/` or `#` is an XML name."""
_BY_LENGTH = sorted(
    PREFIXES.items(), key=lambda pair: len(pair[1]), reverse=True
)


@lru_cache(maxsize=1 << 16)
def split(iri: str) -> tuple[str, str] | None:
    """Prefix and local name of an IRI, `("", "SAG-AFTRA")`; None where no known prefix leaves a plain local name."""
    for prefix, base in _BY_LENGTH:
        rest = iri.removeprefix(base)
        if rest != iri and LOCAL_NAME.fullmatch(rest):
            return prefix, rest
    return None


def compact(iri: str) -> str:
    """An IRI with a known prefix (`:SAG-AFTRA`), else whole."""
    parts = split(iri)
    return f"{parts[0]}:{parts[1]}" if parts else iri


def entity_iri(slug: str) -> str:
    """The IRI of an entity."""
    return BASE + slug


def topic_iri(key: str) -> str:
    """The IRI of a topic."""
    return OURS["topic"] + key


def document_iri(slug: str) -> str:
    """The IRI of a document, which is the name of its graph too."""
    return OURS["doc"] + slug


def statement_iri(digest: str) -> str:
    """The IRI of a statement."""
    return OURS["st"] + digest


def run_iri(slug: str) -> str:
    """The IRI of a run."""
    return OURS["run"] + slug


def local(iri: str) -> str:
    """The last part of an IRI of ours: an entity's slug, a statement's digest, a topic's key."""
    return iri.removeprefix(BASE).rpartition("/")[2]


def digest(*parts: object) -> str:
    """Twelve hex digits of SHA-256 over the parts' canonical JSON: sorted keys, no spaces, UTF-8."""
    text = json.dumps(
        parts, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def slug(name: str) -> str:
    """A name as the last part of an IRI: `J.J. O'Neill & Co.` → `J-J-ONeill-and-Co`; may be empty."""
    from anyascii import anyascii  # noqa: PLC0415  its tables are needed only when something new is named

    text = anyascii(name).replace("&", " and ")
    text = re.sub(r"['`’]", "", text)
    text = re.sub(r"\.(?!\w)", " ", text)
    return re.sub(r"[^A-Za-z0-9]+", "-", text).strip("-")


def mint(name: str, kind: str, taken: Container[str]) -> str:
    """A slug that is not in `taken` (lower case): the name's own, else with its kind, else with a number too."""
    plain = slug(name)
    first = f"{plain}-{kind}" if not plain or plain.lower() in taken else plain
    free, number = first.strip("-"), 1
    while free.lower() in taken:
        number += 1
        free = f"{first.strip('-')}-{number}"
    return free
