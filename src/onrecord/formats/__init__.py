"""The graph or a network in a format that other tools read."""
