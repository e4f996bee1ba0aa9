"""Statements by rules over spaCy's parse, offline. Modules are imported singly, as most need spaCy."""
