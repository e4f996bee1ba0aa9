"""Questions and their answers: tables, search, dossiers."""

MOST_MATCHES = 50
"""How many matches a search gives where nobody says how many."""
