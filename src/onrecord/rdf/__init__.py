"""Statements as RDF, and back: Turtle, sentences, shapes, checks."""
