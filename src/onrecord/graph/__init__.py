"""Statements ⇄ RDF: registry, links, sentences, Turtle, checks. The modules are imported one by one: some need rdflib."""
