"""A network as one HTML file that works offline."""
