"""The graph over HTTP: SPARQL 1.1 Protocol, Graph Store HTTP Protocol, and pages to read."""
