"""The desk over HTTP: who may sit at it, and what the page asks."""
