"""A workspace's graphs ⇄ a store over HTTP: pushed, pulled, compared."""
