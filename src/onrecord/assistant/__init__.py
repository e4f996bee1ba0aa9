"""Assistants ask the graph: a server of the Model Context Protocol that only reads."""
