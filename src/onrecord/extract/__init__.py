"""Statements found in a document, by rules or by a language model."""
