"""A SPARQL endpoint elsewhere, asked and written to over HTTP."""
