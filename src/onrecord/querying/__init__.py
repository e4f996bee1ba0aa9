"""Questions and their answers: tables, search, dossiers."""
