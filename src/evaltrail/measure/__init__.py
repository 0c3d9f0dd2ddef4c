"""Arithmetic with a name: figures that a reader can follow back to what they were computed from."""
