"""Assistants ask the graph: a server of the Model Context Protocol, over standard streams or HTTP, that only reads."""
