"""The desk: what waits, documents with their statements, and every change of a coder."""
