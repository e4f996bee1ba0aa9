"""Store or Network → a format that other tools read."""
