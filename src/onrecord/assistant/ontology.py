"""The ontology in short; apart from the SDK, which a worker that tells it has no need to import."""

from collections.abc import Mapping

from onrecord.model.iris import PREFIXES
from onrecord.model.vocabulary import Class, Relation, Topic
from onrecord.querying.ask import Graph

PATTERN = """A statement in SPARQL:
?statement a :Statement ; :actor ?who ; :relation :sues ; :object ?whom ; :topic ?topic ; :negated false ;
  :gist ?gist ; :saidOn ?date ; :document ?document ; :stanceOnAI code:critical ; :reviewStatus ?status .
?document dcterms:publisher ?publisher ; schema:url ?url ; dcterms:issued ?published .
Derived edges that hold plainly: GRAPH graph:edges { ?who :sues ?whom }."""


def ontology_text(graph: Graph) -> str:
    """What can be said: classes, relations, topics and stances, by key and label."""
    words = graph.vocabulary
    prefixes = [f"{name}: {iri}" for name, iri in PREFIXES.items()]
    lines = [
        PATTERN,
        f"Prefixes: {', '.join(prefixes)}",
        f"Classes: {_terms(words.classes)}",
        f"Relations: {_terms(words.relations)}",
        f"Topics (topic:KEY): {_terms(words.topics)}",
        f"Stances (code:KEY): {', '.join(words.codes['stanceOnAI'])}",
    ]
    return "\n".join(lines)


def _terms(terms: Mapping[str, Class | Relation | Topic]) -> str:
    """Keys with their labels."""
    return ", ".join(f"{key} ({term.label})" for key, term in terms.items())
