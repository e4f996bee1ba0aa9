"""The graph as web pages: every entity, statement and question, served or static."""
