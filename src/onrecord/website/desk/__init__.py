"""The desk's page, its script and style."""
