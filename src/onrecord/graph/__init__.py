"""Statements ⇄ RDF: registry, links, sentences, Turtle, checks. Modules are imported singly, as some need rdflib."""
