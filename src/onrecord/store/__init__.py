"""Turtle files → an engine that answers SPARQL."""
