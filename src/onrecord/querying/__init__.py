"""A question and its parameters → a table."""
