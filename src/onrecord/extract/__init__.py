"""A document's text → attributions → statements. Modules are imported singly, as most need spaCy."""
