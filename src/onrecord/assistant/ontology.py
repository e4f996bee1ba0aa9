"""The ontology in short; apart from the SDK, which a worker that tells it has no need to import."""

from onrecord.model.iris import PREFIXES
from onrecord.querying.ask import Graph

PATTERN = """A statement in SPARQL:
?statement a :Statement ; :actor ?who ; :relation :sues ; :object ?whom ; :topic ?topic ; :negated false ;
  :gist ?gist ; :saidOn ?date ; :document ?document ; :stanceOnAI code:critical ; :reviewStatus ?status .
?document dcterms:publisher ?publisher ; schema:url ?url ; dcterms:issued ?published .
Derived edges that hold plainly: GRAPH graph:edges { ?who :sues ?whom }."""


def ontology_text(graph: Graph) -> str:
    """What can be said: classes, relations, topics and stances, by key and label."""
    words = graph.vocabulary
    relations = (
        f"{key} ({relation.label})" for key, relation in words.relations.items()
    )
    topics = (f"{key} ({topic.label})" for key, topic in words.topics.items())
    classes = (f"{key} ({cls.label})" for key, cls in words.classes.items())
    prefixes = (f"{name}: {iri}" for name, iri in PREFIXES.items())
    return "\n".join(
        [
            PATTERN,
            f"Prefixes: {', '.join(prefixes)}",
            f"Classes: {', '.join(classes)}",
            f"Relations: {', '.join(relations)}",
            f"Topics (topic:KEY): {', '.join(topics)}",
            f"Stances (code:KEY): {', '.join(words.codes['stanceOnAI'])}",
        ]
    )
