"""Pages that a person reads: every IRI, questions, search, network, editor; made in workers, by templates."""
