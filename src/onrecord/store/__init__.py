"""An engine that answers SPARQL: cache, limits, stores elsewhere."""
