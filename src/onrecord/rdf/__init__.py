"""Statements ⇄ RDF: sentences, Turtle, shapes, checks. Modules are imported singly, as some need rdflib."""
