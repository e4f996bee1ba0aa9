"""Document → statements: extractors behind one protocol."""
