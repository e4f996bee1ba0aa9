"""A language model as extractor: asked for statements, and believed only as far as the text bears them out."""
