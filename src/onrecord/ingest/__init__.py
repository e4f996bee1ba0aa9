"""Bytes → documents and records."""
