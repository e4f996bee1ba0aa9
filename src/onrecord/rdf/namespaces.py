"""The terms of the ontology and of the vocabularies around it, for rdflib."""

from rdflib import Namespace
from rdflib.namespace import DCTERMS, OWL, PROV, RDF, RDFS, SKOS, XSD

from onrecord.model.iris import BASE

REC = Namespace(BASE)
OA = Namespace("http://www.w3.org/ns/oa#")
SCHEMA = Namespace("https://schema.org/")

__all__ = [
    "DCTERMS",
    "OA",
    "OWL",
    "PROV",
    "RDF",
    "RDFS",
    "REC",
    "SCHEMA",
    "SKOS",
    "XSD",
]
