"""Network → one HTML file that works offline, and the shell that pages share."""
