"""Discourse networks: who stands with whom, computed on sparse matrices, with the statements behind every tie."""
