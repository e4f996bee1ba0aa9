"""HTTP requests to the graph: SPARQL Protocol, Graph Store, pages, desk."""
