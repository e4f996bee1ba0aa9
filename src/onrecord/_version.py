"""The version, in a module of its own, so that nothing imports upwards."""

__version__ = "0.1.0"
